package query

import (
	"slices"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/indexer/index"
)

// Understood is what words of the text name: a province, quarter, day, body,
// kind or document. The words are met by the fact or by standing together as
// printed, and the fact ranks first; nothing is filtered by it.
type Understood struct {
	Text  string        // as typed
	Field index.Field   // of the facet or filter, or from and to
	Value string        // of the field; a day as 2020-07-10, a month 2020-07, a year 2020
	Span  bulletin.Span // of Parsed.Text
}

// The ends of a range are understood as fields of their own.
const (
	From index.Field = "from"
	To   index.Field = "to"
)

// factScore is what a fact that was named adds to a score: more than its words
// do, so that a bulletin of Lào Cai stands before one that mentions it.
const factScore = 20

// fewWords is how many plain words a question may have for bodies, kinds and
// days in it to be asked for as such. In a longer one they are words of a text.
const fewWords = 4

// mention is a stretch of a run that names something.
type mention struct {
	bulletin.Span // of the run
	field         index.Field
	values        []string
	terms         []index.Node // the facts that meet it
	keys          []string     // of the key stream, that meet it as well
	canonical     string       // its words as they are usually written, empty where as typed
}

// mentions reads a run of plain words, in order.
func mentions(typed string) []mention {
	s := space(typed)
	out := documents(s.text)
	for _, n := range facts.ReadQuestion(s.text) {
		if slices.ContainsFunc(out, func(m mention) bool { return n.Start < m.End && m.Start < n.End && n.Span != m.Span }) {
			continue // of the document that is named
		}
		out = append(out, named(n, s.text))
	}
	slices.SortStableFunc(out, func(a, b mention) int { return a.Start - b.Start })
	out = ranges(out)
	for i, m := range out {
		if s.lacks(m.Span) && m.canonical == "" {
			out[i].canonical = s.text[m.Start:m.End]
		}
		out[i].Span = s.typed(m.Span)
	}
	if words := plainWords(typed, out); words > fewWords {
		out = slices.DeleteFunc(out, func(m mention) bool {
			return m.open() || m.field == index.Org || m.field == index.Kind || m.field == index.Day && len(m.values[0]) < len(time.DateOnly)
		})
	}
	return out
}

func named(n facts.Named, text string) mention {
	m := mention{Span: n.Span, field: index.Field(n.Field), values: n.Values}
	for _, v := range n.Values {
		m.terms = append(m.terms, fact(m.field, v))
	}
	switch m.field {
	case index.Province:
		if n.Values[0] == "hue" { // a province of its own since 2025 only: what was there before is meant too
			m.terms = []index.Node{fact(index.ProvinceNow, "hue")}
		}
		m.canonical = bulletin.ProvinceLabel(n.Values[0])
	case index.Quarter, index.Day:
		m.keys = moments(text[n.Start:n.End], n)
	}
	return m
}

func fact(f index.Field, value string) index.Node {
	return index.Term{Field: f, Value: value, Score: factScore}
}

// moments are the keys of a time: of a quarter, and whatever its words say.
func moments(text string, n facts.Named) []string {
	var out []string
	for _, v := range n.Values {
		if n.Field == string(index.Quarter) && len(n.Values) == 1 {
			out = append(out, "q"+v[:4]+"-"+v[len(v)-1:])
		}
	}
	for _, k := range vi.AnalyzeOnly(text, vi.WantKey).Key {
		if moment.MatchString(k.Text) && !slices.Contains(out, k.Text) {
			out = append(out, k.Text)
		}
	}
	return out
}

// ranges makes one mention of the two ends of a range.
func ranges(all []mention) []mention {
	var out []mention
	for _, m := range all {
		if n := len(out); m.field == To && n > 0 && out[n-1].field == From && out[n-1].Span == m.Span {
			out[n-1].values = append(out[n-1].values, m.values...)
			out[n-1].terms = between(out[n-1].values[0], m.values[0])
			continue
		}
		out = append(out, m)
	}
	for i, m := range out {
		switch {
		case m.field == From && len(m.values) == 1:
			out[i].terms = between(m.values[0], latest)
		case m.field == To:
			out[i].terms = between(earliest, m.values[0])
		}
	}
	return out
}

