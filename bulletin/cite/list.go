package cite

import (
	"cmp"
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docItem is one number of a list, in units of the text, with what stands
// behind it.
type docItem struct {
	start, end int
	so         bool              // "số" stands before it
	retyped    bool              // the type stands before it again
	code       vi.DocumentNumber // without letters unless coded
	coded      bool              // it has letters, its own or those of the next in the list

	when   string    // its day, YYYY-MM-DD, or its year
	term   string    // XII
	named  docIssuer // of one with letters the place alone may be known
	issued bool      // an issuer is named
	plain  int       // end in bytes without a date that may be the event's; 0 when sure
}

// typed reads the numbers that the type at units i to j announces, or the
// name of a resolution.
func (s *docScanner) typed(i, j int, typ vi.DocumentType) (next int, ok bool) {
	if j == i+1 && !s.Is(i, phrase.Luat) && typ.Name != "Lệnh" && !s.upper(i) {
		return i, false // a lower-case "ct" is no abbreviation of a type
	}
	for range 3 {
		_, j, _ = s.match(j, classQualifier)
	}
	if typ.Party == "NQ" || typ.Party == "KL" {
		if next, ok := s.meetings(i, j, typ); ok {
			return next, true
		}
	}
	var pre docIssuer
	if by, end, ok := s.issuer(s.skip(j, phrase.Cua)); ok && (s.isWord(end, phrase.So) || s.KindAt(end) == vi.KindDigits) {
		pre, j = by, end
	}
	first := docItem{start: i}
	j = s.numberSign(&first, j)
	if s.Typed() {
		_, j = s.Separator(j) // CT-35/TW
	}
	if !s.item(&first, j, typ) {
		return i, false
	}
	return s.list(first, typ, pre), true
}

// numberSign steps over "số" before a number.
func (s *docScanner) numberSign(it *docItem, k int) int {
	if !s.isWord(k, phrase.So) {
		return k
	}
	it.so = true
	return s.skipMarks(k + 1)
}

// lettered reads the number at j and its letters into it; where the letters of
// a type are followed by a body in words, its: 12/QĐ-Ủy ban nhân dân.
func (s *docScanner) lettered(it *docItem, j int, announced bool) bool {
	trust := vi.Unannounced
	if s.Typed() {
		trust = vi.Typed
	} else if announced {
		trust = vi.Announced
	}
	c, end, ok := s.DocumentNumber(j, trust)
	if sep, k := s.Separator(end); !ok && announced && c.Type != "" && sep != 0 {
		var by docIssuer
		by, end, _ = s.issuer(k)
		c.Issuer, c.Party, ok = by.code, c.Year == "" && vi.IsPartyIssuer(by.code), by.code != ""
	}
	if ok {
		it.code, it.end, it.coded = c, end, true
	}
	return ok
}

// item reads the number at j into it, with its letters when it has any.
func (s *docScanner) item(it *docItem, j int, typ vi.DocumentType) bool {
	number, end, ok := s.Digits(j)
	if !ok && s.Typed() { // in words: chỉ thị ba lăm; one word alone may count something
		n, behind := s.Number(j)
		number, end, ok = strconv.Itoa(n), behind, n > 0 && (it.so || behind > j+1) && s.follows(behind)
	}
	if !ok || s.Units[j].Has(vi.NewPara) {
		return false
	}
	if lettered := *it; s.lettered(&lettered, j, true) {
		if c := lettered.code; c.Type != "" || !s.Typed() || typ.Name == "" || assemblyIssued(c) || strings.Contains(c.Issuer, "-") {
			*it = lettered
			return true
		}
	}
	it.code.Number, it.end = number, end
	if s.Typed() && s.typedLetters(it) {
		return typ.Bare != "never"
	}
	if typ.Bare == "" || s.joined(end, number) {
		return typ.Bare != ""
	}
	switch sep, k := s.Separator(end); {
	case sep != 0 && (s.Of(k) == typ.Party || s.Of(k) == typ.State) && k < len(s.Units):
		it.end = k + 1 // its own letters: Kế hoạch số 12/KH của Tỉnh ủy
	case sep == '/' && vi.PlausibleYear(s.Of(k)) && !s.Mark(k+1, '/'):
		it.code.Year, it.end = s.Of(k), k+1
	}
	return s.numberEnds(it.end)
}

// numberEnds tells whether a number without letters may end before unit k.
func (s *docScanner) numberEnds(k int) bool {
	if k >= len(s.Units) || s.Units[k].Has(vi.Spaced) {
		return true
	}
	switch s.Units[k].Kind {
	case vi.KindWord, '%', '/':
		return false
	case '-', '.':
		return s.KindAt(k+1) != vi.KindDigits
	}
	return true
}

// joined tells whether the mark at k joins a number to further ones, the last with
// letters or an issuer: slashes, or a dash before the next higher number, as in
// 70/71/72-NQ/TW, 217-218 của Bộ Chính trị.
func (s *docScanner) joined(k int, number string) bool {
	for range 8 {
		mark, next := s.Separator(k)
		further, end, ok := s.Digits(next)
		if mark == 0 || !ok || mark == '/' && (s.Units[k].Has(vi.Spaced) || vi.PlausibleYear(further)) {
			return false
		}
		a, _ := strconv.Atoi(number)
		if b, _ := strconv.Atoi(further); mark == '-' && b != a+1 {
			return false
		}
		it := docItem{end: end}
		if s.lettered(&it, next, true) {
			return it.code.Type != "" && it.code.Year == ""
		}
		if _, _, issued := s.issuerTail(&it); issued && mark == '-' {
			return true
		}
		number, k = further, end
	}
	return false
}

// list reads on after the first number, records the numbers and returns the
// unit behind them.
func (s *docScanner) list(first docItem, typ vi.DocumentType, pre docIssuer) int {
	items := s.items(first, typ)
	if pre.code == "" {
		pre = s.leadFor(first.start)
	}
	if items[0].when == "" && s.issuing(first.start) {
		items[0].when = s.lead.date
	}
	for n := range items {
		s.passive(&items[n])
	}
	sure := items[0].coded || items[0].issued
	for n := len(items) - 1; n > 0; n-- {
		if it := items[n]; it.coded || it.retyped || it.issued || !sure && s.follows(it.end) {
			break
		}
		items = items[:n]
	}
	return s.emitAll(items, typ, pre)
}

// items reads the tail of the first number, and further numbers.
func (s *docScanner) items(first docItem, typ vi.DocumentType) []docItem {
	items := append(make([]docItem, 0, 4), first)
	s.tail(&items[0], typ)
	for len(items) < listMax {
		next, ok := s.nextItem(&items[len(items)-1], typ)
		if !ok {
			break
		}
		items = append(items, next)
	}
	for n := range items { // the term of the plenum named before the numbers
		if it := &items[n]; it.when == "" && it.term == "" && !it.issued {
			it.term = first.term
		}
	}
	share(items)
	return items
}

// nextItem reads a separator and another number after last.
func (s *docScanner) nextItem(last *docItem, typ vi.DocumentType) (next docItem, ok bool) {
	k := last.end
	for range 2 {
		k = s.skip(k, ',', ';', phrase.Va, phrase.Hoac)
	}
	if k == last.end && !last.coded && s.joined(k, last.code.Number) {
		k++
	}
	if k == last.end {
		return next, false
	}
	next.start = k
	k, next.retyped = s.sameType(k, typ)
	k = s.numberSign(&next, k)
	if !s.item(&next, k, typ) || next.coded && next.code.Type == "" && !next.so && !assemblyIssued(next.code) && last.coded && last.code.Type != "" {
		return next, false
	}
	s.tail(&next, typ)
	return next, next.coded || next.issued || !last.coded && !last.issued
}

// sameType steps over the words of a type at k.
func (s *docScanner) sameType(k int, typ vi.DocumentType) (end int, ok bool) {
	if row, end, ok := s.match(k, classType); ok && vi.DocumentTypes()[row].Name == typ.Name {
		return end, true
	}
	return k, false
}

// share gives a number without letters those of the next one, and the tail of
// the next to every number that has none: 217, 218 – QĐ/TW của Bộ Chính trị.
func share(items []docItem) {
	for n := len(items) - 2; n >= 0; n-- {
		it, right := &items[n], &items[n+1]
		bare := !it.coded
		if bare && !it.issued && right.coded && !right.retyped {
			own := it.code
			it.coded, it.code = true, right.code
			it.code.Number, it.code.Year = own.Number, cmp.Or(own.Year, right.code.Year)
		}
		if !it.issued && (bare || !right.coded || it.code.Issuer == right.code.Issuer) {
			it.named, it.issued = right.named, right.issued
			if it.when == "" && it.term == "" {
				it.term = right.term
			}
		}
		if it.when == "" && !right.retyped && (bare || !right.so) {
			it.when = right.when
		}
	}
}
