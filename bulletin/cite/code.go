package cite

import "strings"

// docType is a kind of document as named in words.
type docType struct {
	name         string // Nghị quyết
	party, state string // its letters in numbers of the party and of the state
	bare         string // free, numbered ("số" must stand before the number) or never: may its number stand without letters
}

func newDocType(f []string) docType { return docType{f[0], f[2], f[3], f[4]} }

// docIssuer is a body that issues documents, as named in words.
type docIssuer struct {
	code     string // TW, TU, CP …; empty: a body whose letters are not known
	province string // slug named beside it
}

// docCode is what stands behind the number: -QĐ/TW, /2020/NĐ-CP, /UBND-VX.
type docCode struct {
	year   string // of a normative number: 2020
	letter string // of the type, canonical: QĐ; empty for official letters and the National Assembly
	issuer string // canonical, sub-issuers included: TW, UBND-VX, QH14
	joint  bool   // the issuers follow a slash: NQLT/CP-UBTUMTTQVN
	party  bool   // the party's layout: number-TYPE/ISSUER
	dotted bool   // the 1990s' layout: QĐ.UB
}

// label is the canonical printed form.
func (c docCode) label(number string) string {
	var b strings.Builder
	b.WriteString(number)
	if c.year != "" {
		b.WriteString("/" + c.year)
	}
	switch {
	case c.letter == "":
		b.WriteString("/" + c.issuer)
	case c.party:
		b.WriteString("-" + c.letter + "/" + c.issuer)
	case c.joint:
		b.WriteString("/" + c.letter + "/" + c.issuer)
	case c.dotted:
		b.WriteString("/" + c.letter + "." + c.issuer)
	default:
		b.WriteString("/" + c.letter + "-" + c.issuer)
	}
	return b.String()
}

// code reads what follows a number at token i: separators, an optional year,
// the letters of type and issuer. announced: a type or "số" stands before the
// number, so that letters that are not known may be believed.
func (s *docScanner) code(i int, announced bool) (docCode, int, bool) {
	var c docCode
	if y, next, ok := s.codeYear(i); ok {
		c.year, i = y, next
	}
	sep, j := s.separator(i)
	if j >= len(s.toks) || s.toks[j].kind != docLetters || s.toks[j].is(docParted) || sep == 0 && !s.typeLetters(j) {
		return c, i, false
	}
	if c.year != "" {
		if next, ok := s.assembly(&c, j); ok {
			return c, next, true
		}
	}
	upper := strings.ToUpper(canonicalTail(s.tok(j)))
	if letters, ok := docTypeLetters[upper]; ok && (s.toks[j].is(docCapital) || announced && s.smallCode(sep, j)) {
		next, ok := s.typedCode(&c, j+1, sep, letters[0], announced)
		return c, next, ok
	}
	if !announced {
		return c, i, false
	}
	if next, ok := s.gluedCode(&c, upper, j); ok {
		return c, next, true
	}
	if sep == '/' || sep == '-' && c.year == "" && oldIssuer(upper) {
		return s.letterCode(c, j)
	}
	return c, i, false
}

// smallCode tells whether letters of a type in small letters, which sep parts
// from the number, go on with a known issuer: 21-nq/tw.
func (s *docScanner) smallCode(sep docWord, j int) bool {
	sep2, k := s.separator(j + 1)
	return sep != 0 && sep2 != 0 && k < len(s.toks) && s.toks[k].kind == docLetters && !s.toks[k].is(docSpaced) &&
		docSmallIssuers[s.tok(k)]
}

// docSmallIssuers are the issuers that are believed in small letters.
var docSmallIssuers = map[string]bool{
	"tw": true, "tư": true, "tu": true, "hu": true, "đu": true, "cp": true, "ttg": true, "ubnd": true, "hđnd": true, "hdnd": true, "bct": true,
}

// typeLetters tells whether the word at j is the letters of a type with a mark
// behind: what can follow a number after mere white space ("217 QĐ/ TW").
func (s *docScanner) typeLetters(j int) bool {
	if !s.mark(j+1, '/') && !s.mark(j+1, '-') {
		return false
	}
	_, ok := docTypeLetters[strings.ToUpper(canonicalTail(s.tok(j)))]
	return ok
}

// codeYear reads the year of a normative number: /2020 before another slash.
func (s *docScanner) codeYear(i int) (year string, next int, ok bool) {
	if !s.mark(i, '/') || i+2 >= len(s.toks) || s.toks[i+1].kind != docDigits {
		return "", i, false
	}
	y := s.tok(i + 1)
	if !plausibleYear(y) {
		return "", i, false
	}
	if s.mark(i+2, '/') || s.mark(i+2, '-') || s.typeLetters(i+2) {
		return y, i + 2, true
	}
	return "", i, false
}

func plausibleYear(y string) bool { return len(y) == 4 && "1945" <= y && y <= "2099" }

// separator reads one mark between the parts of a number, white space on
// either side allowed; 0 when there is none.
func (s *docScanner) separator(i int) (docWord, int) {
	if i < len(s.toks) && s.toks[i].kind == docMark && !s.toks[i].is(docParted) {
		if w := s.toks[i].word; w == '-' || w == '/' {
			return w, i + 1
		}
	}
	return 0, i
}

// assembly reads QH14 and UBTVQH14.
func (s *docScanner) assembly(c *docCode, j int) (int, bool) {
	w := strings.ToUpper(s.tok(j))
	if w != "QH" && w != "UBTVQH" {
		return j, false
	}
	if j++; s.mark(j, '.') && !s.toks[j].is(docSpaced) {
		j++
	}
	if j >= len(s.toks) || s.toks[j].kind != docDigits || s.toks[j].is(docSpaced) {
		return j, false
	}
	c.issuer = w + s.tok(j)
	return j + 1, true
}

