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
	id    string
	level uint16 // 0 when none was named
	end   int    // last token, level and place included
}

func (s *scan) organizations(h home) []OrganizationMention {
	var out []OrganizationMention
	bodies := s.bodies(h)
	for i, b := range bodies {
		id := s.named(b)
		if id == "" || s.part(int(b.first)) || ofAnother(bodies, i) {
			continue
		}
		if front := s.frontOf(b); front >= 0 {
			out = append(out, OrganizationMention{s.span(int(b.first), front), "mttq"})
		}
		out = append(out, OrganizationMention{s.span(int(b.first), b.end), id})
	}
	return out
}

// frontOf is the last token of the Front's name in "Mặt trận và các đoàn thể",
// which names both, -1 for none.
func (s *scan) frontOf(b body) int {
	if b.id != "ctxh" {
		return -1
	}
	front := -1
	for i := int(b.first); i <= int(b.last); i++ {
		if w := s.Units[i].Hash; w == phrase.TranFront || w == phrase.MTTQ {
			front = i
			if s.WordAt(i+2) == phrase.Quoc {
				front = i + 2
			}
		}
	}
	return front
}

// bodies finds every name with its level, inherited from behind in lists.
func (s *scan) bodies(h home) []body {
	const most = 20000 // bounds what one text can name
	rows := bulletin.OrganizationPatterns()
	var out []body
	for _, hit := range s.longest(classOrganization) {
		n := len(out)
		if n == most {
			break
		}
		if n > 0 && int(hit.first) <= out[n-1].end {
			continue // it is the level of the one before: Ban Tổ chức Tỉnh ủy
		}
		if n > 0 && int(hit.last) < s.bracketEnd(out[n-1].end+1) && rows[hit.Value][0] == out[n-1].id {
			continue // its short form
		}
		b := body{hit: hit, id: rows[hit.Value][0], end: int(hit.last)}
		if b.level, b.end = s.levelBehind(b, h); b.id == "-" {
			b.end = s.nameEnd(b.end) // TW Hội of TW Hội Nông dân Việt Nam
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
		case leveled(b.id) && leveled(next.id):
			b.level = next.level
		case b.Rule&phrase.NeedsLevel != 0 && ofParty(b.id) && ofParty(next.id):
			b.level = levelProvince // Ban Tổ chức, Ban Nội chính Tỉnh ủy
		}
	}
	kept := out[:0]
	for _, b := range out {
		if s.counts(b) {
			kept = append(kept, b)
		}
	}
	return kept
}

// nameEnd is where the name ends that begins with unit i, i for none.
func (s *scan) nameEnd(i int) int {
	if h, ok := s.hitAt(i, classOrganization); ok {
		return int(h.last)
	}
	return i
}

// enumerates reports whether only list marks stand between tokens i and j.
func (s *scan) enumerates(i, j int) bool {
	if end := s.bracketEnd(i + 1); end > 0 && end < j {
		i = end
	}
	if j-i > 3 || j-i < 2 {
		return false
	}
	for i++; i < j; i++ {
		if t := s.Units[i]; t.Hash != phrase.Va && t.Hash != ',' && !t.Is('-') && t.Hash != '/' {
			return false
		}
	}
	return true
}

// counts applies a pattern's rules and the words that make a name another's.
func (s *scan) counts(b body) bool {
	before := int(b.first) - 1
	switch {
	case b.id == "-", b.Rule&phrase.NeedsLevel != 0 && b.level != levelProvince && b.level != levelDistrict && b.level != levelCommune:
		return false
	case s.inNumber(int(b.first)), b.id == "tinh-uy" && s.ofCongress(int(b.first)):
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
	switch b.id {
	case "ctxh":
		return false
	case "tinh-uy", "huyen-uy":
		return b.id == "tinh-uy" && b.level == 0 && s.WordAt(int(b.first)-1) == phrase.Cac
	}
	if b.level != 0 {
		return false
	}
	for i := b.first; i <= b.last; i++ {
		if s.Units[i].Has(vi.Capital) {
			return false
		}
	}
	return true
}

// named is the id that a name stands for at its level, empty for none.
func (s *scan) named(b body) string {
	o, _ := bulletin.OrganizationByID(b.id)
	switch b.level {
	case levelCommune, levelAll, levelCentral:
		if o.Group != "central" {
			return ""
		}
	case levelDistrict:
		switch b.id {
		case "mttq", "ubnd", "hdnd":
			return b.id + "-huyen"
		case "tinh-uy", "huyen-uy":
			return "huyen-uy"
		}
		if o.Group != "central" {
			return ""
		}
	case levelProvince:
		if b.id == "huyen-uy" {
			return "tinh-uy" // Thành ủy of a city of central rank
		}
	case 0:
		if w := s.WordAt(int(b.last)); (w == phrase.NamSouth || w == phrase.VN) && o.Group != "front" && o.Group != "central" {
			return "" // the national body: Hội Nông dân Việt Nam
		}
	}
	return b.id
}
