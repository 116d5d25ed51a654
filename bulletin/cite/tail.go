package cite

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docTail is what follows a number: a date or a year, the issuer, the term.
type docTail struct {
	date, year, term string
	issuer           docIssuer
	issued           bool // an issuer is named
	plain            int  // end without a date that may be the event's; 0 when sure
}

// tail reads what follows a number.
func (s *docScanner) tail(it *docItem, typ vi.DocumentType) {
	t := &it.tail
	for range 6 {
		k := it.end
		if t.date == "" && t.year == "" {
			if d, next, ok := s.date(k); ok && (!t.issued || !s.Mark(k, ',')) {
				if s.Mark(k, ',') && s.eventFollows(next) {
					break
				}
				if s.Mark(k, ',') && !s.isWord(next, phrase.Cua) && (!s.Mark(next, ',') || !s.isWord(next+1, phrase.Cua)) {
					t.plain = it.end
				}
				t.date, t.year, it.end = d.date, d.year, next
				continue
			}
		}
		if t.term == "" {
			if term, next, ok := s.term(k); ok {
				t.term, it.end = term, next
				continue
			}
			if p, next, ok := s.plenumTail(k, it); ok {
				t.term, it.end = p.term, next
				if !t.issued {
					t.issuer, t.issued = docIssuer{code: "TW"}, true
				}
				continue
			}
		}
		if !t.issued {
			if issuer, next, ok := s.issuerTail(k, it); ok {
				t.issuer, t.issued, it.end = issuer, true, next
				t.plain = 0
				continue
			}
		}
		if s.Typed() && s.typedTail(it) {
			continue
		}
		break
	}
	if !t.issued && (it.coded || typ.Bare == "free") {
		s.issuerBehindSubject(it)
	}
}

// eventFollows tells whether a date before k, set off by commas, is the one of
// the event that the sentence tells: a name follows.
func (s *docScanner) eventFollows(k int) bool {
	if !s.Mark(k, ',') || k+1 >= len(s.Units) {
		return false
	}
	t := s.Units[k+1]
	_, _, typed := s.match(k+1, classType)
	return t.Kind == vi.KindWord && t.Has(vi.Capital) && !t.Has(vi.Upper) && !typed
}

// issuerTail reads the issuer behind a number: "của Ban Bí thư", "(Bộ Chính
// trị)", and, where the number has no letters, without "của" too.
func (s *docScanner) issuerTail(k int, it *docItem) (docIssuer, int, bool) {
	if (s.Mark(k, ',') || s.Mark(k, '"')) && (s.isWord(k+1, phrase.Cua) || s.isWord(k+1, phrase.Do)) {
		k++
	}
	switch {
	case s.isWord(k, phrase.Cua) || s.isWord(k, phrase.Do):
		issuer, end, ok := s.issuer(k + 1)
		if !ok && it.coded {
			issuer, end, ok = s.placeIssuer(k + 1)
		}
		if !ok && s.isWord(k, phrase.Cua) && s.isWord(k+1, phrase.Dang) && !s.isWord(k+2, phrase.Bo) {
			return docIssuer{code: "TW"}, k + 2, true
		}
		return issuer, end, ok
	case s.Mark(k, '('):
		issuer, end, ok := s.issuer(k + 1)
		return issuer, end + 1, ok && s.Mark(end, ')')
	}
	issuer, end, ok := s.issuer(k)
	if ok && it.coded && strings.TrimSuffix(it.code.Issuer, "-BTT") != issuer.code {
		return issuer, k, false
	}
	return issuer, end, ok
}

// docSubjectMax is how many tokens the subject of a document may take between
// its number and its issuer.
const docSubjectMax = 48

// issuerBehindSubject reads "Nghị quyết 54 về … của Bộ Chính trị": a central
// issuer at the end of the clause. The span is not widened.
func (s *docScanner) issuerBehindSubject(it *docItem) {
	if !s.follows(it.end) || s.sentenceEnd(it.end) || s.Mark(it.end, ',') || s.Mark(it.end, ';') {
		return
	}
	for k := it.end + 1; k < len(s.Units) && k < it.end+docSubjectMax; k++ {
		if s.Units[k].Has(vi.NewPara) || s.sentenceEnd(k) || s.Mark(k, ';') {
			return
		}
		if _, end, ok := s.match(k, classType); ok && end > k+1 {
			return
		}
		if !s.isWord(k, phrase.Cua) {
			continue
		}
		issuer, end, ok := s.issuer(k + 1)
		if ok && end > k && slices.Contains([]string{"TW", "CP", "TTg", "TU", "HĐND", "UBND"}, issuer.code) {
			it.issuedBy(issuer)
			return
		}
	}
}

// issuedBy gives a number the issuer that a clause names; of one with letters it
// only tells where their body is named.
func (it *docItem) issuedBy(issuer docIssuer) {
	switch {
	case it.tail.issued || issuer.code == "":
	case !it.coded:
		it.tail.issuer, it.tail.issued = issuer, true
	case strings.HasPrefix(it.code.Issuer, issuer.code):
		it.by = issuer.at
	}
}

// docPassiveMax is how many tokens may stand between "được" or "do" and the
// verb of issuing.
const docPassiveMax = 14

// passive reads who issued a document, and when: "được Bộ Chính trị ban hành
// ngày 04/5/2025", "do đồng chí … ký ngày …", "mà Bộ Chính trị vừa ban hành".
// The span is not widened.
func (s *docScanner) passive(it *docItem) {
	k := it.end
	if s.Mark(k, '"') || s.Mark(k, ',') {
		k++
	}
	if !s.isWord(k, phrase.Duoc) && !s.isWord(k, phrase.Do) && !s.isWord(k, phrase.Ma) {
		return
	}
	var issuer docIssuer
	for end := k + 1; end < len(s.Units) && end < k+docPassiveMax; end++ {
		if s.Units[end].Has(vi.NewPara) || s.sentenceEnd(end) || s.Mark(end, ';') {
			return
		}
		if named, next, ok := s.issuer(end); ok && issuer.code == "" {
			issuer, end = named, next-1
			continue
		}
		if next, ok := s.issuedAt(end); ok {
			s.passed(it, issuer, next)
			return
		}
		if _, _, typed := s.match(end, classType); typed {
			return
		}
	}
}

// issuedAt reads a verb of issuing at k: ban hành, ký, ký ban hành, thông qua.
func (s *docScanner) issuedAt(k int) (end int, ok bool) {
	if s.isWord(k, phrase.Ky) {
		k, ok = k+1, true
	}
	if s.isWord(k, phrase.Ban) && s.isWord(k+1, phrase.Hanh) || s.isWord(k, phrase.Thong) && s.isWord(k+1, phrase.Qua) {
		return k + 2, true
	}
	return k, ok
}

// passed gives a number the issuer and the day of a passive clause, the day
// standing at k.
func (s *docScanner) passed(it *docItem, issuer docIssuer, k int) {
	it.issuedBy(issuer)
	if k = s.skipOn(k); !s.isWord(k, phrase.Ngay) || it.tail.date != "" || it.tail.year != "" {
		return
	}
	if d, _, ok := s.day(k + 1); ok {
		it.tail.date = d.date
	}
}
