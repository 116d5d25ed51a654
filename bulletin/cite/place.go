package cite

import (
	"cmp"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// docPlace is a level of administration and the name behind it: "tỉnh Lào
// Cai", "huyện Đại Từ", "phường Minh Xuân".
type docPlace struct {
	level    string // thành phố; empty for none
	name     string // as printed
	province string // slug, of a province
	unit     string // below the province, as keys name it
	end      int
}

// place reads a level and a name at i, or the name behind the level that ends
// there.
func (s *docScanner) place(i int) (p docPlace) {
	level, from, ok := s.meaning(i, classLevel)
	for back := 2; back > 0 && !ok; back-- {
		level, from, ok = s.meaning(i-back, classLevel)
		ok = ok && from == i
	}
	if !ok {
		from = i
	} else if p.level = level; s.isWord(from-1, phrase.TP) {
		from = s.skip(from, '.')
	}
	p.end = from
	if row, end, ok := s.match(from, classPlace); ok && (p.level == "" || p.wide()) && s.capital(from) {
		p.end = end
		if info := provinces()[row]; info.City || p.level != "thành phố" {
			p.province = info.Slug
		}
	}
	for known := p.end; p.end < from+4 && known == from && s.nameAt(p.end); {
		p.end++
	}
	p.name = s.printed(from, p.end)
	switch {
	case p.province != "" || p.level == "" || p.level == "tỉnh":
	case p.name == "":
		p.unit = unnamedUnits[p.level]
	default:
		p.unit = vi.Slug(p.level + " " + p.name)
	}
	return p
}

// unnamedUnits are the units of keys that name a level only; a city without a
// name may be the province itself.
var unnamedUnits = map[string]string{
	"xã": "xa", "phường": "xa", "thị trấn": "xa", "đặc khu": "xa", "huyện": "huyen", "quận": "huyen", "thị xã": "huyen", "thành phố": "thanh-pho",
}

// committeeLevels are the levels whose Party committees have letters of their own.
var committeeLevels = map[string]string{"HU": "huyện", "ThU": "thị xã", "QU": "quận", "ĐU": "xã"}

// wide tells the levels that provinces have.
func (p docPlace) wide() bool { return p.level == "tỉnh" || p.level == "thành phố" }

// provinceHole stands in a label for the name of the bulletin's own province.
const provinceHole = "\x00"

// label is how labels name a place.
func (p docPlace) label() string {
	switch info, ok := bulletin.ProvinceBySlug(p.province); {
	case ok:
		return provinceLabel(info)
	case p.level == "tỉnh" || p.wide() && p.name == "":
		return provinceHole
	}
	return strings.TrimSpace(p.level + " " + p.name)
}

// provinceLabel is how labels name a province, one that is not known too.
func provinceLabel(p bulletin.ProvinceInfo) string {
	if p.City {
		return "thành phố " + p.Name
	}
	return strings.TrimSpace("tỉnh " + p.Name)
}

// placeAll gives documents of provincial bodies their province: the one named
// with them, the one that the text names with the same label, the bulletin's.
func (l *docLinker) placeAll() {
	named := map[string]string{} // label → its province, empty when there are two
	for i := range l.found {
		m := &l.found[i]
		if p, ok := bulletin.ProvinceBySlug(m.province); ok && p.From != "" {
			m.province = bulletin.ProvinceAsOf(m.province, l.ctx.Published)
		}
		if other, ok := named[m.label]; m.local && m.province != "" {
			if named[m.label] = m.province; ok && other != m.province {
				named[m.label] = ""
			}
		}
	}
	for i := range l.found {
		m := &l.found[i]
		if m.local && m.province == "" {
			m.province = cmp.Or(named[m.label], l.ctx.Province)
		}
		p, _ := bulletin.ProvinceBySlug(m.province)
		if m.unit == "thanh-pho" {
			if m.unit = "huyen"; p.City {
				m.unit = ""
			}
		}
		m.label = strings.Replace(m.label, provinceHole, provinceLabel(p), 1)
	}
}
