package bleveindex

// A bigram's frequency is written as a code that also holds its places, so
// that longer phrases can be told from the postings of their bigrams alone.
// The low three bits are how many places follow, ten bits each; 7 means that
// they did not fit and that the frequency follows instead.
const (
	mostPlaces  = 6
	placeBits   = 10
	placesSpilt = 7
)

// addPlace adds a place to the code of a bigram, which begins as 0.
func addPlace(code uint64, place int) uint64 {
	n := code & 7
	if n < mostPlaces && place < 1<<placeBits {
		return code + 1 | uint64(place)<<(3+placeBits*n)
	}
	return placesSpilt | uint64(occurrences(code)+1)<<3
}

// occurrences is the frequency in a code.
func occurrences(code uint64) int {
	if spilt(code) {
		return int(code >> 3)
	}
	return int(code & 7)
}

// addPlaces adds the places of one code to another.
func addPlaces(code, more uint64) uint64 {
	if code == 0 {
		return more
	}
	if spilt(code) || spilt(more) {
		return placesSpilt | uint64(occurrences(code)+occurrences(more))<<3
	}
	for b, n := more>>3, more&7; n > 0; n, b = n-1, b>>placeBits {
		code = addPlace(code, int(b&(1<<placeBits-1)))
	}
	return code
}

// spilt tells that the places are not in the code.
func spilt(code uint64) bool { return code&7 == placesSpilt }

// following keeps the places of next that come gap after one of code. It is 0
// when there are none. Neither has spilt.
func following(code, next uint64, gap int) (joined uint64) {
	for b, n := next>>3, next&7; n > 0; n, b = n-1, b>>placeBits {
		place := b & (1<<placeBits - 1)
		for c, n := code>>3, code&7; n > 0; n, c = n-1, c>>placeBits {
			if c&(1<<placeBits-1)+uint64(gap) == place {
				joined = addPlace(joined, int(place))
				break
			}
		}
	}
	return joined
}
