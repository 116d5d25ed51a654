package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// oddWord reads a run of letters among which there are loose marks, invisible
// characters or letters beyond Latin.
func (s *scanner) oddWord() {
	start, end := s.i, s.i
	latin := true
	for s.i < len(s.text) {
		r, size := s.next()
		c := lookup(r).class
		if c != alpha && c != mark && c != invisible {
			break
		}
		s.i += size
		if c != invisible {
			end = s.i
			latin = latin && (isLatin(r) || r < 0x370 || r > 0xFF00)
		}
	}
	resume := s.i
	words, from := NormalizeOffsets(s.text[start:end])
	if !latin {
		s.i = start
		s.foreign(words, end)
	} else {
		s.parts(words, from, start)
	}
	s.i = resume
}

// parts adds the words of a normalised run of letters: one, or several when
// invisible characters stood between whole syllables.
func (s *scanner) parts(words string, from Offsets, start int) {
	for at := 0; at < len(words); {
		length := strings.IndexByte(words[at:], ' ')
		if length < 0 {
			length = len(words) - at
		}
		s.i = start + from.Original(at)
		s.open()
		for _, r := range words[at : at+length] {
			s.letter(r, lookup(r))
		}
		s.close(start + from.Original(at+length))
		at += length + 1
		s.gap = gapSpace
	}
	s.gap = 0
}

// foreign adds a word in another script.
func (s *scanner) foreign(word string, end int) {
	s.open()
	s.u.letters, s.u.accented = 2, true
	low := lower(word)
	s.syl = append(s.syl, cut(low)...)
	s.fold = append(s.fold, cut(Fold(low))...)
	s.vi = false
	s.close(end)
}

// lower is lower case, composed again where case made new pairs.
func lower(s string) string { return norm.NFC.String(strings.Map(unicode.ToLower, s)) }

// cut returns the first maxToken bytes of s in whole runes.
func cut(s string) string { return cutAt(s, maxToken) }

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
