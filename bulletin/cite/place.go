package cite

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// place reads a level and a name at i, or behind the level that ends there:
// "tỉnh Lào Cai", "huyện Đại Từ", "phường Minh Xuân". A province has a slug; a
// unit below it has the one that keys name it by.
func (s *docScanner) place(i int) (province, unit string, end int) {
	if s.isWord(i-1, phrase.TP) && s.Mark(i, '.') {
		i++
	}
	level := s.level(i)
	switch {
	case level != "" && s.isWord(i, phrase.TP):
		if i++; s.Mark(i, '.') && !s.Units[i].Has(vi.Spaced) {
			i++
		}
	case level != "":
		i += strings.Count(level, " ") + 1
	default:
		if level = s.level(i - 2); !strings.Contains(level, " ") {
			level = s.level(i - 1)
		}
	}
	upper := level == "" || level == "tỉnh" || level == "thành phố"
	if row, end, ok := s.match(i, classPlace); ok && upper && s.capital(i) {
		slug := provinces()[row].Slug
		if p, _ := bulletin.ProvinceBySlug(slug); level == "thành phố" && !p.City {
			return "", vi.Slug(level) + "-" + slug, end
		}
		return slug, "", end
	}
	end = s.skipName(i)
	switch {
	case level == "" || level == "tỉnh":
		return "", "", end
	case end == i:
		return "", unnamedUnits[level], end
	}
	return "", vi.Slug(level + " " + s.spaced(i, end)), end
}

// unnamedUnits are the units of keys that name a level only; a city without a
// name may be the province itself.
var unnamedUnits = map[string]string{
	"xã": "xa", "phường": "xa", "thị trấn": "xa", "đặc khu": "xa", "huyện": "huyen", "quận": "huyen", "thị xã": "huyen", "thành phố": "thanh-pho",
}

// committeeLevels are the levels whose Party committees have letters of their own.
var committeeLevels = map[string]string{"HU": "huyện", "ThU": "thị xã", "QU": "quận", "ĐU": "xã"}

// skipName steps over up to four words with capitals, the name of a district.
func (s *docScanner) skipName(i int) int {
	for range 4 {
		if i >= len(s.Units) {
			return i
		}
		t := s.Units[i]
		if t.Kind != vi.KindWord || !t.Has(vi.Capital) || t.Has(vi.Upper) || t.Has(vi.NewPara) {
			return i
		}
		if _, _, typed := s.match(i, classType); typed {
			return i
		}
		i++
	}
	return i
}

// placeIssuer reads a province that stands for its authorities: "của tỉnh Lào
// Cai".
func (s *docScanner) placeIssuer(i int) (docIssuer, int, bool) {
	if !s.isWord(i, phrase.Tinh) && !s.isWord(i, phrase.TP) && (!s.isWord(i, phrase.Thanh) || !s.isWord(i+1, phrase.Pho)) {
		return docIssuer{}, i, false
	}
	province, unit, end := s.place(i)
	return docIssuer{province: province, unit: unit}, end, province != "" || unit != ""
}

// level names the level of administration that stands at k, empty for none.
func (s *docScanner) level(k int) string {
	row, _, ok := s.match(k, classLevel)
	if !ok || s.Units[k].Has(vi.NewPara) {
		return ""
	}
	return levels[row]
}

func provinceType(p bulletin.ProvinceInfo) string {
	if p.City {
		return "thành phố"
	}
	return "tỉnh"
}

// placeAll gives documents of provincial bodies their province: the one named
// with them, the one that the text names with the same label, the bulletin's.
func (l *docLinker) placeAll() {
	named := map[string]string{} // label → its province, "?" when there are two
	for i := range l.found {
		m := &l.found[i]
		if p, ok := bulletin.ProvinceBySlug(m.province); ok && p.From != "" {
			m.province = bulletin.ProvinceAsOf(m.province, l.ctx.Published)
		}
		if m.local && m.province != "" {
			if p, ok := named[m.label]; ok && p != m.province {
				named[m.label] = "?"
			} else {
				named[m.label] = m.province
			}
		}
	}
	for i := range l.found {
		m := &l.found[i]
		if m.local && m.province == "" {
			if m.province = l.ctx.Province; len(named[m.label]) > 1 {
				m.province = named[m.label]
			}
		}
		if p, _ := bulletin.ProvinceBySlug(m.province); m.unit == "thanh-pho" {
			if m.unit = "huyen"; p.City {
				m.unit = ""
			}
		}
		if strings.Contains(m.label, provinceHole) {
			m.label = fillProvince(m.label, m.province)
		}
	}
}

// fillProvince writes the name of the bulletin's province into a label.
func fillProvince(label, slug string) string {
	p, ok := bulletin.ProvinceBySlug(slug)
	if !ok {
		return strings.Replace(label, provinceHole, "tỉnh", 1)
	}
	return strings.Replace(label, provinceHole, provinceType(p)+" "+p.Name, 1)
}
