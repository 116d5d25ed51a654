package facts

import (
	"iter"
	"slices"
	"sort"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// hit is one phrase found: units first to last, both included.
type hit struct {
	first, last int32
	phrase.Meaning
}

// scan is a text with the phrases found in it: it is walked once, and each
// reader of facts picks its phrases out of the hits.
type scan struct {
	phrase.Reader
	hits []hit   // by first unit
	cues []hit   // those of periods, once they were asked for
	at   []int32 // of each unit and the end, the first hit at or behind it
}

func newScan(text string) *scan { return scanOf(theGrammar().Reader(vi.NewScan(text))) }

// newQuestion scans what a person typed: each word may stand for several.
func newQuestion(text string) *scan { return scanOf(theGrammar().TypedReader(text)) }

func scanOf(r phrase.Reader) *scan {
	s := &scan{Reader: r, at: make([]int32, len(r.Units)+1)}
	for i := range s.Units {
		s.at[i] = int32(len(s.hits))
		s.Walk(i, func(last int, m phrase.Meaning) {
			s.hits = append(s.hits, hit{int32(i), int32(last), m})
		})
	}
	s.at[len(s.Units)] = int32(len(s.hits))
	return s
}

// head is the scan of the first n bytes, which end with a word.
func (s *scan) head(n int) *scan {
	if n >= len(s.Text) {
		return s
	}
	end := sort.Search(len(s.Units), func(i int) bool { return int(s.Units[i].End) > n })
	h := &scan{Reader: s.Head(end, n), at: make([]int32, end+1)}
	for i := range end {
		h.at[i] = int32(len(h.hits))
		for _, x := range s.hitsAt(i) {
			if int(x.last) < end {
				h.hits = append(h.hits, x)
			}
		}
	}
	h.at[end] = int32(len(h.hits))
	return h
}

// leadScan is the scan of a lead, which mostly begins the body scanned already.
func (s *scan) leadScan(lead string) *scan {
	lead = cutText(lead, maxLead)
	if strings.HasPrefix(s.Text, lead) {
		return s.head(len(lead))
	}
	return newScan(lead)
}

// span gives the bytes from unit i up to and with unit j.
func (s *scan) span(i, j int) bulletin.Span {
	return bulletin.Span{Start: int(s.Units[i].Start), End: int(s.Units[j].End)}
}

// hitsAt are the hits that begin at unit i.
func (s *scan) hitsAt(i int) []hit {
	if i < 0 || i >= len(s.Units) {
		return nil
	}
	return s.hits[s.at[i]:s.at[i+1]]
}

// hitAt is the longest hit of a class that begins at unit i.
func (s *scan) hitAt(i int, c phrase.Class) (best hit, ok bool) {
	for _, h := range s.hitsAt(i) {
		if h.Class == c && (!ok || h.last > best.last) {
			best, ok = h, true
		}
	}
	return best, ok
}

// starts and ends tell whether a hit of a class begins at unit i, and whether
// one of at most n units ends at unit j.
func (s *scan) starts(i int, c phrase.Class) bool {
	_, ok := s.hitAt(i, c)
	return ok
}

func (s *scan) ends(j int, c phrase.Class, n int) bool {
	_, ok := s.hitEnding(j, c, n)
	return ok
}

// past is the unit behind the longest hit of a class at unit i, i for none.
func (s *scan) past(i int, c phrase.Class) int {
	if h, ok := s.hitAt(i, c); ok {
		return int(h.last) + 1
	}
	return i
}

// leftward are the units before unit i, the nearest first, at most n of them
// and none of another sentence.
func (s *scan) leftward(i, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for j := i - 1; j >= max(0, i-n) && !s.Units[j+1].Has(vi.NewPara) && !s.endsSentence(j) && yield(j); j-- {
		}
	}
}

// oneOf tells whether unit i is one of some words or marks.
func (s *scan) oneOf(i int, words ...uint64) bool { return slices.Contains(words, s.WordAt(i)) }

// hitEnding is the longest hit of a class whose last unit is j, at most n units
// long.
func (s *scan) hitEnding(j int, c phrase.Class, n int) (best hit, ok bool) {
	for i := max(0, j-n+1); i <= j; i++ {
		for _, h := range s.hitsAt(i) {
			if h.Class == c && int(h.last) == j {
				return h, true
			}
		}
	}
	return hit{}, false
}

// longest returns the hits of the given classes that overlap no earlier one:
// leftmost first, longest at each place.
func (s *scan) longest(classes ...phrase.Class) []hit {
	var want uint64
	for _, c := range classes {
		want |= 1 << c
	}
	var out []hit
	for _, h := range s.hits {
		switch n := len(out) - 1; {
		case want>>h.Class&1 == 0:
		case n < 0 || h.first > out[n].last:
			out = append(out, h)
		case h.first == out[n].first && h.last > out[n].last:
			out[n] = h
		}
	}
	return out
}
