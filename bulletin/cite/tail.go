package cite

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// tail reads what follows a number: a date or a year, the term, the issuer.
func (s *docScanner) tail(it *docItem, typ vi.DocumentType) {
	for range 6 {
		if !s.dateTail(it) && !s.termTail(it) && !s.issuerFollows(it) && (!s.Typed() || !s.typedTail(it)) {
			break
		}
	}
	if !it.issued && (it.coded || typ.Bare == "free") {
		s.issuerBehindSubject(it)
	}
}

// dateTail reads a date, but not that of the event the sentence tells, which is
// set off by commas with a name behind it.
func (s *docScanner) dateTail(it *docItem) bool {
	when, next := s.date(it.end)
	comma := s.Mark(it.end, ',')
	if it.when != "" || when == "" || comma && (it.issued || s.Mark(next, ',') && s.nameAt(next+1)) {
		return false
	}
	if comma && !s.isWord(s.skip(next, ','), phrase.Cua) {
		it.plain = int(s.Units[it.end-1].End)
	}
	it.when, it.end = when, next
	return true
}

// termTail reads the term of a committee, or the plenum that passed the
// resolution.
func (s *docScanner) termTail(it *docItem) bool {
	if it.term != "" {
		return false
	}
	if terms, next := s.terms(it.end); len(terms) > 0 {
		it.term, it.end = terms[0], next
		return true
	}
	k := s.skip(it.end, '(', phrase.Cua, phrase.Tai)
	part, _, _ := s.meaning(k, classPart)
	if part != "meeting" && part != "centre" || it.coded && it.code.Issuer != "TW" {
		return false
	}
	p, ok := s.meeting(k)
	if !ok || !p.centre || p.body != "" || len(p.numbers) != 1 {
		return false
	}
	it.term = p.terms[0]
	if it.end = p.end; s.Mark(k-1, '(') {
		it.end = s.skip(p.end, ')')
	}
	if !it.issued {
		it.named, it.issued = docIssuer{code: "TW"}, true
	}
	return true
}

// issuerFollows gives a number the issuer behind it.
func (s *docScanner) issuerFollows(it *docItem) bool {
	by, end, ok := s.issuerTail(it)
	if ok = ok && !it.issued; ok {
		it.named, it.issued, it.end, it.plain = by, true, end, 0
	}
	return ok
}

// issuerTail reads the issuer behind a number: "của Ban Bí thư", "(Bộ Chính
// trị)", and, where the number has no letters, without "của" too.
func (s *docScanner) issuerTail(it *docItem) (by docIssuer, end int, ok bool) {
	k := it.end
	if of := s.skip(k, ',', '"'); s.isWord(of, phrase.Cua, phrase.Do) {
		by, end, ok = s.issuer(of + 1)
		part, behind, _ := s.meaning(of, classPart)
		switch p := s.place(of + 1); {
		case !ok && it.coded && p.wide() && (p.province != "" || p.unit != ""):
			return docIssuer{province: p.province, unit: p.unit}, p.end, true
		case !ok && part == "party":
			return docIssuer{code: "TW"}, behind, true
		}
		return by, end, ok
	}
	if s.Mark(k, '(') {
		by, end, ok = s.issuer(k + 1)
		return by, end + 1, ok && s.Mark(end, ')')
	}
	by, end, ok = s.issuer(k)
	return by, end, ok && (!it.coded || strings.TrimSuffix(it.code.Issuer, "-BTT") == by.code)
}

// issuerBehindSubject reads "Nghị quyết 54 về … của Bộ Chính trị": a central
// issuer at the end of the clause. The span is not widened.
func (s *docScanner) issuerBehindSubject(it *docItem) {
	if !s.follows(it.end) || s.clauseEnds(it.end) || s.Mark(it.end, ',') {
		return
	}
	for k := it.end + 1; k < it.end+subjectMax && !s.clauseEnds(k); k++ {
		if _, end, ok := s.match(k, classType); ok && end > k+1 {
			return
		}
		if !s.isWord(k, phrase.Cua) {
			continue
		}
		by, _, ok := s.issuer(k + 1)
		if ok && slices.Contains([]string{"TW", "CP", "TTg", "TU", "HĐND", "UBND"}, by.code) {
			it.issuedBy(by)
			return
		}
	}
}

// issuedBy gives a number the issuer that a clause names; of one with letters it
// only tells where their body is named.
func (it *docItem) issuedBy(by docIssuer) {
	switch {
	case it.issued || by.code == "":
	case !it.coded:
		it.named, it.issued = by, true
	case strings.HasPrefix(it.code.Issuer, by.code):
		it.named.at = by.at
	}
}

// passive reads who issued a document, and when: "được Bộ Chính trị ban hành
// ngày 04/5/2025", "do đồng chí … ký ngày …", "mà Bộ Chính trị vừa ban hành".
// The span is not widened.
func (s *docScanner) passive(it *docItem) {
	_, from, _ := s.match(s.skip(it.end, '"', ','), classJust)
	if !s.isWord(from, phrase.Duoc, phrase.Do, phrase.Ma) {
		return
	}
	var by docIssuer
	for k := from + 1; k < from+passiveMax && !s.clauseEnds(k); k++ {
		if named, next, ok := s.issuer(k); ok && by.code == "" {
			by, k = named, next-1
			continue
		}
		if verb, next, ok := s.meaning(k, classIssued); ok && verb != "brings" && verb != "has" {
			it.issuedBy(by)
			if k = s.skip(next, phrase.Vao, phrase.TuFrom); it.when == "" && s.isWord(k, phrase.Ngay) {
				it.when, _, _ = s.day(k + 1)
			}
			return
		}
		if s.matches(k, classType) {
			return
		}
	}
}
