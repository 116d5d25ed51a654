package query

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// interpret offers the document numbers, quarters and provinces that stand in
// a run of plain words as filters.
func (p *parser) interpret(t token) {
	text := p.text[t.start:t.end]
	for _, k := range vi.AnalyzeOnly(text, vi.WantKey).Key {
		at := span{t.start + k.Start, t.start + k.End}
		switch {
		case numeral.MatchString(k.Text):
		case strings.HasPrefix(k.Text, "q") && moment.MatchString(k.Text):
			p.offer(at, index.Quarter, strings.ToUpper(k.Text[1:5]+"-Q"+k.Text[6:]))
		case !moment.MatchString(k.Text):
			for _, v := range CitesValues(text[k.Start:k.End]) {
				p.offer(at, index.Cites, v)
			}
		}
	}
	p.provinces(t, vi.Words(text))
}

// provinceNames are the names of the provinces, each word in both forms.
var provinceNames = nameTable()

type provinceName struct {
	slug  string
	words []vi.Word
}

func nameTable() []provinceName {
	var out []provinceName
	seen := map[string]bool{}
	for _, info := range bulletin.Provinces() {
		for _, slug := range []string{info.Slug, bulletin.ProvinceNow(info.Slug)} {
			if !seen[slug] {
				seen[slug] = true
				out = append(out, provinceName{slug, vi.Words(bulletin.ProvinceLabel(slug))})
			}
		}
	}
	return out
}

// provinces offers every province whose name stands in words, the longest name
// first where two begin alike. A name of one word counts only with its accents
// or a capital.
func (p *parser) provinces(t token, words []vi.Word) {
	for i := 0; i < len(words); i++ {
		best := provinceName{}
		for _, n := range provinceNames {
			if len(n.words) > len(best.words) && spells(words[i:], n.words) {
				best = n
			}
		}
		if len(best.words) == 0 {
			continue
		}
		at := span{t.start + words[i].Start, t.start + words[i+len(best.words)-1].End}
		if printed := p.text[at.start:at.end]; len(best.words) > 1 || printed != vi.Fold(printed) {
			p.offer(at, index.Province, best.slug)
		}
		i += len(best.words) - 1
	}
}

// spells tells whether typed begins with name, accents optional.
func spells(typed, name []vi.Word) bool {
	if len(typed) < len(name) {
		return false
	}
	for i, w := range name {
		if typed[i].Fold != w.Fold || typed[i].Accented && typed[i].Syl != w.Syl {
			return false
		}
	}
	return true
}

func (p *parser) offer(at span, field index.Field, value string) {
	i := Interpretation{
		Text: p.text[at.start:at.end], Filter: field, Value: value, Span: bulletin.Span{Start: at.start, End: at.end},
	}
	for _, o := range p.out.Interpretations {
		if o.Filter == field && o.Value == value {
			return
		}
	}
	p.out.Interpretations = append(p.out.Interpretations, i)
}
