package facts

import (
	"slices"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// OrganizationMention is a body named in a text.
type OrganizationMention struct {
	bulletin.Span
	ID string
}

// FindOrganizations finds the bodies that a text names, in order. The level
// behind a name decides: "MTTQ tỉnh" and bare "MTTQ" are the province's own,
// "MTTQ huyện X" is the district's, "MTTQ xã", "MTTQ các cấp" and central
// bodies without an id of their own are left out. In an enumeration the level
// behind the last name holds for all ("HĐND, UBND huyện"). The province is the
// portal's own slug as of the text's day; in a city of central rank "thành
// phố" means its level. A body is found under its own name even where a reform
// had ended it by then.
func FindOrganizations(text, province string) []OrganizationMention {
	return newScan(text).organizations(homeOf(province, time.Time{}))
}

// body is a name with the level behind it.
type body struct {
	hit
	bulletin.OrganizationInfo
	level uint16 // 0 when none was named
	end   int    // last token, level and place included
}

func newBody(h hit) body {
	return body{hit: h, OrganizationInfo: bulletin.OrganizationPatterns()[h.Value], end: int(h.last)}
}

func (s *scan) organizations(h home) []OrganizationMention {
	var out []OrganizationMention
	bodies := s.bodies(h)
	for i, b := range bodies {
		first, id := int(b.first), s.named(b)
		if id == "" || s.part(first) || ofAnother(bodies, i) {
			continue
		}
		if front, ok := s.hitAt(first, classFront); ok && id == "ctxh" { // Mặt trận và các đoàn thể
			out = append(out, OrganizationMention{s.span(first, int(front.last)), "mttq"})
		}
		out = append(out, OrganizationMention{s.span(first, b.end), id})
	}
	return out
}

// bodies finds every name with its level, inherited from behind in lists.
func (s *scan) bodies(h home) []body {
	const most = 20000 // bounds what one text can name
	var out []body
	for _, hit := range s.longest(classOrganization) {
		b, n := newBody(hit), len(out)-1
		if n+1 == most {
			break
		}
		if n >= 0 && int(b.first) <= out[n].end {
			continue // it is the level of the one before: Ban Tổ chức Tỉnh ủy
		}
		if n >= 0 && int(b.last) < s.bracketEnd(out[n].end+1) && b.ID == out[n].ID {
			continue // its short form
		}
		if b.level, b.end = s.levelBehind(b, h); b.ID == "-" {
			b.end = max(b.end, s.past(b.end, classOrganization)-1) // TW Hội of TW Hội Nông dân Việt Nam
		}
		out = append(out, b)
	}
	if listed := s.departments(); len(listed) > 0 {
		out = append(out, listed...)
		slices.SortStableFunc(out, func(a, b body) int { return int(a.first - b.first) })
	}
	for i := len(out) - 2; i >= 0; i-- {
		b, next := &out[i], out[i+1]
		switch {
		case b.level != 0 || !s.enumerates(b.end, int(next.first)):
		case b.leveled() && next.leveled():
			b.level = next.level
		case b.Rule&phrase.NeedsLevel != 0 && b.Group == "party" && next.Group == "party":
			b.level = levelProvince // Ban Tổ chức, Ban Nội chính Tỉnh ủy
		}
	}
	return slices.DeleteFunc(out, func(b body) bool { return !s.counts(b) })
}

// leveled tells the bodies that exist at every level.
func (b body) leveled() bool {
	switch b.Group {
	case "front", "socio-political", "group", "state", "judicial", "armed":
		return true
	}
	return b.ID == "ubkt"
}

// enumerates reports whether only list marks stand between tokens i and j, or
// they and a person's office.
func (s *scan) enumerates(i, j int) bool {
	if end := s.bracketEnd(i + 1); end > 0 && end < j {
		i = end
	}
	if h, ok := s.hitEnding(j-1, classOffice, 4); ok {
		j = int(h.first)
	}
	return j-i >= 2 && j-i <= 3 && s.joins(i, j, '-', '/')
}

// counts applies a pattern's rules and the words that make a name another's.
func (s *scan) counts(b body) bool {
	first, before := int(b.first), int(b.first)-1
	switch {
	case b.ID == "-", s.inNumber(first), b.ID == "tinh-uy" && s.ofCongress(first):
		return false
	case b.Rule&phrase.NeedsLevel != 0 && b.level != levelProvince && b.level != levelDistrict && b.level != levelCommune:
		return false
	case b.Rule&phrase.NeedsOf != 0 && s.WordAt(before) != phrase.Cua:
		return false
	}
	if h, ok := s.hitEnding(before, classLevel, 2); ok && h.Value == levelCentral {
		return false
	}
	return !s.partOfWord(b) && !s.generic(b)
}

// partOfWord tells "cơ sở giáo dục", "ủy ban dân tộc", "trở thành ủy viên"
// from the names that they end or begin like.
func (s *scan) partOfWord(b body) bool {
	switch before := s.WordAt(int(b.first) - 1); s.WordAt(int(b.first)) {
	case phrase.SoOffice:
		return before == phrase.Co
	case phrase.Ban:
		return before == phrase.Uy
	case phrase.Thanh:
		return s.WordAt(int(b.last)+1) == phrase.Vien
	}
	return false
}

// generic tells a common noun from a name: lower case throughout with no level
// behind it, or several of its kind ("các tỉnh ủy").
func (s *scan) generic(b body) bool {
	switch {
	case b.level != 0, b.ID == "ctxh", b.ID == "huyen-uy":
		return false
	case b.ID == "tinh-uy":
		return s.WordAt(int(b.first)-1) == phrase.Cac
	}
	return !slices.ContainsFunc(s.Units[b.first:b.last+1], func(u vi.Unit) bool { return u.Has(vi.Capital) })
}

// named is the id that a name stands for at its level, empty for none.
func (s *scan) named(b body) string {
	switch district := b.level == levelDistrict; {
	case b.Group == "central":
		return b.ID
	case district && (b.ID == "mttq" || b.ID == "ubnd" || b.ID == "hdnd"):
		return b.ID + "-huyen"
	case district && (b.ID == "tinh-uy" || b.ID == "huyen-uy"):
		return "huyen-uy"
	case b.level == levelProvince && b.ID == "huyen-uy":
		return "tinh-uy" // Thành ủy of a city of central rank
	case district, b.level == levelCommune, b.level == levelAll, b.level == levelCentral:
		return ""
	case b.level == 0 && b.Group != "front" && s.oneOf(int(b.last), phrase.NamSouth, phrase.VN):
		return "" // the national body: Hội Nông dân Việt Nam
	}
	return b.ID
}
