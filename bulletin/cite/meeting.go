package cite

import (
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docMeeting is the name of a meeting that passes resolutions and conclusions:
// a plenum of a central committee ("Hội nghị lần thứ sáu Ban Chấp hành Trung
// ương khóa XII", "Trung ương 6, 7 (khóa XII)") or a congress ("Đại hội đại biểu
// Đảng bộ tỉnh lần thứ XVI", "Đại hội XIII của Đảng").
type docMeeting struct {
	congress bool
	called   bool // a plenum: Hội nghị
	centre   bool // Trung ương is named
	party    bool // the Party is, of a congress
	nation   bool // toàn quốc
	numbers  []int
	terms    []string
	round    int      // of a plenum held in parts: "Trung ương 6 (lần 2)"
	body     string   // another organization, or a branch of the Party
	place    docPlace // of a branch of a province or below
	end      int
}

// meetings reads the names of one resolution or conclusion or of several whose
// type stands at tokens i to j: "Nghị quyết Đại hội XIII của Đảng và Đại hội
// Đảng bộ tỉnh lần thứ XVI".
func (s *docScanner) meetings(i, j int, typ vi.DocumentType) (next int, ok bool) {
	m, ok := s.meeting(j)
	if !ok || !m.passes(s) {
		return i, false
	}
	if next, ok := s.numberOfPlenum(i, m, typ); ok {
		return next, true
	}
	for {
		for _, n := range m.numbers {
			for _, term := range m.terms {
				s.add(i, m.end, m.mention(typ.Name, n, term))
			}
		}
		next = m.end
		i = s.skip(next, phrase.Va)
		if m, ok = s.meeting(i); !ok || i == next || !m.congress || !m.passes(s) {
			return next, true
		}
	}
}

// passes tells whether the name of the meeting is enough for one of a document.
func (m docMeeting) passes(s *docScanner) bool {
	switch {
	case len(m.numbers) == 0:
		return false
	case m.congress: // without any body it is the Party's, if its number can be
		return m.body != "" || m.party || m.nation || m.numbers[0] <= 14
	case m.body != "":
		return m.called
	case m.terms[0] != "":
		return m.centre || m.called || m.numbers[0] <= plenumMax
	}
	return m.centre && s.follows(m.end)
}

// mention is the document of a number and term of the meeting.
func (m docMeeting) mention(kind string, n int, term string) docMention {
	out := docMention{kind: kind, province: m.place.province, local: m.place.end > 0}
	name := strings.TrimSpace(m.body + " " + m.place.label())
	switch {
	case !m.congress && m.body == "":
		out.issuer, out.plenum, out.plenumTerm = "TW", n, term
		name = "Trung ương " + strconv.Itoa(n)
	case !m.congress:
		name = "Hội nghị lần thứ " + strconv.Itoa(n) + " BCH TW " + m.body
	case m.body == "":
		out.issuer, name = "TW", "Đại hội Đảng toàn quốc"
	case m.nation && !strings.HasSuffix(name, "Việt Nam"):
		name = "Đại hội " + name + " toàn quốc"
	default:
		if branch := strings.HasPrefix(m.body, "Đảng bộ"); branch && (out.province != "" || strings.HasSuffix(name, provinceHole)) {
			out.issuer = "TU"
		}
		name = "Đại hội " + name
	}
	if out.label = kind + " " + name; m.congress {
		out.label += " lần thứ " + vi.RomanNumeral(n)
	}
	if m.round > 0 {
		out.label += " (lần " + strconv.Itoa(m.round) + ")"
	}
	if term != "" {
		out.label += " khóa " + term
	}
	return out
}

// numberOfPlenum reads the number behind the name of a plenum: both together
// are one document, "Nghị quyết Trung ương 6 khóa XII (số 18-NQ/TW)".
func (s *docScanner) numberOfPlenum(i int, m docMeeting, typ vi.DocumentType) (int, bool) {
	it := docItem{start: i}
	k, _ := s.sameType(s.skip(m.end, '('), typ)
	if m.congress || !s.item(&it, s.numberSign(&it, k), typ) {
		return i, false
	}
	lettered := it
	if !it.coded { // the next number may have the letters: (số 18, 19-NQ/TW)
		lettered, _ = s.nextItem(&it, typ)
	}
	if !lettered.coded || lettered.code.Issuer != "TW" {
		return i, false
	}
	if s.Mark(m.end, '(') {
		it.end = s.skip(it.end, ')')
	}
	it.term = m.terms[0]
	return s.list(it, typ, docIssuer{code: "TW"}), true
}

// meeting reads the parts of the name of a meeting from k on, in any order.
// Without a term it has an empty one.
func (s *docScanner) meeting(k int) (m docMeeting, ok bool) {
	part, first, _ := s.meaning(k, classPart)
	m.centre = s.isWord(k-1, phrase.NQTW)
	if m.end = k; part == "congress" {
		m = docMeeting{congress: true, end: first}
	}
	for range 16 {
		next, more := s.meetingPart(&m, m.end)
		if !more {
			break
		}
		m.end, ok = next, true
	}
	if len(m.terms) == 0 {
		m.terms = []string{""}
	}
	return m, ok
}

// meetingPart reads one part of the name at k into m.
func (s *docScanner) meetingPart(m *docMeeting, k int) (next int, ok bool) {
	part, end, _ := s.meaning(k, classPart)
	if s.KindAt(k) == 0 {
		return k, false
	}
	switch {
	case part == "meeting" && !m.congress && !m.called:
		m.called = true
	case part == "committee" && !m.congress, part == "apart" && m.called && !m.centre, part == "delegates" && m.congress:
	case part == "centre" && !m.congress:
		m.centre = true
	case part == "nation" && m.congress:
		m.nation = true
	case part == "party" && m.congress && m.body == "":
		m.party = true
	case part == "party" && m.centre:
	case part == "branch" && m.congress && m.body == "" && (!m.party || len(m.numbers) == 0):
		return s.meetingPlace(m, end, "Đảng bộ")
	default:
		return s.meetingDetail(m, k)
	}
	return end, true
}

// meetingDetail reads a number, the terms or another organization than the
// Party: "Hội Nông dân tỉnh Lào Cai".
func (s *docScanner) meetingDetail(m *docMeeting, k int) (next int, ok bool) {
	if next, ok := s.meetingNumber(m, k); ok {
		return next, true
	}
	if terms, end := s.terms(k); len(terms) > 0 && !m.congress && len(m.terms) == 0 && (len(m.numbers) > 0 || m.centre) {
		m.terms = terms
		return end, true
	}
	if m.congress {
		k = s.skip(k, phrase.Cua)
	}
	body, end, ok := s.meaning(k, classUnion)
	if !ok || m.body != "" || !s.capital(k) || m.congress && m.party || !m.congress && !m.centre {
		return k, false
	}
	if m.congress && s.matches(end, classLevel) {
		return s.meetingPlace(m, end, body)
	}
	m.body = body
	return end, true
}

// meetingPlace reads the place at k of a body that holds a congress.
func (s *docScanner) meetingPlace(m *docMeeting, k int, body string) (next int, ok bool) {
	p := s.place(k)
	if p.end > k {
		m.body, m.place = body, p
	}
	return p.end, p.end > k
}

// meetingNumber reads "4", "lần thứ sáu", "XIII", of plenums "6, 7".
func (s *docScanner) meetingNumber(m *docMeeting, k int) (next int, ok bool) {
	from := k
	if m.congress {
		from = s.skip(k, phrase.Khoa)
	}
	cue := from > k || s.isWord(k, phrase.Lan, phrase.Thu)
	n, end, ok := s.ordinalAt(from, cue || m.centre || m.called || s.Typed())
	switch {
	case !ok || len(m.numbers) > 0 || !m.congress && n > plenumMax:
		return k, false
	case cue:
	case s.Units[k].Kind == vi.KindDigits && !s.ownNumber(k), m.congress && ordinal(s.Of(k)) == 0 && (end == k+1 || !s.follows(end)):
		return k, false
	}
	for m.numbers = []int{n}; !m.congress && len(m.numbers) < plenumMax && s.isWord(end, ',', phrase.Va); end = next {
		n, next, ok = s.ordinalAt(end+1, false)
		if !ok || n > plenumMax || s.Units[end+1].Kind != vi.KindDigits || !s.isWord(next, phrase.Khoa, ',', '(', phrase.Va) {
			break
		}
		m.numbers = append(m.numbers, n)
	}
	return s.plenumRound(m, end), true
}

// ownNumber tells whether the digits at k are the number of a meeting: they
// count nothing and begin no date and no number of a document.
func (s *docScanner) ownNumber(k int) bool {
	var it docItem
	return s.Units[k].Len() <= 2 && !s.GluedAfter(k) && (s.follows(k+1) || s.isWord(k+1, phrase.Khoa, phrase.Lan)) && !s.lettered(&it, k, true)
}

// plenumRound reads "(lần 2)" or "lần thứ hai" behind the number of a plenum.
func (s *docScanner) plenumRound(m *docMeeting, k int) int {
	from := s.skip(k, '(')
	n, end, ok := s.ordinalAt(from, true)
	if m.congress || !ok || n > 3 || !s.isWord(from, phrase.Lan) || from > k && !s.Mark(end, ')') {
		return k
	}
	m.round = n
	return end + from - k
}
