package vi

import (
	"strings"
	"unicode"
)

// lettersReader reads the letters of a document's number.
type lettersReader struct {
	*Scan
	trust Trust
}

// letters is the word at unit j as printed, in composed form, TƯ as TW.
func (r lettersReader) letters(j int) string {
	if r.at(j).Has(Central) {
		return "TW"
	}
	w := Normalize(r.Of(j))
	if r.trust == Typed && w == "tư" {
		return "TW"
	}
	return strings.ReplaceAll(w, "TƯ", "TW")
}

// year reads the year of a normative number: /2020 before another separator,
// also -2025 before the letters of the National Assembly.
func (r lettersReader) year(i int) (year string, end int, ok bool) {
	sep, j := r.Separator(i)
	if y := r.Of(j); sep == 0 || r.at(j).Kind != KindDigits || !PlausibleYear(y) {
		return "", i, false
	}
	after, k := r.Separator(j + 1)
	if after == 0 && !r.typeFollows(j+1) || sep == '-' && (after != '-' || !isAssembly(strings.ToUpper(r.letters(k)))) {
		return "", i, false
	}
	return r.Of(j), j + 1, true
}

// Separator reads one mark between the parts of a number, white space on
// either side allowed; 0 when there is none.
func (s *Scan) Separator(i int) (byte, int) {
	if s.Mark(i, '-') || s.Mark(i, '/') {
		return s.Units[i].Kind, i + 1
	}
	return 0, i
}

// typeAt looks up the word at j among the letters of types.
func (r lettersReader) typeAt(j int) (typeLetters, bool) { return r.typeOf(r.letters(j), j) }

// typeOf looks up letters that are the word at j or its beginning.
func (r lettersReader) typeOf(letters string, j int) (t typeLetters, ok bool) {
	if r.trust == Typed && !r.at(j).Has(Capital|Accented) {
		t, ok = documents.folded[Fold(letters)]
	} else {
		t, ok = documents.letters[strings.ToUpper(letters)]
	}
	return t, ok
}

// typeFollows reports whether the word at j is the letters of a type with a
// mark behind, or typed with a known issuer behind: what can follow a number
// after mere white space ("217 QĐ/ TW", "54 nq tw").
func (r lettersReader) typeFollows(j int) bool {
	marked := r.Mark(j+1, '/') || r.Mark(j+1, '-')
	if r.at(j).Kind != KindWord || !marked && r.trust != Typed {
		return false
	}
	_, ok := r.typeAt(j)
	return ok && (marked || r.issuerTyped(j+1))
}

// issuerTyped reports whether a word of letters of a known body stands at j.
func (r lettersReader) issuerTyped(j int) bool {
	u := r.at(j)
	return u.Kind == KindWord && !u.Has(NewLine) && IsKnownIssuer(r.issuerLetters(j)) && (u.Has(Upper) || documents.codes[Fold(r.letters(j))] != "")
}

// smallIssuer reports whether letters of a type in small letters, which sep
// parts from the number, go on with a known issuer: 21-nq/tw.
func (r lettersReader) smallIssuer(sep byte, i int) bool {
	second, k := r.Separator(i)
	if sep == 0 || second == 0 || r.at(k).Kind != KindWord || r.at(k).Has(Spaced) {
		return false
	}
	switch Fold(r.letters(k)) {
	case "tw", "tu", "hu", "du", "cp", "ttg", "ubnd", "hdnd", "bct":
		return true
	}
	return false
}

func isAssembly(letters string) bool { return letters == "QH" || letters == "UBTVQH" }

// assembly reads QH14 and UBTVQH14.
func (r lettersReader) assembly(n *DocumentNumber, j int) (end int, ok bool) {
	w := strings.ToUpper(r.letters(j))
	if !isAssembly(w) {
		return j, false
	}
	if j++; r.Mark(j, '.') && !r.at(j).Has(Spaced) {
		j++
	}
	if u := r.at(j); u.Kind != KindDigits || u.Has(Spaced) {
		return j, false
	}
	n.Issuer = w + r.Of(j)
	return j + 1, true
}

// typed reads the issuer behind the letters of a type at i, which sep parted
// from the number.
func (r lettersReader) typed(n *DocumentNumber, i int, sep byte, t typeLetters) (int, bool) {
	n.Type = t.letters
	second, j := r.Separator(i)
	if second == 0 && r.Mark(i, '.') && !r.at(i).Has(Spaced) {
		second, j = '.', i+1
	}
	issuer, end, ok := r.issuer(j)
	if !ok {
		return i, false
	}
	loose := r.at(j).Has(Spaced) && r.at(i).Has(Spaced)
	if !IsKnownIssuer(firstLetters(issuer)) && (r.trust == Unannounced || second == 0 || loose) || second == 0 && !IsKnownIssuer(issuer) {
		return i, false
	}
	n.Issuer = issuer
	n.lay(sep, second)
	return end, true
}

