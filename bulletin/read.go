package bulletin

import (
	"net/url"
	"strings"
	"time"
)

// ReadFacts fills every absent fact of b from its title, lead and body, and
// leaves what is known as it is; doing it twice changes nothing. A fact that
// the text does not tell stays absent.
func (b *Bulletin) ReadFacts(h Hint) {
	if h.URL == "" {
		h.URL = b.URL
	}
	if b.Lead == "" {
		b.Lead = ReadLead(b.Body)
	}
	b.readPublished(h)
	if b.Author == "" {
		b.Author, _ = ReadByline(b.Body)
	}
	title, body := newScan(cutText(b.Title, maxLead)), newScan(b.Body)
	lead := body.leadScan(b.Lead)
	if b.EventDate == "" {
		if d, ok := lead.eventDate(b.Published); ok {
			b.EventDate = d.Time.Format(time.DateOnly)
		}
	}
	if b.Kind == "" {
		b.Kind = readKind(title, lead).Kind
	}
	b.readProvince(title, lead, body, h)
	b.readOrganizations(title, lead, body)
	b.readPeriod(title, lead, body)
	if len(b.Cites) == 0 {
		b.Cites = ReadCitations(b.Title, b.Body, CitationContext{Province: b.Province, Published: b.Published})
	}
}

// ReadLead is the first paragraph of a body.
func ReadLead(body string) string {
	lead, _, _ := strings.Cut(strings.TrimSpace(body), "\n\n")
	return strings.TrimSpace(lead)
}

func (b *Bulletin) readPublished(h Hint) {
	if !b.Published.IsZero() {
		return
	}
	if d, ok := FindPublished(cutText(b.Body, maxLead), h); ok {
		b.Published, b.PublishedPrecision = d.Time, d.Precision
	}
}

// day is the day that decides which provinces and bodies there were.
func (b *Bulletin) day() time.Time {
	if !b.Published.IsZero() {
		return b.Published
	}
	return b.event()
}

// event is the day of the event, zero when unknown.
func (b *Bulletin) event() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, b.EventDate, Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

func (b *Bulletin) readProvince(title, lead, body *scan, h Hint) {
	if b.Province == "" {
		site := h.Province
		if u, err := url.Parse(h.URL); site == "" && err == nil {
			site, _ = ProvinceOfHost(u.Hostname())
		}
		r, _ := readProvince(title, lead, body, site, b.day())
		b.Province = r.Province
	}
	if b.ProvinceNow == "" {
		b.ProvinceNow = ProvinceNow(b.Province)
	}
}

func (b *Bulletin) readOrganizations(title, lead, body *scan) {
	place := homeOf(b.Province)
	if b.Host == "" {
		if m, ok := readHost(title, lead, place); ok {
			b.Host = m.ID
		}
	}
	if len(b.Organizations) > 0 {
		return
	}
	seen := map[string]bool{}
	for _, s := range []*scan{title, lead, body} {
		for _, m := range s.organizations(place) {
			if !seen[m.ID] {
				seen[m.ID] = true
				b.Organizations = append(b.Organizations, m.ID)
			}
		}
	}
}

func (b *Bulletin) readPeriod(title, lead, body *scan) {
	if b.Period != (Period{}) {
		return
	}
	c := PeriodContext{Kind: b.Kind, Event: b.event(), Published: b.Published}
	head := body.head(len(headOf(body.text)))
	if !strings.HasPrefix(b.Body, b.Lead) {
		head = newScan(headOf(lead.text + "\n\n" + body.text))
	}
	if r, ok := readPeriod(title, head, c); ok {
		b.Period = r.Period
	}
}

// leadScan is the scan of a lead, which mostly begins the body scanned already.
func (s *scan) leadScan(lead string) *scan {
	lead = cutText(lead, maxLead)
	if strings.HasPrefix(s.text, lead) {
		return s.head(len(lead))
	}
	return newScan(lead)
}
