package vi

import (
	_ "embed" // for the tables
	"slices"
	"strings"
)

// documentTypesTSV has a row for each kind of document: its name, the patterns
// that spell it in words, its letters in numbers of the Party and of the state,
// further letters (QĐi=QĐ where they are written so in labels), and whether its number may stand without letters. It is that
// of Decree 30/2020/NĐ-CP and the Party's Guidance 36-HD/VPTW, with older ones.
//
//go:embed tables/document_types.tsv
var documentTypesTSV string

// issuersTSV has a row for each body that issues documents: the patterns that
// spell it, its letters, and its level. A row without patterns has letters only.
//
//go:embed tables/issuers.tsv
var issuersTSV string

// DocumentType is a kind of document. Spellings are patterns as package
// bulletin/phrase reads them: parted by bars, [x] may be absent, {x|y} is either.
type DocumentType struct {
	Name         string // Nghị quyết
	Spellings    string
	Party, State string // its letters in numbers of the Party and of the state
	Bare         string // may its number stand without letters: free, numbered ("số" before it), never
}

// Issuer is a body that issues documents, or one whose name only looks so,
// which has no Code.
type Issuer struct {
	Spellings string
	Code      string // TW, TU, CP …
	Level     string // central, front (the Front's centre), province, district, commune
}

// DocumentTypes returns the kinds of documents, not to be changed.
func DocumentTypes() []DocumentType { return documents.types }

// Issuers returns the bodies that issue documents, not to be changed.
func Issuers() []Issuer { return documents.issuers }

// documents is made once of the tables and only read afterwards.
var documents = makeDocuments()

// documentTables is what the grammar of numbers knows of letters.
type documentTables struct {
	types   []DocumentType
	issuers []Issuer
	letters map[string]typeLetters // by their capitals
	folded  map[string]typeLetters // as a person types them
	codes   map[string]string      // folded letters of an issuer → canonical
	central map[string]bool
	organs  map[string]bool // of a party committee: VP of VPTW and VPTU
	locals  []string        // beginnings of the letters of bodies of the state below the centre
}

// typeLetters are the canonical letters of a type, and its name.
type typeLetters struct{ letters, name string }

func makeDocuments() *documentTables {
	t := &documentTables{
		letters: map[string]typeLetters{}, folded: map[string]typeLetters{}, codes: map[string]string{},
		central: map[string]bool{}, organs: map[string]bool{"": true},
	}
	for _, f := range tableRows(documentTypesTSV, 6) {
		t.types = append(t.types, DocumentType{f[0], f[1], f[2], f[3], f[5]})
		for l := range strings.FieldsSeq(f[2] + " " + f[3] + " " + f[4]) {
			printed, canonical, misprint := strings.Cut(l, "=")
			if !misprint {
				canonical = printed
			}
			put(t.letters, strings.ToUpper(printed), typeLetters{canonical, f[0]})
			put(t.folded, Fold(printed), typeLetters{canonical, f[0]})
		}
	}
	for upper, l := range t.folded { // accents are lost in print too: QD
		put(t.letters, strings.ToUpper(upper), l)
	}
	for _, f := range tableRows(issuersTSV, 3) {
		t.addIssuer(Issuer{f[0], f[1], f[2]})
	}
	return t
}

func (t *documentTables) addIssuer(i Issuer) {
	if i.Spellings != "" {
		t.issuers = append(t.issuers, i)
	}
	if i.Code == "" {
		return
	}
	put(t.codes, Fold(i.Code), i.Code)
	organ, party := cutCommittee(i.Code)
	switch {
	case i.Level == "central" || i.Level == "front":
		t.central[i.Code] = true
	case !party && !slices.Contains(t.locals, i.Code):
		t.locals = append(t.locals, i.Code)
	}
	if party && i.Level != "front" { // which numbers like the state
		t.organs[organ] = true
	}
}

// put enters v unless the key has a value.
func put[V any](m map[string]V, key string, v V) {
	if _, taken := m[key]; !taken {
		m[key] = v
	}
}

// tableRows splits a table of tab-separated columns without its head.
func tableRows(tsv string, columns int) [][]string {
	_, tsv, _ = strings.Cut(tsv, "\n")
	var rows [][]string
	for line := range strings.SplitSeq(strings.TrimRight(tsv, "\n"), "\n") {
		f := strings.Split(line, "\t")
		for len(f) < columns {
			f = append(f, "")
		}
		rows = append(rows, f)
	}
	return rows
}

// cutCommittee takes the letters of a party committee (TW, TU, HU) off the end
// of an issuer's first letters and leaves the organ's; those of other
// committees are left whole.
func cutCommittee(head string) (organ string, ok bool) {
	if head == "ThU" || head == "QU" || begins(head, "ĐU", "TWĐTN") {
		return head, true
	}
	for _, tail := range [...]string{"TW", "TU", "HU"} {
		if organ, ok := strings.CutSuffix(head, tail); ok {
			return organ, true
		}
	}
	return head, false
}

// firstLetters are the letters of an issuer before a hyphen or dot.
func firstLetters(code string) string {
	if i := strings.IndexAny(code, "-."); i >= 0 {
		return code[:i]
	}
	return code
}

// begins reports whether letters begin with any of those given.
func begins(letters string, with ...string) bool {
	return slices.ContainsFunc(with, func(p string) bool { return strings.HasPrefix(letters, p) })
}

// IsPartyIssuer reports whether an issuer numbers in the Party's layout.
func IsPartyIssuer(code string) bool {
	head, _, _ := strings.Cut(code, "-")
	organ, ok := cutCommittee(head)
	return ok && (organ == head || documents.organs[organ])
}

// IsCentralIssuer reports whether the letters of an issuer need no province.
func IsCentralIssuer(code string) bool {
	head := firstLetters(code)
	return begins(head, "QH", "UBTVQH", "TWĐTN", "UBTWMTTQ", "UBTUMTTQ", "ĐCTUBTWMTTQ") ||
		strings.HasSuffix(head, "TW") || documents.central[head] || documents.central[code]
}

// IsKnownIssuer reports whether letters are enough to believe a number that
// nothing announces.
func IsKnownIssuer(code string) bool {
	head := firstLetters(code)
	department := strings.HasPrefix(head, "S") && len(head) >= 3 // SNV
	return department || IsPartyIssuer(head) || IsCentralIssuer(head) || begins(head, documents.locals...)
}

// isStateIssuer reports whether an issuer numbers in the state's layout
// whatever marks are printed.
func isStateIssuer(code string) bool {
	return !IsPartyIssuer(code) && (begins(code, "UB", "HĐND", "MTTQ") || IsCentralIssuer(code) && !begins(code, "TW"))
}
