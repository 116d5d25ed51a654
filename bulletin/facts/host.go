package facts

import (
	"cmp"
	"slices"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// PrintedHost is the name of the body below the province that held the meeting,
// as lead or title print it with its unit; empty when neither does.
func PrintedHost(title, lead, province string, day time.Time) string {
	for _, text := range []string{lead, title} {
		s := newScan(cutText(text, maxLead))
		if m, unit := s.host(homeOf(province, day)); unit != "" {
			return s.Text[m.Start:m.End]
		}
	}
	return ""
}

// readHost reads which body held the meeting that a lead reports, else the one
// that the title names as doing so: a body before its verb ("Ban Thường trực
// Ủy ban MTTQ tỉnh tổ chức họp giao ban"), also with partners, a day or a
// place between; or one whose meeting it is ("hội nghị giao ban của Hội Nông
// dân tỉnh"). A person's office ("Chủ tịch UBND tỉnh chủ trì") is no host, nor
// a district's body since that level ended on 1 July 2025.
//
// With it comes the name of one below the province with its unit, which may stand
// in the title alone. The body of a commune has no other.
func readHost(title, lead *scan, h home) (m OrganizationMention, unit string) {
	m, unit = lead.host(h)
	if o, ok := bulletin.OrganizationByID(m.ID); unit != "" || ok && !o.BelowProvince() {
		return m, unit
	}
	if t, named := title.host(h); m.ID == "" || m.ID == t.ID {
		return t, named
	}
	return m, ""
}

// host is the first body of the text that holds a meeting.
func (s *scan) host(h home) (OrganizationMention, string) {
	bodies := s.bodies(h)
	for i, b := range bodies {
		first := int(b.first)
		id, unit := s.named(b), s.unit(b)
		if h.holdsNothing(id) {
			id = ""
		}
		// Before a body's name stands a person's office, or what makes the body a partner.
		guest := s.ends(first-1, classOffice, 4) || s.ends(first-1, classWith, 3)
		if id == "" && unit == "" || guest || s.part(first) || ofAnother(bodies, i) {
			continue
		}
		// "theo kế hoạch của Tỉnh ủy, UBND tỉnh tổ chức"
		dependent := s.oneOf(first-1, phrase.Cua, phrase.Tai, phrase.O, phrase.TuFrom, phrase.Den)
		if s.owns(first) || s.titled(b) || !dependent && s.holds(bodies, i) {
			return OrganizationMention{s.span(first, b.end), id}, unit
		}
	}
	return OrganizationMention{}, ""
}

// unit is the name of a body below the province with the unit that it gives:
// "Ủy ban MTTQ xã Tân Trào" is xa-tan-trao.mttq, "Huyện ủy Yên Sơn" is
// huyen-yen-son.huyen-uy; empty where no unit is named.
func (s *scan) unit(b body) string {
	if b.level != levelCommune && b.level != levelDistrict || b.end == int(b.last) {
		return ""
	}
	next, id := s.Next(int(b.last)), b.ID
	at := s.span(next, b.end)
	unit := vi.Slug(s.Text[at.Start:at.End])
	if s.ownLevel(b) != 0 {
		kind := s.Folded(int(b.last) - 1)
		return cmp.Or(map[string]string{"thanh": "thanh-pho", "thi": "thi-xa"}[kind], kind) + "-" + unit + "." + id
	}
	if s.past(next, classLevel) > b.end || !s.starts(next, classLevel) {
		return ""
	}
	if id == "tinh-uy" {
		id = map[uint16]string{levelDistrict: "huyen-uy", levelCommune: "dang-uy"}[b.level]
	}
	return unit + "." + id
}

// owns reports whether the body at token i is the one whose meeting the words
// before it name: "hội nghị giao ban quý III của X", "giao ban giữa X với Y",
// "dưới sự chủ trì của X", "được tổ chức bởi X".
func (s *scan) owns(i int) bool {
	const reach = 12
	switch w := s.WordAt(i - 1); {
	case s.ends(i-1, classPresided, 6):
		return true
	case w == phrase.Boi:
		return s.ends(i-2, classHolds, 4)
	case w != phrase.Cua && w != phrase.Giua:
		return false
	}
	for j := range s.leftward(i-1, reach) {
		if s.Units[j].Is(',') {
			return false
		}
		if h, ok := s.hitEnding(j, classKind, 4); ok && h.Value != kindNone {
			return s.ends(int(h.first)-1, classMeeting, 3) || s.opensSentence(int(h.first))
		}
	}
	return false
}

// titled reports whether a body ends a title that begins with its meeting:
// "Hội nghị giao ban quý III Hội Nông dân tỉnh".
func (s *scan) titled(b body) bool {
	const longest = 20
	last := int(b.first) - 1 // of the period
	if b.end < len(s.Units)-1 || b.end > longest || !s.meetingKind(s.past(0, classMeeting)) {
		return false
	}
	return s.KindAt(last) == vi.KindDigits || vi.RomanValue(s.Of(last)) > 0
}

// holds reports whether a verb of holding follows body i, over "đã", "vừa", a
// bracket, a term, a day, a place, the partners that "phối hợp với" names and
// joint hosts. A name at the head of a text may stand before a colon or dash.
func (s *scan) holds(bodies []body, i int) bool {
	const reach = 48
	first, start := int(bodies[i].first), bodies[i].end
	j, more := start+1, false // another body may follow
	if k := s.KindAt(j); (k == ':' || k == '-') && (first == 0 || s.Units[first].Has(vi.NewPara)) {
		meeting := s.past(j+1, classMeeting)
		if s.meetingKind(j+1) || s.meetingKind(meeting) {
			return true
		}
		j, more = meeting, k == '-'
	}
	for j < len(s.Units) && j-start < reach && !s.Units[j].Has(vi.NewPara) {
		if s.starts(j, classHolds) {
			return true
		}
		next, list := s.between(bodies, i, j, more)
		if next <= j {
			return false
		}
		j, more = next, list
	}
	return false
}

// meetingKind reports whether a kind of meeting is named at token i.
func (s *scan) meetingKind(i int) bool {
	h, ok := s.hitAt(i, classKind)
	return ok && h.Value != kindNone
}

// between steps over what may stand between a body and its verb at token j: it
// returns the token behind, j or less for nothing, and whether a partner may
// follow.
func (s *scan) between(bodies []body, i, j int, more bool) (next int, list bool) {
	if next = s.past(j, classWith); next > j {
		return next, true
	}
	if b, ok := bodyAt(bodies, j); ok && more {
		return b.end + 1, false
	}
	next = max(s.past(j, classOpening), s.past(j, classTerm), s.dayEnd(j)+1, s.bracketEnd(j)+1, s.actEnd(j)+1)
	if next > j {
		return next, false
	}
	_, partner := bodyAt(bodies, j+1)
	switch u := s.Units[j]; {
	case s.oneOf(j, ',', phrase.Va), u.Is('-') && partner:
		return j + 1, true
	case s.oneOf(j, phrase.Tai, phrase.O): // up to the verb or comma
		return s.verbEnd(j+1, false) + 1, false
	case u.Is(vi.KindDigits) && j == bodies[i].end+1: // Khu vực 4
		return j + 1, false
	case more && (s.oneOf(j-1, phrase.Va, phrase.Voi) || s.bodyLike(j)):
		return s.verbEnd(j, true) + 1, false
	}
	return 0, false
}

// actEnd is the token before the verb of holding that what a body does first is
// followed by: "ký kết quy chế, tổ chức giao ban", 0 for none.
func (s *scan) actEnd(j int) int {
	const longest = 14
	if s.starts(j, classAttends) || s.Units[j].Has(vi.Capital) {
		return 0
	}
	for i := j + 1; i < j+longest && s.KindAt(i) != 0; i++ {
		if s.starts(i, classOrganization) || s.endsSentence(i) || s.Units[i].Is(';') {
			return 0
		}
		if h, holds := s.hitAt(i+1, classHolds); holds && s.oneOf(i, ',', phrase.Va) && s.ofMeeting(h) {
			return i
		}
	}
	return 0
}

// ofMeeting tells a verb of holding from the same words in "cơ quan, tổ chức":
// it names a kind of meeting or what follows does.
func (s *scan) ofMeeting(h hit) bool {
	for i := int(h.first); i <= int(h.last)+1; i++ {
		if s.starts(i, classKind) || s.starts(i, classMeeting) {
			return true
		}
	}
	return false
}

// bodyLike tells a body that no table knows from a person at token j by its
// second word in small letters: Hội đồng Đội tỉnh.
func (s *scan) bodyLike(j int) bool {
	return s.namesTown(j) && s.KindAt(j+1) == vi.KindWord && !s.Units[j+1].Has(vi.Capital) && !s.starts(j, classOffice)
}

// dayEnd is the last unit of a day that begins at unit j, with its clock and
// weekday: "sáng 9/10", "vào chiều thứ Ba, ngày 07/10", 0 for none.
func (s *scan) dayEnd(j int) int {
	const words = 12
	for i := j; i < min(j+words, len(s.Units)); i++ {
		if _, last, ok := s.clockAt(i); ok {
			i = last
			continue
		}
		if next := s.past(i, classWeekday); next > i {
			i = next - 1
			continue
		}
		digits := i > j && s.Units[i].Is(vi.KindDigits)
		if p, ok := s.dateAt(i, true); ok && digits {
			if s.rangeTail(&p); s.KindAt(p.Last+1) == ')' {
				return p.Last + 1 // hôm nay (9/10)
			}
			return p.Last
		}
		dated := s.oneOf(i+1, ',', '(') && s.KindAt(i+2) == vi.KindDigits
		if s.WordAt(i) == phrase.Nay && i > j && s.dayWord(i-1) && !dated {
			return i
		}
		counted := digits && (s.WordAt(i-1) == phrase.Thu || s.WordAt(i+1) == phrase.Ngay)
		if !counted && !s.dayCue(i) && (i == j || s.WordAt(i) != ',') {
			return 0
		}
	}
	return 0
}

// dayCue reports whether a word or mark stands before a day or weekday, or for
// a part of the day.
func (s *scan) dayCue(i int) bool {
	return s.dayWord(i) || s.oneOf(i, phrase.Ngay, phrase.Luc, phrase.Vao, phrase.HoiTime, phrase.Thu, phrase.Trong,
		phrase.TuFrom, phrase.Cac, '(')
}

// verbEnd is the token before the next verb of holding, near token j, 0 when
// other than words stands between; unless lists, a comma ends them as a verb does.
func (s *scan) verbEnd(j int, lists bool) int {
	const longest = 12
	for i := j; i < j+longest; i++ {
		k := s.KindAt(i)
		if s.starts(i, classHolds) || k == ',' && !lists {
			return i - 1
		}
		if k != vi.KindWord && k != vi.KindDigits && (!lists || k != '-' && k != ',') {
			break
		}
	}
	return 0
}

// bracketEnd is the token that closes the short bracket opened at token j.
func (s *scan) bracketEnd(j int) int {
	const short = 12
	for end := j + 1; end < j+short && s.KindAt(j) == '('; end++ {
		if s.KindAt(end) == ')' {
			return end
		}
	}
	return 0
}

// bodyAt is the body that begins at token j.
func bodyAt(bodies []body, j int) (b body, ok bool) {
	n, ok := slices.BinarySearchFunc(bodies, j, func(b body, j int) int { return int(b.first) - j })
	if ok {
		b = bodies[n]
	}
	return b, ok
}
