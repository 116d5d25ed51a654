package cite

import (
	"strconv"
	"strings"
)

// docItem is one number of a list, in tokens of the stretch.
type docItem struct {
	start, end int
	number     string
	so         bool // "số" stands before it
	retyped    bool // the type stands before it again
	coded      bool // it has letters, its own or those of the next in the list
	code       docCode
	year       string // 30/2020 without letters
	tail       docTail
}

// docListMax bounds how many numbers one type word announces.
const docListMax = 40

// typed reads the numbers that the type at tokens i to j announces, or the
// name of a resolution.
func (s *docScanner) typed(i, j int, typ docType) (next int, ok bool) {
	if j == i+1 && s.toks[i].word != wLuat && typ.name != "Lệnh" && !s.toks[i].is(docCaps) {
		return i, false // a lower-case "ct" is no abbreviation of a type
	}
	for range 3 {
		_, end, ok := s.match(j, sortQualifier)
		if !ok {
			break
		}
		j = end
	}
	if typ.letter() == "NQ" || typ.letter() == "KL" {
		if next, ok := s.named(i, j, typ); ok {
			return next, true
		}
	}
	pre, j := s.issuerBeforeNumber(j)
	first := docItem{start: i}
	if s.isWord(j, wSo) {
		j, first.so = s.skipMarks(j+1), true
	}
	if !s.item(&first, j, typ) {
		return i, false
	}
	return s.list(first, typ, pre), true
}

func (t docType) letter() string { return t.party }

func (s *docScanner) assemblyIssued(c docCode) bool {
	return strings.HasPrefix(c.issuer, "QH") || strings.HasPrefix(c.issuer, "UBTVQH")
}

// issuerBeforeNumber reads "của Bộ Chính trị" where a number follows.
func (s *docScanner) issuerBeforeNumber(j int) (docIssuer, int) {
	k := j
	if s.isWord(k, wCua) {
		k++
	}
	issuer, end, ok := s.issuer(k)
	if !ok || !s.isWord(end, wSo) && (end >= len(s.toks) || s.toks[end].kind != docDigits) {
		return docIssuer{}, j
	}
	return issuer, end
}

// item reads the number at j into it, with its letters when it has any.
func (s *docScanner) item(it *docItem, j int, typ docType) bool {
	number, end, ok := s.number(j)
	if !ok || s.toks[j].is(docParted) {
		return false
	}
	it.number, it.end = number, end
	if code, next, ok := s.code(end, true); ok {
		it.code, it.end, it.coded = code, next, true
		return true
	}
	if sep, k := s.separator(end); sep != 0 && s.ownLetters(k, typ) {
		it.end = k + 1
		return s.bareNumber(it, typ)
	}
	if s.mark(end, '/') && end+1 < len(s.toks) && s.toks[end+1].kind == docDigits {
		if !plausibleYear(s.tok(end+1)) || s.mark(end+2, '/') {
			return false
		}
		it.year, it.end = s.tok(end+1), end+2
	}
	return s.bareNumber(it, typ)
}

// ownLetters tells whether the word at k is the letters of the type and no
// issuer's follow: Kế hoạch số 12/KH của Tỉnh ủy.
func (s *docScanner) ownLetters(k int, typ docType) bool {
	if k >= len(s.toks) || s.toks[k].kind != docLetters || !s.toks[k].is(docCapital) {
		return false
	}
	w := s.tok(k)
	return w == typ.party || w == typ.state
}

// bareNumber tells whether a number without letters may be one of a document.
func (s *docScanner) bareNumber(it *docItem, typ docType) bool {
	if typ.bare == "" {
		return false
	}
	if it.end < len(s.toks) && !s.toks[it.end].is(docSpaced) {
		t := s.toks[it.end]
		if s.pairDash(it.end, it.number) {
			return true
		}
		if t.kind == docLetters || t.word == '%' || t.word == '/' ||
			(t.word == '-' || t.word == '.') && it.end+1 < len(s.toks) && s.toks[it.end+1].kind == docDigits {
			return false
		}
	}
	return true
}

// pairDash tells whether the dash at k joins a number to the next higher one
// and letters or an issuer follow: 217-218 của Bộ Chính trị.
func (s *docScanner) pairDash(k int, number string) bool {
	if !s.mark(k, '-') || k+1 >= len(s.toks) || s.toks[k+1].kind != docDigits {
		return false
	}
	a, errA := strconv.Atoi(number)
	b, errB := strconv.Atoi(s.tok(k + 1))
	if errA != nil || errB != nil || b != a+1 {
		return false
	}
	it := docItem{number: s.tok(k + 1), end: k + 2}
	_, _, coded := s.code(k+2, true)
	_, _, issued := s.issuerTail(k+2, &it)
	return coded || issued
}

// list reads on after the first number: tails, then further numbers.
func (s *docScanner) list(first docItem, typ docType, pre docIssuer) int {
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
	for len(items) > 1 && !items[len(items)-1].coded && !items[len(items)-1].retyped && !items[len(items)-1].tail.issued && (items[0].coded || items[0].tail.issued || !s.follows(items[len(items)-1].end)) {
		items = items[:len(items)-1]
	}
	for n := range items {
		s.emit(&items[n], typ, pre, n > 0)
	}
	return items[len(items)-1].end
}

// nextItem reads a separator and another number after last.
func (s *docScanner) nextItem(last *docItem, typ docType) (docItem, bool) {
	k := last.end
	seps := 0
	for seps < 2 && (s.mark(k, ',') || s.mark(k, ';') || s.mark(k, '&') || s.isWord(k, wVa) || s.isWord(k, wHoac)) {
		k++
		seps++
	}
	if seps == 0 && s.pairDash(k, last.number) {
		k, seps = k+1, 1
	}
	if seps == 0 {
		return docItem{}, false
	}
	next := docItem{start: k}
	if row, end, ok := s.match(k, sortType); ok && docLexicon.types[row].name == typ.name {
		k, next.retyped = end, true
	}
	if s.isWord(k, wSo) {
		k, next.so = s.skipMarks(k+1), true
	}
	if !s.item(&next, k, typ) || next.coded && next.code.letter == "" && !next.so && !s.assemblyIssued(next.code) && last.coded && last.code.letter != "" {
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
				it.code.year = it.year
			}
		}
		if !it.tail.issued && (bare || !right.coded || it.code.issuer == right.code.issuer) {
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
	if i >= len(s.toks) || s.toks[i].is(docParted) {
		return true
	}
	t := s.toks[i]
	if t.kind == docMark {
		return t.word != '%' && t.word != '/' && (t.word != '-' || t.is(docSpaced))
	}
	if t.word == wNam {
		return i+1 < len(s.toks) && plausibleYear(s.tok(i+1))
	}
	_, _, ok := s.match(i, sortFollow)
	return ok
}
