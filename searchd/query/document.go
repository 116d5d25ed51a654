package query

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/cite"
	"bantin/indexer/index"
)

// mostKeys is how many documents a number without letters may stand for.
const mostKeys = 25

// documents reads the documents that a run of plain words names, by the reader
// of texts. Where a province behind a number may be the issuer's or only the
// place, both are meant.
func documents(text string) []mention {
	var out []mention
	for _, d := range cite.ReadQuestion(text) {
		m := mention{Span: d.Span, field: index.Cites, values: d.Keys[:min(len(d.Keys), mostKeys)]}
		for _, v := range m.values {
			m.terms = append(m.terms, fact(index.Cites, v))
		}
		if n := len(out); n > 0 && d.Start < out[n-1].End {
			if _, slug, ok := strings.Cut(out[n-1].values[0], "@"); ok && len(m.terms) > 0 {
				slug, _, _ = strings.Cut(slug, "~")
				out[n-1].terms = append(out[n-1].terms, index.And{either(m.terms), index.Term{Field: index.Province, Value: slug}})
				out[n-1].values = append(out[n-1].values, m.values...)
			}
			continue
		}
		if len(m.terms) == 0 {
			continue
		}
		for _, k := range vi.AnalyzeOnly(text[d.Start:d.End], vi.WantKey).Key {
			if !numeral.MatchString(k.Text) && !moment.MatchString(k.Text) {
				m.keys = append(m.keys, k.Text)
			}
		}
		if number, _, ok := strings.Cut(m.values[0], "-cv-"); ok && len(m.values) > 1 { // any office's
			m.canonical = "công văn số " + number
		}
		out = append(out, m)
	}
	return out
}
