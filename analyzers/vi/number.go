package vi

import (
	"strings"
	"unicode/utf8"
)

// number reads a number: digits, with dots between groups of three or with one
// decimal sign. 217,218 is two numbers, 1.1.2025 three.
func (s *scanner) number() {
	s.open(s.i)
	if end := grouped(s.text, s.i); end > 0 {
		s.u.grouped = true
		s.digits(strings.ReplaceAll(s.text[s.i:end], ".", ""))
		s.i = end
		if end := fraction(s.text, s.i); end > 0 {
			s.digits(s.text[s.i:end])
			s.u.decimal, s.i = true, end
		}
	} else {
		s.plainNumber()
	}
	s.u.number, s.u.end, s.capitals = true, s.i, false
	s.u.syl1, s.u.fold1 = len(s.syl), len(s.fold)
	s.units = append(s.units, s.u)
}

func (s *scanner) plainNumber() {
	for s.i < len(s.text) {
		r, size := s.next()
		if lookup(r).class != digit {
			break
		}
		if r >= utf8.RuneSelf {
			r -= 0xFEE0
		}
		s.digits(string(r))
		s.i += size
	}
	if end := fraction(s.text, s.i); end > 0 && s.aloneBefore() {
		s.digits(s.text[s.i:end])
		s.u.decimal, s.i = true, end
	}
}

// aloneBefore reports that the number does not go on another one: 12.5 in
// 1.12.5 is no decimal.
func (s *scanner) aloneBefore() bool {
	before := s.text[:s.u.start]
	n := len(before)
	return n < 2 || before[n-1] != '.' && before[n-1] != ',' && before[n-1] != '/' || !isDigit(before[n-2])
}

// digits writes to both buffers, up to the longest token.
func (s *scanner) digits(text string) {
	text = text[:min(len(text), max(maxToken-(len(s.syl)-s.u.syl0), 0))]
	s.syl = append(s.syl, text...)
	s.fold = append(s.fold, text...)
}

// grouped returns the end of a number printed in groups of three, or 0.
func grouped(s string, i int) int {
	first := digitsFrom(s, i)
	if first-i > 3 || first == i || s[i] == '0' {
		return 0
	}
	const most = 64 // bytes; no sum of money is longer
	end := first
	for end < len(s) && s[end] == '.' {
		if end-i > most {
			return 0
		}
		next := digitsFrom(s, end+1)
		if next-end-1 != 3 {
			if next > end+1 {
				return 0
			}
			break
		}
		end = next
	}
	if end == first {
		return 0
	}
	return end
}

// fraction returns the end of a decimal sign and its digits at i, or 0. Three
// digits after a comma may as well be the next of a list, four after a dot a
// year.
func fraction(s string, i int) int {
	if i >= len(s) || s[i] != ',' && s[i] != '.' {
		return 0
	}
	end := digitsFrom(s, i+1)
	n := end - i - 1
	if n < 1 || n > 6 || n == 3 || n == 4 && s[i] == '.' {
		return 0
	}
	if end+1 < len(s) && (s[end] == ',' || s[end] == '.' || s[end] == '/') && isDigit(s[end+1]) {
		return 0
	}
	return end
}

// digitsFrom returns the end of the ASCII digits at i.
func digitsFrom(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
