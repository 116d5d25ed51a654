package cite

import (
	"strconv"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docPlenum is the name of a plenum of a central committee: "Hội nghị lần thứ
// sáu Ban Chấp hành Trung ương khóa XII", "Trung ương 6, 7 (khóa XII)".
type docPlenum struct {
	numbers []int
	terms   []string
	round   int    // of a plenum held in parts: "Trung ương 6 (lần 2)"
	term    string // the first of terms
	union   string // of another organization than the Party
	meeting bool   // called Hội nghị
	centre  bool   // Trung ương is named
	end     int
}

// named reads the name of a resolution or conclusion whose type stands at
// tokens i to j: of a plenum or of a congress.
func (s *docScanner) named(i, j int, typ vi.DocumentType) (next int, ok bool) {
	if next, ok := s.congresses(i, j, typ); ok {
		return next, true
	}
	p, ok := s.plenum(j)
	if !ok || !p.names(s) {
		return i, false
	}
	if next, ok := s.numberOfPlenum(i, p, typ); ok {
		return next, true
	}
	for _, n := range p.numbers {
		for _, term := range append(p.terms, "")[:max(1, len(p.terms))] {
			m := docMention{kind: typ.Name, label: p.label(typ.Name, n, term)}
			if p.union == "" {
				m.issuer, m.plenum, m.plenumTerm = "TW", n, term
			}
			s.addNamed(i, p.end, m)
		}
	}
	return p.end, true
}

// names tells whether the plenum's name is one of a document.
func (p docPlenum) names(s *docScanner) bool {
	switch {
	case len(p.numbers) == 0:
		return false
	case p.union != "":
		return p.meeting
	case len(p.terms) > 0:
		return p.centre || p.meeting || p.numbers[0] <= 15
	}
	return p.centre && s.follows(p.end)
}

func (p docPlenum) label(kind string, n int, term string) string {
	number := strconv.Itoa(n)
	label := kind + " Trung ương " + number
	if p.union != "" {
		label = kind + " Hội nghị lần thứ " + number + " BCH TW " + p.union
	}
	if p.round > 0 {
		label += " (lần " + strconv.Itoa(p.round) + ")"
	}
	if term != "" {
		label += " khóa " + term
	}
	return label
}

// numberOfPlenum reads the number behind the name of a plenum: both together
// are one document, "Nghị quyết Trung ương 6 khóa XII (số 18-NQ/TW)".
func (s *docScanner) numberOfPlenum(i int, p docPlenum, typ vi.DocumentType) (int, bool) {
	k := p.end
	bracket := s.Mark(k, '(')
	if bracket {
		k++
	}
	if row, end, ok := s.match(k, classType); ok && vi.DocumentTypes()[row].Name == typ.Name {
		k = end
	}
	it := docItem{start: i}
	if s.isWord(k, phrase.So) {
		k, it.so = s.skipMarks(k+1), true
	}
	if !s.item(&it, k, typ) {
		return i, false
	}
	lettered := it
	if !it.coded { // the next number may have the letters: (số 18, 19-NQ/TW)
		lettered, _ = s.nextItem(&it, typ)
	}
	if !lettered.coded || lettered.code.Issuer != "TW" {
		return i, false
	}
	if bracket && s.Mark(it.end, ')') {
		it.end++
	}
	it.tail.term = p.term
	return s.list(it, typ, docIssuer{code: "TW"}), true
}

// plenumTail reads the plenum that passed a numbered resolution.
func (s *docScanner) plenumTail(k int, it *docItem) (docPlenum, int, bool) {
	if it.coded && it.code.Issuer != "TW" {
		return docPlenum{}, k, false
	}
	bracket := s.Mark(k, '(')
	if bracket || s.isWord(k, phrase.Cua) || s.isWord(k, phrase.Tai) {
		k++
	}
	if !s.isWord(k, phrase.Hoi) && !s.isWord(k, phrase.Trung) && !s.isWord(k, phrase.TW) {
		return docPlenum{}, k, false
	}
	p, ok := s.plenum(k)
	if !ok || !p.centre || p.union != "" || len(p.numbers) != 1 {
		return p, k, false
	}
	if bracket && s.Mark(p.end, ')') {
		p.end++
	}
	return p, p.end, true
}

// plenum reads the parts of the name of a plenum from k on, in any order.
func (s *docScanner) plenum(k int) (docPlenum, bool) {
	p := docPlenum{centre: s.isWord(k-1, phrase.NQTW)}
	from := k
	for range 16 {
		next, ok := s.plenumPart(&p, k)
		if !ok {
			break
		}
		k = next
	}
	p.end = k
	if len(p.terms) > 0 {
		p.term = p.terms[0]
	}
	return p, k > from
}

func (s *docScanner) plenumPart(p *docPlenum, k int) (next int, ok bool) {
	switch {
	case s.isWord(k, phrase.Hoi) && s.isWord(k+1, phrase.Nghi) && !p.meeting:
		p.meeting = true
		return k + 2, true
	case s.isWord(k, phrase.Cua) && (s.isWord(k+1, phrase.Ban) || s.isWord(k+1, phrase.BCH) || s.isWord(k+1, phrase.BCHTW) || s.isWord(k+1, phrase.Trung) || s.isWord(k+1, phrase.TW) ||
		s.isWord(k+1, phrase.Dang) && p.centre && !s.isWord(k+2, phrase.Bo)):
		return k + 1, true
	case s.isWord(k, phrase.Ban) && s.isWord(k+1, phrase.Chap) && s.isWord(k+2, phrase.Hanh):
		return k + 3, true
	case s.isWord(k, phrase.BCH):
		return k + 1, true
	case s.Mark(k, ',') && (s.isWord(k+1, phrase.Ban) && s.isWord(k+2, phrase.Chap) || s.isWord(k+1, phrase.BCH)) && p.meeting && !p.centre:
		return k + 1, true
	case s.isWord(k, phrase.TW) || s.isWord(k, phrase.BCHTW):
		p.centre = true
		return k + 1, true
	case s.isWord(k, phrase.Trung) && s.isWord(k+1, phrase.Uong):
		p.centre = true
		return k + 2, true
	case s.isWord(k, phrase.Dang) && p.centre && !s.isWord(k+1, phrase.Bo):
		if s.isWord(k+1, phrase.Cong) && s.isWord(k+2, phrase.San) {
			return k + 5, k+5 <= len(s.Units)
		}
		return k + 1, true
	case s.isWord(k, phrase.Khoa) || s.Mark(k, '(') || s.Mark(k, ','):
		return s.terms(p, k)
	}
	if p.centre && p.union == "" {
		if row, end, ok := s.match(k, classUnion); ok && s.capital(k) {
			p.union = unions()[row][0]
			return end, true
		}
	}
	return s.plenumNumber(p, k)
}

// docPlenumMax is the most plenums that a term has had; a higher number is a
// document's.
const docPlenumMax = 15

// plenumNumber reads "4", "lần thứ sáu", "6, 7".
func (s *docScanner) plenumNumber(p *docPlenum, k int) (int, bool) {
	if len(p.numbers) > 0 {
		return k, false
	}
	n, end, ok := s.ordinalAt(k, p.centre || p.meeting)
	if !ok || n > docPlenumMax {
		return k, false
	}
	if end == k+1 && s.Units[k].Kind == vi.KindDigits {
		if _, _, coded := s.code(end, true); coded || len(s.Of(k)) > 2 || s.Mark(end, '/') || s.Mark(end, '%') {
			return k, false
		}
	}
	p.numbers = []int{n}
	for len(p.numbers) < 8 && (s.Mark(end, ',') || s.isWord(end, phrase.Va)) {
		n, next, ok := s.ordinalAt(end+1, false)
		if !ok || n > docPlenumMax || s.Units[end+1].Kind != vi.KindDigits || !s.isWord(next, phrase.Khoa) && !s.Mark(next, ',') && !s.Mark(next, '(') && !s.isWord(next, phrase.Va) {
			break
		}
		p.numbers = append(p.numbers, n)
		end = next
	}
	return s.plenumRound(p, end), true
}

// plenumRound reads "(lần 2)" or "lần thứ hai" behind the number of a plenum.
func (s *docScanner) plenumRound(p *docPlenum, k int) int {
	bracket := s.Mark(k, '(')
	if bracket {
		k++
	}
	if s.isWord(k, phrase.Lan) {
		if n, end, ok := s.ordinalAt(k, true); ok && n < 4 && (!bracket || s.Mark(end, ')')) {
			p.round = n
			if bracket {
				end++
			}
			return end
		}
	}
	if bracket {
		k--
	}
	return k
}

// terms reads "khóa XII", "(khóa XI, XII)", ", khóa XI, khóa XII".
func (s *docScanner) terms(p *docPlenum, k int) (int, bool) {
	if len(p.terms) > 0 || len(p.numbers) == 0 && !p.centre {
		return k, false
	}
	if s.Mark(k, ',') {
		k++
	}
	bracket := s.Mark(k, '(')
	if bracket {
		k++
	}
	if !s.isWord(k, phrase.Khoa) {
		return k, false
	}
	for len(p.terms) < 6 {
		next := k
		if len(p.terms) > 0 {
			if !s.Mark(next, ',') && !s.isWord(next, phrase.Va) {
				break
			}
			next++
		}
		if s.isWord(next, phrase.Khoa) {
			next++
		}
		if next >= len(s.Units) {
			break
		}
		n, end := ordinal(s.Of(next)), next+1
		if n == 0 && s.Typed() {
			n, end = s.Number(next)
		}
		if n == 0 || n > 39 || len(p.terms) > 0 && s.Units[next].Kind != vi.KindWord {
			break
		}
		p.terms = append(p.terms, vi.RomanNumeral(n))
		k = end
	}
	if bracket && s.Mark(k, ')') {
		k++
	}
	return k, len(p.terms) > 0
}

// addNamed records a mention that has its label.
func (s *docScanner) addNamed(i, end int, m docMention) {
	m.start, m.end, m.field = int(s.Units[i].Start), int(s.Units[end-1].End), s.field
	if len(s.found) < docMentionsMax {
		s.found = append(s.found, m)
	}
}
