package cite

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// docMention is a citation being read: what the text says of a document.
type docMention struct {
	start, end int // bytes
	field      string
	kind       string // type in words
	number     string // with its letter and leading zero
	letter     string // of the type, as in the label
	issuer     string
	label      string // empty while the issuer is not known
	province   string // slug printed beside the mention
	unit       string // of the issuer, below the province
	subject    string // its "về …", as printed
	local      bool   // the issuer is provincial or below
	date       string // YYYY-MM-DD
	year, term string // 2024, XII
	sentence   int    // of the text
	clause     int
	item       docItem
	typ        vi.DocumentType
	named      docIssuer     // of its own, printed
	by         bulletin.Span // where the issuer is named
	common     docIssuer     // announced for several
	others     bool          // "của" follows, and a body that is not known
	wanting    bool          // read without letters: a full form elsewhere in the text may tell more
	plenum     int           // number of the plenum that it is named for
	plenumTerm string        // and its term
	party      string        // letters of the type in the party's numbers, where wanting
	state      string        // and in the state's
	bareYear   string        // of "12/2020" without letters
	surely     bool          // without any issuer it is the Party centre's
	plainEnd   int           // end without a date that may be the event's; 0 when sure
	known      string        // date, year or term that the text gives elsewhere
}

// docScanner reads the mentions of one text.
type docScanner struct {
	phrase.Reader // a typed text may lack accents and capitals
	field         string
	lead          docLead
	day0          docDay // the last day printed in the sentence

	sentence int // ordinal of the sentence being read
	clause   int // of what semicolons part
	plural   docAnnounced
	found    []docMention
	rival    rivals
}

// scan reads a text, the title or the body.
func (s *docScanner) scan(field string, text phrase.Reader) {
	s.field, s.Reader, s.lead = field, text, docLead{}
	s.sentences()
}

// capital tells whether the word at i has a capital, as names are printed; in
// what a person types any word may be one.
func (s *docScanner) capital(i int) bool { return s.Typed() || s.Units[i].Has(vi.Capital) }

// upper tells whether the word at i stands in capitals, or may.
func (s *docScanner) upper(i int) bool { return s.Typed() || s.Units[i].Has(vi.Upper) }

func isMark(u vi.Unit) bool { return u.Kind != vi.KindWord && u.Kind != vi.KindDigits }

// sentences reads the tokens of a stretch from left to right.
func (s *docScanner) sentences() {
	for i := 0; i < len(s.Units); {
		t := &s.Units[i]
		if t.Has(vi.NewPara) || s.sentenceEnd(i) {
			s.lead, s.day0 = docLead{}, docDay{}
			s.sentence++
		}
		switch t.Kind {
		case vi.KindDigits:
			i = s.announced(i, i)
		case vi.KindWord:
			i = s.word(i)
		case ';':
			s.clause++
			fallthrough
		default:
			i++
		}
	}
}

// word reads what the word at i may begin.
func (s *docScanner) word(i int) (next int) {
	switch {
	case s.Is(i, phrase.Ngay):
		if d, end, ok := s.day(i + 1); ok {
			s.day0 = docDay{d.date, end}
		}
	case s.Is(i, phrase.Ra), s.Is(i, phrase.Ky), s.Is(i, phrase.Hanh), s.Is(i, phrase.Qua):
		s.leadVerb(i)
	case s.Is(i, phrase.So):
		return s.announced(i, s.skipMarks(i+1))
	}
	if s.Begins(i, classType, classIssuer) {
		return s.phrase(i)
	}
	return i + 1
}

// sentenceEnd tells whether the mark at i ends a sentence.
func (s *docScanner) sentenceEnd(i int) bool {
	if i < 0 || i >= len(s.Units) {
		return false
	}
	switch s.Units[i].Kind {
	case '.', '!', '?':
		return i+1 == len(s.Units) || s.Units[i+1].Has(vi.Spaced)
	}
	return false
}

// skipMarks steps over the colon or stop of "Số:", "số.".
func (s *docScanner) skipMarks(i int) int {
	for range 2 {
		if s.Mark(i, ':') || s.Mark(i, '.') || s.Mark(i, '"') {
			i++
		}
	}
	return i
}

// phrase reads what a word that begins phrases of the tables may begin: a
// type with its numbers, a law, a body.
func (s *docScanner) phrase(i int) int {
	if next, ok := s.law(i); ok {
		return next
	}
	if row, end, ok := s.match(i, classType); ok {
		if next, ok := s.typed(i, end, vi.DocumentTypes()[row]); ok {
			s.leadOn(i, next)
			return next
		}
		s.announce(i, end)
		s.lead.verb = 0
		if s.Is(i, phrase.Ban) {
			return i + 1
		}
		return end
	}
	if issuer, end, ok := s.issuer(i); ok {
		s.lead = docLead{docIssuer: issuer, end: end, date: s.dayBefore(i)}
		s.rival.note(issuer.code)
		return end
	}
	return i + 1
}

