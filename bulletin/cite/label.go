package cite

import (
	"strings"
	"unicode"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// ParseLabel reads a document as a person types it, alone: a number with its
// letters in any case, with or without accents and marks ("73-nq/tu", "30/2020
// nd cp", "nghi quyet 18-NQ/TW"), or what Read would read as a whole
// ("Nghị quyết 54 của Bộ Chính trị"). The key has no province unless one is
// named, and no date unless one is typed.
func ParseLabel(s string) (bulletin.Citation, bool) {
	s = strings.TrimSpace(s)
	if len(s) > docLabelMax || strings.ContainsAny(s, "@~") {
		return bulletin.Citation{}, false
	}
	if cites := Read("", s, Context{}); len(cites) == 1 && cites[0].Start == 0 && cites[0].End == len(s) {
		return cites[0], true
	}
	m, ok := parseLoose(s)
	if !ok {
		return bulletin.Citation{}, false
	}
	l := docLinker{slugs: map[string]string{}}
	return bulletin.Citation{
		Key: l.key(m), Label: m.label, Type: m.kind, Issuer: m.issuer, Province: m.province, Date: m.date,
		Text: s, End: len(s),
	}, true
}

// docLabelMax bounds a typed document in bytes.
const docLabelMax = 400

// parseLoose reads a number whose marks, case or accents are not as printed.
func parseLoose(s string) (docMention, bool) {
	words := labelWords(s)
	typ, words := typedKind(words)
	if len(words) > 0 && (words[0] == "số" || words[0] == "so") {
		words = words[1:]
	}
	if len(words) < 2 || !isNumber(words[0]) {
		return docMention{}, false
	}
	number := words[0]
	words = words[1:]
	var c docCode
	if plausibleYear(words[0]) {
		c.year, words = words[0], words[1:]
	}
	words = splitLetters(words)
	if len(words) > 0 {
		if letters, ok := looseType(words[0], typ); ok && (len(words) > 1 || c.year == "") {
			c.letter, words = letters, words[1:]
		}
	}
	province := ""
	words, province = typedProvince(words)
	if len(words) == 0 || len(words) > 4 || c.letter == "" && typ.name != "Công văn" && !strings.HasPrefix(vi.Fold(words[0]), "qh") && !strings.HasPrefix(vi.Fold(words[0]), "ubtvqh") {
		return docMention{}, false
	}
	if !looseIssuer(words[0]) && c.letter == "" {
		return docMention{}, false
	}
	for _, w := range words {
		if '0' <= w[0] && w[0] <= '9' {
			return docMention{}, false
		}
	}
	c.issuer = canonicalLetters(words)
	c.party = c.year == "" && partyIssuer(c.issuer)
	m := docMention{letter: c.letter, issuer: c.issuer, label: c.label(canonicalNumber(number)), kind: kindOf(typ, c)}
	m.local, m.province = !centralIssuer(c.issuer), province
	return m, true
}

// labelWords splits a typed label at everything that is no letter or digit.
func labelWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "Ð", "Đ")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && (r < '0' || r > '9')
	})
}

func isNumber(w string) bool {
	digits := strings.TrimRight(w, "abcdefgh")
	return len(digits) > 0 && len(digits) <= 5 && len(w)-len(digits) <= 1 && strings.Trim(digits, "0123456789") == ""
}

// typedKind takes a type in words, accented or not, off the front.
func typedKind(words []string) (docType, []string) {
	best, n := docType{}, 0
	for _, t := range docLexicon.types {
		name := strings.Fields(strings.ToLower(t.name))
		if len(name) <= n || len(name) >= len(words) {
			continue
		}
		same := true
		for i, w := range name {
			same = same && (words[i] == w || words[i] == vi.Fold(w))
		}
		if same {
			best, n = t, len(name)
		}
	}
	return best, words[n:]
}

// splitLetters parts letters of type and issuer typed as one: qdttg.
func splitLetters(words []string) []string {
	if len(words) != 1 {
		return words
	}
	w := words[0]
	for _, tail := range [...]string{"ubnd", "hdnd", "hđnd", "ttg", "tw", "tu", "cp"} {
		if head, ok := strings.CutSuffix(w, tail); ok && head != "" {
			if _, ok := looseType(head, docType{}); ok {
				return []string{head, tail}
			}
		}
	}
	return words
}

// looseType finds the canonical letters of a type typed in any case, with or
// without accents; what the words before the number say decides between two.
func looseType(w string, typ docType) (string, bool) {
	if letters, ok := docTypeLetters[strings.ToUpper(w)]; ok && w != vi.Fold(w) {
		return letters[0], true
	}
	for _, own := range [...]string{typ.party, typ.state} {
		if own != "" && vi.Fold(own) == vi.Fold(w) {
			return own, true
		}
	}
	switch w {
	case "da":
		return "ĐA", true // projects (DA) are hardly cited by number
	case "cd":
		return "CĐ", true
	case "dm":
		return "ĐM", true
	}
	letters, ok := docTypeLetters[strings.ToUpper(w)]
	return letters[0], ok
}

// typedProvince takes the name of a province off the end.
func typedProvince(words []string) (rest []string, slug string) {
	for n := 1; n < len(words); n++ {
		name := strings.Join(words[n:], "-")
		if p, ok := bulletin.ProvinceBySlug(vi.Slug(strings.TrimPrefix(strings.TrimPrefix(name, "tỉnh-"), "tinh-"))); ok {
			return words[:n], p.Slug
		}
	}
	return words, ""
}

// looseIssuer tells whether a typed word is a body's letters.
func looseIssuer(w string) bool {
	return knownIssuer(canonicalLetters([]string{w}))
}

// canonicalLetters writes the letters of an issuer as they are printed.
func canonicalLetters(words []string) string {
	out := make([]string, 0, len(words))
	for i, w := range words {
		u := strings.ToUpper(w)
		if i == 0 {
			u = canonicalIssuer(u)
		}
		for _, known := range [...]string{"ĐU", "ĐUK", "HĐND", "BGDĐT", "BKHĐT", "BLĐTBXH", "TLĐ", "ĐCT", "TWĐTN", "ĐTN", "LĐLĐ", "BCĐ", "BCSĐ", "HĐBT"} {
			if strings.EqualFold(vi.Fold(known), w) && w == vi.Fold(w) {
				u = known
			}
		}
		out = append(out, u)
	}
	return strings.Join(out, "-")
}
