package vi

import (
	"unicode"
	"unicode/utf8"
)

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

	u  unit     // the word being read
	w  spelling // of it
	vi bool     // it may still be a syllable

	marks bool   // for readers: into out instead of units
	out   []Unit //
}

// scan cuts the whole text.
func (s *scanner) scan(text string) {
	s.text, s.i, s.gap = text, 0, 0
	s.units, s.syl, s.fold = s.units[:0], s.syl[:0], s.fold[:0]
	for s.i < len(text) {
		if text[s.i] == ' ' {
			s.gap |= gapSpace
			s.i++
			continue
		}
		if s.quickWord() {
			continue
		}
		r, size := s.next()
		l := lookup(r)
		switch l.class {
		case alpha:
			s.word()
		case digit:
			s.digitsAt()
		default:
			s.between(r, l.class, size)
		}
	}
}

func (s *scanner) next() (rune, int) {
	if c := s.text[s.i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[s.i:])
}

// digitsAt reads the digits at the current place.
func (s *scanner) digitsAt() {
	if s.marks {
		s.addDigits()
	} else {
		s.number()
	}
}

// between reads a character that is part of no word or number.
func (s *scanner) between(r rune, c class, size int) {
	if s.marks && c != space && c != newline && c != invisible && c != mark {
		s.addMark(r, c, size)
	} else {
		s.separator(c, size)
	}
}

// open begins a unit at the current place.
func (s *scanner) open() {
	if len(s.units) > 0 {
		s.syl = append(s.syl, ' ')
		s.fold = append(s.fold, ' ')
	}
	if s.marks { // canonical forms are hashed at once
		s.syl, s.fold = s.syl[:0], s.fold[:0]
	}
	s.u = unit{start: s.i, syl0: len(s.syl), fold0: len(s.fold), gap: s.gap}
	s.w, s.vi, s.gap = spelling{}, true, 0
}

// word reads a run of letters. The common case needs no normalisation; a word
// that holds anything else is read again with it.
func (s *scanner) word() {
	start, gap := s.i, s.gap
	s.open()
	for s.i < len(s.text) {
		if c := s.text[s.i]; c < utf8.RuneSelf && letters[c].class == alpha {
			s.letter(rune(c), &letters[c])
			s.i++
			continue
		}
		r, size := s.next()
		l := lookup(r)
		if l.class == alpha && isLatin(r) {
			s.letter(r, l)
			s.i += size
			continue
		}
		if l.class == alpha || l.class == mark || l.class == invisible {
			s.undo()
			s.i, s.gap = start, gap
			s.oddWord()
			return
		}
		break
	}
	s.close(s.i)
}

// undo forgets what open and letter wrote.
func (s *scanner) undo() {
	s.syl, s.fold = s.syl[:max(s.u.syl0-1, 0)], s.fold[:max(s.u.fold0-1, 0)]
}

// isLatin reports the runes whose letters the table describes in full.
func isLatin(r rune) bool { return r < latinEnd || r >= extraStart && r < extraEnd }

// letter adds one letter or mark to the word being read.
func (s *scanner) letter(r rune, l *letter) {
	s.u.letters++
	if l.upper {
		s.u.uppers++
	}
	if len(s.syl)-s.u.syl0 > maxToken-utf8.UTFMax {
		s.vi = false
		return
	}
	if l.code != 0 {
		s.u.accented = s.u.accented || l.marked
		s.vi = s.vi && s.w.add(l)
		s.fold = append(s.fold, l.fold)
		s.syl = appendRune(s.syl, toned[l.code][l.tone])
		return
	}
	s.vi = false
	if l.fold != 0 && r < utf8.RuneSelf {
		s.fold, s.syl = append(s.fold, l.fold), append(s.syl, l.fold)
		return
	}
	s.u.accented = true
	s.syl = appendRune(s.syl, unicode.ToLower(r))
	s.fold = appendFold(s.fold, string(r))
}

func appendRune(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(b, byte(r))
	}
	return utf8.AppendRune(b, r)
}

// close ends the word at byte end and gives it its canonical form.
func (s *scanner) close(end int) {
	u := &s.u
	u.end = end
	u.syl1, u.fold1 = len(s.syl), len(s.fold)
	if u.fold0 == u.fold1 {
		s.undo()
		return
	}
	if s.vi && s.w.tones <= 1 {
		u.toned = s.w.tones == 1
		if f, ok := forms.find(s.w.key); ok {
			u.syllable = true
			s.canonical(f)
		}
	}
	s.place()
}

// place adds the word in its canonical form to the units.
func (s *scanner) place() {
	if s.marks {
		s.addWord()
		return
	}
	if s.joinsDotted() {
		return
	}
	if s.isCentral() {
		s.central()
		return
	}
	s.units = append(s.units, s.u)
}

// canonical rewrites the word when it is not yet as its form wants it.
func (s *scanner) canonical(f form) {
	if f.fits(&s.w) {
		return
	}
	if f.y != noY {
		s.fold[s.u.fold0+int(f.y)] = 'i'
	}
	s.syl = s.w.canonical(s.syl[:s.u.syl0], f)
	s.u.syl1 = len(s.syl)
}
