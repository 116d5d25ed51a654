package facts

import (
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
	cue   int  // first token of the cue
	own   int  // 1 when the name is its own cue
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
		if !s.cued(&p) {
			continue
		}
		p.aside = s.isAside(&p)
		out = append(out, p)
	}
	return out
}

// cued finds the cue before a name: a body or kind of place, or "tại" before a
// name that is no common word.
func (s *scan) cued(p *place) bool {
	first := int(p.first)
	if first == 0 || s.Units[first].Has(vi.NewPara) {
		return s.ownCue(p)
	}
	j := first - 1
	if s.Units[j].Is('.') && s.WordAt(j-1) == phrase.TP {
		j--
	}
	if h, ok := s.hitEnding(j, classPlaceCue, 5); ok {
		p.cue = int(h.first)
		return !s.isStreet(int(h.first))
	}
	if w := s.WordAt(j); (w == phrase.Tai || w == phrase.O) && p.slug != "hoa-binh" && p.last > p.first {
		p.cue, p.weak = j, true
		return true
	}
	return s.ownCue(p)
}

// isStreet tells "đường phố Hà Nam" and the like: the cue belongs to a word
// before it.
func (s *scan) isStreet(i int) bool {
	return i > 0 && s.WordAt(i) == phrase.Pho && s.WordAt(i-1) != phrase.Thanh
}

// ownCue reports whether the name carries its kind (TP.HCM, TPHCM) or opens
// the text before a colon ("Hà Giang: …").
func (s *scan) ownCue(p *place) bool {
	t := s.Units[p.first]
	if p.first == 0 && s.KindAt(int(p.last)+1) == ':' {
		p.cue, p.own = 0, 1
		return true
	}
	if t.Hash != phrase.TP && t.Hash != phrase.TPHCM {
		return false
	}
	p.cue, p.own = int(p.first), 1
	return true
}

// isAside reports whether the place is met and not the scene: behind "với",
// "đón đoàn …", or one of several joined by commas.
func (s *scan) isAside(p *place) bool {
	const reach = 8
	for j := p.cue - 1; j >= 0 && j >= p.cue-reach; j-- {
		t := s.Units[j]
		if t.Has(vi.NewPara) || t.Is('.') || t.Is(';') {
			return false
		}
		if _, ok := s.hitEnding(j, classAsideCue, 3); ok {
			return true
		}
		if t.Is(',') || t.Hash == phrase.Va {
			return false
		}
	}
	return false
}

// provinceReading is the province that a bulletin belongs to.
type provinceReading struct {
	Province      string // slug as of the bulletin's day
	Now           string // slug of today's
	Field         string // "title" when the span is in the title, else it is in the text
	bulletin.Span        // of the name, empty when the portal alone told
}

// readProvince reads the province of a bulletin published on day t, zero when
// unknown, on a portal of province site, empty when unknown. The portal's own
// is the default; the first place of the title, else of the lead, that is the
// scene and stands before any bare "tỉnh" (the portal's) takes its place.
// Without a portal the text must name one province first or most.
func readProvince(title, lead, body *scan, site string, t time.Time) (provinceReading, bool) {
	dated := func(slug, field string, sp bulletin.Span) (provinceReading, bool) {
		return provinceReading{Province: bulletin.ProvinceAsOf(slug, t), Now: bulletin.ProvinceNow(slug), Field: field, Span: sp}, slug != ""
	}
	titlePlace, titleOwn := title.scene(site)
	if titlePlace != nil {
		return dated(titlePlace.slug, "title", title.span(int(titlePlace.first), int(titlePlace.last)))
	}
	if !titleOwn {
		if p, _ := lead.scene(site); p != nil {
			return dated(p.slug, "", lead.span(int(p.first), int(p.last)))
		}
	}
	if site != "" {
		return dated(site, "", bulletin.Span{})
	}
	slug, sp := body.mostNamed()
	return dated(slug, "", sp)
}

// scene is the first place of a text that is not aside. Own tells that the
// text spoke of the portal's own province first.
func (s *scan) scene(site string) (scene *place, own bool) {
	places := s.places()
	bare := len(s.Units)
	if site != "" {
		bare = s.bareProvince()
	}
	named := bare < len(s.Units) || slices.ContainsFunc(places, func(p place) bool { return sameLand(p.slug, site) })
	for i := range places {
		p := &places[i]
		if p.weak && named {
			continue
		}
		if int(p.first) > bare || sameLand(p.slug, site) && !p.aside {
			return nil, true
		}
		if !p.aside && !s.listed(places, i) {
			return p, false
		}
	}
	return nil, named
}

// sameLand reports whether a name is the portal's own province by an older or
// newer name that covers the same land.
func sameLand(slug, site string) bool {
	return slug == site || slug == "hue" && site == "thua-thien-hue" || slug == "thua-thien-hue" && site == "hue"
}

// listed reports whether place i is one of several in a row.
func (s *scan) listed(places []place, i int) bool {
	near := func(a, b place) bool {
		for j := int(a.last) + 1; j < int(b.first); j++ {
			if w := s.Units[j].Hash; w != ',' && w != phrase.Va && w != phrase.Tinh {
				return false
			}
		}
		return true
	}
	return i+1 < len(places) && near(places[i], places[i+1]) || i > 0 && near(places[i-1], places[i])
}

// bareProvince is the first "tỉnh" of a body's name with no place behind it.
func (s *scan) bareProvince() int {
	for i, t := range s.Units {
		if t.Hash != phrase.Tinh || i == 0 {
			continue
		}
		if _, named := s.hitAt(i+1, classProvince); named {
			continue
		}
		if h, ok := s.hitEnding(i, classOrganization, 8); ok && int(h.first) < i {
			return i
		}
		if _, ok := s.hitEnding(i-1, classOrganization, 8); ok {
			return i
		}
		if _, ok := s.hitAt(i, classOrganization); ok { // Tỉnh ủy, Tỉnh đoàn
			if _, named := s.hitAt(i+2, classProvince); !named {
				return i
			}
		}
	}
	return len(s.Units)
}

// mostNamed is the province named more often than all others together; the
// names of Huế's land before and after it became a city count as one.
func (s *scan) mostNamed() (string, bulletin.Span) {
	count, first, total := map[string]int{}, map[string]bulletin.Span{}, 0
	for _, p := range s.places() {
		if sameLand(p.slug, "hue") {
			p.slug = "thua-thien-hue"
		}
		if count[p.slug]++; count[p.slug] == 1 {
			first[p.slug] = s.span(int(p.first), int(p.last))
		}
		total++
	}
	for slug, n := range count {
		if 2*n > total {
			return slug, first[slug]
		}
	}
	return "", bulletin.Span{}
}
