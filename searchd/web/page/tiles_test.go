package page

import (
	"slices"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// TestTiles: each province has exactly one tile, no two stand in one place, and
// the style sheet has every place.
func TestTiles(t *testing.T) {
	want := map[index.Field][]string{}
	for _, p := range bulletin.Provinces() {
		if p.Until == "" {
			want[index.ProvinceNow] = append(want[index.ProvinceNow], p.Slug)
		}
		if p.From == "" {
			want[index.Province] = append(want[index.Province], p.Slug)
		}
	}
	for f, n := range map[index.Field]int{index.ProvinceNow: 34, index.Province: 63} {
		var got []string
		taken := map[[2]int]string{}
		for _, at := range grids()[f] {
			got = append(got, at.slug)
			place := [2]int{at.column, at.row}
			if other := taken[place]; other != "" {
				t.Errorf("%s: %s and %s stand at %v", f, other, at.slug, place)
			}
			taken[place] = at.slug
			if at.column < 0 || at.column > 5 || at.row < 0 || at.row > 23 {
				t.Errorf("%s: %s stands at %v, which the style sheet has not", f, at.slug, place)
			}
		}
		slices.Sort(got)
		slices.Sort(want[f])
		if len(got) != n || !slices.Equal(got, want[f]) {
			t.Errorf("%s: %d tiles %v, want %v", f, len(got), got, want[f])
		}
	}
}

// TestTileShowsEveryProvince: bulletins of any province of any time show on one
// tile of each map, which finds them.
func TestTileShowsEveryProvince(t *testing.T) {
	for _, p := range bulletin.Provinces() {
		if got := tileOf(p.Slug, true); got != p.Now {
			t.Errorf("today %s shows on %s", p.Slug, got)
		}
		if got := tileOf(p.Slug, false); !slices.Contains(provincesOf(got, false), p.Slug) {
			t.Errorf("%s shows on %s, which finds %v", p.Slug, got, provincesOf(got, false))
		}
	}
	if got := provincesOf("thua-thien-hue", false); !slices.Equal(got, []string{"thua-thien-hue", "hue"}) {
		t.Error(got)
	}
}
