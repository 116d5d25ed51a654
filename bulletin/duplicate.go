package bulletin

import (
	"slices"
	"time"

	"bantin/analyzers/vi"
)

// Signature is the MinHash of a text: Signature[i] of two texts are equal with
// a probability that is the share of shingles they have in common.
type Signature = [128]uint32

const (
	shingleWords   = 3 // of the signature and of the Jaccard measure
	containedWords = 5 // of the containment measure
	bandRows       = 4

	minJaccard     = 0.45
	minContainment = 0.5
	sameJaccard    = 0.3 // the same two when the figures agree
	sameContained  = 0.35
	shortText      = 30 // words; shorter texts must agree word for word
)

// Fingerprint returns the MinHash of the folded three-word shingles of text
// (Broder 1997). Texts without a whole shingle have the zero signature, which
// is like nothing.
func Fingerprint(text string) (sig Signature) {
	shingles := vi.Shingles(text, shingleWords)
	if len(shingles) == 0 {
		return sig
	}
	for i := range sig {
		sig[i] = ^uint32(0)
	}
	for _, h := range shingles {
		// Kirsch and Mitzenmacher 2006: two hashes make all the others.
		a, b := uint32(h>>32), uint32(h)|1
		for i := range sig {
			v := scatter(a + uint32(i)*b)
			sig[i] = min(sig[i], v)
		}
	}
	return sig
}

// scatter spreads the bits of x: the finalizer of MurmurHash3.
func scatter(x uint32) uint32 {
	x ^= x >> 16
	x *= 0x85ebca6b
	x ^= x >> 13
	x *= 0xc2b2ae35
	return x ^ x>>16
}

// Bands cuts a signature into 32 bands of four rows. Two texts are worth a
// [Similar] when any band is the same at the same place: nearly always when
// they share three quarters of their shingles, in 7 of 10 cases at 45 %, in 1
// of 20 at 20 %.
func Bands(sig Signature) (bands [32]uint64) {
	for i := range bands {
		h := uint64(14695981039346656037)
		for _, row := range sig[i*bandRows : (i+1)*bandRows] {
			h = (h ^ uint64(row)) * 1099511628211
			h ^= h >> 29
		}
		bands[i] = h
	}
	return bands
}

// Similar reports whether two texts are one press item, copied and edited:
// their three-word shingles overlap in 45 % of all (Jaccard), or half of the
// five-word shingles of the shorter stand in the other. Reports of the same
// kind of meeting share their phrases but not their figures, so that figures
// that disagree refuse the pair and figures that agree ask for less: 30 and
// 35 %. Texts under 30 words must agree word for word. Similar(a, b) is
// Similar(b, a).
func Similar(a, b string) bool {
	x, y := shingleSet(a, shingleWords), shingleSet(b, shingleWords)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if min(len(x), len(y))+shingleWords-1 < shortText {
		return slices.Equal(vi.Shingles(a, 1), vi.Shingles(b, 1))
	}
	shared := common(x, y)
	jaccard := float64(shared) / float64(len(x)+len(y)-shared)
	switch compareFigures(a, b) {
	case disagree:
		return false
	case agree:
		return jaccard >= sameJaccard || containment(a, b) >= sameContained
	}
	return jaccard >= minJaccard || containment(a, b) >= minContainment
}

// containment is the share of the shorter text that stands in the longer.
func containment(a, b string) float64 {
	x, y := shingleSet(a, containedWords), shingleSet(b, containedWords)
	return float64(common(x, y)) / float64(max(min(len(x), len(y)), 1))
}

// shingleSet returns the shingles in order, each once.
func shingleSet(text string, k int) []uint64 {
	s := vi.Shingles(text, k)
	slices.Sort(s)
	return slices.Compact(s)
}

// common counts what two ordered sets share.
func common[T uint64 | string](x, y []T) (n int) {
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case x[0] > y[0]:
			y = y[1:]
		default:
			n, x, y = n+1, x[1:], y[1:]
		}
	}
	return n
}

// verdict is what the figures of two texts say.
type verdict int

const (
	silent verdict = iota
	agree
	disagree
)

// compareFigures weighs the numbers, dates, quarters and documents of two
// texts: they disagree when both name days or periods and none in common, or
// when less than half of the poorer text's figures stand in the other.
func compareFigures(a, b string) verdict {
	const few, enough = 3, 5
	x, days := figures(a)
	y, otherDays := figures(b)
	if len(days) > 0 && len(otherDays) > 0 && common(days, otherDays) == 0 {
		return disagree
	}
	fewer := min(len(x), len(y))
	share := float64(common(x, y)) / float64(max(fewer, 1))
	switch {
	case fewer >= few && share < 0.5:
		return disagree
	case fewer >= enough && share >= 0.7:
		return agree
	}
	return silent
}

// figures returns the keys of a text in order, each once, and the days and
// periods among them.
func figures(text string) (all, days []string) {
	for _, t := range vi.AnalyzeOnly(text, vi.WantKey).Key {
		all = append(all, t.Text)
		if isPeriod(t.Text) {
			days = append(days, t.Text)
		}
	}
	slices.Sort(all)
	slices.Sort(days)
	return slices.Compact(all), slices.Compact(days)
}

// isPeriod reports keys such as 2020-09-25, q2020-3 and h2020-1.
func isPeriod(key string) bool {
	if key[0] == 'q' || key[0] == 'h' {
		return true
	}
	return len(key) == len(time.DateOnly) && key[4] == '-' && key[7] == '-'
}
