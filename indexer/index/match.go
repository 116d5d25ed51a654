package index

import (
	"maps"
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// maxMatched is how much of a text is looked through for matches, in bytes.
const maxMatched = 1 << 20

// Matches returns where text holds what root asks for, in order, overlaps
// joined: what a page marks. The spans are bytes of text as given, whatever
// its normal form; what root excludes is not looked for.
func Matches(root Node, text string, field TextField) []bulletin.Span {
	return Finder(root, field)(text)
}

// Finder is [Matches] for many texts; it may run concurrently.
func Finder(root Node, field TextField) func(text string) []bulletin.Span {
	m := newMatcher(root, field)
	return func(text string) []bulletin.Span {
		return joined(text, m.find(text))
	}
}

// match is one place where a text holds one part of a query.
type match struct {
	bulletin.Span
	part int // which part
}

// matcher looks for the parts of a query, one pass over a text's tokens.
type matcher struct {
	accented, folded map[string]int // word to part
	keys             map[string]int
	prefixes         []Prefix
	phrases          []Phrase
	parts            int
	prefixPart       []int
	phrasePart       []int
	sieve            *sieve // nil when the whole text is to be read
	longest          int    // words of a phrase
}

func newMatcher(root Node, field TextField) *matcher {
	m := &matcher{accented: map[string]int{}, folded: map[string]int{}, keys: map[string]int{}}
	m.add(root, field)
	if len(m.keys)+len(m.prefixes) > 0 {
		return m
	}
	first := slices.AppendSeq(slices.Collect(maps.Keys(m.accented)), maps.Keys(m.folded))
	for _, p := range m.phrases {
		first, m.longest = append(first, p.Words[0].Text), max(m.longest, len(p.Words))
	}
	m.sieve = newSieve(first)
	return m
}

// add takes up the parts of n; the alternatives of a synonym are one part.
func (m *matcher) add(n Node, field TextField) {
	switch n := n.(type) {
	case And:
		for _, child := range n {
			m.add(child, field)
		}
	case Or:
		part, after := m.parts, m.parts
		for _, child := range n.Children {
			if n.Best {
				m.parts = part
			}
			m.add(child, field)
			after = max(after, m.parts)
		}
		m.parts = after
	case Word:
		if n.Field.In(field) {
			words := m.folded
			if n.Accented {
				words = m.accented
			}
			words[n.Text] = m.parts
			m.parts++
		}
	case Prefix:
		if n.Field.In(field) {
			m.prefixes, m.prefixPart = append(m.prefixes, n), append(m.prefixPart, m.parts)
			m.parts++
		}
	case Key:
		if n.Field.In(field) {
			m.keys[n.Text] = m.parts
			m.parts++
		}
	case Phrase:
		if n.Field.In(field) && len(n.Words) > 0 {
			m.phrases, m.phrasePart = append(m.phrases, n), append(m.phrasePart, m.parts)
			m.parts++
		}
	}
}

// find returns the matches in order of their beginning.
func (m *matcher) find(text string) []match {
	if m.parts == 0 {
		return nil
	}
	for len(text) > maxMatched {
		text = text[:strings.LastIndexByte(text[:maxMatched], ' ')+1]
	}
	var out []match
	if m.sieve == nil {
		out = m.read(text)
	} else {
		out = m.near(text)
	}
	slices.SortFunc(out, func(a, b match) int { return a.Start - b.Start })
	return out
}

// near reads only the surroundings of the places where something may begin.
func (m *matcher) near(text string) (out []match) {
	const (
		reach = 6    // words that may tell what a word means
		most  = 4096 // bytes that they take in prose
	)
	places := m.sieve.places(nil, text)
	for n := 0; len(places) > 0; places = places[n:] {
		from, to := wordsBefore(text, places[0], reach), 0
		for n = 0; n < len(places) && (n == 0 || places[n] < to); n++ {
			if to = wordsBehind(text, places[n], reach+m.longest); to-places[n] > most {
				return m.read(text)
			}
		}
		last := wordsBehind(text, places[n-1], 0)
		for _, f := range m.read(text[from:to]) {
			f.Start, f.End = f.Start+from, f.End+from
			if f.Start >= places[0] && f.Start < last { // words at the edges are cut off
				out = append(out, f)
			}
		}
	}
	return out
}

// wordsBefore is a byte before the n-th word before a place.
func wordsBefore(text string, at, n int) int {
	for ; n >= 0 && at > 0; n-- {
		at = len(strings.TrimRight(text[:strings.LastIndexByte(text[:at], ' ')+1], " \r\n"))
	}
	return at
}

// wordsBehind is a byte behind the n-th word behind that at a place.
func wordsBehind(text string, at, n int) int {
	for ; n >= 0; n-- {
		i := strings.IndexByte(text[at:], ' ')
		if i < 0 {
			return len(text)
		}
		at = len(text) - len(strings.TrimLeft(text[at+i:], " \r\n"))
	}
	return at
}

// read reads a whole text.
func (m *matcher) read(text string) (out []match) {
	s := vi.AnalyzeOnly(text, m.streams())
	for _, t := range s.Syl {
		out = m.word(out, t, m.accented, true)
	}
	for _, t := range s.Fold {
		out = m.word(out, t, m.folded, false)
	}
	for _, t := range s.Key {
		if part, ok := m.keys[t.Text]; ok {
			out = append(out, match{bulletin.Span{Start: t.Start, End: t.End}, part})
		}
	}
	for i, p := range m.phrases {
		out = phrase(out, s, p.Words, m.phrasePart[i])
	}
	return out
}

// streams are those in which the parts stand.
func (m *matcher) streams() (want vi.Want) {
	need := func(accented bool) {
		if accented {
			want |= vi.WantSyl
		} else {
			want |= vi.WantFold
		}
	}
	if len(m.accented) > 0 {
		need(true)
	}
	if len(m.folded) > 0 {
		need(false)
	}
	if len(m.keys) > 0 {
		want |= vi.WantKey
	}
	for _, p := range m.prefixes {
		need(p.Accented)
	}
	for _, p := range m.phrases {
		for _, w := range p.Words {
			need(w.Accented)
		}
	}
	return want
}

func (m *matcher) word(out []match, t vi.Token, words map[string]int, accented bool) []match {
	part, ok := words[t.Text]
	for i, p := range m.prefixes {
		if !ok && p.Accented == accented && strings.HasPrefix(t.Text, p.Text) {
			part, ok = m.prefixPart[i], true
		}
	}
	if ok && t.Kind != vi.Part {
		out = append(out, match{bulletin.Span{Start: t.Start, End: t.End}, part})
	}
	return out
}

// phrase adds the places where words stand next to each other.
func phrase(out []match, s vi.Streams, words []Word, part int) []match {
	at := make([]map[int]vi.Token, len(words)) // by position
	for i, w := range words {
		tokens := s.Fold
		if w.Accented {
			tokens = s.Syl
		}
		at[i] = map[int]vi.Token{}
		for _, t := range tokens {
			if t.Text == w.Text {
				at[i][t.Pos] = t
			}
		}
	}
	for pos, first := range at[0] {
		end, whole := first.End, true
		for i := 1; i < len(words) && whole; i++ {
			var t vi.Token
			t, whole = at[i][pos+i]
			end = max(end, t.End)
		}
		if whole {
			out = append(out, match{bulletin.Span{Start: first.Start, End: end}, part})
		}
	}
	return out
}

// joined are the spans of matches, those joined that overlap or have only spaces
// between them.
func joined(text string, found []match) []bulletin.Span {
	var out []bulletin.Span
	for _, f := range found {
		s := f.Span
		if n := len(out); n > 0 && (s.Start <= out[n-1].End || strings.Trim(text[out[n-1].End:s.Start], " ") == "") {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
