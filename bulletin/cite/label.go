package cite

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
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
func parseLoose(text string) (docMention, bool) {
	s := docScanner{Reader: typedLexicon().TypedReader(text)}
	typ, i := vi.DocumentType{}, 0
	if row, end, ok := s.match(0, classType); ok {
		typ, i = vi.DocumentTypes()[row], end
	}
	if s.isWord(i, phrase.So) {
		i = s.skipMarks(i + 1)
	}
	c, end, ok := s.DocumentNumber(i, vi.Typed)
	if !ok || c.Type == "" && typ.Name != "Công văn" && !s.assemblyIssued(c) {
		return docMention{}, false
	}
	for _, own := range [...]string{typ.Party, typ.State} { // what the words say decides between two: ĐA, DA
		if own != "" && vi.Fold(own) == vi.Fold(c.Type) {
			c.Type = own
		}
	}
	issuer, end := docIssuer{}, end
	if issuer.province, end = s.typedProvince(end); end < len(s.Units) {
		return docMention{}, false
	}
	m := docMention{letter: c.Type, issuer: c.Issuer, label: c.Label(), kind: kindOf(typ, c), province: issuer.province}
	m.local = !vi.IsCentralIssuer(c.Issuer)
	return m, true
}

// typedProvince reads the name of a province at i.
func (s *docScanner) typedProvince(i int) (slug string, end int) {
	for s.Mark(i, ',') || s.Mark(i, '-') || s.isWord(i, phrase.Tinh) {
		i++
	}
	if row, end, ok := s.match(i, classPlace); ok {
		return provinces()[row].Slug, end
	}
	return "", i
}
