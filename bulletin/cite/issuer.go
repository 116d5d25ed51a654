package cite

import (
	"cmp"
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

// issuer reads the name of a body at token i with the place behind it:
// "Ban Thường vụ Tỉnh ủy Lào Cai", "UBND tỉnh".
func (s *docScanner) issuer(i int) (by docIssuer, end int, ok bool) {
	row, end, ok := s.match(i, classIssuer)
	if !ok {
		return by, i, false
	}
	by.code = vi.Issuers()[row].Code
	switch {
	case end == i+1 && !s.Is(i, phrase.TW) && !s.Is(i, phrase.BCHTW) && !s.upper(i) && s.Of(i) != "TTg":
		return docIssuer{}, i, false // abbreviations stand in capitals
	case (by.code == "CP" || by.code == "QH") && s.nameAt(end) && !s.isWord(end, phrase.Viet, phrase.Khoa):
		return docIssuer{}, i, false // of another country
	case by.code != "" && !vi.IsCentralIssuer(by.code):
		p := s.place(end)
		by.province, by.unit, end = p.province, p.unit, p.end
		if level := committeeLevels[by.code]; by.unit == "" && p.name != "" && level != "" && by.code != "ĐU" {
			by.unit = vi.Slug(level + " " + p.name)
		}
	}
	by.at = s.span(i, end)
	return by, end, true
}

// span is where units i to end stand, in bytes.
func (s *docScanner) span(i, end int) bulletin.Span {
	return bulletin.Span{Start: int(s.Units[i].Start), End: int(s.Units[end-1].End)}
}

// issues are the types of the bodies that issue only some by a number of their
// own; those of the Trade Union's resolutions are its committee's.
var issues = map[string]string{
	"CP": "NĐ NQ BC TTr", "TTg": "QĐ CT CĐ", "CTN": "QĐ CT CĐ", "QH": "NQ L PL", "UBTVQH": "NQ L PL",
	"TLĐ": "QĐ CT KH HD BC TB KL CTr TTr CV ĐA QC",
}

// compose makes the letters of a document that is named by its type in words
// and its issuer: Nghị quyết 54 của Bộ Chính trị → -NQ/TW.
func (it *docItem) compose(typ vi.DocumentType, issuer string) (c vi.DocumentNumber, ok bool) {
	c = vi.DocumentNumber{Number: it.code.Number, Year: it.code.Year, Type: typ.State, Issuer: issuer}
	when := it.when
	if !isDay(when) {
		when = cmp.Or(c.Year, when)
	}
	year := cmp.Or(c.Year, when[:min(len(when), len("2020"))])
	only, some := issues[issuer]
	switch {
	case issuer == "" || some && !slices.Contains(strings.Fields(only), typ.State):
		return c, false
	case vi.IsPartyIssuer(issuer):
		c.Type, c.Party, c.Year = typ.Party, true, ""
		return c, typ.Party != "NĐ"
	case issuer == "QH" || issuer == "UBTVQH":
		term := termAt("Quốc hội", when)
		c.Type, c.Year, c.Issuer = "", year, issuer+term
		return c, term != ""
	case typ.Party == "NĐ" && issuer == "CP", typ.State == "TT" && strings.HasPrefix(issuer, "B"):
		c.Year = year
	}
	return c, typ.State != "NĐ" || issuer == "CP"
}

// rivals tells whether the text names bodies beside the Party's centre that
// issue directives and conclusions.
type rivals struct{ directive, conclusion bool }

func (r *rivals) note(code string) {
	if code != "" && !strings.HasSuffix(code, "TW") {
		r.directive = true
		r.conclusion = r.conclusion || vi.IsPartyIssuer(code)
	}
}
