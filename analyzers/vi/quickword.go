package vi

import "unicode/utf8"

// quick is a word of at most seven Vietnamese letters, each in one rune.
type quick struct {
	spelling
	end      int // byte after it
	uppers   int32
	accented bool
	recast   bool // some letter is not the lower-case one
	fold     []byte
}

// quickWord reads the word at the current place when it has the letters of a
// syllable, composed, and stands alone: nine words of ten. It reports false,
// having changed nothing but spare bytes, for word to read the others.
func (s *scanner) quickWord() bool {
	q := quick{end: s.i, fold: s.fold}
	if s.marks {
		q.fold = s.fold[:0]
	} else if len(s.units) > 0 {
		q.fold = append(q.fold, ' ')
	}
	q.read(s.text)
	if q.n == 0 || q.n > maxLetters || q.tones > 1 || s.goesOn(q.end) {
		return false
	}
	text := s.text[s.i:q.end]
	s.open()
	s.fold, s.i = q.fold, q.end
	u := &s.u
	u.end, u.letters, u.uppers, u.accented, u.toned = q.end, int32(q.n), q.uppers, q.accented, q.tones == 1
	f, known := forms.find(q.key)
	if u.syllable = known; !known {
		f = form{place: uint8(q.at), y: noY}
	}
	if q.recast || !f.fits(&q.spelling) {
		s.syl = q.canonical(s.syl, f)
	} else {
		s.syl = append(s.syl, text...)
	}
	if f.y != noY {
		s.fold[u.fold0+int(f.y)] = 'i'
	}
	u.syl1, u.fold1 = len(s.syl), len(s.fold)
	s.place()
	return true
}

// read takes letters up to the first character that is none or not in
// Vietnamese; one letter too many leaves n past maxLetters.
func (q *quick) read(text string) {
	for q.end < len(text) {
		l, size := &letters[0], 1
		switch c := text[q.end]; {
		case c < utf8.RuneSelf:
			l = &letters[c]
		case c == 0xE1 && q.end+2 < len(text) && text[q.end+1]>>2 == 0xB8>>2 && text[q.end+2]>>6 == 2:
			l, size = &letters[latinEnd+int(text[q.end+1]&3)<<6+int(text[q.end+2]&0x3F)], 3
		case 0xC3 <= c && c <= 0xC6 && q.end+1 < len(text) && text[q.end+1]>>6 == 2:
			l, size = &letters[int(c&0x1F)<<6|int(text[q.end+1]&0x3F)], 2
		}
		if l.code == 0 {
			return
		}
		if !q.add(l) {
			q.n++
			return
		}
		if l.recast {
			q.recast = true
			if l.upper {
				q.uppers++
			}
		}
		q.accented = q.accented || l.marked
		q.fold = append(q.fold, l.fold)
		q.end += size
	}
}

// goesOn reports that the character at i is still part of the word before it.
func (s *scanner) goesOn(i int) bool {
	if i == len(s.text) || s.text[i] == ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	c := lookup(r).class
	return c == alpha || c == mark || c == invisible
}
