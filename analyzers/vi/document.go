package vi

import (
	"slices"
	"strings"
)

// documentTypes are the folded codes of the kinds of documents: those of
// Decree 30/2020/NĐ-CP and the Party's Guidance 36-HD/VPTW, with older ones.
var documentTypes = set("nq nd qd ct qc qyd qydi tc tb hd ctr cth kh pa da dea bc bb ttr hđ hdo cd bgn btt " +
	"cv tt ttlt nqlt kl lct l pl sl td gm gt pc pb bn bs dt ptr bk hdlt")

// issuers are the folded codes that end a number even where it is spaced out.
var issuers = set("tw tu hu du thu duk cp ttg ubnd hdnd bct bbt ctn nhnn bnv btc byt bgddt bgd bkhdt bldtbxh " +
	"btnmt bct bxd bgtvt bvhttdl btttt bkhcn bnnptnt bnn bqp bca btp ubtvqh vpcp vptw vptu btctw btgtw bdvtw " +
	"ubkttw btctu btgtu bdvtu bnctu ubkttu mttw mttq ubmttq dct hdtv tld tldld dctubtwmttqvn")

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}

// code is one group of letters of a document's number.
type code struct {
	text string // folded
	gap  gaps   // before it
}

// document reads a whole document number: 54-NQ/TW, 30/2020/NĐ-CP,
// 125/2020/QH14, 238/UBND-KGVX, also spaced out and with the separators
// exchanged, in any case.
func (s *scanner) document(i int) (string, int) {
	number := s.documentNumber(i)
	if number.end == 0 {
		return "", 0
	}
	codes, end := s.codes(number.end)
	if len(codes) == 0 || !plausible(codes, number.year > 0) {
		return "", 0
	}
	digits := s.sylOf(i)
	if number.letter {
		digits += s.foldOf(i + 1)
	}
	return documentKey(digits, s.yearOf(number), codes), end
}

func (s *scanner) sylOf(i int) string  { return string(s.syl[s.units[i].syl0:s.units[i].syl1]) }
func (s *scanner) foldOf(i int) string { return string(s.fold[s.units[i].fold0:s.units[i].fold1]) }

// yearOf returns the year in a document's number, empty for none.
func (s *scanner) yearOf(n documentNumber) string {
	if n.year == 0 {
		return ""
	}
	return s.sylOf(n.year)
}

// documentNumber is what stands before the letters of a document's number.
type documentNumber struct {
	letter bool // one glued to the digits (30c)
	year   int  // unit of the year, 0 for none
	end    int  // 0 for no number
}

// documentNumber reads the digits, a letter glued to them and the year.
func (s *scanner) documentNumber(i int) documentNumber {
	u := &s.units[i]
	if n := u.syl1 - u.syl0; n > 6 {
		return documentNumber{}
	}
	n := documentNumber{end: i + 1}
	if n.end < len(s.units) {
		if v := &s.units[n.end]; v.gap == 0 && v.letters == 1 && !v.accented {
			n.letter = true
			n.end++
		}
	}
	if _, ok := s.year(n.end); ok && s.units[n.end].gap&^gapSpace == gapSlash {
		n.year = n.end
		n.end++
	}
	return n
}

// codes reads the groups of letters at unit i. Spaces alone part them only
// between a known type and a known issuer.
func (s *scanner) codes(i int) ([]code, int) {
	const most = 5
	var out []code
	for i < len(s.units) && len(out) < most {
		c, end := s.code(i)
		if end == 0 || c.gap&^(gapSpace|gapHyphen|gapSlash|gapDot|gapAmpersand) != 0 {
			break
		}
		if c.gap&^gapSpace == 0 && !s.spacedOut(out, c, i) {
			break
		}
		out = append(out, c)
		i = end
	}
	return out, i
}

// spacedOut reports whether c may go on after mere spaces, or follow the
// number so.
func (s *scanner) spacedOut(before []code, c code, i int) bool {
	switch len(before) {
	case 0:
		return documentTypes[c.text]
	case 1:
		return documentTypes[before[0].text] && (issuers[c.text] || s.units[i].uppers > 1 && before[0].gap&^gapSpace != 0)
	}
	return false
}

// code reads one group of letters, with digits glued behind (QH14): capitals,
// or known, or no syllable.
func (s *scanner) code(i int) (code, int) {
	u := &s.units[i]
	if u.number || u.toned || u.letters > 12 || u.central == 2 {
		return code{}, 0
	}
	if u.central == 1 {
		return code{"tw", u.gap}, i + 2
	}
	word := s.fold[u.fold0:u.fold1]
	if string(s.syl[u.syl0:u.syl1]) == "tư" {
		word = []byte("tw")
	}
	known := documentTypes[string(word)] || issuers[string(word)]
	if !known && u.uppers < 2 && (u.syllable || u.uppers > 0 || Plain(string(word))) {
		return code{}, 0
	}
	c := code{string(word), u.gap}
	end := i + 1
	if end < len(s.units) && s.units[end].gap == 0 {
		if _, ok := s.value(end, 2); ok {
			v := &s.units[end]
			c.text += string(s.fold[v.fold0:v.fold1])
			end++
		}
	}
	return c, end
}

// plausible tells a document from other numbers with letters behind: a known
// type and an issuer, or after a slash at least two groups or a year.
func plausible(codes []code, year bool) bool {
	first := codes[0]
	if documentTypes[first.text] && (len(codes) > 1 || year) {
		return true
	}
	if first.gap&gapSlash == 0 {
		return false
	}
	return len(codes) > 1 || year && (len(first.text) > 1)
}

// documentKey writes the canonical key: number-type/issuer for the Party,
// number/year/type-issuer for the state, whatever signs were typed.
func documentKey(number, year string, codes []code) string {
	var b strings.Builder
	b.WriteString(number)
	party := year == "" && len(codes) > 1 && isParty(codes)
	if party {
		b.WriteString("-" + codes[0].text + "/")
		codes = codes[1:]
	} else {
		if year != "" {
			b.WriteString("/" + year)
		}
		b.WriteString("/")
	}
	for i, c := range codes {
		if i > 0 {
			if c.gap&gapAmpersand != 0 {
				b.WriteByte('&')
			} else {
				b.WriteByte('-')
			}
		}
		b.WriteString(c.text)
	}
	return b.String()
}

// isParty reports that the issuer belongs to the Party, or else that the
// number is printed the Party's way.
func isParty(codes []code) bool {
	last := codes[len(codes)-1].text
	if strings.HasSuffix(last, "tw") || strings.HasSuffix(last, "tu") || slices.Contains([]string{"hu", "du", "thu", "duk"}, last) {
		return true
	}
	return codes[0].gap&gapSlash == 0 && codes[1].gap&gapSlash != 0
}

// listedDocument reads the first of several numbers that share what follows:
// 217, 218 - QĐ/TW.
func (s *scanner) listedDocument(i int) (string, int) {
	const most = 4
	for k := i + 1; k <= i+most && k < len(s.units); k++ {
		if !s.units[k].number && s.is(k, wordAnd) {
			continue
		}
		if _, ok := s.value(k, 5); !ok || s.units[k].gap&^(gapComma|gapSpace|gapLine) != 0 {
			return "", 0
		}
		if s.units[k].gap&gapComma == 0 && !s.is(k-1, wordAnd) {
			return "", 0
		}
		number := s.documentNumber(k)
		codes, _ := s.codes(number.end)
		if len(codes) > 0 && plausible(codes, number.year > 0) {
			return documentKey(s.sylOf(i), s.yearOf(number), codes), i + 1
		}
	}
	return "", 0
}
