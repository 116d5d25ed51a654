package cite

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// docMention is a citation being read: what the text says of a document.
type docMention struct {
	docItem
	at     bulletin.Span // of the field
	field  string
	typ    vi.DocumentType
	kind   string // type in words
	issuer string // its letters
	label  string // empty while the issuer is not known

	province string // slug printed beside the mention
	unit     string // of the issuer, below the province
	subject  string // its "về …", as printed
	local    bool   // the issuer is provincial or below
	sentence int    // of the text
	clause   int

	by         bulletin.Span // where the issuer is named
	common     docIssuer     // announced for several in this sentence or the one before
	others     bool          // "của" follows, and a body that is not known
	wanting    bool          // read without letters: a full form elsewhere in the text may tell more
	surely     bool          // without any issuer it is the Party centre's, or the Government's
	plenum     int           // number of the plenum that it is named for
	plenumTerm string        // and its term
	alone      bool          // nothing but a number is typed
	known      string        // date, year or term that the text gives elsewhere
}

// emitAll records the numbers of a list as mentions, but those of which nothing
// says what letters they have, and returns the unit behind them.
func (s *docScanner) emitAll(items []docItem, typ vi.DocumentType, pre docIssuer) int {
	for n, it := range items {
		m := docMention{docItem: it, typ: typ, kind: typ.Name, by: it.named.at}
		m.others = !it.issued && s.isWord(it.end, phrase.Cua)
		if s.complete(&m, pre, n > 0) {
			if m.subject = s.subject(it.end); s.sentence-s.pluralIn <= 1 {
				m.common = s.plural
			}
			s.add(it.start, it.end, m)
		}
	}
	return items[len(items)-1].end
}

// add records a mention at units i to end.
func (s *docScanner) add(i, end int, m docMention) {
	m.at, m.field, m.sentence, m.clause = s.span(i, end), s.field, s.sentence, s.clause
	if len(s.found) < mentionsMax {
		s.found = append(s.found, m)
	}
}

// settle gives a mention the letters of its number, and the place of the body
// that issued it.
func (m *docMention) settle(c vi.DocumentNumber, by docIssuer) {
	m.code, m.label, m.issuer = c, c.Label(), c.Issuer
	if m.by == (bulletin.Span{}) {
		m.by = by.at
	}
	if c.Year != "" {
		m.term = ""
		if isYear(m.when) {
			m.when = ""
		}
	}
	if m.local = !vi.IsCentralIssuer(c.Issuer) && (by.code == "" || !vi.IsCentralIssuer(by.code)); m.local {
		m.province, m.unit = by.province, by.unit
	}
}

// settleBy gives a number without letters those that its issuer implies.
func (m *docMention) settleBy(by docIssuer) bool {
	c, ok := m.compose(m.typ, by.code)
	if ok {
		m.settle(c, by)
	}
	return ok
}

// complete gives a mention its letters and its place, as far as they are known
// where it stands. It is false for what is no document.
func (s *docScanner) complete(m *docMention, pre docIssuer, further bool) bool {
	if m.coded {
		by := m.named
		if by.province == "" && by.unit == "" && pre.code != "" && strings.HasPrefix(m.code.Issuer, pre.code) {
			by = pre
		}
		m.settle(m.code, by)
		m.kind = kindOf(m.typ, m.code)
		return true
	}
	typ := m.typ
	if typ.Bare == "never" || typ.Name == "" || vi.PlausibleYear(m.code.Number) && !m.so && m.code.Year == "" && typ.Name != "Quyết định" && typ.Name != "Công văn" {
		return false
	}
	m.wanting, m.surely = true, s.surely(m)
	if s.Typed() && m.named.code == "" && pre.code == "" {
		return m.so || m.named.province != "" || s.follows(m.end)
	}
	by := m.named
	if !m.issued {
		if !m.so && (!s.follows(m.end) || !further && !s.Units[m.start].Has(vi.Capital)) {
			return false
		}
		if by = pre; by.code == "" && typ.Party == "NĐ" && m.code.Year != "" {
			by.code = "CP" // only the Government issues decrees
		}
	}
	if by.code != "" && (typ.Bare != "numbered" || m.so || further || s.Typed()) {
		return m.settleBy(by)
	}
	return by.code != "" || !m.issued
}

