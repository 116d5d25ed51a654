package cite

import (
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docScanner reads the mentions of one text.
type docScanner struct {
	phrase.Reader // a typed text may lack accents and capitals
	field         string
	lead          docLead
	lastDay       string // printed in the sentence
	dayEnd        int    // the token behind it; 0 when there is none

	sentence int       // ordinal of the sentence being read
	clause   int       // of what semicolons part
	plural   docIssuer // a body whose documents were announced: "các nghị quyết của Bộ Chính trị, nhất là"
	pluralIn int       // in that sentence
	found    []docMention
	rival    rivals
}

// What is read is bounded: counts of units unless another is said.
const (
	mentionsMax  = 20000 // mentions of one bulletin
	listMax      = 40    // numbers that one type announces
	leadToVerb   = 12    // from an issuer to its verb
	verbToType   = 4     // from the verb to the type of the document
	passiveMax   = 14    // from "được" or "do" to the verb of issuing
	subjectMax   = 48    // from a number over its subject to its issuer
	subjectWords = 30    // words of a subject
	lawMax       = 24    // the name of a law that the table lacks
	ordinalMax   = 39    // the highest number of a congress, plenum or term
	plenumMax    = 15    // the most plenums that a term has had; a higher number is a document's
	plenumNear   = 400   // bytes from the name of a plenum to the number of its resolution
	marksMax     = 8     // dates of one stem that are compared
	questionMax  = 2000  // bytes of a question
	labelMax     = 400   // bytes of a document that is typed alone

	fresh = 3 * 24 * time.Hour // before the publication a date behind a comma is the event's, not the document's
)

// scan reads a text, the title or the body, from left to right.
func (s *docScanner) scan(field string, text phrase.Reader) {
	s.field, s.Reader, s.lead = field, text, docLead{}
	for i := 0; i < len(s.Units); {
		t := &s.Units[i]
		if t.Has(vi.NewPara) || s.sentenceEnd(i) {
			s.lead, s.dayEnd = docLead{}, 0
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
			s.lastDay, s.dayEnd = d, end
		}
	case s.Is(i, phrase.So):
		return s.announced(i, s.skipMarks(i+1))
	case s.Begins(i, classType, classIssuer, classGeneral, classIssued):
		s.leadVerb(i)
		return s.phrase(i)
	}
	return i + 1
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
		return end
	}
	if issuer, end, ok := s.issuer(i); ok {
		s.lead = docLead{docIssuer: issuer, end: end, date: s.dayBefore(i)}
		s.rival.note(issuer.code)
		return end
	}
	if _, end, ok := s.match(i, classGeneral); ok {
		s.announce(i, end)
	}
	return i + 1
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
	if s.lettered(&it, i, it.so) && (it.code.Type != "" || assemblyIssued(it.code) || s.officeBelieved(&it)) {
		return s.list(it, vi.DocumentType{}, docIssuer{})
	}
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

// sharedNumbers reads "số 18, 19-NQ/TW": several numbers, the last of them
// with letters.
func (s *docScanner) sharedNumbers(start, i int) int {
	if !s.isWord(i+1, ',', phrase.Va) || s.KindAt(i+2) != vi.KindDigits {
		return i + 1
	}
	it := docItem{start: start, so: true}
	it.code.Number, it.end, _ = s.Digits(i)
	items := s.items(it, vi.DocumentType{Bare: "numbered"})
	last := items[len(items)-1].code
	if len(items) < 2 || last.Type == "" || !vi.IsKnownIssuer(last.Issuer) {
		return i + 1
	}
	return s.emitAll(items, vi.DocumentType{}, docIssuer{})
}

// partOfNumber tells whether the mark at i ties the number behind it to
// something before: a fraction, a decimal, a range.
func (s *docScanner) partOfNumber(i int) bool {
	return strings.IndexByte("/.,-", s.Units[i].Kind) >= 0 && i > 0 && s.Units[i-1].Kind == vi.KindDigits
}

// assemblyIssued tells the letters of the National Assembly and its committee,
// which stand without a type's.
func assemblyIssued(c vi.DocumentNumber) bool {
	return strings.HasPrefix(c.Issuer, "QH") || strings.HasPrefix(c.Issuer, "UBTVQH")
}

// officeBelieved tells whether the letters of an official letter's number count
// without a type in words: of a body that is known and its office, behind "số";
// in what is typed an address may look so, of more words.
func (s *docScanner) officeBelieved(it *docItem) bool {
	offices := strings.Count(it.code.Issuer, "-")
	return vi.IsKnownIssuer(it.code.Issuer) && offices > 0 && (it.so || s.Typed() && offices == 1)
}

// capital tells whether the word at i has a capital, as names are printed; in
// what a person types any word may be one.
func (s *docScanner) capital(i int) bool { return s.Typed() || s.Units[i].Has(vi.Capital) }

// upper tells whether the word at i stands in capitals, or may.
func (s *docScanner) upper(i int) bool { return s.Typed() || s.Units[i].Has(vi.Upper) }

func isMark(u vi.Unit) bool { return u.Kind != vi.KindWord && u.Kind != vi.KindDigits }

// match finds the longest phrase of a class at unit i: its row, and the unit
// behind it.
func (s *docScanner) match(i int, c phrase.Class) (row, end int, ok bool) {
	m, last, ok := s.Longest(i, c)
	if !ok || c == classPlace && m.Value == phrase.NoProvince {
		return 0, i, false
	}
	return int(m.Value), last + 1, true
}

// meaning is match with what the vocabulary says of the phrase, empty for none.
func (s *docScanner) meaning(i int, c phrase.Class) (name string, end int, ok bool) {
	row, end, ok := s.match(i, c)
	return vocabulary.Name(uint16(row)), end, ok
}

// matches tells whether a phrase of a class begins at unit i.
func (s *docScanner) matches(i int, c phrase.Class) bool {
	_, _, ok := s.match(i, c)
	return ok
}

// isWord tells whether unit i is one of the words or marks, or may be, and goes
// on the paragraph.
func (s *docScanner) isWord(i int, words ...uint64) bool {
	for _, w := range words {
		if s.Is(i, w) {
			return !s.Units[i].Has(vi.NewPara)
		}
	}
	return false
}

// skip steps over one of the words or marks at i, if any of them stands there.
func (s *docScanner) skip(i int, words ...uint64) int {
	if s.isWord(i, words...) {
		return i + 1
	}
	return i
}

// skipMarks steps over the colon or stop of "Số:", "số.".
func (s *docScanner) skipMarks(i int) int {
	return s.skip(s.skip(i, ':', '.', '"'), ':', '.', '"')
}

// nameAt tells whether the word at i has a capital as names have, goes on the
// paragraph and begins no type of document.
func (s *docScanner) nameAt(i int) bool {
	if s.KindAt(i) != vi.KindWord {
		return false
	}
	t := s.Units[i]
	return t.Has(vi.Capital) && !t.Has(vi.Upper) && !s.matches(i, classType)
}

// sentenceEnd tells whether the mark at i ends a sentence.
func (s *docScanner) sentenceEnd(i int) bool {
	switch s.Units[i].Kind {
	case '.', '!', '?':
		return i+1 == len(s.Units) || s.Units[i+1].Has(vi.Spaced)
	}
	return false
}

// clauseEnds tells whether a clause ends before unit i.
func (s *docScanner) clauseEnds(i int) bool {
	return i >= len(s.Units) || s.Units[i].Has(vi.NewPara) || s.sentenceEnd(i) || s.Mark(i, ';')
}

// follows tells whether what stands at i can follow a number that has no
// letters: the end, a mark, or a word that begins no count.
func (s *docScanner) follows(i int) bool {
	if i >= len(s.Units) || s.Units[i].Has(vi.NewPara) {
		return true
	}
	t := s.Units[i]
	if isMark(t) {
		return t.Kind != '%' && t.Kind != '/' && (t.Kind != '-' || t.Has(vi.Spaced))
	}
	if s.Is(i, phrase.Nam) {
		return vi.PlausibleYear(s.Of(i + 1))
	}
	count, _, counted := s.meaning(i, classCount)
	return t.Kind == vi.KindWord && (!counted || count == "few" && s.Units[i-1].Num >= 10)
}

// printed is the text of units i to end with single spaces.
func (s *docScanner) printed(i, end int) string {
	if end <= i {
		return ""
	}
	return strings.Join(strings.Fields(s.Text[s.Units[i].Start:s.Units[end-1].End]), " ")
}
