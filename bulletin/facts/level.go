package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// home is the province that a text takes for granted, and the text's day.
type home struct {
	slug string
	city bool   // of central rank
	day  string // 2006-01-02, empty when unknown
}

func homeOf(province string, day time.Time) home {
	p, _ := bulletin.ProvinceBySlug(province)
	h := home{slug: province, city: p.City}
	if !day.IsZero() {
		h.day = day.In(bulletin.Zone).Format(time.DateOnly)
	}
	return h
}

// holdsNothing reports whether a body's level, the district's, had ended by the
// text's day: texts still name such bodies, but none of them meets.
func (h home) holdsNothing(id string) bool {
	o, _ := bulletin.OrganizationByID(id)
	return o.BelowProvince() && o.Until != "" && h.day >= o.Until
}

// levelBehind reads the level that follows a name, with the place behind it.
func (s *scan) levelBehind(b body, h home) (level uint16, end int) {
	last := int(b.last)
	i := s.Next(last)
	several, counted := s.several(i)
	place, named := s.provinceAt(i)
	found, ok := s.hitAt(i, classLevel)
	own := s.ownLevel(b)
	ofCity, bare := own == levelCity, own
	if ofCity {
		bare = levelDistrict
		if h.city {
			bare = levelProvince
		}
	}
	switch {
	case own == levelDistrict:
		return own, s.townEnd(last)
	case counted:
		return several.Value, int(several.last)
	case named && ofCity && !h.central(place):
		return levelDistrict, int(place.last)
	case named:
		return levelProvince, int(place.last)
	case !ok && ofCity && (!h.city || s.starts(i, classTown)):
		return levelDistrict, s.townEnd(last)
	case !ok || ofCity && found.Value != levelCity: // tỉnh behind Thành ủy is another's
		return bare, last
	}
	level, end = found.Value, int(found.last)
	if s.WordAt(end) == phrase.TP && s.KindAt(end+1) == '.' {
		end++
	}
	place, named = s.provinceAt(end + 1)
	switch {
	case level == levelCity && named && h.central(place):
		return levelProvince, int(place.last)
	case level == levelCity && h.city && !s.starts(end+1, classTown): // any other name is a person's
		return levelProvince, end
	case level == levelCity:
		return levelDistrict, s.townEnd(end)
	case level == levelProvince && named:
		end = int(place.last)
	case level == levelDistrict || level == levelCommune:
		end = s.townEnd(end)
	}
	return level, end
}

// several is the level behind a count at unit i: UBND 124 xã, MTTQ 7/7 huyện.
func (s *scan) several(i int) (hit, bool) {
	if s.KindAt(i) != vi.KindDigits {
		return hit{}, false
	}
	if i++; s.KindAt(i) == '/' {
		i += 2
	}
	return s.hitAt(i, classLevel)
}

// townEnd is the last token of the proper name behind token i, at most four
// words long.
func (s *scan) townEnd(i int) int {
	const longest = 4
	for end := i; end < i+longest; end++ {
		if !s.namesTown(end+1) || s.starts(end+1, classOrganization) {
			return end
		}
	}
	return i
}

// namesTown reports whether a proper name begins at token i: "thành phố Thủ Đức".
func (s *scan) namesTown(i int) bool {
	return s.KindAt(i) == 'w' && s.Units[i].Has(vi.Capital) && !s.Units[i].Has(vi.NewLine)
}

// ownLevel is the level that a name says itself: Huyện ủy, Thành ủy, Quận đoàn;
// 0 for most.
func (s *scan) ownLevel(b body) uint16 {
	switch unit := int(b.last) - 1; {
	case b.ID != "huyen-uy" && b.ID != "doan":
	case s.WordAt(unit) == phrase.Thanh:
		return levelCity
	case s.oneOf(unit, phrase.Huyen, phrase.Quan, phrase.Thi):
		return levelDistrict
	}
	return 0
}

// provinceAt is the name of a province at token i.
func (s *scan) provinceAt(i int) (hit, bool) {
	h, ok := s.hitAt(i, classProvince)
	return h, ok && h.Value != phrase.NoProvince
}

// central reports whether a place name is a city of central rank; Huế is one
// only since its province became it.
func (h home) central(place hit) bool {
	p := provinceList()[place.Value]
	return p.City && (p.Slug != "hue" || h.slug != "thua-thien-hue")
}
