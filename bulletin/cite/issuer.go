package cite

import (
	"slices"
	"strings"
)

// issuer reads the name of a body at token i with the place behind it:
// "Ban Thường vụ Tỉnh ủy Lào Cai", "UBND tỉnh".
func (s *docScanner) issuer(i int) (docIssuer, int, bool) {
	row, end, ok := s.match(i, sortIssuer)
	if !ok {
		return docIssuer{}, i, false
	}
	issuer := docLexicon.issuers[row]
	switch {
	case end == i+1 && s.toks[i].word != wTW && s.toks[i].word != wBCHTW && !s.toks[i].is(docCaps) && s.tok(i) != "TTg":
		return docIssuer{}, i, false // abbreviations stand in capitals
	case (issuer.code == "CP" || issuer.code == "QH") && s.foreign(end):
		return docIssuer{}, i, false
	case issuer.code != "" && !centralIssuer(issuer.code):
		issuer.province, end = s.place(end)
	}
	return issuer, end, true
}

// foreign tells whether a government or assembly is some other country's: a
// name follows that is neither Việt Nam nor another phrase of the tables.
func (s *docScanner) foreign(i int) bool {
	if i >= len(s.toks) {
		return false
	}
	t := s.toks[i]
	if t.kind != docLetters || !t.is(docCapital) || t.is(docCaps) || t.is(docParted) || t.word == wViet || t.word == wKhoa {
		return false
	}
	_, _, typed := s.match(i, sortType)
	return !typed
}

// place reads a level and a name at i: "tỉnh Lào Cai", "huyện Đại Từ". Only
// a province has a slug; the name of a district is stepped over.
func (s *docScanner) place(i int) (province string, end int) {
	district := false
	switch {
	case s.isWord(i-1, wTP) && s.mark(i, '.'):
		i++
	case s.isWord(i, wTinh):
		i++
	case s.isWord(i, wThanh) && s.isWord(i+1, wPho):
		i += 2
	case s.isWord(i, wTP):
		if i++; s.mark(i, '.') && !s.toks[i].is(docSpaced) {
			i++
		}
	case s.isWord(i, wThi) && (s.isWord(i+1, wXa) || s.isWord(i+1, wTran)):
		i, district = i+2, true
	case s.isWord(i, wHuyen) || s.isWord(i, wQuan) || s.isWord(i, wXa) || s.isWord(i, wPhuong):
		i, district = i+1, true
	}
	if i > 0 {
		w := s.toks[i-1].word
		district = district || w == wHuyen || w == wQuan || w == wXa || w == wPhuong
	}
	if row, end, ok := s.match(i, sortPlace); ok && !district && s.toks[i].is(docCapital) {
		return docLexicon.places[row], end
	}
	return "", s.skipName(i)
}

// skipName steps over up to three words with capitals, the name of a district.
func (s *docScanner) skipName(i int) int {
	for range 3 {
		if i >= len(s.toks) {
			return i
		}
		t := s.toks[i]
		if t.kind != docLetters || !t.is(docCapital) || t.is(docCaps) || t.is(docParted) {
			return i
		}
		if _, _, typed := s.match(i, sortType); typed {
			return i
		}
		i++
	}
	return i
}

// placeIssuer reads a province that stands for its authorities: "của tỉnh Lào
// Cai".
func (s *docScanner) placeIssuer(i int) (docIssuer, int, bool) {
	if !s.isWord(i, wTinh) && !s.isWord(i, wTP) && (!s.isWord(i, wThanh) || !s.isWord(i+1, wPho)) {
		return docIssuer{}, i, false
	}
	province, end := s.place(i)
	return docIssuer{province: province}, end, province != ""
}

// compose makes the letters of a document that is named by its type in words
// and its issuer: Nghị quyết 54 của Bộ Chính trị → -NQ/TW.
func compose(typ docType, issuer docIssuer, it *docItem) (docCode, bool) {
	c := docCode{issuer: issuer.code, letter: typ.state, year: it.year}
	year := it.year
	if year == "" && it.tail.date != "" {
		year = it.tail.date[:4]
	}
	if year == "" {
		year = it.tail.year
	}
	switch code := issuer.code; {
	case code == "":
		return c, false
	case partyIssuer(code):
		c.letter, c.party, c.year = typ.party, true, ""
		return c, typ.party != "NĐ"
	case code == "CP":
		if typ.letter() == "NĐ" {
			c.year = year
		}
		return c, slices.Contains([]string{"NĐ", "NQ", "BC", "TTr"}, typ.state)
	case code == "TTg" || code == "CTN":
		return c, slices.Contains([]string{"QĐ", "CT", "CĐ"}, typ.state)
	case code == "QH" || code == "UBTVQH":
		term := assemblyTerm(it, year)
		c.letter, c.year, c.issuer = "", year, code+term
		return c, term != "" && slices.Contains([]string{"NQ", "L", "PL"}, typ.state)
	case strings.HasPrefix(code, "B") && typ.state == "TT":
		c.year = year
		return c, true
	case code == "TLĐ" && typ.state == "NQ":
		return c, false // resolutions are its committee's
	}
	return c, typ.state != "NĐ"
}

// assemblyTerm returns the term of the National Assembly that sat in a year;
// empty when two did and nothing tells which.
func assemblyTerm(it *docItem, year string) string {
	day := year + "-01-01"
	last := year + "-12-31"
	if it.tail.date != "" {
		day, last = it.tail.date, it.tail.date
	}
	if year == "" {
		return ""
	}
	terms := [...]struct{ from, term string }{
		{"1992-09-19", "9"},
		{"1997-09-20", "10"},
		{"2002-07-19", "11"},
		{"2007-07-19", "12"},
		{"2011-07-21", "13"},
		{"2016-07-20", "14"},
		{"2021-07-20", "15"},
		{"2026-04-06", "16"},
	}
	for n := len(terms) - 1; n >= 0; n-- {
		if day >= terms[n].from {
			return terms[n].term
		}
		if last >= terms[n].from {
			return ""
		}
	}
	return ""
}