// typedCode reads the issuer behind the letters of a type at i, which sep
// parted from the number.
func (s *docScanner) typedCode(c *docCode, i int, sep docWord, letters string, announced bool) (int, bool) {
	c.letter = letters
	sep2, j := s.separator(i)
	if sep2 == 0 && s.mark(i, '.') && !s.toks[i].is(docSpaced) {
		sep2, j = '.', i+1
	}
	issuer, end, known, ok := s.issuerCode(j, announced)
	if !ok && sep2 != 0 && announced { // QĐ-Ủy ban nhân dân
		var named docIssuer
		if named, end, ok = s.issuer(j); ok && named.code != "" {
			issuer, known = named.code, true
		}
	}
	if !ok || issuer == "" {
		return i, false
	}
	loose := j < len(s.toks) && s.toks[j].is(docSpaced)
	if !known && (!announced || sep2 == 0 || loose && s.toks[i].is(docSpaced)) {
		return i, false
	}
	if sep2 == 0 && !knownIssuer(issuer) {
		return i, false
	}
	c.issuer = issuer
	switch {
	case c.year == "" && partyIssuer(issuer):
		c.party = true
	case c.letter == "NQLT" || c.letter == "TTLT" || c.letter == "KHLT":
		c.joint = sep2 == '/'
	case c.year != "" || stateIssuer(issuer):
		c.dotted = sep2 == '.' && strings.HasPrefix(issuer, "UB") && !strings.HasPrefix(issuer, "UBND")
	default:
		c.party = sep2 == '/' && sep != '/'
	}
	return end, true
}

// issuerCode reads letters such as TW, UBND-VX, CCHC&PC, TT.HĐND-UBND from j
// on; only the first part may stand after white space.
func (s *docScanner) issuerCode(j int, announced bool) (code string, end int, known, ok bool) {
	if j >= len(s.toks) || s.toks[j].kind != docLetters || s.toks[j].is(docParted) {
		return "", j, false, false
	}
	first := canonicalIssuer(s.tok(j))
	known = knownIssuer(first)
	if !known && !s.issuerLike(j) {
		return "", j, false, false
	}
	if known && !s.issuerLike(j) && !announced {
		return "", j, false, false
	}
	var b strings.Builder
	b.WriteString(first)
	end = j + 1
	numbered := first == "QH" || first == "UBTVQH" || first == "BCĐ" // terms; steering committees such as BCĐ35
	if numbered && end < len(s.toks) && s.toks[end].kind == docDigits && !s.toks[end].is(docSpaced) {
		b.WriteString(s.tok(end))
		end++
	}
	for end+1 < len(s.toks) && b.Len() < 64 {
		m, w := s.toks[end], s.toks[end+1]
		if m.kind != docMark || m.is(docSpaced) || w.is(docSpaced) || !s.issuerLike(end+1) && !s.bureau(end+1) {
			break
		}
		if m.word != '-' && m.word != '&' && m.word != '.' && m.word != '/' && m.word != '+' {
			break
		}
		if m.word == '.' && !w.is(docCaps) {
			break
		}
		b.WriteByte(byte(m.word))
		b.WriteString(canonicalTail(s.tok(end + 1)))
		end += 2
		if end < len(s.toks) && s.toks[end].kind == docDigits && !s.toks[end].is(docSpaced) {
			b.WriteString(s.tok(end))
			end++
		}
	}
	return b.String(), end, known, true
}

// bureau tells whether a capital with digits glued to it stands at j, the name
// of a bureau of the police: BCA-A61.
func (s *docScanner) bureau(j int) bool {
	t := s.toks[j]
	return t.kind == docLetters && t.is(docCaps) && t.end-t.start == 1 &&
		j+1 < len(s.toks) && s.toks[j+1].kind == docDigits && !s.toks[j+1].is(docSpaced) && s.toks[j+1].end-s.toks[j+1].start <= 3
}

// issuerLike tells whether the word at j has the look of letters for a body:
// capitals, or a mixture with at least two of them, and not too long.
func (s *docScanner) issuerLike(j int) bool {
	t := s.toks[j]
	if t.kind != docLetters || !t.is(docCapital) || t.end-t.start > 28 {
		return false
	}
	if t.is(docCaps) {
		return t.end-t.start >= 2
	}
	word, capitals := s.tok(j), 0
	for _, r := range word {
		if docLower(r) != r {
			capitals++
		}
	}
	return capitals >= 2 || word == "Tw"
}

// gluedCode reads letters of type and issuer without a mark between: QĐTW.
func (s *docScanner) gluedCode(c *docCode, upper string, j int) (int, bool) {
	for _, tail := range [...]string{"TW", "TƯ", "TU", "CP", "TTG", "UBND", "HĐND"} {
		head, ok := strings.CutSuffix(upper, tail)
		if !ok {
			continue
		}
		if letters, ok := docTypeLetters[head]; ok && s.toks[j].is(docCapital) {
			c.letter, c.issuer = letters[0], canonicalIssuer(tail)
			c.party = partyIssuer(c.issuer)
			return j + 1, true
		}
	}
	return j, false
}

// letterCode reads the number of an official letter, which has no letters of
// a type: 238/UBND-KGVX, 2231/SNV-CCHC&PC.
func (s *docScanner) letterCode(c docCode, j int) (docCode, int, bool) {
	issuer, end, known, ok := s.issuerCode(j, true)
	if !ok || len(issuer) < 3 && !known || s.toks[j].is(docSpaced) && !known {
		return c, j, false
	}
	c.issuer = issuer
	return c, end, true
}
