package bleveindex

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	some := func() (code uint64, places []int) {
		for range r.IntN(9) {
			if p := r.IntN(40) + r.IntN(2)*r.IntN(1100); !slices.Contains(places, p) {
				places = append(places, p)
				code = addPlace(code, p)
			}
		}
		return code, places
	}
	for range 20000 {
		a, placesA := some()
		b, placesB := some()
		far := func(p int) bool { return p >= pageWords }
		if want := len(placesA) > mostPlaces || slices.ContainsFunc(placesA, far); want != spilt(a) {
			t.Fatalf("%v spilt: %v", placesA, spilt(a))
		}
		if spilt(a) || spilt(b) {
			continue
		}
		gap := 1 + r.IntN(2)
		want := chained(placesA, slices.Clone(placesB), gap)
		var got []int
		eachPlace(following(a, b, gap), func(place int) { got = append(got, place) })
		if !slices.Equal(got, want) {
			t.Fatalf("%v of %v follow %v, want %v", got, placesB, placesA, want)
		}
		if both := addPlaces(a, b); spilt(both) != (len(placesA)+len(placesB) > mostPlaces) {
			t.Fatalf("%v and %v spilt: %v", placesA, placesB, spilt(both))
		}
	}
}

func TestPages(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		var places, got []int
		for p := r.IntN(2000); p < mostPages*pageWords && len(places) < 200; p += 1 + r.IntN(900) {
			places = append(places, p)
		}
		terms := pages(places)
		for suffix, code := range terms {
			if spilt(code) {
				t.Fatalf("the code of %q has spilt", suffix)
			}
			eachPlace(code, func(place int) { got = append(got, pageOf("giao ban"+suffix)*pageWords+place) })
		}
		if slices.Sort(got); !slices.Equal(got, places) {
			t.Fatalf("%v read back as %v", places, got)
		}
	}
	if pages([]int{3, mostPages * pageWords}) != nil {
		t.Error("a place past the last page is written")
	}
	crowded := make([]int, mostParts*mostPlaces+1)
	for i := range crowded {
		crowded[i] = 10 * i
	}
	if pages(crowded) != nil {
		t.Error("more places on a page than there are parts are written")
	}
}
