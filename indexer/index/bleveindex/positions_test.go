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
		if occurrences(a) != len(placesA) {
			t.Fatalf("%d places of %v", occurrences(a), placesA)
		}
		joined, known := following(a, b)
		spilt := len(placesA) > mostPlaces || len(placesB) > mostPlaces || slices.Max(append(append([]int{0}, placesA...), placesB...)) >= 1<<placeBits
		if known == spilt && len(placesA)+len(placesB) > 0 {
			t.Fatalf("known %v of %v and %v", known, placesA, placesB)
		}
		want := 0
		for _, p := range placesB {
			if slices.Contains(placesA, p-1) {
				want++
			}
		}
		if known && occurrences(joined) != want {
			t.Fatalf("%d of %v follow %v, want %d", occurrences(joined), placesB, placesA, want)
		}
		if both := addPlaces(a, b); occurrences(both) != len(placesA)+len(placesB) {
			t.Fatalf("%v and %v are %d places", placesA, placesB, occurrences(both))
		}
	}
}
