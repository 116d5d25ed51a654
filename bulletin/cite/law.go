package cite

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docCodes are the names that only codes (bộ luật) bear; "Luật Dân sự" is a
// field of study.
var docCodes = []string{"Lao động", "Dân sự", "Hình sự", "Tố tụng hình sự", "Tố tụng dân sự", "Hàng hải Việt Nam"}

// docLessons are words that make the law named behind them a subject taught.
var docLessons = []string{"khoa", "ngành", "môn", "nhân", "sĩ", "sỹ", "học", "trường", "viện", "trình", "sư", "cao"}

// docPredicates are words that no name of a law contains: a sentence runs on.
var docPredicates = []string{"được", "bị", "đã", "đang", "sẽ", "là", "ra", "thông", "phê", "vào", "từ", "trong", "này", "năm"}

// law reads the name of a law at token i: "Luật Mặt trận Tổ quốc Việt Nam",
// "Bộ luật Lao động năm 2019", "Hiến pháp năm 2013".
func (s *docScanner) law(i int) (next int, ok bool) {
	kind, name, ok := s.lawKind(i)
	if !ok || i > 0 && slices.Contains(docLessons, strings.ToLower(s.Of(i-1))) {
		return i, false
	}
	if kind == "Hiến pháp" {
		return s.constitution(i, name)
	}
	title, end, ok := s.lawName(kind, name)
	if !ok {
		return i, false
	}
	m := docMention{kind: kind, label: kind + " " + title, issuer: map[bool]string{true: "UBTVQH", false: "QH"}[kind == "Pháp lệnh"]}
	if number, next, ok := s.lawNumber(end); ok {
		m.label, m.issuer = labelOf(number.code, number.number), number.code.Issuer
		m.date, m.year = number.tail.date, number.tail.year
		end = next
	} else if d, next, ok := s.date(end); ok && (d.year != "" || !s.Mark(end, ',')) {
		m.year, end = d.year, next
		if d.date != "" {
			m.date, m.known = d.date, d.date[:4] // laws are told apart by their year
		}
	} else if s.abroad(end) {
		return i, false
	}
	s.addNamed(i, end, m)
	return end, true
}

func (s *docScanner) lawKind(i int) (kind string, name int, ok bool) {
	if !s.capital(i) {
		return "", i, false
	}
	switch {
	case s.Is(i, phrase.Luat):
		return "Luật", i + 1, true
	case s.Is(i, phrase.Bo) && s.isWord(i+1, phrase.Luat):
		return "Bộ luật", i + 2, true
	case s.Is(i, phrase.Hien) && s.isWord(i+1, phrase.Phap):
		return "Hiến pháp", i + 2, true
	}
	if row, end, ok := s.match(i, classType); ok && vi.DocumentTypes()[row].Name == "Pháp lệnh" && end == i+2 {
		return "Pháp lệnh", end, true
	}
	return "", i, false
}

// constitution reads "năm 2013" behind Hiến pháp; only the constitutions of
// Vietnam count.
func (s *docScanner) constitution(i, k int) (int, bool) {
	d, end, ok := s.date(k)
	if !ok || !slices.Contains([]string{"1946", "1959", "1980", "1992", "2013"}, d.year) || s.abroad(end) {
		return i, false
	}
	s.addNamed(i, end, docMention{kind: "Hiến pháp", label: "Hiến pháp năm " + d.year, issuer: "QH"})
	return end, true
}

// lawName reads a name of the table, or any name that a year or a number of
// the National Assembly closes.
func (s *docScanner) lawName(kind string, k int) (title string, end int, ok bool) {
	if row, end, ok := s.match(k, classLaw); ok && s.capital(k) {
		title := laws()[row][0]
		if slices.Contains(docCodes, title) != (kind == "Bộ luật") {
			return "", k, false
		}
		if s.Mark(end, '(') && s.isWord(end+1, phrase.Sua) && s.isWord(end+2, phrase.Doi) && s.Mark(end+3, ')') {
			end += 4
		} else if s.isWord(end, phrase.Sua) && s.isWord(end+1, phrase.Doi) {
			end += 2
		}
		if s.isWord(end, phrase.Viet) && end+1 < len(s.Units) {
			end += 2 // Luật Đất đai Việt Nam
		}
		return title, end, true
	}
	return s.otherLaw(k)
}

// docLawMax is how many tokens the name of a law that the table lacks may
// take.
const docLawMax = 24

func (s *docScanner) otherLaw(k int) (title string, end int, ok bool) {
	amending := s.isWord(k, phrase.Sua) && s.isWord(k+1, phrase.Doi)
	if k >= len(s.Units) || s.Units[k].Kind != vi.KindWord || !s.Units[k].Has(vi.Capital) && !amending {
		return "", k, false
	}
	for end = k; end < len(s.Units) && end < k+docLawMax; end++ {
		t := s.Units[end]
		switch {
		case t.Has(vi.NewPara), t.Kind == vi.KindDigits, isMark(t) && t.Kind != ',':
			return "", k, false
		case amending && s.Is(end, phrase.Luat):
			row, next, ok := s.match(end+1, classLaw)
			if !ok {
				return "", k, false
			}
			return s.spaced(k, end) + " Luật " + laws()[row][0], next, true
		case !amending && end > k && (s.Is(end, phrase.Nam) && vi.PlausibleYear(s.Of(end+1)) || s.Is(end, phrase.So) && s.assemblyNumber(end)):
			return s.spaced(k, end), end, true
		}
		if _, _, typed := s.match(end, classType); end > k && (typed || slices.Contains(docPredicates, strings.ToLower(s.Of(end)))) {
			return "", k, false
		}
	}
	return "", k, false
}

// spaced is the text of tokens k to end with single spaces.
func (s *docScanner) spaced(k, end int) string {
	return strings.Join(strings.Fields(s.Text[s.Units[k].Start:s.Units[end-1].End]), " ")
}

func (s *docScanner) assemblyNumber(k int) bool {
	_, _, ok := s.lawNumber(k)
	return ok
}

// lawNumber reads "số 75/2015/QH13" at k.
func (s *docScanner) lawNumber(k int) (docItem, int, bool) {
	var it docItem
	if !s.isWord(k, phrase.So) || !s.item(&it, s.skipMarks(k+1), vi.DocumentType{}) || !it.coded || it.code.Year == "" {
		return it, k, false
	}
	s.tail(&it, vi.DocumentType{})
	return it, it.end, true
}

// abroad tells whether what stands behind the name of a law makes it another
// country's, or another law with a longer name.
func (s *docScanner) abroad(k int) bool {
	if s.isWord(k, phrase.Cua) {
		k++
		if s.isWord(k, phrase.Quoc) {
			return false
		}
	}
	if k >= len(s.Units) {
		return false
	}
	t := s.Units[k]
	if t.Kind != vi.KindWord || !t.Has(vi.Capital) || t.Has(vi.Upper) || t.Has(vi.NewPara) || s.Is(k, phrase.Viet) {
		return false
	}
	_, _, typed := s.match(k, classType)
	return !typed
}
