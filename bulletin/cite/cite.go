// Package cite reads the documents that a plain text cites, by number or by
// name, with their spans and their identity. It knows nothing of the other
// facts of a bulletin.
package cite

import (
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// Context is what is known about a bulletin when its citations are
// read.
type Context struct {
	Province  string    // slug as of the bulletin's date; documents of provincial bodies are its own unless the text says otherwise
	Published time.Time // no document is dated later; zero when unknown
}

// Read finds the documents that a title and a body cite, by number or
// by name, in the order of the text, the title's first. The forms are those of
// decree 30/2020/NĐ-CP for the state and guide 36-HD/VPTW for the Party, and
// their misprints. A number whose issuer neither it nor the text tells is left
// out.
func Read(title, body string, ctx Context) []bulletin.Citation {
	cites, _ := ReadScans(vi.NewScan(title), vi.NewScan(body), ctx)
	return cites
}

// ReadScans is Read for texts that are scanned already. Beside each citation it
// returns where the text names the body that issued the document, in bytes of
// the citation's field, empty when it does not.
func ReadScans(title, body *vi.Scan, ctx Context) (cites []bulletin.Citation, issuers []bulletin.Span) {
	var s docScanner
	s.scan("title", lexicon().Reader(title))
	s.scan("", lexicon().Reader(body))
	l := docLinker{found: s.found, rival: s.rival, ctx: ctx, slugs: map[string]string{}}
	l.link()
	cites = make([]bulletin.Citation, 0, len(l.found))
	issuers = make([]bulletin.Span, 0, len(l.found))
	for _, m := range l.found {
		text := body.Text
		if m.field != "" {
			text = title.Text
		}
		cites = append(cites, bulletin.Citation{
			Key: l.key(m), Label: m.label, Type: m.kind, Issuer: m.issuer, Province: m.province, Date: m.date,
			Text: text[m.start:m.end], Subject: m.subject, Field: m.field, Start: m.start, End: m.end,
		})
		issuers = append(issuers, m.by)
	}
	return cites, issuers
}

// docMentionsMax bounds the mentions kept of one bulletin.
const docMentionsMax = 20000

// emit records one number of a list as a mention, unless nothing says what
// letters it has.
func (s *docScanner) emit(it *docItem, typ vi.DocumentType, pre docIssuer, further bool) {
	t := it.tail
	m := docMention{
		start: int(s.Units[it.start].Start), end: int(s.Units[it.end-1].End), field: s.field,
		number: it.number, kind: typ.Name, date: t.date, year: t.year, term: t.term, party: typ.Party, state: typ.State,
	}
	if t.plain > 0 {
		m.plainEnd = int(s.Units[t.plain-1].End)
	}
	m.sentence, m.clause, m.item, m.typ, m.named, m.common = s.sentence, s.clause, *it, typ, t.issuer, s.commonIssuer()
	m.subject = s.subject(it.end)
	m.others = !t.issued && s.isWord(it.end, phrase.Cua)
	if m.by = t.issuer.at; !t.issued {
		m.by = it.by
	}
	if it.coded {
		s.withCode(&m, it.code, it, pre)
		m.kind = kindOf(typ, it.code)
	} else if !s.withoutCode(&m, it, typ, pre, further) {
		return
	}
	if len(s.found) < docMentionsMax {
		s.found = append(s.found, m)
	}
}

func (s *docScanner) withCode(m *docMention, c vi.DocumentNumber, it *docItem, pre docIssuer) {
	m.letter, m.issuer, m.label = c.Type, c.Issuer, labelOf(c, it.number)
	if m.by == (bulletin.Span{}) && pre.code != "" && strings.HasPrefix(c.Issuer, pre.code) {
		m.by = pre.at
	}
	m.local = !vi.IsCentralIssuer(c.Issuer) && (it.tail.issuer.code == "" || !vi.IsCentralIssuer(it.tail.issuer.code))
	if c.Year != "" {
		m.year, m.term = "", ""
	}
	switch {
	case !m.local:
	case it.tail.issuer.province != "" || it.tail.issuer.unit != "":
		m.province, m.unit = it.tail.issuer.province, it.tail.issuer.unit
	case strings.HasPrefix(c.Issuer, pre.code):
		m.province, m.unit = pre.province, pre.unit
	}
}

// withoutCode gives a number without letters those that its issuer implies.
// One without issuer stays to be found elsewhere in the text.
func (s *docScanner) withoutCode(m *docMention, it *docItem, typ vi.DocumentType, pre docIssuer, further bool) bool {
	if typ.Bare == "never" || vi.PlausibleYear(it.number) && !it.so && it.year == "" && typ.Name != "Quyết định" && typ.Name != "Công văn" {
		return false
	}
	m.wanting = true
	if s.Typed() && it.tail.issuer.code == "" && pre.code == "" {
		return it.so || it.tail.issuer.province != "" || s.follows(it.end)
	}
	issuer := it.tail.issuer
	if !it.tail.issued {
		if !it.so && (!s.follows(it.end) || !further && !s.Units[it.start].Has(vi.Capital)) {
			return false
		}
		if issuer = pre; issuer.code == "" && typ.Party == "NĐ" && it.year != "" {
			issuer.code = "CP" // only the Government issues decrees
		}
	}
	if issuer.code == "" && !it.tail.issued || typ.Bare == "numbered" && !it.so && !further && !s.Typed() {
		m.bareYear = it.year
		dated := m.date != "" || m.year != ""
		m.surely = !s.isWord(it.end, phrase.Cua) && (typ.Party == "KL" && len(it.number) > 1 && it.number[0] != '0' ||
			typ.Party == "NĐ" && s.governments(it) || (typ.Party == "CT" || typ.Party == "ĐA") && it.so && dated)
		return true
	}
	c, ok := compose(typ, issuer, it)
	if ok {
		s.withCode(m, c, &docItem{number: it.number, tail: docTail{issuer: issuer}}, issuer)
	}
	return ok
}

// governments tells whether a decree without letters may be the Government's,
// which issues all of them since 1992: no other letters or body behind its
// number, and no earlier year near.
func (s *docScanner) governments(it *docItem) bool {
	k := it.end
	if len(it.number) > 3 || strings.Trim(it.number, "0123456789") != "" || k < len(s.Units) && (s.Mark(k, '-') || s.Mark(k, '/') || s.Units[k].Has(vi.Upper)) {
		return false
	}
	const near = 24
	for j := max(it.start-near, 0); j < min(k+near, len(s.Units)); j++ {
		if y := s.Units[j]; y.Kind == vi.KindDigits && y.Len() == 4 && y.Num >= 1800 && y.Num < 1992 {
			return false
		}
	}
	return true
}

// kindOf is the type in words of a number with letters; the words printed
// decide where the letters have two readings (QĐ, TT, CTr).
func kindOf(typ vi.DocumentType, c vi.DocumentNumber) string {
	if c.Type == "" {
		switch {
		case typ.Name != "":
			return typ.Name
		case strings.HasPrefix(c.Issuer, "UBTVQH"):
			return "Nghị quyết"
		case strings.HasPrefix(c.Issuer, "QH"):
			return ""
		}
		return "Công văn"
	}
	if typ.Name != "" && (typ.Party == c.Type || typ.State == c.Type || strings.HasPrefix(c.Type, typ.Party) && typ.Party != "" && len(typ.Party) > 1 && typ.Party != "QĐ") {
		return typ.Name
	}
	return c.TypeName()
}

// key builds the identity of a mention whose label and province are settled.
func (l *docLinker) key(m docMention) string {
	if mark := m.mark(); mark != "" {
		return l.stem(m) + "~" + mark
	}
	return l.stem(m)
}

// mark is what a mention says of its date, as keys write it.
func (m docMention) mark() string {
	switch {
	case m.known != "":
		return m.known
	case m.date != "":
		return m.date
	case m.year != "":
		return m.year
	case m.term != "":
		return "khoa-" + strings.ToLower(m.term)
	}
	return ""
}

func (l *docLinker) stem(m docMention) string {
	slug, ok := l.slugs[m.label]
	if !ok {
		slug = vi.Slug(m.label)
		l.slugs[m.label] = slug
	}
	if m.local && m.province != "" {
		slug += "@" + m.province
		if unit := m.unitOf(); unit != "" {
			slug += "." + unit
		}
	}
	return slug
}

// labelOf is the label of a number with the letters of another.
func labelOf(c vi.DocumentNumber, number string) string {
	c.Number = number
	return c.Label()
}

// unitOf is the unit of a key: the one named, or the level that the letters of
// a committee tell.
func (m docMention) unitOf() string {
	if m.unit != "" || m.number == "" {
		return m.unit
	}
	head, _, _ := strings.Cut(m.issuer, "-")
	return unnamedUnits[committeeLevels[head]]
}

// docSubjectWords bounds the subject of a document.
const docSubjectWords = 30

// subject reads the "về …" behind a mention that ends before token k, up to
// the end of its clause.
func (s *docScanner) subject(k int) string {
	if s.Mark(k, ',') || s.Mark(k, '"') || s.Mark(k, '(') {
		k++
	}
	if !s.isWord(k, phrase.Ve) {
		return ""
	}
	from, end, words := k+1, k+1, 0
	for end < len(s.Units) && words < docSubjectWords && !s.subjectEnds(end) {
		if s.Units[end].Kind == vi.KindWord {
			words++
		}
		end++
	}
	for end > from && (s.isWord(end-1, phrase.Va) || isMark(s.Units[end-1])) {
		end--
	}
	if end <= from {
		return ""
	}
	return s.spaced(from, end)
}

// subjectEnds tells whether the clause of a subject ends before token k: at a
// stop, a bracket or a quotation mark, at the issuer, at the next document, or
// at a comma with a name behind it.
func (s *docScanner) subjectEnds(k int) bool {
	u := s.Units[k]
	if u.Has(vi.NewPara) || s.sentenceEnd(k) || strings.ContainsRune(";:()\"", rune(u.Kind)) {
		return true
	}
	if s.isWord(k, phrase.Cua) || s.isWord(k, phrase.Do) {
		_, _, ok := s.issuer(k + 1)
		return ok
	}
	if s.Mark(k, ',') && k+1 < len(s.Units) && s.Units[k+1].Has(vi.Capital) {
		return true
	}
	_, end, typed := s.match(k, classType)
	return typed && (s.isWord(end, phrase.So) || end < len(s.Units) && s.Units[end].Kind == vi.KindDigits)
}
