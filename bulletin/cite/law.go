package cite

import (
	"slices"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// law reads the name of a law at token i: "Luật Mặt trận Tổ quốc Việt Nam",
// "Bộ luật Lao động năm 2019", "Hiến pháp năm 2013".
func (s *docScanner) law(i int) (next int, ok bool) {
	kind, name, ok := s.meaning(i, classLawKind)
	if !ok || !s.capital(i) || s.matches(i-1, classLesson) {
		return i, false
	}
	m := docMention{kind: kind, issuer: "QH"}
	title, end, ok := s.lawName(kind, name)
	if !ok {
		return i, false
	}
	if m.label = kind + " " + title; kind == "Pháp lệnh" {
		m.issuer = "UBTVQH"
	}
	if number, next, ok := s.lawNumber(end); ok {
		m.label, m.issuer, m.when, end = number.code.Label(), number.code.Issuer, number.when, next
	} else if when, next := s.date(end); isYear(when) || isDay(when) && !s.Mark(end, ',') {
		m.when, m.known, end = when, when[:len("2020")], next // laws are told apart by their year
	} else if s.abroad(end) {
		return i, false
	}
	s.add(i, end, m)
	return end, true
}

// constitutions are the years of those of Vietnam.
var constitutions = []string{"1946", "1959", "1980", "1992", "2013"}

// lawName reads a name of the table, or any name that a year or a number of
// the National Assembly closes.
func (s *docScanner) lawName(kind string, k int) (title string, end int, ok bool) {
	if kind == "Hiến pháp" {
		year, end := s.date(k)
		return "năm " + year, end, slices.Contains(constitutions, year)
	}
	row, end, ok := s.match(k, classLaw)
	if !ok || !s.capital(k) {
		return s.otherLaw(k)
	}
	_, next, code := s.match(k, classCode)
	if code = code && next == end; code != (kind == "Bộ luật") {
		return "", k, false
	}
	_, end, _ = s.match(end, classAmended)
	if s.isWord(end, phrase.Viet) {
		end = min(end+2, len(s.Units)) // Luật Đất đai Việt Nam
	}
	return laws[row][0], end, true
}

// otherLaw reads the name of a law that the table lacks.
func (s *docScanner) otherLaw(k int) (title string, end int, ok bool) {
	amending := s.matches(k, classAmended)
	if s.KindAt(k) != vi.KindWord || !s.Units[k].Has(vi.Capital) && !amending {
		return "", k, false
	}
	for end = k; end < k+lawMax; end++ {
		_, _, numbered := s.lawNumber(end)
		switch kind := s.KindAt(end); {
		case amending && s.Is(end, phrase.Luat):
			row, next, ok := s.match(end+1, classLaw)
			if !ok {
				return "", k, false
			}
			return s.printed(k, end) + " Luật " + laws[row][0], next, true
		case !amending && end > k && (numbered || s.Is(end, phrase.Nam) && vi.PlausibleYear(s.Of(end+1))):
			return s.printed(k, end), end, true
		case kind != vi.KindWord && kind != ',', end > k && (s.matches(end, classType) || s.matches(end, classPredicate)):
			return "", k, false
		}
	}
	return "", k, false
}

// lawNumber reads "số 75/2015/QH13" at k.
func (s *docScanner) lawNumber(k int) (it docItem, end int, ok bool) {
	if !s.isWord(k, phrase.So) || !s.item(&it, s.numberSign(&it, k), vi.DocumentType{}) || !it.coded || it.code.Year == "" {
		return it, k, false
	}
	s.tail(&it, vi.DocumentType{})
	return it, it.end, true
}

// abroad tells whether what stands behind the name of a law makes it another
// country's, or another law with a longer name.
func (s *docScanner) abroad(k int) bool {
	of := s.skip(k, phrase.Cua)
	return s.nameAt(of) && !s.isWord(of, phrase.Viet) && (of == k || !s.isWord(of, phrase.Quoc))
}
