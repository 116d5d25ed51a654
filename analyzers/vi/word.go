package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word reads a run of letters. The common case needs no normalisation; a word
// that holds anything but composed Latin letters is read again with it.
func (s *scanner) word() {
	start, gap := s.i, s.gap
	s.open(start)
	s.i = s.letters(s.text, start)
	if rest := s.text[s.i:]; rest != "" && (rest[0] < ' ' || rest[0] >= 0x7F) && isWordPart(rest) {
		s.undo()
		s.i, s.gap = start, gap
		s.oddWord()
		return
	}
	s.close(s.text[start:s.i], s.i)
}

// letters takes letters of the table from i on and returns the end.
func (s *scanner) letters(text string, i int) int {
	w, fold := spelling{}, s.fold
	letters, uppers, accented := int32(0), int32(0), false
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !isLatin(r) {
			break
		}
		l := latin(r)
		if l.fold == 0 {
			break
		}
		w.add(l)
		letters++
		if l.recast {
			w.recast = true
			if l.upper {
				uppers++
			}
		}
		accented = accented || l.marked
		fold = append(fold, l.fold)
		i += size
	}
	s.w, s.fold = w, fold
	s.u.letters, s.u.uppers, s.u.accented = letters, uppers, accented
	return i
}

// close ends the word, whose letters have been read, at byte end and gives it
// its canonical form.
func (s *scanner) close(text string, end int) {
	u, w := &s.u, &s.w
	u.end = end
	if len(s.fold) == u.fold0 {
		s.undo()
		return
	}
	if len(text) > maxToken {
		text, s.fold = cutAt(text, maxToken), s.fold[:min(len(s.fold), u.fold0+maxToken)]
	}
	f, spelled := form{place: uint8(w.at), y: noY}, w.n == int(u.letters) && w.tones <= 1
	if spelled {
		u.toned = w.tones == 1
		if known, ok := forms.find(w.key); ok {
			f, u.syllable = known, true
		}
	}
	switch {
	case spelled && (w.recast || !f.fits(w)):
		s.syl = w.canonical(s.syl, f)
		if f.y != noY {
			s.fold[u.fold0+int(f.y)] = 'i'
		}
	case w.recast:
		s.syl = append(s.syl, lower(text)...)
	default:
		s.syl = append(s.syl, text...)
	}
	u.syl1, u.fold1 = len(s.syl), len(s.fold)
	s.place()
}

// place adds the word in its canonical form to the units.
func (s *scanner) place() {
	u := &s.u
	switch {
	case s.marks:
		s.addWord()
	case s.joinsDotted():
	case s.isCentral():
		s.central()
	default:
		s.units = append(s.units, *u)
	}
	s.capitals = u.syllable && u.letters > 1 && u.uppers == u.letters
}

// oddWord reads a run of letters among which there are loose marks, invisible
// characters or letters beyond Latin: one word, or several when invisible
// characters stand between whole syllables.
func (s *scanner) oddWord() {
	start, end := s.i, s.i // of a part
	h := hidden{start: start}
	for isWordPart(s.text[s.i:]) {
		r, size := s.next()
		switch {
		case !isInvisible(r):
			end = s.i + size
		case h.parts(s.text, s.i, size):
			s.oddPart(start, end)
			start, end = s.i+size, s.i+size
			s.gap = gapSpace
		}
		s.i += size
	}
	s.oddPart(start, end)
	s.gap = 0
}

// oddPart adds one of the words.
func (s *scanner) oddPart(start, end int) {
	s.open(start)
	word := s.text[start:end]
	word = Normalize(word)
	if s.letters(word, 0) < len(word) { // another script, or letters without an accent to take off
		s.fold = appendFold(s.fold[:s.u.fold0], word)
		s.w, s.u.letters, s.u.uppers, s.u.accented = spelling{recast: true}, 0, 0, true
		for _, r := range word {
			if s.u.letters++; lookup(r).upper {
				s.u.uppers++
			}
		}
		if s.u.uppers == 0 {
			s.u.letters = 2 // no initial
		}
	}
	s.close(word, end)
}

// lower is lower case, composed again where case made new pairs.
func lower(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune { return unicode.ToLower(stroke(r)) }, s))
}

// cutAt returns the first n bytes of s in whole runes.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
