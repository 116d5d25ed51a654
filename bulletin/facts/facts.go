// Package facts reads facts out of plain text: dates, the period covered,
// province, organizations, who held the meeting, its kind, the author. Pure
// functions over embedded tables; every fact comes with the bytes it was read
// from, and what is unsure is absent. [ReadFacts] puts all readers together,
// those of package cite among them.
package facts

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/cite"
)

// Hint is what is known about a bulletin before its text is read.
type Hint struct {
	Province string    // slug of the portal's own province, empty when unknown
	Fetched  time.Time // resolves relative dates; zero when unknown
	URL      string    // of the page: its dates bound the printed ones, its host names the province; may be empty
}

// maxBody is how much of a body is read for facts, in bytes, some 800 printed
// pages: what is read takes twenty times its memory.
const maxBody = 2 << 20

// ReadFacts fills every absent fact of b from its title, lead and body, and
// leaves what is known as it is; doing it twice changes nothing. A fact that
// the text does not tell stays absent.
func ReadFacts(b *bulletin.Bulletin, h Hint) {
	if h.URL == "" {
		h.URL = b.URL
	}
	if b.Lead == "" {
		b.Lead = ReadLead(b.Body)
	}
	if b.Published.IsZero() {
		if d, ok := FindPublished(cutText(b.Body, maxLead), h); ok {
			b.Published, b.PublishedPrecision = d.Time, d.Precision
		}
	}
	if b.Author == "" {
		b.Author, _ = ReadByline(b.Body)
	}
	title, body := newScan(cutText(b.Title, maxLead)), newScan(cutText(b.Body, maxBody))
	lead := body.leadScan(b.Lead)
	if b.EventDate == "" {
		if d, ok := lead.eventDate(b.Published); ok {
			b.EventDate = d.Time.Format(time.DateOnly)
		}
	}
	if b.Kind == "" {
		b.Kind = readKind(title, lead)
	}
	fillProvinces(b, title, lead, body, h)
	cites, issuers := cite.ReadScans(title.Scan, body.Scan, cite.Context{Province: b.Province, Published: b.Published})
	fillHost(b, title, lead, body)
	fillOrganizations(b, title, lead, body, cites, issuers)
	if len(b.Cites) == 0 {
		b.Cites = cites
	}
	fillPeriod(b, title, lead, body)
}

// ReadLead is the first paragraph of a body.
func ReadLead(body string) string {
	lead, _, _ := strings.Cut(strings.TrimSpace(body), "\n\n")
	return strings.TrimSpace(lead)
}

// dayOf is the day that decides which provinces and bodies there were.
func dayOf(b *bulletin.Bulletin) time.Time {
	return cmp.Or(b.Published, eventOf(b))
}

// eventOf is the day of the event, zero when unknown.
func eventOf(b *bulletin.Bulletin) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, b.EventDate, bulletin.Zone)
	return t
}

func fillProvinces(b *bulletin.Bulletin, title, lead, body *scan, h Hint) {
	if b.Province == "" {
		site := h.Province
		if u, err := url.Parse(h.URL); site == "" && err == nil {
			site, _ = bulletin.ProvinceOfHost(u.Hostname())
		}
		b.Province = readProvince(title, lead, body, site, dayOf(b))
	}
	b.ProvinceNow = cmp.Or(b.ProvinceNow, bulletin.ProvinceNow(b.Province))
}

func fillHost(b *bulletin.Bulletin, title, lead, body *scan) {
	place := homeOf(b.Province, dayOf(b))
	if b.Host == "" || b.HostUnit == "" {
		m, unit := readHost(title, lead, place)
		b.Host, b.HostUnit = cmp.Or(b.Host, m.ID), cmp.Or(b.HostUnit, unit)
	}
	if b.Chair == (bulletin.Chair{}) {
		b.Chair = body.head(len(headOf(body.Text))).readChair()
	}
}

// fillOrganizations names the bodies of the texts, but those that stand only as
// the issuers of documents cited: "Nghị quyết 68 của Bộ Chính trị", "Bộ Chính
// trị ban hành Kết luận số 137-KL/TW".
func fillOrganizations(b *bulletin.Bulletin, title, lead, body *scan, cites []bulletin.Citation, issuers []bulletin.Span) {
	if len(b.Organizations) > 0 {
		return
	}
	seen := map[string]bool{}
	for _, s := range []*scan{title, lead, body} {
		documents := documentSpans(cites, issuers, s == title)
		for _, m := range s.organizations(homeOf(b.Province, dayOf(b))) {
			for len(documents) > 0 && documents[0].End <= m.Start {
				documents = documents[1:]
			}
			issues := len(documents) > 0 && documents[0].Start < m.End
			if !seen[m.ID] && !issues {
				seen[m.ID] = true
				b.Organizations = append(b.Organizations, m.ID)
			}
		}
	}
}

// documentSpans are the bytes of the title, or of the text, that cite documents
// or name their issuers, in order, those that overlap made one.
func documentSpans(cites []bulletin.Citation, issuers []bulletin.Span, title bool) (out []bulletin.Span) {
	var all []bulletin.Span
	for i, c := range cites {
		if title == (c.Field == "title") {
			all = append(all, bulletin.Span{Start: c.Start, End: c.End}, issuers[i])
		}
	}
	slices.SortFunc(all, func(a, b bulletin.Span) int { return a.Start - b.Start })
	for _, at := range all {
		if n := len(out) - 1; n >= 0 && at.Start <= out[n].End {
			out[n].End = max(out[n].End, at.End)
		} else {
			out = append(out, at)
		}
	}
	return out
}

func fillPeriod(b *bulletin.Bulletin, title, lead, body *scan) {
	if b.Period != (bulletin.Period{}) {
		return
	}
	head := body.head(len(headOf(body.Text)))
	if !strings.HasPrefix(b.Body, b.Lead) {
		head = newScan(headOf(lead.Text + "\n\n" + body.Text))
	}
	b.Period, _ = readPeriod(title, head, b.Kind, cmp.Or(eventOf(b), b.Published))
}