// surely tells whether a mention without an issuer may be the Party centre's or
// the Government's if the text names nobody else.
func (s *docScanner) surely(m *docMention) bool {
	if s.isWord(m.end, phrase.Cua) {
		return false
	}
	switch m.typ.Party {
	case "KL":
		return len(m.code.Number) > 1 && m.code.Number[0] != '0'
	case "NĐ":
		return s.governments(m)
	case "CT", "ĐA":
		return m.so && m.when != ""
	}
	return false
}

// governments tells whether a decree without letters may be the Government's,
// which issues all of them since 1992: no other letters or body behind its
// number, and no earlier year near.
func (s *docScanner) governments(m *docMention) bool {
	const near = 24
	for j := max(m.start-near, 0); j < min(m.end+near, len(s.Units)); j++ {
		if y := s.Units[j]; y.Kind == vi.KindDigits && y.Len() == 4 && y.Num >= 1800 && y.Num < 1992 {
			return false
		}
	}
	n := m.code.Number
	return len(n) <= 3 && strings.Trim(n, "0123456789") == "" && !s.isWord(m.end, '-', '/') && (m.end >= len(s.Units) || !s.Units[m.end].Has(vi.Upper))
}

// kindOf is the type in words of a number with letters; the words printed
// decide where the letters have two readings (QĐ, TT, CTr).
func kindOf(typ vi.DocumentType, c vi.DocumentNumber) string {
	fits := c.Type == "" || typ.Party == c.Type || typ.State == c.Type || len(typ.Party) > 1 && typ.Party != "QĐ" && strings.HasPrefix(c.Type, typ.Party)
	switch {
	case fits && typ.Name != "":
		return typ.Name
	case c.Type != "":
		return c.TypeName()
	case strings.HasPrefix(c.Issuer, "UBTVQH"):
		return "Nghị quyết"
	case assemblyIssued(c):
		return ""
	}
	return "Công văn"
}

// key is the identity of a mention whose label and province are settled.
func (m docMention) key() string {
	if mark := m.mark(); mark != "" {
		return m.stem() + "~" + mark
	}
	return m.stem()
}

// mark is what a mention says of its date, as keys write it.
func (m docMention) mark() string {
	switch {
	case m.known != "":
		return m.known
	case m.when != "" || m.term == "":
		return m.when
	}
	return "khoa-" + strings.ToLower(m.term)
}

// stem is the key without a mark.
func (m docMention) stem() string {
	slug := vi.Slug(m.label)
	if !m.local || m.province == "" {
		return slug
	}
	slug += "@" + m.province
	head, _, _ := strings.Cut(m.issuer, "-")
	if m.unit == "" && m.code.Number != "" {
		m.unit = unnamedUnits[committeeLevels[head]]
	}
	if m.unit != "" {
		slug += "." + m.unit
	}
	return slug
}

// subject reads the "về …" behind a mention that ends before token k, up to
// the end of its clause.
func (s *docScanner) subject(k int) string {
	if k = s.skip(k, ',', '"', '('); !s.isWord(k, phrase.Ve) {
		return ""
	}
	from, end := k+1, k+1
	for words := 0; words < subjectWords && !s.subjectEnds(end); end++ {
		if s.Units[end].Kind == vi.KindWord {
			words++
		}
	}
	for end > from && (s.Is(end-1, phrase.Va) || isMark(s.Units[end-1])) {
		end--
	}
	return s.printed(from, end)
}

// subjectEnds tells whether the clause of a subject ends before token k: at a
// stop, a bracket or a quotation mark, at the issuer, at the next document, or
// at a comma with a name behind it.
func (s *docScanner) subjectEnds(k int) bool {
	switch {
	case s.clauseEnds(k) || s.isWord(k, ':', '(', ')', '"'):
		return true
	case s.isWord(k, phrase.Cua, phrase.Do):
		_, _, ok := s.issuer(k + 1)
		return ok
	case s.Mark(k, ',') && k+1 < len(s.Units) && s.Units[k+1].Has(vi.Capital):
		return true
	}
	_, end, typed := s.match(k, classType)
	return typed && (s.isWord(end, phrase.So) || s.KindAt(end) == vi.KindDigits)
}
