package cite

import (
	"slices"
	"strings"
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
	if !ok || i > 0 && slices.Contains(docLessons, strings.ToLower(s.tok(i-1))) {
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
		m.label, m.issuer = number.code.label(number.number), number.code.issuer
		m.date, m.year = number.tail.date, number.tail.year
		end = next
	} else if d, next, ok := s.date(end); ok && (d.year != "" || !s.mark(end, ',')) {
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
	t := s.toks[i]
	if !t.is(docCapital) {
		return "", i, false
	}
	switch {
	case t.word == wLuat:
		return "Luật", i + 1, true
	case t.word == wBo && s.isWord(i+1, wLuat):
		return "Bộ luật", i + 2, true
	case t.word == wHien && s.isWord(i+1, wPhap):
		return "Hiến pháp", i + 2, true
	}
	if row, end, ok := s.match(i, sortType); ok && docLexicon.types[row].name == "Pháp lệnh" && end == i+2 {
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
	if row, end, ok := s.match(k, sortLaw); ok && s.toks[k].is(docCapital) {
		title := docLexicon.laws[row]
		if slices.Contains(docCodes, title) != (kind == "Bộ luật") {
			return "", k, false
		}
		if s.mark(end, '(') && s.isWord(end+1, wSua) && s.isWord(end+2, wDoi) && s.mark(end+3, ')') {
			end += 4
		} else if s.isWord(end, wSua) && s.isWord(end+1, wDoi) {
			end += 2
		}
		if s.isWord(end, wViet) && end+1 < len(s.toks) {
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
	amending := s.isWord(k, wSua) && s.isWord(k+1, wDoi)
	if k >= len(s.toks) || s.toks[k].kind != docLetters || !s.toks[k].is(docCapital) && !amending {
		return "", k, false
	}
	for end = k; end < len(s.toks) && end < k+docLawMax; end++ {
		t := s.toks[end]
		switch {
		case t.is(docParted), t.kind == docDigits, t.kind == docMark && t.word != ',':
			return "", k, false
		case amending && t.word == wLuat:
			row, next, ok := s.match(end+1, sortLaw)
			if !ok {
				return "", k, false
			}
			return s.spaced(k, end) + " Luật " + docLexicon.laws[row], next, true
		case !amending && end > k && (t.word == wNam && plausibleYear(s.tok(end+1)) || t.word == wSo && s.assemblyNumber(end)):
			return s.spaced(k, end), end, true
		}
		if _, _, typed := s.match(end, sortType); end > k && (typed || slices.Contains(docPredicates, strings.ToLower(s.tok(end)))) {
			return "", k, false
		}
	}
	return "", k, false
}

// spaced is the text of tokens k to end with single spaces.
func (s *docScanner) spaced(k, end int) string {
	return strings.Join(strings.Fields(s.text[s.toks[k].start:s.toks[end-1].end]), " ")
}

func (s *docScanner) assemblyNumber(k int) bool {
	_, _, ok := s.lawNumber(k)
	return ok
}

// lawNumber reads "số 75/2015/QH13" at k.
func (s *docScanner) lawNumber(k int) (docItem, int, bool) {
	var it docItem
	if !s.isWord(k, wSo) || !s.item(&it, s.skipMarks(k+1), docType{}) || !it.coded || it.code.year == "" {
		return it, k, false
	}
	s.tail(&it, docType{})
	return it, it.end, true
}

// abroad tells whether what stands behind the name of a law makes it another
// country's, or another law with a longer name.
func (s *docScanner) abroad(k int) bool {
	if s.isWord(k, wCua) {
		k++
		if s.isWord(k, wQuoc) {
			return false
		}
	}
	if k >= len(s.toks) {
		return false
	}
	t := s.toks[k]
	if t.kind != docLetters || !t.is(docCapital) || t.is(docCaps) || t.is(docParted) || t.word == wViet {
		return false
	}
	_, _, typed := s.match(k, sortType)
	return !typed
}
