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
		far := slices.ContainsFunc(slices.Concat(placesA, placesB), func(p int) bool { return p >= 1<<placeBits })
		if (len(placesA) > mostPlaces || len(placesB) > mostPlaces || far) != (spilt(a) || spilt(b)) {
			t.Fatalf("%v or %v should be spilt, or neither", placesA, placesB)
		}
		gap, want := 1+r.IntN(2), 0
		for _, p := range placesB {
			if slices.Contains(placesA, p-gap) {
				want++
			}
		}
		if !spilt(a) && !spilt(b) && occurrences(following(a, b, gap)) != want {
			t.Fatalf("%d of %v follow %v, want %d", occurrences(following(a, b, gap)), placesB, placesA, want)
		}
		if both := addPlaces(a, b); occurrences(both) != len(placesA)+len(placesB) {
			t.Fatalf("%v and %v are %d places", placesA, placesB, occurrences(both))
		}
	}
}
