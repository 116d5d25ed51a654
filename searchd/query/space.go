package query

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/bulletin/facts"
)

// spaced is a run with the spaces that its names lack: giaoban mattran.
type spaced struct {
	text string
	put  []int // where spaces were put in
}

// Bounds of looking for spaces.
const (
	longestGlued = 200 // bytes of a run: what is longer is pasted
	mostGlued    = 4   // words of it
	mostWays     = 8   // to part each
)

// space parts the words of a run that are several syllables of a name. Of what
// is no name, the vocabulary of the index tells later (index.Correct).
func space(text string) spaced {
	s := spaced{text: text}
	if len(text) > longestGlued {
		return s
	}
	tried := 0
	for _, w := range vi.Words(text) {
		at := bulletin.Span{Start: w.Start + len(s.put), End: w.End + len(s.put)}
		all := ways(s.text[at.Start:at.End])
		if len(all) == 0 || tried == mostGlued || isNamed(s.text, at) {
			continue
		}
		tried++
		for _, way := range all {
			apart := s.text[:at.Start] + way + s.text[at.End:]
			if isNamed(apart, bulletin.Span{Start: at.Start, End: at.Start + len(way)}) {
				for i, r := range way {
					if r == ' ' {
						s.put = append(s.put, at.Start+i)
					}
				}
				s.text = apart
				break
			}
		}
	}
	return s
}

// typed is the part of the run as typed that a part of its text stands for.
func (s spaced) typed(at bulletin.Span) bulletin.Span {
	before := func(end int) int {
		n, _ := slices.BinarySearch(s.put, end)
		return n
	}
	return bulletin.Span{Start: at.Start - before(at.Start), End: at.End - before(at.End)}
}

// lacks tells whether spaces were put into a part of the text.
func (s spaced) lacks(at bulletin.Span) bool {
	return slices.ContainsFunc(s.put, func(i int) bool { return at.Start <= i && i < at.End })
}

// isNamed tells whether one name takes in a part of a text.
func isNamed(text string, at bulletin.Span) bool {
	in := func(b bulletin.Span) bool { return b.Start <= at.Start && at.End <= b.End }
	return slices.ContainsFunc(facts.ReadQuestion(text), func(n facts.Named) bool { return in(n.Span) }) ||
		slices.ContainsFunc(cite.ReadQuestion(text), func(m cite.Mention) bool { return in(m.Span) })
}

// ways are ways to part a word that is no syllable into some, those of the
// fewest first.
func ways(word string) []string {
	if syllable(word) {
		return nil
	}
	from := make([][]string, len(word)+1) // ways to part what begins at each place
	from[len(word)] = []string{""}
	for i := len(word) - 1; i >= 0; i-- {
		for j := i + 1; j <= len(word); j++ {
			if len(from[j]) == 0 || !utf8.RuneStart(word[i]) || !syllable(word[i:j]) {
				continue
			}
			for _, rest := range from[j] {
				from[i] = append(from[i], strings.TrimSpace(word[i:j]+" "+rest))
			}
		}
		slices.SortStableFunc(from[i], func(a, b string) int { return strings.Count(a, " ") - strings.Count(b, " ") })
		from[i] = from[i][:min(len(from[i]), mostWays)]
	}
	return from[0]
}

// syllable tells whether a word can be one, with accents or without.
func syllable(word string) bool {
	_, ok := vi.Parse(word)
	return ok || vi.Plain(word)
}
