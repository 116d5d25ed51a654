package facts

import (
	"cmp"
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
		if id == "" && unit == "" || s.officeBefore(first) || s.part(first) || ofAnother(bodies, i) {
			continue
		}
		if s.owns(first) || !s.dependent(first) && s.holds(bodies, i) {
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
	at, id := s.span(s.Next(int(b.last)), b.end), b.id
	unit := vi.Slug(s.Text[at.Start:at.End])
	switch {
	case s.ownLevel(b) != 0:
		word := s.span(int(b.last)-1, int(b.last)-1)
		kind := vi.Slug(s.Text[word.Start:word.End])
		return cmp.Or(map[string]string{"thanh": "thanh-pho", "thi": "thi-xa"}[kind], kind) + "-" + unit + "." + id
	case id == "tinh-uy" && b.level == levelDistrict:
		id = "huyen-uy"
	case id == "tinh-uy":
		id = "dang-uy"
	}
	if level, ok := s.hitAt(s.Next(int(b.last)), classLevel); !ok || int(level.last) >= b.end {
		return ""
	}
	return unit + "." + id
}

// officeBefore reports whether a person's office ends right before token i, or
// the words that make the body at token i another's partner.
func (s *scan) officeBefore(i int) bool {
	_, ok := s.hitEnding(i-1, classOffice, 4)
	if ok {
		return true
	}
	_, ok = s.hitEnding(i-1, classWith, 3)
	return ok
}

// dependent reports whether what begins at token i hangs on a word before it:
// "theo kế hoạch của Tỉnh ủy, UBND tỉnh tổ chức".
func (s *scan) dependent(i int) bool {
	switch s.WordAt(i - 1) {
	case phrase.Cua, phrase.Tai, phrase.O, phrase.TuFrom, phrase.Den:
		return true
	}
	return false
}

// owns reports whether the body at token i is the one whose meeting the words
// before it name: "hội nghị giao ban quý III của X", "giao ban giữa X với Y",
// "dưới sự chủ trì của X", "được tổ chức bởi X".
func (s *scan) owns(i int) bool {
	const reach = 14
	if _, ok := s.hitEnding(i-1, classPresided, 6); ok {
		return true
	}
	switch s.WordAt(i - 1) {
	case phrase.Boi:
		_, ok := s.hitEnding(i-2, classHolds, 4)
		return ok
	case phrase.Cua, phrase.Giua:
	default:
		return false
	}
	for j := i - 2; j >= 0 && i-j < reach; j-- {
		if t := s.Units[j+1]; t.Has(vi.NewPara) || s.endsSentence(j) || s.Units[j].Is(',') {
			return false
		}
		h, ok := s.hitEnding(j, classKind, 4)
		if !ok || h.Value == kindNone {
			continue
		}
		first := int(h.first)
		_, meeting := s.hitEnding(first-1, classMeeting, 3)
		return meeting || first == 0 || s.Units[first].Has(vi.NewPara) || s.endsSentence(first-1)
	}
	return false
}

// holds reports whether a verb of holding follows body i, over "đã", "vừa", a
// bracket, a term, a day, a place, the partners that "phối hợp với" names and
// joint hosts. A name at the head of a text may stand before a colon or dash.
func (s *scan) holds(bodies []body, i int) bool {
	const reach = 48
	start := bodies[i].end
	j, more := start+1, false // another body may follow
	if k := s.KindAt(j); (k == ':' || k == '-') && s.heads(int(bodies[i].first)) {
		j, more = j+1, k == '-'
		for _, at := range []int{j, s.meetingEnd(j)} {
			if h, ok := s.hitAt(at, classKind); ok && h.Value != kindNone {
				return true
			}
			j = at
		}
	}
	for j < len(s.Units) && j-start < reach && !s.Units[j].Has(vi.NewPara) {
		if _, ok := s.hitAt(j, classHolds); ok {
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

// meetingEnd is the token behind the noun for a meeting at token j, j for none.
func (s *scan) meetingEnd(j int) int {
	if h, ok := s.hitAt(j, classMeeting); ok {
		return int(h.last) + 1
	}
	return j
}

// between steps over what may stand between a body and its verb at token j: it
// returns the token behind, 0 for nothing, and whether a partner may follow.
func (s *scan) between(bodies []body, i, j int, more bool) (next int, list bool) {
	if h, ok := s.hitAt(j, classOpening); ok {
		return int(h.last) + 1, false
	}
	if h, ok := s.hitAt(j, classWith); ok {
		return int(h.last) + 1, true
	}
	if n := bodyAt(bodies, i+1, j); more && n >= 0 {
		return bodies[n].end + 1, false
	}
	for _, skip := range []func(int) int{s.dayEnd, s.termEnd, s.bracketEnd, s.placeEnd} {
		if end := skip(j); end > 0 {
			return end + 1, false
		}
	}
	if end := s.actEnd(j); end > 0 {
		return end + 1, false
	}
	switch t := s.Units[j]; {
	case t.Hash == ',', t.Hash == phrase.Va, t.Is('-') && bodyAt(bodies, i+1, j+1) >= 0:
		return j + 1, true
	case t.Is(vi.KindDigits) && j == bodies[i].end+1: // Khu vực 4
		return j + 1, false
	}
	if before := s.Units[j-1]; more && (before.Hash == phrase.Va || before.Hash == phrase.Voi || s.bodyLike(j)) {
		return s.partnerEnd(j) + 1, false
	}
	return 0, false
}

// actEnd is the token before the verb of holding that what a body does first is
// followed by: "ký kết quy chế, tổ chức giao ban", 0 for none.
func (s *scan) actEnd(j int) int {
	const longest = 14
	if _, attends := s.hitAt(j, classAttends); attends || s.Units[j].Has(vi.Capital) {
		return 0
	}
	for i := j + 1; i < min(j+longest, len(s.Units)) && s.KindAt(i) != 0; i++ {
		if _, body := s.hitAt(i, classOrganization); body || s.endsSentence(i) || s.Units[i].Is(';') {
			return 0
		}
		h, holds := s.hitAt(i+1, classHolds)
		if holds && (s.Units[i].Is(',') || s.Units[i].Hash == phrase.Va) && s.ofMeeting(h) {
			return i
		}
	}
	return 0
}

// ofMeeting tells a verb of holding from the same words in "cơ quan, tổ chức":
// it names a kind of meeting or what follows does.
func (s *scan) ofMeeting(h hit) bool {
	for i := int(h.first); i <= int(h.last)+1; i++ {
		_, kind := s.hitAt(i, classKind)
		if _, meeting := s.hitAt(i, classMeeting); kind || meeting {
			return true
		}
	}
	return false
}

// bodyLike tells a body that no table knows from a person at token j by its
// second word in small letters: Hội đồng Đội tỉnh.
func (s *scan) bodyLike(j int) bool {
	_, office := s.hitAt(j, classOffice)
	return s.namesTown(j) && s.KindAt(j+1) == vi.KindWord && !s.Units[j+1].Has(vi.Capital) && !office
}

// heads reports whether token i begins the text or one of its paragraphs.
func (s *scan) heads(i int) bool { return i == 0 || s.Units[i].Has(vi.NewPara) }

// dayEnd is the last unit of a day that begins at unit j, with its clock and
// weekday: "sáng 9/10", "vào chiều thứ Ba, ngày 07/10", 0 for none.
func (s *scan) dayEnd(j int) int {
	const words = 12
	for i := j; i < min(j+words, len(s.Units)); i++ {
		if _, last, ok := s.clockAt(i); ok {
			i = last
			continue
		}
		if h, ok := s.hitAt(i, classWeekday); ok {
			i = int(h.last)
			continue
		}
		switch w := s.Units[i].Hash; {
		case s.Units[i].Is(vi.KindDigits) && i > j:
			if p, ok := s.dateAt(i, true); ok {
				if s.rangeTail(&p); s.KindAt(p.Last+1) == ')' {
					return p.Last + 1 // hôm nay (9/10)
				}
				return p.Last
			}
			if s.WordAt(i-1) != phrase.Thu && s.WordAt(i+1) != phrase.Ngay {
				return 0
			}
		case w == phrase.Nay && i > j && s.dayWord(s.WordAt(i-1)) && (s.KindAt(i+1) != ',' && s.KindAt(i+1) != '(' || s.KindAt(i+2) != vi.KindDigits):
			return i
		case w == ',' && i > j, w == phrase.Nay:
		case !s.dayCue(w) && !s.dayWord(w):
			return 0
		}
	}
	return 0
}

// dayCue reports whether a word or mark stands before a day or weekday.
func (s *scan) dayCue(w uint64) bool {
	switch w {
	case phrase.Ngay, phrase.Luc, phrase.Vao, phrase.HoiTime, phrase.Thu, phrase.Trong, phrase.TuFrom, phrase.Cac, '(':
		return true
	}
	return false
}

// termEnd is the last token of "khóa XIX" or "nhiệm kỳ 2021 - 2026".
func (s *scan) termEnd(j int) int {
	switch {
	case s.WordAt(j) == phrase.Khoa && j+1 < len(s.Units):
		return j + 1
	case s.WordAt(j) == phrase.Nhiem && s.WordAt(j+1) == phrase.KyTerm && s.isYear(j+2):
		if s.KindAt(j+3) == '-' && s.isYear(j+4) {
			return j + 4
		}
		return j + 2
	}
	return 0
}

// placeEnd is the last token of "tại xã Tân Trào": up to the verb or comma.
func (s *scan) placeEnd(j int) int {
	const longest = 12
	if w := s.WordAt(j); w != phrase.Tai && w != phrase.O {
		return 0
	}
	for i := j + 1; i < min(j+longest, len(s.Units)); i++ {
		if _, holds := s.hitAt(i, classHolds); holds || s.Units[i].Is(',') {
			return i - 1
		}
		if !s.Units[i].Is(vi.KindWord) && !s.Units[i].Is(vi.KindDigits) || s.Units[i].Has(vi.NewPara) {
			return 0
		}
	}
	return 0
}

// partnerEnd is the last token of a partner that no table knows, at token j:
// up to the verb, j-1 when there is no verb near.
func (s *scan) partnerEnd(j int) int {
	const longest = 12
	for i := j; i < min(j+longest, len(s.Units)); i++ {
		if _, holds := s.hitAt(i, classHolds); holds {
			return i - 1
		}
		if t := s.Units[i]; !t.Is(vi.KindWord) && !t.Is(vi.KindDigits) && !t.Is('-') && !t.Is(',') || t.Has(vi.NewPara) {
			break
		}
	}
	return j - 1
}

// bracketEnd is the token that closes the short bracket opened at token j.
func (s *scan) bracketEnd(j int) int {
	const short = 12
	if s.KindAt(j) != '(' {
		return 0
	}
	for end := j + 1; end < j+short; end++ {
		if s.KindAt(end) == ')' {
			return end
		}
	}
	return 0
}

// bodyAt is the index of the body that begins at token j, -1 for none.
func bodyAt(bodies []body, from, j int) int {
	for n := from; n < len(bodies) && int(bodies[n].first) <= j; n++ {
		if int(bodies[n].first) == j {
			return n
		}
	}
	return -1
}
