package dataset

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"bantin/analyzers/sketch"
	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/crawler/archive"
	"bantin/crawler/archive/meeting"
	"bantin/indexer/index"
)

// snapshot is what has to be known of all bulletins before the first is written.
type snapshot struct {
	known     map[string][]string       // documents dated by any bulletin, by stem
	meetings  []bulletin.Meeting        // by id
	meetingOf map[string]string         // by bulletin
	documents map[string]*documentCount // by key, filled while bulletins are written
	portals   map[string]*portalRow     // the same by id
}

// survey reads all bulletins once. It keeps the texts of those that report
// meetings, one province and kind after the other would not do: they come in
// the order of their arrival.
func survey(ctx context.Context, ar *archive.Archive, at time.Time) (*snapshot, error) {
	s := &snapshot{known: map[string][]string{}, meetingOf: map[string]string{}, documents: map[string]*documentCount{}, portals: map[string]*portalRow{}}
	known := map[string]bool{}
	reports := map[string][]meeting.Reported{}
	for h, err := range ar.AsOf(ctx, at) {
		if err != nil {
			return nil, err
		}
		for _, c := range h.Cites {
			if c.Key != c.Stem() && !known[c.Key] {
				known[c.Key] = true
				s.known[c.Stem()] = append(s.known[c.Stem()], c.Key)
			}
		}
		if _, ok := bulletin.ReportOf(&h.Bulletin); ok {
			b := h.Bulletin
			key := b.Province + " " + string(b.Kind)
			reports[key] = append(reports[key], meeting.Reported{Bulletin: &b})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(reports)) {
		linkCopies(reports[key])
		s.meetings = append(s.meetings, meeting.All(reports[key])...)
		delete(reports, key)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.meetings, func(a, b bulletin.Meeting) int { return cmp.Compare(a.ID, b.ID) })
	for _, m := range s.meetings {
		for _, id := range m.Members {
			s.meetingOf[id] = m.ID
		}
	}
	return s, nil
}

// linkCopies gives near-duplicates one group, whose id is the smallest among
// them.
func linkCopies(all []meeting.Reported) {
	slices.SortFunc(all, func(a, b meeting.Reported) int { return cmp.Compare(a.ID, b.ID) })
	group := make([]int, len(all))
	var find func(i int) int
	find = func(i int) int {
		if group[i] != i {
			group[i] = find(group[i])
		}
		return group[i]
	}
	sketches := make([]sketch.Sketch, len(all))
	at := map[[2]uint32][]int{} // by number of the band and hash
	for i := range all {
		group[i] = i
		sketches[i] = sketch.Of(all[i].Body)
		for band, hash := range sketches[i].Bands {
			if sketches[i].Empty() {
				break
			}
			k := [2]uint32{uint32(band), hash}
			for _, other := range at[k] {
				if a, b := find(other), find(i); a != b && sketches[i].Like(&sketches[other]) {
					group[max(a, b)] = min(a, b)
				}
			}
			at[k] = append(at[k], i)
		}
	}
	for i := range all {
		all[i].Group = all[find(i)].ID
	}
}

// bulletin makes the rows of one bulletin and counts what it adds to documents
// and portals.
func (s *snapshot) bulletin(h archive.Held) (bulletinRow, []citationRow) {
	row := bulletinRow{
		ID: h.ID, URL: h.URL, Source: h.Site, Version: int64(h.Version), Fetched: moment(h.Fetched), Title: h.Title,
		Published: published(&h.Bulletin), PublishedPrecision: string(h.PublishedPrecision), PublishedDate: day(&h.Bulletin), Author: h.Author,
		EventDate: h.EventDate, Province: h.Province, ProvinceNow: h.ProvinceNow,
		PeriodYear: int64(h.Period.Year), PeriodQuarter: int64(h.Period.Quarter), PeriodBasis: string(h.Period.Basis), Kind: string(h.Kind), Host: h.Host, HostUnit: h.HostUnit,
		ChairName: h.Chair.Name, ChairRole: h.Chair.Role, Organizations: strings.Join(h.Organizations, ";"), Meeting: s.meetingOf[h.ID],
		Citations: int64(len(h.Cites)), Lead: h.Lead, Body: h.Body,
	}
	var cites []citationRow
	counted := map[string]bool{}
	for i, c := range h.Cites {
		one := s.citation(&h.Bulletin, c)
		one.Number = int64(i + 1)
		cites = append(cites, one)
		s.document(one).add(one, !counted[one.Key])
		counted[one.Key] = true
	}
	s.portal(row)
	return row, cites
}

func (s *snapshot) citation(b *bulletin.Bulletin, c bulletin.Citation) citationRow {
	meant := cite.Resolve(c, b.Published, s.known[c.Stem()])
	one := citationRow{
		Bulletin: b.ID, Key: meant.Key, KeyBasis: string(bulletin.Stated), KeyPrinted: c.Key, Label: c.Label, Type: c.Type, Issuer: c.Issuer,
		DocumentProvince: c.Province, DocumentDate: c.Date, Subject: c.Subject, CiteText: c.Text, Field: "body", Start: int64(c.Start), End: int64(c.End),
		EventDate: b.EventDate, PublishedDate: day(b),
	}
	if meant.Key != c.Key {
		one.KeyBasis = "resolved"
	}
	if c.Field == "title" {
		one.Field, one.Sentence = c.Field, b.Title
	} else if c.Start >= 0 && c.Start < c.End && c.End <= len(b.Body) {
		span := index.Sentence(b.Body, bulletin.Span{Start: c.Start, End: c.End})
		one.Sentence = b.Body[span.Start:span.End]
	}
	return one
}

func (s *snapshot) portal(row bulletinRow) {
	if row.Source == "" {
		return
	}
	p := s.portals[row.Source]
	if p == nil {
		p = &portalRow{ID: row.Source}
		s.portals[row.Source] = p
	}
	p.Bulletins++
	if d := row.PublishedDate; d != "" {
		if p.First == "" || d < p.First {
			p.First = d
		}
		p.Last = max(p.Last, d)
	}
}

// documentCount is what mentions say of one document.
type documentCount struct {
	row                                         documentRow
	labels, types, issuers, provinces, subjects map[string]int64
}

func (s *snapshot) document(c citationRow) *documentCount {
	d := s.documents[c.Key]
	if d == nil {
		d = &documentCount{row: documentRow{Key: c.Key}}
		for _, m := range []*map[string]int64{&d.labels, &d.types, &d.issuers, &d.provinces, &d.subjects} {
			*m = map[string]int64{}
		}
		if bulletin.Dated(c.Key) {
			_, d.row.Date, _ = strings.Cut(c.Key, "~")
		}
		s.documents[c.Key] = d
	}
	return d
}

// add counts a mention; first is the first of its bulletin.
func (d *documentCount) add(c citationRow, first bool) {
	d.row.Citations++
	if first {
		d.row.Bulletins++
	}
	for m, v := range map[*map[string]int64]string{&d.labels: c.Label, &d.types: c.Type, &d.issuers: c.Issuer, &d.provinces: c.DocumentProvince} {
		if v != "" {
			(*m)[v]++
		}
	}
	if first && c.Subject != "" {
		d.subjects[strings.Join(strings.Fields(c.Subject), " ")]++
	}
}

// done is the document as most mentions have it.
func (d *documentCount) done() documentRow {
	row := d.row
	row.Label, row.Type, row.Issuer, row.Province, row.Subject = most(d.labels), most(d.types), most(d.issuers), most(d.provinces), most(d.subjects)
	row.SubjectBulletins = d.subjects[row.Subject]
	return row
}

// most is the value counted most often, of several the first in order.
func most(counts map[string]int64) string {
	best := ""
	for v, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && v < best {
			best = v
		}
	}
	return best
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(bulletin.Zone).Format(time.RFC3339)
}

// published is the time of publication as precise as it is known.
func published(b *bulletin.Bulletin) string {
	if b.Published.IsZero() {
		return ""
	}
	form := map[bulletin.Precision]string{bulletin.Year: "2006", bulletin.Month: "2006-01", bulletin.Day: time.DateOnly}[b.PublishedPrecision]
	return b.Published.In(bulletin.Zone).Format(cmp.Or(form, time.RFC3339))
}

// day is the day of publication, empty when less is known.
func day(b *bulletin.Bulletin) string {
	if p := published(b); len(p) >= len(time.DateOnly) {
		return p[:len(time.DateOnly)]
	}
	return ""
}