// match finds the longest phrase of a class at unit i: its row, and the unit
// behind it.
func (s *docScanner) match(i int, c phrase.Class) (row, end int, ok bool) {
	m, last, ok := s.Longest(i, c)
	if !ok || c == classPlace && m.Value == phrase.NoProvince {
		return 0, i, false
	}
	return int(m.Value), last + 1, true
}

// isWord tells whether unit i is a word, or may be, and goes on the paragraph.
func (s *docScanner) isWord(i int, word uint64) bool {
	return s.Is(i, word) && !s.Units[i].Has(vi.NewPara)
}

// announced reads a number at i that stands without a type in words; start is
// where "số" stands, or the number itself. Only numbers with letters count.
func (s *docScanner) announced(start, i int) int {
	if i >= len(s.Units) || s.Units[i].Kind != vi.KindDigits {
		return start + 1
	}
	it := docItem{start: start, so: start < i}
	if !it.so && i > 0 && !s.Units[i].Has(vi.Spaced) && s.partOfNumber(i-1) {
		return i + 1
	}
	if !s.lettered(&it, i) || it.code.Type == "" && !s.letterBelieved(it.code, it.so) {
		if s.Typed() {
			if next, ok := s.numberThenType(start, i); ok {
				return next
			}
		}
		if it.so || s.Typed() {
			return s.sharedNumbers(start, i)
		}
		return i + 1
	}
	return s.list(it, vi.DocumentType{}, docIssuer{})
}

// lettered reads the number at j and its letters into it.
func (s *docScanner) lettered(it *docItem, j int) bool {
	number, end, ok := s.Digits(j)
	if !ok {
		return false
	}
	if it.so && s.thousands(it, j, end) {
		return true
	}
	code, end, ok := s.code(end, it.so)
	if ok {
		it.number, it.code, it.end, it.coded = number, code, end, true
	}
	return ok
}

// thousands reads a number at j whose digits go on behind a point at end, with
// its letters: 1.560/QĐ-TTg.
func (s *docScanner) thousands(it *docItem, j, end int) bool {
	if !s.Mark(end, '.') {
		return false
	}
	c, next, ok := s.DocumentNumber(j, vi.Announced)
	if ok {
		it.number, it.code, it.end, it.coded = c.Number, c, next, true
	}
	return ok
}

// sharedNumbers reads "số 18, 19-NQ/TW": several numbers, the last of them
// with letters.
func (s *docScanner) sharedNumbers(start, i int) int {
	if i+2 >= len(s.Units) || !s.Mark(i+1, ',') && !s.isWord(i+1, phrase.Va) || s.Units[i+2].Kind != vi.KindDigits {
		return i + 1
	}
	items := []docItem{}
	for k := i; len(items) < docListMax; {
		number, end, ok := s.Digits(k)
		if !ok {
			return i + 1
		}
		it := docItem{start: k, number: number, end: end, so: true}
		if s.lettered(&it, k) && it.code.Type != "" && vi.IsKnownIssuer(it.code.Issuer) {
			items = append(items, it)
			break
		}
		if !s.Mark(end, ',') && !s.isWord(end, phrase.Va) {
			return i + 1
		}
		it.so = false
		items = append(items, it)
		k = end + 1
	}
	if len(items) < 2 {
		return i + 1
	}
	items[0].start = start
	last := &items[len(items)-1]
	last.so = false
	s.tail(last, vi.DocumentType{})
	share(items)
	for n := range items {
		s.emit(&items[n], vi.DocumentType{}, docIssuer{}, n > 0)
	}
	return last.end
}

// partOfNumber tells whether the mark at i ties the number behind it to
// something before: a fraction, a decimal, a range.
func (s *docScanner) partOfNumber(i int) bool {
	w := s.Units[i].Kind
	return (w == '/' || w == '.' || w == ',' || w == '-') && i > 0 && s.Units[i-1].Kind == vi.KindDigits
}

// letterBelieved tells whether an official letter's number without a type in
// words counts: behind "số", with a body that is known.
func (s *docScanner) letterBelieved(c vi.DocumentNumber, so bool) bool {
	return strings.HasPrefix(c.Issuer, "QH") || strings.HasPrefix(c.Issuer, "UBTVQH") || so && vi.IsKnownIssuer(c.Issuer) && strings.Contains(c.Issuer, "-")
}
