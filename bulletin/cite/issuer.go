package cite

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// docIssuer is a body that issues documents, as named in words.
type docIssuer struct {
	code     string // TW, TU, CP …; empty: a body whose letters are not known
	province string // slug named beside it
	unit     string // of a body below the province: xa-tan-trao, huyen; empty for none
	at       bulletin.Span
}

// code reads what follows a number at token i; where the letters of a type
// are followed by a body in words, its letters: QĐ-Ủy ban nhân dân.
func (s *docScanner) code(i int, announced bool) (vi.DocumentNumber, int, bool) {
	trust := vi.Unannounced
	switch {
	case s.Typed():
		trust = vi.Typed
	case announced:
		trust = vi.Announced
	}
	c, end, ok := s.DocumentLetters(i, trust)
	if sep, j := s.separator(end); !ok && announced && c.Type != "" && sep != 0 {
		if named, end, found := s.issuer(j); found && named.code != "" {
			c.Issuer, c.Party = named.code, c.Year == "" && vi.IsPartyIssuer(named.code)
			return c, end, true
		}
	}
	return c, end, ok
}

// separator reads one mark between the parts of a number.
func (s *docScanner) separator(i int) (byte, int) {
	if s.Mark(i, '-') || s.Mark(i, '/') {
		return s.Units[i].Kind, i + 1
	}
	return 0, i
}

// issuer reads the name of a body at token i with the place behind it:
// "Ban Thường vụ Tỉnh ủy Lào Cai", "UBND tỉnh".
func (s *docScanner) issuer(i int) (docIssuer, int, bool) {
	row, end, ok := s.match(i, classIssuer)
	if !ok {
		return docIssuer{}, i, false
	}
	issuer := docIssuer{code: vi.Issuers()[row].Code}
	switch {
	case end == i+1 && !s.Is(i, phrase.TW) && !s.Is(i, phrase.BCHTW) && !s.upper(i) && s.Of(i) != "TTg":
		return docIssuer{}, i, false // abbreviations stand in capitals
	case (issuer.code == "CP" || issuer.code == "QH") && s.foreign(end):
		return docIssuer{}, i, false
	case issuer.code != "" && !vi.IsCentralIssuer(issuer.code):
		from := end
		issuer.province, issuer.unit, end = s.place(end)
		if level := committeeLevels[issuer.code]; level != "" && issuer.unit == "" && end > from && issuer.code != "ĐU" {
			issuer.unit = vi.Slug(level + " " + s.spaced(from, end))
		}
	}
	issuer.at = bulletin.Span{Start: int(s.Units[i].Start), End: int(s.Units[end-1].End)}
	return issuer, end, true
}

// foreign tells whether a government or assembly is some other country's: a
// name follows that is neither Việt Nam nor another phrase of the tables.
func (s *docScanner) foreign(i int) bool {
	if i >= len(s.Units) {
		return false
	}
	t := s.Units[i]
	if t.Kind != vi.KindWord || !t.Has(vi.Capital) || t.Has(vi.Upper) || t.Has(vi.NewPara) || s.Is(i, phrase.Viet) || s.Is(i, phrase.Khoa) {
		return false
	}
	_, _, typed := s.match(i, classType)
	return !typed
}

// compose makes the letters of a document that is named by its type in words
// and its issuer: Nghị quyết 54 của Bộ Chính trị → -NQ/TW.
func compose(typ vi.DocumentType, issuer docIssuer, it *docItem) (vi.DocumentNumber, bool) {
	c := vi.DocumentNumber{Number: it.number, Issuer: issuer.code, Type: typ.State, Year: it.year}
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
	case vi.IsPartyIssuer(code):
		c.Type, c.Party, c.Year = typ.Party, true, ""
		return c, typ.Party != "NĐ"
	case code == "CP":
		if typ.Party == "NĐ" {
			c.Year = year
		}
		return c, slices.Contains([]string{"NĐ", "NQ", "BC", "TTr"}, typ.State)
	case code == "TTg" || code == "CTN":
		return c, slices.Contains([]string{"QĐ", "CT", "CĐ"}, typ.State)
	case code == "QH" || code == "UBTVQH":
		term := assemblyTerm(it, year)
		c.Type, c.Year, c.Issuer = "", year, code+term
		return c, term != "" && slices.Contains([]string{"NQ", "L", "PL"}, typ.State)
	case strings.HasPrefix(code, "B") && typ.State == "TT":
		c.Year = year
		return c, true
	case code == "TLĐ" && typ.State == "NQ":
		return c, false // resolutions are its committee's
	}
	return c, typ.State != "NĐ"
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
