// Package cite reads the documents that a plain text cites, by number or by
// name, with their spans and their identity. It knows nothing of the other
// facts of a bulletin.
package cite

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Context is what is known about a bulletin when its citations are
// read.
type Context struct {
	Province  string    // slug as of the bulletin's date; documents of provincial bodies are its own unless the text says otherwise
	Published time.Time // no document is dated later; zero when unknown
}

// Read finds the documents that a title and a body cite, by number or
// by name, in the order of the text, the title's first. The forms are those of
// decree 30/2020/NĐ-CP for the state and guide 36-HD/VPTW for the Party, and
// their misprints. A number whose issuer neither it nor the text tells is left
// out.
func Read(title, body string, ctx Context) []bulletin.Citation {
	cites, _ := ReadScans(vi.NewScan(title), vi.NewScan(body), ctx)
	return cites
}

// ReadScans is Read for texts that are scanned already. Beside each citation it
// returns where the text names the body that issued the document, in bytes of
// the citation's field, empty when it does not.
func ReadScans(title, body *vi.Scan, ctx Context) (cites []bulletin.Citation, issuers []bulletin.Span) {
	var s docScanner
	s.scan("title", lexicon().Reader(title))
	s.scan("", lexicon().Reader(body))
	return s.cited(title.Text, body.Text, ctx)
}

// cited settles the mentions found in a title and a body.
func (s *docScanner) cited(title, body string, ctx Context) (cites []bulletin.Citation, issuers []bulletin.Span) {
	l := docLinker{found: s.found, rival: s.rival, ctx: ctx}
	l.link()
	cites = make([]bulletin.Citation, 0, len(l.found))
	issuers = make([]bulletin.Span, 0, len(l.found))
	for _, m := range l.found {
		c := bulletin.Citation{
			Key: m.key(), Label: m.label, Type: m.kind, Issuer: m.issuer, Province: m.province,
			Subject: m.subject, Field: m.field, Start: m.at.Start, End: m.at.End,
		}
		if c.Text = body; m.field != "" {
			c.Text = title
		}
		c.Text = c.Text[c.Start:c.End]
		if isDay(m.when) {
			c.Date = m.when
		}
		cites, issuers = append(cites, c), append(issuers, m.by)
	}
	return cites, issuers
}
