package cite

import (
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// docItem is one number of a list, in tokens of the stretch.
type docItem struct {
	start, end int
	number     string
	so         bool // "số" stands before it
	retyped    bool // the type stands before it again
	coded      bool // it has letters, its own or those of the next in the list
	code       vi.DocumentNumber
	year       string // 30/2020 without letters
	tail       docTail
	by         bulletin.Span // where the issuer is named behind a subject
}

// docListMax bounds how many numbers one type word announces.
const docListMax = 40

// typed reads the numbers that the type at tokens i to j announces, or the
// name of a resolution.
func (s *docScanner) typed(i, j int, typ vi.DocumentType) (next int, ok bool) {
	if j == i+1 && !s.Is(i, phrase.Luat) && typ.Name != "Lệnh" && !s.upper(i) {
		return i, false // a lower-case "ct" is no abbreviation of a type
	}
	for range 3 {
		_, end, ok := s.match(j, classQualifier)
		if !ok {
			break
		}
		j = end
	}
	if typ.Party == "NQ" || typ.Party == "KL" {
		if next, ok := s.named(i, j, typ); ok {
			return next, true
		}
	}
	pre, j := s.issuerBeforeNumber(j)
	first := docItem{start: i}
	if s.isWord(j, phrase.So) {
		j, first.so = s.skipMarks(j+1), true
	}
	if sep, k := s.separator(j); s.Typed() && sep != 0 {
		j = k // CT-35/TW
	}
	if !s.item(&first, j, typ) {
		return i, false
	}
	return s.list(first, typ, pre), true
}

func (s *docScanner) assemblyIssued(c vi.DocumentNumber) bool {
	return strings.HasPrefix(c.Issuer, "QH") || strings.HasPrefix(c.Issuer, "UBTVQH")
}

// issuerBeforeNumber reads "của Bộ Chính trị" where a number follows.
func (s *docScanner) issuerBeforeNumber(j int) (docIssuer, int) {
	k := j
	if s.isWord(k, phrase.Cua) {
		k++
	}
	issuer, end, ok := s.issuer(k)
	if !ok || !s.isWord(end, phrase.So) && (end >= len(s.Units) || s.Units[end].Kind != vi.KindDigits) {
		return docIssuer{}, j
	}
	return issuer, end
}

// item reads the number at j into it, with its letters when it has any.
func (s *docScanner) item(it *docItem, j int, typ vi.DocumentType) bool {
	number, end, ok := s.Digits(j)
	if !ok {
		number, end, ok = s.spelled(j, it.so)
	}
	if !ok || s.Units[j].Has(vi.NewPara) {
		return false
	}
	if s.thousands(it, j, end) {
		return true
	}
	it.number, it.end = number, end
	if code, next, ok := s.code(end, true); ok && (code.Type != "" || !s.Typed() || typ.Name == "" || s.assemblyIssued(code) || strings.Contains(code.Issuer, "-")) {
		it.code, it.end, it.coded = code, next, true
		return true
	}
	if s.Typed() && s.typedLetters(it) {
		return typ.Bare != "never"
	}
	if sep, k := s.separator(end); sep != 0 && s.ownLetters(k, typ) {
		it.end = k + 1
		return s.bareNumber(it, typ)
	}
	if s.slashList(end) {
		return typ.Bare != ""
	}
	if s.Mark(end, '/') && end+1 < len(s.Units) && s.Units[end+1].Kind == vi.KindDigits {
		if !vi.PlausibleYear(s.Of(end+1)) || s.Mark(end+2, '/') {
			return false
		}
		it.year, it.end = s.Of(end+1), end+2
	}
	return s.bareNumber(it, typ)
}

// slashList tells whether numbers parted by slashes, the last with letters,
// stand behind the one that ends at k: 70/71/72-NQ/TW.
func (s *docScanner) slashList(k int) bool {
	for range 8 {
		if !s.Mark(k, '/') || s.Units[k].Has(vi.Spaced) || vi.PlausibleYear(s.Of(k+1)) {
			return false
		}
		_, end, ok := s.Digits(k + 1)
		if !ok {
			return false
		}
		if c, _, ok := s.code(end, true); ok {
			return c.Type != "" && c.Year == ""
		}
		k = end
	}
	return false
}

// ownLetters tells whether the word at k is the letters of the type and no
// issuer's follow: Kế hoạch số 12/KH của Tỉnh ủy.
func (s *docScanner) ownLetters(k int, typ vi.DocumentType) bool {
	if k >= len(s.Units) || s.Units[k].Kind != vi.KindWord || !s.Units[k].Has(vi.Capital) {
		return false
	}
	w := s.Of(k)
	return w == typ.Party || w == typ.State
}

// bareNumber tells whether a number without letters may be one of a document.
func (s *docScanner) bareNumber(it *docItem, typ vi.DocumentType) bool {
	if typ.Bare == "" {
		return false
	}
	if it.end < len(s.Units) && !s.Units[it.end].Has(vi.Spaced) {
		t := s.Units[it.end]
		if s.pairDash(it.end, it.number) {
			return true
		}
		if t.Kind == vi.KindWord || t.Kind == '%' || t.Kind == '/' ||
			(t.Kind == '-' || t.Kind == '.') && it.end+1 < len(s.Units) && s.Units[it.end+1].Kind == vi.KindDigits {
			return false
		}
	}
	return true
}

// pairDash tells whether the dash at k joins a number to the next higher one
// and letters or an issuer follow: 217-218 của Bộ Chính trị.
func (s *docScanner) pairDash(k int, number string) bool {
	if !s.Mark(k, '-') || k+1 >= len(s.Units) || s.Units[k+1].Kind != vi.KindDigits {
		return false
	}
	a, errA := strconv.Atoi(number)
	b, errB := strconv.Atoi(s.Of(k + 1))
	if errA != nil || errB != nil || b != a+1 {
		return false
	}
	it := docItem{number: s.Of(k + 1), end: k + 2}
	_, _, coded := s.code(k+2, true)
	_, _, issued := s.issuerTail(k+2, &it)
	return coded || issued
}

// list reads on after the first number: tails, then further numbers.
func (s *docScanner) list(first docItem, typ vi.DocumentType, pre docIssuer) int {
	items := make([]docItem, 1, 4)
	items[0] = first
	s.tail(&items[0], typ)
	for len(items) < docListMax {
		next, ok := s.nextItem(&items[len(items)-1], typ)
		if !ok {
			break
		}
		items = append(items, next)
	}
	if term := first.tail.term; term != "" { // of the plenum named before the numbers
		for n := range items {
			if items[n].tail == (docTail{}) {
				items[n].tail.term = term
			}
		}
	}
	share(items)
	if pre.code == "" {
		pre = s.leadFor(first.start)
	}
	if t := &items[0].tail; t.date == "" && t.year == "" {
		t.date = s.dateAhead(first.start)
	}
	for n := range items {
		s.passive(&items[n])
	}
	for len(items) > 1 && !items[len(items)-1].coded && !items[len(items)-1].retyped && !items[len(items)-1].tail.issued && (items[0].coded || items[0].tail.issued || !s.follows(items[len(items)-1].end)) {
		items = items[:len(items)-1]
	}
	for n := range items {
		s.emit(&items[n], typ, pre, n > 0)
	}
	return items[len(items)-1].end
}

// nextItem reads a separator and another number after last.
func (s *docScanner) nextItem(last *docItem, typ vi.DocumentType) (docItem, bool) {
	k := last.end
	seps := 0
	for seps < 2 && (s.Mark(k, ',') || s.Mark(k, ';') || s.Mark(k, '&') || s.isWord(k, phrase.Va) || s.isWord(k, phrase.Hoac)) {
		k++
		seps++
	}
	if seps == 0 && (s.pairDash(k, last.number) || !last.coded && s.slashList(k)) {
		k, seps = k+1, 1
	}
	if seps == 0 {
		return docItem{}, false
	}
	next := docItem{start: k}
	if row, end, ok := s.match(k, classType); ok && vi.DocumentTypes()[row].Name == typ.Name {
		k, next.retyped = end, true
	}
	if s.isWord(k, phrase.So) {
		k, next.so = s.skipMarks(k+1), true
	}
	if !s.item(&next, k, typ) || next.coded && next.code.Type == "" && !next.so && !s.assemblyIssued(next.code) && last.coded && last.code.Type != "" {
		return docItem{}, false
	}
	s.tail(&next, typ)
	if !next.coded && !next.tail.issued && (last.coded || last.tail.issued) {
		return docItem{}, false
	}
	return next, true
}

// share gives a number without letters those of the next one, and the tail of
// the next to every number that has none: 217, 218 – QĐ/TW của Bộ Chính trị.
func share(items []docItem) {
	for n := len(items) - 2; n >= 0; n-- {
		it, right := &items[n], &items[n+1]
		bare := !it.coded
		if bare && !it.tail.issued && right.coded && !right.retyped {
			it.coded, it.code = true, right.code
			if it.year != "" {
				it.code.Year = it.year
			}
		}
		if !it.tail.issued && (bare || !right.coded || it.code.Issuer == right.code.Issuer) {
			it.tail.issuer, it.tail.issued = right.tail.issuer, right.tail.issued
			if it.tail.date == "" && it.tail.year == "" && it.tail.term == "" {
				it.tail.term = right.tail.term
			}
		}
		if it.tail.date == "" && it.tail.year == "" && !right.retyped && (bare || !right.so) {
			it.tail.date, it.tail.year = right.tail.date, right.tail.year
		}
	}
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
		return i+1 < len(s.Units) && vi.PlausibleYear(s.Of(i+1))
	}
	_, _, counted := s.match(i, classCount)
	return !counted && t.Kind == vi.KindWord
}
