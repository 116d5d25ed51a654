package page

import (
	"cmp"
	_ "embed" // for the table
	"slices"
	"strconv"
	"sync"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// Places of the tiles, one for every province of today and one for every one of
// the 63 before. A tile stands beside those of its neighbours as far as squares
// allow: north is up, the coast is to the right, and where the country is one
// province wide so is the map. Sizes and distances are not kept: what is counted
// are bulletins and not land.
//
//go:embed tiles.tsv
var tilesTSV string

// tilePlace is where the tile of a province stands.
type tilePlace struct {
	slug        string
	column, row int
}

// grids are the places of the provinces of today, and of those before.
var grids = sync.OnceValue(func() map[index.Field][]tilePlace {
	out := map[index.Field][]tilePlace{}
	for _, f := range bulletin.ReadTable(tilesTSV, 4) {
		at := tilePlace{slug: f[1]}
		for i, to := range []*int{&at.column, &at.row} {
			var err error
			if *to, err = strconv.Atoi(f[2+i]); err != nil {
				panic("page: broken tile: " + err.Error())
			}
		}
		out[index.Field(f[0])] = append(out[index.Field(f[0])], at)
	}
	for _, places := range out {
		slices.SortFunc(places, func(a, b tilePlace) int { return cmp.Or(a.row-b.row, a.column-b.column) })
	}
	return out
})

// tilesView is a map of the country, one tile a province.
type tilesView struct {
	Page  *Page
	Tiles []tile
	Label string
	Now   bool // the provinces of today
}

type tile struct {
	URL, Name, Label, Mark string
	Class                  string // its place and colour
}

// newTiles draws counts of bulletins by province: those of today when now is
// set, else those of the bulletin's day. absent tells what none means.
func (p *Page) newTiles(counts map[string]int, now bool, only answer.Params, absent func(slug string) answer.State) tilesView {
	f := index.Province
	if now {
		f = index.ProvinceNow
	}
	v := tilesView{Page: p, Now: now, Label: p.T("tiles." + string(f))}
	shown, top := map[string]int{}, 0
	for slug, n := range counts {
		slug = tileOf(slug, now)
		shown[slug] += n
		top = max(top, shown[slug])
	}
	for _, at := range grids()[f] {
		n, name := shown[at.slug], bulletin.ProvinceLabel(at.slug)
		to := only.Clone()
		to.Filters[index.Province], to.Filters[index.ProvinceNow] = nil, nil
		to.Filters[f] = provincesOf(at.slug, now)
		t := tile{URL: to.Address("/search"), Name: name, Mark: strconv.Itoa(n), Label: name + ": " + p.N("bulletins", n)}
		if n > 0 {
			t.Class = shade(n, top)
		} else {
			state := absent(at.slug)
			t.Mark, t.Class, t.Label = marks[state], string(state), name+": "+p.T("coverage."+string(state))
		}
		t.Class += " c" + strconv.Itoa(at.column) + " r" + strconv.Itoa(at.row)
		v.Tiles = append(v.Tiles, t)
	}
	return v
}

// tileOf is the province whose tile shows the bulletins of one.
func tileOf(slug string, now bool) string {
	if now {
		return cmp.Or(bulletin.ProvinceNow(slug), slug)
	}
	if before := firstName(slug); before != "" {
		return before
	}
	return slug
}

// provincesOf are the values of the filter for what a tile shows.
func provincesOf(slug string, now bool) []string {
	out := []string{slug}
	if now {
		return out
	}
	for _, info := range bulletin.Provinces() {
		if firstName(info.Slug) == slug {
			out = append(out, info.Slug)
		}
	}
	return out
}

// firstName is the province that one continues under another name, "" for those
// that were there all the time.
func firstName(slug string) string {
	info, _ := bulletin.ProvinceBySlug(slug)
	if info.From == "" {
		return ""
	}
	for _, before := range bulletin.Provinces() {
		if before.Now == slug && before.Until == info.From {
			return before.Slug
		}
	}
	return ""
}

// What no bulletin means where nobody asked which portals were crawled.
const (
	stateZero  answer.State = "zero"  // there are bulletins of the province, none of these
	stateBlank answer.State = "blank" // there are no bulletins of it at all
)

// blankWithout tells the two apart by how many bulletins there are of each
// province.
func blankWithout(all map[string]int, now bool) func(slug string) answer.State {
	known := map[string]bool{}
	for slug, n := range all {
		known[tileOf(slug, now)] = n > 0 || known[tileOf(slug, now)]
	}
	return func(slug string) answer.State {
		if known[slug] {
			return stateZero
		}
		return stateBlank
	}
}

// marks stand in a cell without bulletins.
var marks = map[answer.State]string{answer.StateNone: "0", answer.StateFailing: "!", answer.StateUncrawled: "–", answer.StateMoved: "→", stateZero: "0", stateBlank: "–"}

// shade is the colour of n bulletins where the most are top.
func shade(n, top int) string { return "found" + strconv.Itoa(1+min(3, n*4/(top+1))) }
