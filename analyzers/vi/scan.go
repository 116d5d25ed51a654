package vi

import "unicode/utf8"

// maxToken bounds the bytes of one token's text; a longer run of letters is
// cut there.
const maxToken = 256

// unit is one run of letters or one number. Its canonical and folded text are
// ranges of the scanner's buffers, where consecutive units are parted by one
// space: a bigram is the range from one unit to the next.
type unit struct {
	start, end   int // bytes of the original
	syl0, syl1   int
	fold0, fold1 int
	pos          int
	gap          gaps // before the unit

	number   bool
	decimal  bool // a number with a fraction
	grouped  bool // a number printed with dots
	syllable bool
	accented bool // typed with diacritics
	toned    bool
	dotted   bool // letters parted by dots
	inKey    bool // part of a key of several units
	central  int8 // 1 and 2: the two words of an abbreviated Trung ương
	roman    int8 // value of a Roman numeral after its cue
	letters  int32
	uppers   int32
}

// scanner cuts a text into units; its buffers are used again for the next.
type scanner struct {
	text  string
	i     int
	gap   gaps
	units []unit
	syl   []byte
	fold  []byte

	u        unit     // the word being read, or read last
	w        spelling // of it
	capitals bool     // the unit before it is a syllable in capitals

	marks bool   // for readers: into out instead of units
	out   []Unit //
}

// scan cuts the whole text.
func (s *scanner) scan(text string) {
	s.text, s.i, s.gap, s.u, s.capitals = text, 0, 0, unit{}, false
	s.units, s.syl, s.fold = s.units[:0], s.syl[:0], s.fold[:0]
	for s.i < len(text) {
		if text[s.i] == ' ' {
			s.gap |= gapSpace
			s.i++
			continue
		}
		r, size := s.next()
		if isLatin(r) && latin(r).fold != 0 { // most characters
			s.word()
			continue
		}
		switch c := lookup(r).class; {
		case c == alpha:
			s.word()
		case c == digit && s.marks:
			s.addDigits()
		case c == digit:
			s.number()
		case s.marks && c != space && c != newline && c != invisible && c != mark:
			s.addMark(r, c, size)
		default:
			s.separator(c, size)
		}
	}
}

func (s *scanner) next() (rune, int) {
	if c := s.text[s.i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[s.i:])
}

// open begins a unit.
func (s *scanner) open(start int) {
	if len(s.units) > 0 {
		s.syl = append(s.syl, ' ')
		s.fold = append(s.fold, ' ')
	}
	if s.marks { // canonical forms are hashed at once
		s.syl, s.fold = s.syl[:0], s.fold[:0]
	}
	s.u = unit{start: start, syl0: len(s.syl), fold0: len(s.fold), gap: s.gap}
	s.gap = 0
}

// undo forgets what open and letter wrote.
func (s *scanner) undo() {
	s.syl, s.fold = s.syl[:max(s.u.syl0-1, 0)], s.fold[:max(s.u.fold0-1, 0)]
	s.u = unit{}
}