// lay decides the layout by the issuer, and by the separators where that does
// not tell.
func (n *DocumentNumber) lay(sep, second byte) {
	switch joint := strings.HasSuffix(n.Type, "LT"); {
	case n.Year == "" && IsPartyIssuer(n.Issuer):
		n.Party = true
	case joint && sep != '-':
		n.Joint = second == '/'
	case !joint && (n.Year != "" || isStateIssuer(n.Issuer)):
		n.Dotted = second == '.' && strings.HasPrefix(n.Issuer, "UB") && !strings.HasPrefix(n.Issuer, "UBND")
	default:
		n.Party = second == '/' && sep != '/'
	}
}

// issuer reads letters such as TW, UBND-VX, CCHC&PC, TT.HĐND-UBND from j on;
// only the first part may stand after white space.
func (r lettersReader) issuer(j int) (code string, end int, ok bool) {
	u := r.at(j)
	if u.Kind != KindWord {
		return "", j, false
	}
	first := r.issuerLetters(j)
	known := IsKnownIssuer(first)
	if u.Has(NewPara) && (!known || !u.Has(Upper)) { // a line may break behind the mark
		return "", j, false
	}
	if !r.issuerLike(j) && (!known || r.trust == Unannounced) {
		return "", j, false
	}
	code, end = first, j+1
	if u := r.at(end); (isAssembly(first) || !known || strings.HasPrefix(first, "BCĐ")) && u.Kind == KindDigits && !u.Has(Spaced) { // terms; committees such as BCĐ35
		code, end = code+r.Of(end), end+1
	}
	const longest = 64
	for len(code) < longest && r.issuerGoesOn(end) {
		code += string(rune(r.Units[end].Kind)) + r.partLetters(end+1)
		end += 2
		if u := r.at(end); u.Kind == KindDigits && !u.Has(Spaced) {
			code, end = code+r.Of(end), end+1
		}
	}
	return code, end, true
}

// issuerGoesOn reports whether a mark at i joins more letters to an issuer's.
func (r lettersReader) issuerGoesOn(i int) bool {
	m, w := r.at(i), r.at(i+1)
	if w.Kind != KindWord || m.Has(Spaced) || w.Has(Spaced) || !strings.ContainsRune("-&./+", rune(m.Kind)) {
		return false
	}
	small := r.trust == Typed && m.Kind == '-' && !w.Has(Accented) && w.Len() <= 5
	return (r.issuerLike(i+1) || r.bureau(i+1) || small) && (m.Kind != '.' || w.Has(Upper))
}

// bureau reports whether a capital with digits glued to it stands at j, the
// name of a bureau of the police: BCA-A61.
func (r lettersReader) bureau(j int) bool {
	u, d := r.at(j), r.at(j+1)
	return u.Has(Upper) && u.Len() == 1 && d.Kind == KindDigits && !d.Has(Spaced) && d.Len() <= 3
}

// issuerLike reports whether the word at j has the look of letters for a body:
// capitals, or a mixture with at least two of them, and not too long.
func (r lettersReader) issuerLike(j int) bool {
	u := r.at(j)
	if u.Kind != KindWord || !u.Has(Capital) || u.Len() > 28 {
		return false
	}
	if u.Has(Upper) {
		return u.Len() >= 2
	}
	capitals := 0
	for _, c := range r.Of(j) {
		if unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals >= 2
}

// issuerLetters mends the spelling of the first letters of an issuer: capitals
// of TTg, TW for TƯ, đ where it was lost.
func (r lettersReader) issuerLetters(j int) string {
	w := r.letters(j)
	upper := strings.ToUpper(w)
	switch code := documents.codes[Fold(w)]; {
	case code != "" && (r.at(j).Has(Upper) || r.trust != Unannounced) && Fold(w) == strings.ToLower(w):
		return code
	case r.trust == Typed || strings.HasSuffix(upper, "TW"):
		return upper
	}
	return w
}

// partLetters are further letters of an issuer.
func (r lettersReader) partLetters(j int) string {
	w := r.letters(j)
	if strings.ToUpper(w) == "TTG" {
		return "TTg"
	}
	if r.trust == Typed && !r.at(j).Has(Capital) {
		return strings.ToUpper(w)
	}
	return w
}

// glued reads letters of type and issuer without a mark between: QĐTW.
func (r lettersReader) glued(n *DocumentNumber, j int) (end int, ok bool) {
	upper := strings.ToUpper(r.letters(j))
	for _, tail := range [...]string{"TW", "TU", "CP", "TTG", "UBND", "HĐND", "HDND"} {
		head, cut := strings.CutSuffix(upper, tail)
		if t, ok := r.typeOf(head, j); cut && ok && (r.at(j).Has(Capital) || r.trust == Typed) {
			n.Type, n.Issuer = t.letters, documents.codes[Fold(tail)]
			n.Party = n.Year == "" && IsPartyIssuer(n.Issuer)
			return j + 1, true
		}
	}
	return j, false
}

// official reads the number of an official letter, which has no letters of a
// type: 238/UBND-KGVX, 2231/SNV-CCHC&PC.
func (r lettersReader) official(n *DocumentNumber, j int) (end int, ok bool) {
	issuer, end, ok := r.issuer(j)
	known := ok && IsKnownIssuer(firstLetters(issuer))
	if !ok || len(issuer) < 3 && !known || r.at(j).Has(Spaced) && !known {
		return j, false
	}
	n.Issuer = issuer
	return end, true
}
