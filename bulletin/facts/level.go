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
	p, ok := bulletin.ProvinceBySlug(province)
	h := home{slug: province, city: ok && p.City}
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

// leveled tells the bodies that exist at every level.
func leveled(id string) bool {
	o, ok := bulletin.OrganizationByID(id)
	if !ok {
		return false
	}
	switch o.Group {
	case "front", "socio-political", "group", "state", "judicial", "armed":
		return true
	}
	return id == "ubkt"
}

// levelBehind reads the level that follows a name, with the place behind it.
func (s *scan) levelBehind(b body, h home) (level uint16, end int) {
	last := int(b.last)
	own := s.ownLevel(b)
	if own == levelDistrict {
		return levelDistrict, s.townEnd(last)
	}
	ofCity := own == levelCity
	i := s.Next(last)
	if i < 0 {
		return h.cityLevel(ofCity), last
	}
	if several, ok := s.several(i); ok {
		return several.Value, int(several.last)
	}
	if p, ok := s.hitAt(i, classProvince); ok && p.Value != phrase.NoProvince {
		if ofCity && !h.central(p) {
			return levelDistrict, int(p.last)
		}
		return levelProvince, int(p.last)
	}
	found, ok := s.hitAt(i, classLevel)
	switch {
	case !ok && ofCity && (!h.city || s.isTown(i)):
		return levelDistrict, s.townEnd(last)
	case !ok:
		return h.cityLevel(ofCity), last
	}
	if ofCity && found.Value != levelCity {
		return h.cityLevel(ofCity), last // tỉnh behind Thành ủy is another's
	}
	level, end = found.Value, int(found.last)
	if s.WordAt(end) == phrase.TP && s.KindAt(end+1) == '.' {
		end++
	}
	place, named := s.hitAt(end+1, classProvince)
	switch {
	case level == levelCity && named && h.central(place):
		return levelProvince, int(place.last)
	case level == levelCity && h.city && !s.isTown(end+1):
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

// ofParty tells the boards of a party committee.
func ofParty(id string) bool {
	o, _ := bulletin.OrganizationByID(id)
	return o.Group == "party"
}

// townEnd is the last token of the proper name behind token i, at most four
// words long.
func (s *scan) townEnd(i int) int {
	const longest = 4
	for end := i; end < i+longest; end++ {
		if !s.namesTown(end + 1) {
			return end
		}
		if _, body := s.hitAt(end+1, classOrganization); body {
			return end
		}
	}
	return i
}

// namesTown reports whether a proper name begins at token i: "thành phố Thủ Đức".
func (s *scan) namesTown(i int) bool {
	return s.KindAt(i) == 'w' && s.Units[i].Has(vi.Capital) && !s.Units[i].Has(vi.NewLine)
}

// isTown reports whether one of the cities that are no province is named at
// token i: behind "UBND thành phố" of a city of central rank any other name is
// a person's.
func (s *scan) isTown(i int) bool {
	_, ok := s.hitAt(i, classTown)
	return ok
}

// ownLevel is the level that a name says itself: Huyện ủy, Thành ủy, Quận đoàn;
// 0 for most.
func (s *scan) ownLevel(b body) uint16 {
	if b.id != "huyen-uy" && b.id != "doan" {
		return 0
	}
	switch s.WordAt(int(b.last) - 1) {
	case phrase.Thanh:
		return levelCity
	case phrase.Huyen, phrase.Quan, phrase.Thi:
		return levelDistrict
	}
	return 0
}

// cityLevel is the level of a bare "Thành ủy": the province's where the home
// is a city of central rank.
func (h home) cityLevel(ofCity bool) uint16 {
	switch {
	case !ofCity:
		return 0
	case h.city:
		return levelProvince
	}
	return levelDistrict
}

// central reports whether a place name is a city of central rank; Huế is one
// only since its province became it.
func (h home) central(place hit) bool {
	if place.Value == phrase.NoProvince {
		return false
	}
	p := provinceList()[place.Value]
	return p.City && (p.Slug != "hue" || h.slug != "thua-thien-hue")
}