// The days between which a range lies that has one end.
const earliest, latest = "1990-01-01", "2039-12-31"

// open tells whether a range has one end.
func (m mention) open() bool { return m.field == From && len(m.values) == 1 || m.field == To }

// between are the years, months and days that make up a stretch of days.
func between(first, last string) []index.Node {
	const most = 90
	from, err := time.Parse(time.DateOnly, first)
	to, err2 := time.Parse(time.DateOnly, last)
	var out []index.Node
	for at := from; err == nil && err2 == nil && !at.After(to) && len(out) < most; {
		switch year, month := at.AddDate(1, 0, 0), at.AddDate(0, 1, 0); {
		case at.YearDay() == 1 && !year.After(to.AddDate(0, 0, 1)):
			out, at = append(out, fact(index.Day, at.Format("2006"))), year
		case at.Day() == 1 && !month.After(to.AddDate(0, 0, 1)):
			out, at = append(out, fact(index.Day, at.Format("2006-01"))), month
		default:
			out, at = append(out, fact(index.Day, at.Format(time.DateOnly))), at.AddDate(0, 0, 1)
		}
	}
	return out
}

// plainWords counts the words of a run that name nothing.
func plainWords(text string, found []mention) int {
	n := 0
	for _, w := range vi.Words(text) {
		if !slices.ContainsFunc(found, func(m mention) bool { return m.Start <= w.Start && w.Start < m.End }) {
			n++
		}
	}
	return n
}

// understood takes up a mention that begins at the next word.
func (r *reader) understood(m mention) index.Node {
	n := 0
	for n < len(r.words) && r.words[n].Start < m.End {
		n++
	}
	typed := r.take(n)
	r.spell(typed, r.base, true)
	if slices.ContainsFunc(r.said, func(o mention) bool { return o.field == m.field && slices.Equal(o.values, m.values) }) {
		return nil // once is enough
	}
	r.said = append(r.said, m)
	at := bulletin.Span{Start: r.base + m.Start, End: r.base + m.End}
	for i, v := range m.values {
		u := Understood{Text: r.text[m.Start:m.End], Field: m.field, Value: v, Span: at}
		if m.field == From && i > 0 {
			u.Field = To
		}
		r.out.Understood = append(r.out.Understood, u)
	}
	var words []index.Node
	for _, w := range printings(typed, m) {
		if len(w) == 1 {
			words = append(words, word(w[0], r.field))
		} else {
			words = append(words, phraseOf(w, r.field))
		}
	}
	for _, k := range m.keys {
		words = append(words, index.Key{Text: k, Field: r.field})
	}
	// Where fact and words meet, both score.
	both := index.And{either(words), either(m.terms)}
	return index.Or{Children: append(append(words, both), m.terms...), Min: 1, Best: true}
}

func either(nodes []index.Node) index.Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return index.Or{Children: nodes, Min: 1, Best: true}
}

// printings are the ways in which the words of a mention are printed: as
// typed, as usual, and for the name of a body in short or in full.
func printings(typed []vi.Word, m mention) [][]vi.Word {
	const most = 12 // words of a printing
	if m.field == index.Cites && len(m.keys) > 0 {
		return nil // the number is a key
	}
	if len(typed) > most {
		typed = typed[:most]
	}
	out := [][]vi.Word{typed}
	if usual := vi.Words(m.canonical); len(usual) > 0 && !sameWords(usual, typed) {
		out = append(out, usual)
	}
	for _, words := range slices.Clone(out) {
		if n, others := vi.Abbreviations(words); m.field == index.Org && n == len(words) {
			out = append(out, others...)
		}
	}
	return out
}

func sameWords(a, b []vi.Word) bool {
	return slices.EqualFunc(a, b, func(x, y vi.Word) bool { return x.Syl == y.Syl && x.Accented == y.Accented })
}

// Quoted returns Text with the part at span between quotes, where it means its
// words alone.
func (p Parsed) Quoted(at bulletin.Span) string {
	inside := strings.ReplaceAll(p.Text[at.Start:at.End], `"`, "")
	return p.Text[:at.Start] + `"` + inside + `"` + p.Text[at.End:]
}
