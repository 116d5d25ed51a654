package cite

import (
	"fmt"
	"strconv"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docDate is a date beside a number: a day, or a year alone.
type docDate struct{ date, year string }

// date reads a date at token k with the comma or bracket before it: ", ngày
// 30/12/2019", "(ngày 5 tháng 1 năm 2022)", "ban hành ngày 1.5.2022", "năm
// 2024", "tháng 5/2019", a bare year.
func (s *docScanner) date(k int) (docDate, int, bool) {
	comma := s.Mark(k, ',')
	bracket := s.Mark(k, '(')
	if comma || bracket {
		k++
	}
	d, next, ok := s.dateWords(k, bracket)
	if !ok || comma && d.date == "" && !s.isWord(k, phrase.Nam) {
		return docDate{}, k, false
	}
	if bracket {
		if !s.Mark(next, ')') {
			return docDate{}, k, false
		}
		next++
	}
	return d, next, true
}

func (s *docScanner) dateWords(k int, bracket bool) (docDate, int, bool) {
	switch {
	case s.isWord(k, phrase.Cung) && s.isWord(k+1, phrase.Ngay):
		k++
	case s.isWord(k, phrase.Ra):
		k = s.skipOn(k + 1)
	default:
		if next, ok := s.issuedAt(k); ok {
			k = s.skipOn(next)
		}
	}
	switch {
	case s.isWord(k, phrase.Ngay):
		return s.day(k + 1)
	case s.isWord(k, phrase.Thang):
		return s.monthOnly(k + 1)
	case s.isWord(k, phrase.Nam):
		if y := s.Of(k + 1); vi.PlausibleYear(y) && !s.Mark(k+2, '/') {
			return docDate{year: y}, k + 2, true
		}
	case k < len(s.Units) && s.Units[k].Kind == vi.KindDigits && !s.Units[k].Has(vi.NewPara):
		if y := s.Of(k); vi.PlausibleYear(y) && s.yearEnds(k+1) {
			return docDate{year: y}, k + 1, true
		}
		d, next, ok := s.day(k)
		return d, next, ok && (bracket || s.isWord(next, phrase.Cua))
	}
	return docDate{}, k, false
}

// skipOn steps over "vào" and "từ" before a day.
func (s *docScanner) skipOn(k int) int {
	if s.isWord(k, phrase.Vao) || s.isWord(k, phrase.TuFrom) {
		return k + 1
	}
	return k
}

// yearEnds tells whether a bare year can end at k: it is no count.
func (s *docScanner) yearEnds(k int) bool {
	if k >= len(s.Units) || s.Units[k].Has(vi.NewPara) {
		return true
	}
	t := s.Units[k]
	if isMark(t) {
		return t.Kind == ')' || t.Has(vi.Spaced) == (t.Kind == '-') && t.Kind != '/' && t.Kind != '%'
	}
	return s.follows(k)
}

// day reads the whole date at token k.
func (s *docScanner) day(k int) (docDate, int, bool) {
	d, ok := s.DateAt(k, false)
	return docDate{date: fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)}, d.Last + 1, ok
}

// monthOnly reads m/y and m năm y, of which the year counts.
func (s *docScanner) monthOnly(k int) (docDate, int, bool) {
	if k+2 >= len(s.Units) {
		return docDate{}, k, false
	}
	m, err := strconv.Atoi(s.Of(k))
	sep, y := s.Units[k+1].Kind, s.Of(k+2)
	if err != nil || m < 1 || m > 12 || sep != '/' && sep != '-' && !s.Is(k+1, phrase.Nam) || !vi.PlausibleYear(y) {
		return docDate{}, k, false
	}
	return docDate{year: y}, k + 3, true
}

// term reads "khóa XII" at k, bracketed or after a comma, as a Roman numeral.
func (s *docScanner) term(k int) (string, int, bool) {
	bracket := false
	if s.Mark(k, ',') {
		k++
	}
	if s.Mark(k, '(') {
		bracket = true
		k++
	}
	if !s.isWord(k, phrase.Khoa) || k+1 >= len(s.Units) {
		return "", k, false
	}
	n := ordinal(s.Of(k + 1))
	if n == 0 {
		return "", k, false
	}
	end := k + 2
	if bracket {
		if !s.Mark(end, ')') {
			return "", k, false
		}
		end++
	}
	return vi.RomanNumeral(n), end, true
}
