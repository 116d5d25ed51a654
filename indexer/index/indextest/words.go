package indextest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
)

func testSuggest(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	a := dated(one("a", "Tuyên Quang giao ban quý II", "mặt trận"), "2020-05-01")
	a.Bulletin.Province = "tuyen-quang"
	a.Bulletin.Cites = []bulletin.Citation{{Key: "73-nq-tu@tuyen-quang", Label: "73-NQ/TU", Type: "Nghị quyết"}}
	b := dated(one("b", "Tuyển dụng công chức", "tổ quốc"), "2021-05-01")
	apply(t, ix, 1, a, b)
	for _, c := range []struct{ typed, want string }{
		{"tuyen", "province Tuyên Quang; title Tuyển dụng công chức; title Tuyên Quang giao ban quý II"},
		{"Tuyên Q", "province Tuyên Quang; title Tuyên Quang giao ban quý II"},
		{"73-n", "document 73-NQ/TU"},
		{"nghị quyết 73", "document 73-NQ/TU"},
		{"giao b", "title Tuyên Quang giao ban quý II"},
		{"ha giang", ""},
		{"", ""},
		{"---", ""},
	} {
		got, err := ix.Suggest(t.Context(), c.typed, 5)
		if err != nil {
			t.Fatalf("%q: %v", c.typed, err)
		}
		var parts []string
		for _, s := range got {
			parts = append(parts, s.Kind+" "+s.Text)
			if s.Count < 1 {
				t.Errorf("%q leads to nothing", s.Text)
			}
		}
		if d := cmp.Diff(c.want, strings.Join(parts, "; ")); d != "" {
			t.Errorf("%q: %s", c.typed, d)
		}
	}
}

func testCorrect(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	apply(t, ix, 1, one("a", "giao ban", "nghị quyết của mặt trận"), one("b", "giao ban", "nghị định"), one("c", "", "biến mất"))
	apply(t, ix, 2, bulletin.Change{ID: "c"})
	for _, c := range []struct{ word, want string }{
		{"nghi", ""},
		{"nghị", ""},
		{"ngi", "nghi"},
		{"bn", "ban"},
		{"bi", ""},
		{"b", ""},
		{"quyett", "quyet"},
		{"quyếtt", "quyết"},
		{"trậnn", "trận"},
		{"nghỉ", "nghi nghị"},
		{"bienn", ""},
		{"zzzzzz", ""},
		{"", ""},
	} {
		got, err := ix.Correct(t.Context(), c.word, 3)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %q", c.word, got, c.want)
		}
	}
}

func testSimilar(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	twin := one("twin", "Thiên tai", "bão lũ sạt lở đê điều vùng núi")
	twin.Group = "a"
	apply(t, ix, 1,
		one("a", "Bão lũ", "bão lũ sạt lở đê điều vùng núi"), twin,
		one("b", "Mưa lớn", "bão gây sạt lở đê và ngập vùng thấp"),
		one("c", "Giáo dục", "trường học khai giảng năm học mới"),
	)
	got, err := ix.Similar(t.Context(), "a", 5)
	if err != nil || len(got) != 1 || got[0].ID != "b" {
		t.Errorf("similar: %v, %v", got, err)
	}
	if _, err := ix.Similar(t.Context(), "none", 5); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("similar to an unknown bulletin: %v", err)
	}
}

func testFacetSize(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	var changes []bulletin.Change
	for i := range 55 {
		c := one(fmt.Sprintf("f%02d", i), "giao ban", "mặt trận")
		for k := range 10 {
			if i >= k*(k+1)/2 {
				c.Bulletin.Organizations = append(c.Bulletin.Organizations, fmt.Sprintf("org-%d", k))
			}
		}
		changes = append(changes, c)
	}
	apply(t, ix, 1, changes...)
	res, err := ix.Search(t.Context(), index.Query{
		Facets: []index.Field{index.Org}, Values: 3, Filters: map[index.Field][]string{index.Org: {"org-9"}},
	})
	want := []index.Count{{Value: "org-0", Count: 55}, {Value: "org-1", Count: 54}, {Value: "org-2", Count: 52}, {Value: "org-9", Count: 10}}
	if d := cmp.Diff(want, res.Facets[index.Org]); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}
