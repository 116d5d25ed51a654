package facts

import (
	"slices"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// opensClause reports whether token i begins a sentence, or stands behind a
// dateline tag or a short opening such as "Vừa qua," or "Tại hội trường,".
func (s *scan) opensClause(i int) bool {
	const short, long = 14, 60
	start, mark := s.openingWithin(i, long), s.WordAt(i-1)
	switch {
	case start < 0:
		return false
	case mark == ',' && s.starts(start, classOpener):
		return true
	}
	numbered := func(u vi.Unit) bool { return u.Is(vi.KindDigits) || u.Is('/') } // Nghị quyết 68, which is no dateline
	opened := start == i || mark == ',' || mark == '-' || mark == ')'
	return opened && i-start <= short && !slices.ContainsFunc(s.Units[start:i], numbered)
}

// opensSentence reports whether a sentence begins with token i.
func (s *scan) opensSentence(i int) bool {
	return i == 0 || s.Units[i].Has(vi.NewPara) || s.endsSentence(i-1)
}

// openingWithin is where the sentence of token i begins, at most reach tokens
// before it, -1 when it is longer.
func (s *scan) openingWithin(i, reach int) int {
	for j := i; j >= 0 && i-j <= reach; j-- {
		if s.opensSentence(j) {
			return j
		}
	}
	return -1
}

// sentenceStart is where the sentence of token i begins.
func (s *scan) sentenceStart(i int) int { return s.openingWithin(i, i) }

// endsSentence reports whether token i is a mark that ends a sentence: not the
// point of an abbreviation, an ordinal or a number.
func (s *scan) endsSentence(i int) bool {
	if i < 0 || i+1 >= len(s.Units) {
		return i < 0
	}
	switch s.Units[i].Kind {
	case '!', '?':
		return true
	case '.':
		short := s.WordAt(i-1) == phrase.TP || i > 0 && s.Units[i-1].Is('w') && s.Units[i-1].Len() == 1
		return s.Units[i+1].Has(vi.Spaced) && (s.Units[i+1].Has(vi.Capital) || !s.Units[i+1].Is('w')) && !short
	}
	return s.Units[i+1].Has(vi.NewPara)
}

// sentenceEnd is the first token behind the sentence of token i.
func (s *scan) sentenceEnd(i int) int {
	for i++; i < len(s.Units) && !s.opensSentence(i); {
		i++
	}
	return i
}

// joins reports whether only "và", a comma or others of some marks and words
// stand between tokens i and j.
func (s *scan) joins(i, j int, others ...uint64) bool {
	for i++; i < j; i++ {
		if !s.oneOf(i, phrase.Va, ',') && !s.oneOf(i, others...) {
			return false
		}
	}
	return true
}

// parted reports whether "và" or a mark parts the tokens between two.
func (s *scan) parted(from, to int) bool {
	for j := from; j < to; j++ {
		if s.oneOf(j, ',', ';', ':', phrase.Va) {
			return true
		}
	}
	return false
}
