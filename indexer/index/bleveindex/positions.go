package bleveindex

import "slices"

// A bigram's frequency is written as a code that holds its places, so that
// longer phrases can be told from the postings of their bigrams alone. The low
// three bits are how many places follow, ten bits each. Where those do not do,
// the code is elsewhere, and all places are in a field beside: a term there is
// the bigram and a page of so many words, its frequency the code of the places
// on that page, and further terms hold what does not fit into that.
const (
	mostPlaces = 6
	placeBits  = 10
	pageWords  = 1 << placeBits
	elsewhere  = 7
	unwritten  = 7 | 1<<3 // the text has too many pages, or a page too many places
	mostPages  = 31
	mostParts  = 4 // of a page
)

// addPlace adds a place to a code, which begins as 0. What does not fit is lost.
func addPlace(code uint64, place int) uint64 {
	n := code & 7
	if n >= mostPlaces || place >= pageWords {
		return elsewhere
	}
	return code + 1 | uint64(place)<<(3+placeBits*n)
}

// spilt tells that a code does not hold its places.
func spilt(code uint64) bool { return code&7 == elsewhere }

// eachPlace calls f with the places in a code that has not spilt.
func eachPlace(code uint64, f func(place int)) {
	for b, n := code>>3, code&7; n > 0; n, b = n-1, b>>placeBits {
		f(int(b & (pageWords - 1)))
	}
}

// addPlaces adds the places of one code to another.
func addPlaces(code, more uint64) uint64 {
	switch {
	case code == 0:
		return more
	case more == 0:
		return code
	case spilt(code) || spilt(more):
		return elsewhere
	}
	eachPlace(more, func(place int) { code = addPlace(code, place) })
	return code
}

// following keeps the places of next that come gap after one of code. It is 0
// when there are none. Neither has spilt.
func following(code, next uint64, gap int) (joined uint64) {
	if code&7 == 1 && next&7 == 1 { // as most are
		if code>>3+uint64(gap) == next>>3 {
			return next
		}
		return 0
	}
	eachPlace(next, func(place int) {
		for c, n := code>>3, code&7; n > 0; n, c = n-1, c>>placeBits {
			if int(c&(pageWords-1))+gap == place {
				joined = addPlace(joined, place)
				return
			}
		}
	})
	return joined
}

// pages are the codes of places, in ascending order, by what a term has after
// its bigram; nil when they are too many.
func pages(places []int) map[string]uint64 {
	out := map[string]uint64{}
	for len(places) > 0 {
		page := places[0] / pageWords
		if page >= mostPages {
			return nil
		}
		for part := 0; len(places) > 0 && places[0]/pageWords == page; part++ {
			if part == mostParts {
				return nil
			}
			code := uint64(0)
			for len(places) > 0 && places[0]/pageWords == page && code&7 < mostPlaces {
				code, places = addPlace(code, places[0]%pageWords), places[1:]
			}
			out[pageSuffix(page, part)] = code
		}
	}
	return out
}

const (
	pageMark   = "\x00"
	afterPages = "\x01"
)

// pageSuffix is what the term of a part of a page has after its bigram; no byte
// of it is 0 but the first.
func pageSuffix(page, part int) string { return pageMark + string(rune(1+page*mostParts+part)) }

// pageOf is the page of a term with a suffix.
func pageOf(term string) int { return int(term[len(term)-1]-1) / mostParts }

// chained keeps the places of next that come gap after one of before, which it
// sorts.
func chained(before, next []int, gap int) []int {
	slices.Sort(before)
	return slices.DeleteFunc(next, func(place int) bool {
		_, found := slices.BinarySearch(before, place-gap)
		return !found
	})
}
