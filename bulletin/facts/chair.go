package facts

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// readChair reads who presided over the event, with the office printed beside
// the name: "Đồng chí A, Chủ tịch …, chủ trì", "do Phó Bí thư … A chủ trì",
// "dưới sự chủ trì của …", "Chủ trì hội nghị có đồng chí …". It is zero unless
// both are printed.
func (s *scan) readChair() bulletin.Chair {
	for _, h := range s.longest(classChairs) {
		c, behind := bulletin.Chair{}, int(h.last)+1
		if h.Value == chairsOf {
			c = s.chairBehind(behind)
		} else {
			c = s.chairBefore(int(h.first) - 1)
		}
		if c.Name == "" {
			c = s.chairAnnounced(behind)
		}
		if c.Name != "" && c.Role != "" {
			return c
		}
	}
	return bulletin.Chair{}
}

// chairBefore reads a person with an office that ends at unit end, or before
// "đã cùng" and the like there: behind the nearest "đồng chí" or "do", or from
// where the sentence begins.
func (s *scan) chairBefore(end int) bulletin.Chair {
	const longest = 60
	for end >= 0 {
		if h, ok := s.hitEnding(end, classOpening, 3); ok {
			end = int(h.first) - 1
		} else if s.Units[end].Is(',') {
			end--
		} else {
			break
		}
	}
	for j := end; j >= 0 && end-j < longest; j-- {
		if s.ends(j, classForm, 3) {
			return s.person(j+1, end)
		}
		if s.opensSentence(j) {
			return s.person(j, end)
		}
	}
	return bulletin.Chair{}
}

// chairBehind reads a person with an office that begins at token j, up to a verb
// or a mark that parts.
func (s *scan) chairBehind(j int) bulletin.Chair {
	const longest = 40
	end, most := j, min(j+longest, s.sentenceEnd(j))
	for end+1 < most && !s.starts(end+1, classHolds) && !s.oneOf(end+1, '.', ';') {
		end++
	}
	j = s.past(j, classForm)
	for s.WordAt(j) == ':' {
		j++
	}
	return s.person(j, end)
}

// chairAnnounced reads "(Chủ trì) hội nghị có các đồng chí: A, Chủ tịch …"
// behind the verb, which ends before unit j.
func (s *scan) chairAnnounced(j int) bulletin.Chair {
	const reach = 16
	for i := j; i < j+reach && s.KindAt(i) != 0 && !s.oneOf(i, ',', '.'); i++ {
		if !s.oneOf(i, phrase.CoHave, phrase.La, phrase.Gom, ':') {
			continue
		}
		for i++; s.oneOf(i, phrase.Cac, ':'); {
			i++
		}
		if s.starts(i, classForm) || s.starts(i, classOffice) || s.nameAt(i) > 0 {
			return s.chairBehind(i)
		}
		break
	}
	return bulletin.Chair{}
}

// person reads a name and an office, in either order, from tokens first to
// last: "A, Chủ tịch …" or "Chủ tịch … A".
func (s *scan) person(first, last int) bulletin.Chair {
	for first <= last && !s.Units[first].Is(vi.KindWord) {
		first++
	}
	if n := s.nameAt(first); n > 0 && first+n < last && s.oneOf(first+n, ',', '-') {
		role := first + n + 1
		if !s.starts(role, classOffice) {
			return bulletin.Chair{}
		}
		end := role
		for end < last && (!s.Units[end+1].Is(',') || s.starts(end+2, classOffice)) {
			end++
		}
		return s.chair(first, first+n-1, role, end)
	}
	for j := first; j <= last; j++ {
		if !s.starts(j, classOffice) {
			continue
		}
		name := last
		for name > j && s.givenName(name) && last-name < 5 {
			name--
		}
		if p, ok := s.hitAt(name+1, classProvince); ok && int(p.last) < last-1 {
			name = int(p.last)
		}
		if n := last - name; n < 2 || n > 5 {
			return bulletin.Chair{}
		}
		return s.chair(name+1, last, j, name)
	}
	return bulletin.Chair{}
}

func (s *scan) chair(name, nameEnd, role, roleEnd int) bulletin.Chair {
	if role > roleEnd {
		return bulletin.Chair{}
	}
	at, of := s.span(name, nameEnd), s.span(role, roleEnd)
	return bulletin.Chair{Name: oneLine(s.Text[at.Start:at.End]), Role: strings.TrimRight(oneLine(s.Text[of.Start:of.End]), " ,-–")}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// nameAt counts the words of a person's name at token i: two to five.
func (s *scan) nameAt(i int) int {
	n := 0
	for i+n < len(s.Units) && s.givenName(i+n) && n < 6 {
		n++
	}
	if n < 2 || n > 5 || s.starts(i, classOffice) {
		return 0
	}
	return n
}

// givenName reports whether token i can be a word of a person's name.
func (s *scan) givenName(i int) bool {
	t := s.Units[i]
	return t.Is(vi.KindWord) && t.Has(vi.Capital) && (!t.Has(vi.Upper) || t.Len() == 1) && !t.Has(vi.NewPara)
}
