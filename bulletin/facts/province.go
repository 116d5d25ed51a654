package facts

import (
	"cmp"
	"slices"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// place is a province named in a text with a cue that makes the name a place:
// tỉnh Lào Cai, UBND tỉnh Lào Cai, Tỉnh ủy Lào Cai, TP Đà Nẵng. Names without one
// are words, persons or streets.
type place struct {
	hit
	slug  string
	cue   int  // first token of the cue, of the name when it is its own
	weak  bool // only "tại" stands before: many meet in Hà Nội
	aside bool // only met, visited or listed among others, not where the event is
}

func (s *scan) places() []place {
	var out []place
	for _, h := range s.longest(classProvince) {
		if h.Value == phrase.NoProvince {
			continue
		}
		p := place{hit: h, slug: provinceList()[h.Value].Slug}
		if s.cued(&p) {
			p.aside = s.isAside(p)
			out = append(out, p)
		}
	}
	return out
}

// cued finds the cue of a name: a body or kind of place before it, "tại" before
// one that is no common word, else its own kind (TP.HCM, TPHCM) or a colon behind
// it where the text begins ("Hà Giang: …").
func (s *scan) cued(p *place) bool {
	first := int(p.first)
	j := first - 1
	if s.KindAt(j) == '.' && s.WordAt(j-1) == phrase.TP {
		j--
	}
	cue, ok := s.hitEnding(j, classPlaceCue, 5)
	inside := first > 0 && !s.Units[first].Has(vi.NewPara)
	switch {
	case inside && ok:
		p.cue = int(cue.first)
	case inside && s.oneOf(j, phrase.Tai, phrase.O) && p.slug != "hoa-binh" && p.last > p.first:
		p.cue, p.weak = j, true
	case s.oneOf(first, phrase.TP, phrase.TPHCM), first == 0 && s.KindAt(int(p.last)+1) == ':':
		p.cue = first
	default:
		return false
	}
	return true
}

// isAside reports whether the place is met and not the scene: behind "với",
// "đón đoàn …", or one of several joined by commas.
func (s *scan) isAside(p place) bool {
	const reach = 8
	for j := range s.leftward(p.cue, reach) {
		if s.ends(j, classAsideCue, 3) {
			return true
		}
		if s.oneOf(j, ',', phrase.Va, '.', ';') {
			return false
		}
	}
	return false
}

// readProvince reads the province of a bulletin published on day t, empty when
// unknown, on a portal of province site, empty when unknown. The portal's own
// is the default; the first place of the title, else of the lead, that is the
// scene and stands before any bare "tỉnh" (the portal's) takes its place.
// Without a portal the text must name one province first or most.
func readProvince(title, lead, body *scan, site string, t time.Time) string {
	scene, own := title.scene(site)
	if scene == "" && !own {
		scene, _ = lead.scene(site)
	}
	scene = cmp.Or(scene, site)
	if scene == "" {
		scene = body.mostNamed()
	}
	return bulletin.ProvinceAsOf(scene, t)
}

// scene is the province of the first place of a text that is not aside. Own
// tells that the text spoke of the portal's own province first.
func (s *scan) scene(site string) (slug string, own bool) {
	places := s.places()
	bare := len(s.Units)
	if site != "" {
		bare = s.bareProvince()
	}
	ofSite := func(p place) bool { return land(p.slug) == land(site) }
	named := bare < len(s.Units) || slices.ContainsFunc(places, ofSite)
	for i, p := range places {
		switch {
		case p.weak && named:
		case int(p.first) > bare, ofSite(p) && !p.aside:
			return "", true
		case !p.aside && !s.listed(places, i):
			return p.slug, false
		}
	}
	return "", named
}

// land is a province by the first of its names for the same land: Huế became a
// city of central rank as it was.
func land(slug string) string {
	if slug == "hue" {
		return "thua-thien-hue"
	}
	return slug
}

// listed reports whether place i is one of several in a row.
func (s *scan) listed(places []place, i int) bool {
	near := func(a, b place) bool { return s.joins(int(a.last), int(b.first), phrase.Tinh) }
	return i+1 < len(places) && near(places[i], places[i+1]) || i > 0 && near(places[i-1], places[i])
}

// bareProvince is the first "tỉnh" of a body's name with no place behind it.
func (s *scan) bareProvince() int {
	const longest = 8
	for i := range s.Units {
		if i == 0 || s.Units[i].Hash != phrase.Tinh || s.starts(i+1, classProvince) {
			continue
		}
		h, ok := s.hitEnding(i, classOrganization, longest)
		opens := s.starts(i, classOrganization) && !s.starts(i+2, classProvince) // Tỉnh ủy, Tỉnh đoàn
		if ok && int(h.first) < i || s.ends(i-1, classOrganization, longest) || opens {
			return i
		}
	}
	return len(s.Units)
}

// mostNamed is the province named more often than all others together.
func (s *scan) mostNamed() string {
	count := map[string]int{}
	places := s.places()
	for _, p := range places {
		count[land(p.slug)]++
	}
	for slug, n := range count {
		if 2*n > len(places) {
			return slug
		}
	}
	return ""
}
