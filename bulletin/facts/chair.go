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
		c := s.chairBefore(int(h.first))
		if p, ok := s.hitEnding(int(h.last), classPresided, 6); ok || h.Value == chairsOf {
			c = s.chairBehind(max(int(h.last), int(p.last)) + 1)
		}
		if c.Name == "" {
			c = s.chairAnnounced(int(h.last) + 1)
		}
		if c.Name != "" && c.Role != "" {
			return c
		}
	}
	return bulletin.Chair{}
}

// chairBefore reads a person with an office that ends before token k.
func (s *scan) chairBefore(k int) bulletin.Chair {
	end := k - 1
	for h, ok := s.hitEnding(end, classOpening, 3); ok; h, ok = s.hitEnding(end, classOpening, 3) {
		end = int(h.first) - 1
	}
	for end >= 0 && (s.Units[end].Is(',') || s.WordAt(end) == phrase.Dong) {
		end--
	}
	return s.person(s.clauseStart(end), end)
}

// chairBehind reads a person with an office that begins at token j.
func (s *scan) chairBehind(j int) bulletin.Chair {
	const longest = 40
	end := j
	for end+1 < min(j+longest, len(s.Units)) && !s.Units[end+1].Has(vi.NewPara) && !s.endsSentence(end+1) {
		_, verb := s.hitAt(end+1, classHolds)
		if verb || s.Units[end+1].Is('.') || s.Units[end+1].Is(';') {
			break
		}
		end++
	}
	if h, ok := s.hitAt(j, classForm); ok {
		j = int(h.last) + 1
	}
	for s.WordAt(j) == ':' {
		j++
	}
	return s.person(j, end)
}

// chairAnnounced reads "(Chủ trì) hội nghị có các đồng chí: A, Chủ tịch …"
// behind the verb, which ends before unit j.
func (s *scan) chairAnnounced(j int) bulletin.Chair {
	const reach = 16
	for i := j; i < min(j+reach, len(s.Units)) && !s.Units[i].Has(vi.NewPara) && !s.Units[i].Is(',') && !s.Units[i].Is('.'); i++ {
		if w := s.Units[i].Hash; w != phrase.CoHave && w != phrase.La && w != phrase.Gom && w != ':' {
			continue
		}
		for i++; s.WordAt(i) == phrase.Cac || s.WordAt(i) == ':'; {
			i++
		}
		_, form := s.hitAt(i, classForm)
		_, office := s.hitAt(i, classOffice)
		if !form && !office && s.nameAt(i) == 0 {
			return bulletin.Chair{}
		}
		return s.chairBehind(i)
	}
	return bulletin.Chair{}
}

// clauseStart is where the person who ends at token end begins: behind the
// nearest "đồng chí", behind "do", or where the sentence begins.
func (s *scan) clauseStart(end int) int {
	const longest = 60
	for j := end; j >= 0 && end-j < longest; j-- {
		if h, ok := s.hitEnding(j, classForm, 3); ok {
			return int(h.last) + 1
		}
		if s.WordAt(j) == phrase.Do || s.Units[j].Has(vi.NewPara) || s.endsSentence(j-1) {
			if s.WordAt(j) == phrase.Do {
				j++
			}
			return j
		}
	}
	return 0
}

// person reads a name and an office, in either order, from tokens first to
// last: "A, Chủ tịch …" or "Chủ tịch … A".
func (s *scan) person(first, last int) bulletin.Chair {
	for first <= last && !s.Units[first].Is(vi.KindWord) {
		first++
	}
	if n := s.nameAt(first); n > 0 && first+n < last && s.Units[first+n].Is(',') {
		if _, ok := s.hitAt(first+n+1, classOffice); ok {
			return s.chair(first, first+n-1, first+n+1, s.officesEnd(first+n+1, last))
		}
		return bulletin.Chair{}
	}
	for j := first; j <= last; j++ {
		if _, ok := s.hitAt(j, classOffice); !ok {
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

// officesEnd is the last token of one or more offices parted by commas.
func (s *scan) officesEnd(i, last int) int {
	for j := i; j < last; j++ {
		if !s.Units[j].Is(',') {
			continue
		}
		if _, ok := s.hitAt(j+1, classOffice); !ok {
			return j - 1
		}
	}
	return last
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
	if n < 2 || n > 5 {
		return 0
	}
	if _, office := s.hitAt(i, classOffice); office {
		return 0
	}
	return n
}

// givenName reports whether token i can be a word of a person's name.
func (s *scan) givenName(i int) bool {
	t := s.Units[i]
	return t.Is(vi.KindWord) && t.Has(vi.Capital) && (!t.Has(vi.Upper) || t.Len() == 1) && !t.Has(vi.NewPara)
}
