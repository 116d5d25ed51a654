package vi

import "strings"

// DocumentNumber is the number of a document with its letters: 54-NQ/TW,
// 30/2020/NĐ-CP, 125/2020/QH14, 238/UBND-KGVX.
type DocumentNumber struct {
	Number string // with its letter and leading zero: 05, 30c
	Year   string // of a normative number: 2020
	Type   string // canonical letters: QĐ; empty for official letters and the National Assembly
	Issuer string // canonical, sub-issuers included: TW, UBND-VX, QH14
	Party  bool   // the Party's layout: number-TYPE/ISSUER
	Joint  bool   // the issuers follow a slash: NQLT/CP-UBTUMTTQVN
	Dotted bool   // the 1990s' layout: QĐ.UB
}

// Label is the canonical printed form.
func (n DocumentNumber) Label() string {
	number := n.Number
	if n.Year != "" {
		number += "/" + n.Year
	}
	switch {
	case n.Type == "":
		return number + "/" + n.Issuer
	case n.Party:
		return number + "-" + n.Type + "/" + n.Issuer
	case n.Joint:
		return number + "/" + n.Type + "/" + n.Issuer
	case n.Dotted:
		return number + "/" + n.Type + "." + n.Issuer
	}
	return number + "/" + n.Type + "-" + n.Issuer
}

// key is the label folded, the rarer layouts as the common one.
func (n DocumentNumber) key() string {
	n.Joint, n.Dotted = false, false
	return strings.ReplaceAll(Fold(n.Label()), ".", "-")
}

// TypeName is the kind of document that the letters stand for, "Thông tri" for
// the Party's TT; empty without letters.
func (n DocumentNumber) TypeName() string {
	if n.Type == "TT" && n.Party {
		return "Thông tri"
	}
	return documents.letters[strings.ToUpper(n.Type)].name
}

// Trust says how much the text around a number makes of it a document's.
type Trust uint8

// The degrees of trust.
const (
	Unannounced Trust = iota // nothing: only letters that are known, printed as such
	Announced                // a type in words or "số" stands before it: other letters count too
	Typed                    // a person typed it: in any case, without accents, without marks
)

// DocumentNumber reads the number of a document with its letters at unit i.
// It takes exchanged separators, spaces and line breaks around them, and
// thousands parted by dots; end is the unit behind it.
func (s *Scan) DocumentNumber(i int, trust Trust) (n DocumentNumber, end int, ok bool) {
	n.Number, end, ok = s.Digits(i)
	if thousands, next, grouped := s.thousands(i); grouped {
		n.Number, end, ok = thousands, next, true
	}
	if !ok {
		return n, i, false
	}
	letters, end, ok := s.DocumentLetters(end, trust)
	letters.Number = n.Number
	return letters, end, ok
}

// Digits reads a number of up to five digits with an optional letter at unit
// i: 05, 30c, padded to two digits as the rules for office documents want.
func (s *Scan) Digits(i int) (number string, end int, ok bool) {
	if i < 0 || i >= len(s.Units) || s.Units[i].Kind != KindDigits || s.Units[i].Len() > 5 {
		return "", i, false
	}
	number, end = paddedNumber(Normalize(s.Of(i))), i+1
	if u := s.at(end); u.Kind == KindWord && !u.Has(Spaced) && u.Len() == 1 {
		if c := s.Text[u.Start] | 0x20; 'a' <= c && c <= 'h' {
			return number + string(rune(c)), end + 1, true
		}
	}
	return number, end, true
}

// paddedNumber writes a number as the rules for office documents want it, in
// two digits at least.
func paddedNumber(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

// thousands reads 1.560 where a slash follows.
func (s *Scan) thousands(i int) (number string, end int, ok bool) {
	a, dot, b := s.at(i), s.at(i+1), s.at(i+2)
	if a.Kind != KindDigits || a.Len() > 2 || dot.Kind != '.' || dot.Has(Spaced) || b.Kind != KindDigits || b.Len() != 3 || b.Has(Spaced) || s.at(i+3).Kind != '/' {
		return "", i, false
	}
	return s.Of(i) + s.Of(i+2), i + 3, true
}

// at returns unit i, or one of no kind.
func (s *Scan) at(i int) Unit {
	if i < 0 || i >= len(s.Units) {
		return Unit{}
	}
	return s.Units[i]
}

// Mark reports whether unit i is the given mark with no empty line before it.
func (s *Scan) Mark(i int, mark byte) bool {
	u := s.at(i)
	return u.Kind == mark && !u.Has(NewPara)
}

// DocumentLetters reads what follows a number at unit i: separators, an
// optional year, the letters of type and issuer.
func (s *Scan) DocumentLetters(i int, trust Trust) (n DocumentNumber, end int, ok bool) {
	r := lettersReader{s, trust}
	if y, next, ok := r.year(i); ok {
		n.Year, i = y, next
	}
	sep, j := r.Separator(i)
	if u := s.at(j); u.Kind != KindWord || u.Has(NewPara) && !r.typeFollows(j) || sep == 0 && trust != Typed && !r.typeFollows(j) {
		return n, i, false
	}
	if n.Year != "" {
		if end, ok := r.assembly(&n, j); ok {
			return n, end, true
		}
	}
	if t, ok := r.typeAt(j); ok && (sep != 0 || r.typeFollows(j)) && (s.at(j).Has(Capital) || trust == Typed || trust == Announced && r.smallIssuer(sep, j+1)) {
		end, ok := r.typed(&n, j+1, sep, t)
		return n, end, ok
	}
	if trust == Unannounced {
		return n, i, false
	}
	if end, ok := r.glued(&n, j); ok {
		return n, end, true
	}
	if upper := strings.ToUpper(r.letters(j)); sep == '/' || sep == '-' && n.Year == "" && oldIssuer(upper) {
		end, ok := r.official(&n, j)
		return n, end, ok
	}
	return n, i, false
}

// PlausibleYear reports whether y is a year that documents may bear.
func PlausibleYear(y string) bool { return len(y) == 4 && "1945" <= y && y <= "2099" }

// oldIssuer reports whether letters are of the Government before the letters
// of types came into use: Quyết định số 181-CP, 94-HĐBT.
func oldIssuer(letters string) bool {
	return letters == "CP" || letters == "TTG" || letters == "HĐBT"
}
