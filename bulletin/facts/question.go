package facts

import (
	"cmp"
	"slices"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// Named is a fact that words of a question name, read by the readers of texts
// but without the cues that a text must give: "giao ban tuyen quang quý hai
// 2020" names a kind, a province and a quarter.
type Named struct {
	bulletin.Span
	Field  string   // province, quarter, day, org, kind; from and to for the ends of a range
	Values []string // slugs, ids, 2020-Q3; a day as 2020-07-10, a month 2020-07, a year 2020; from and to are days, to the last
}

// maxQuestion bounds what of a question is read, in bytes.
const maxQuestion = 2000

// ReadQuestion reads what a question names, in its order, without overlaps:
// the longest reading of the leftmost words. Words typed without diacritics
// may mean any, those with diacritics mean themselves; case does not matter.
func ReadQuestion(text string) []Named {
	s := newQuestion(cutText(text, maxQuestion))
	all := s.namedTimes()
	for _, of := range []struct {
		phrase.Class
		read func(hit) Named
	}{{classProvince, s.namedPlace}, {classOrganization, s.namedBody}, {classKind, s.namedKind}} {
		for _, h := range s.longest(of.Class) {
			if n := of.read(h); n.Field != "" {
				all = append(all, n)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Named) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var out []Named
	for _, n := range all {
		if k := len(out); k > 0 && n.Start < out[k-1].End && (n.Span != out[k-1].Span || n.Field != "to") {
			continue
		}
		out = append(out, n)
	}
	return out
}

// ReadValue reads the values of a field out of the whole of a typed text:
// province, quarter, org and kind as they are, day as a stretch with its first
// and last day; nil when the text is not one.
func ReadValue(field, text string) []string {
	for _, n := range ReadQuestion(text) {
		if n.Field == field && n.Start == 0 && n.End == len(text) {
			return n.Values
		}
	}
	return nil
}

// namedPlace reads a province, with "tỉnh" and the like before it.
func (s *scan) namedPlace(h hit) Named {
	first := int(h.first)
	before := first - 1
	if h.Value == phrase.NoProvince || s.another(first) {
		return Named{}
	}
	if s.WordAt(before) == '.' {
		before--
	}
	if noun, ok := s.hitEnding(before, classPlaceNoun, 2); ok {
		first = int(noun.first)
	}
	return Named{s.span(first, int(h.last)), "province", []string{provinceList()[h.Value].Slug}}
}

// another tells whether the name at token i is no province's: phường Bình Thuận,
// Nguyễn Thái Bình.
func (s *scan) another(i int) bool {
	h, ok := s.hitEnding(i-1, classBefore, 3)
	if !ok || !s.Units[i-1].Has(vi.Accented) {
		return false
	}
	return h.Value == beforeSmall || h.Value == beforeFamily && s.Units[i-1].Has(vi.Capital) && s.Units[i].Has(vi.Capital)
}

// namedBody reads an organization of the province or above.
func (s *scan) namedBody(h hit) Named {
	b := newBody(h)
	last := b.end
	level, leveled := s.hitAt(last+1, classLevel)
	if b.ID == "-" || h.Rule&phrase.NeedsOf != 0 || !leveled && !s.telling(h) {
		return Named{}
	}
	if leveled {
		if level.Value != levelCity {
			b.level = level.Value
		}
		if _, named := s.provinceAt(int(level.last) + 1); !named {
			last = int(level.last) // of a place that is named it is the kind
		}
	}
	if id := s.named(b); id != "" {
		return Named{s.span(int(h.first), last), "org", []string{id}}
	}
	return Named{}
}

// telling reports whether a name says enough by itself: more than a word, or an
// abbreviation of three letters.
func (s *scan) telling(h hit) bool {
	t := s.Units[h.first]
	return h.last > h.first || t.Len() >= 3 && (t.Has(vi.Upper) || !s.Syllable(int(h.first)))
}

// namedKind reads a kind of event.
func (s *scan) namedKind(h hit) Named {
	if h.Value == kindNone {
		return Named{}
	}
	return Named{s.span(int(h.first), int(h.last)), "kind", []string{vocabulary.Name(h.Value)}}
}
