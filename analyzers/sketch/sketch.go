// Package sketch tells which texts are one, copied and edited, from some 2 KB that
// are kept of each.
package sketch

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"bantin/analyzers/vi"
)

// Bands is the number of bands of a [Sketch].
const Bands = 32

const (
	bandRows       = 4 // of a signature, in one band
	shingleWords   = 3 // of the signature and of the Jaccard measure
	containedWords = 5 // of the containment measure

	minJaccard     = 0.45
	minContainment = 0.5
	sameJaccard    = 0.3 // the same two when the figures agree
	sameContained  = 0.35
	shortText      = 30 // words; shorter texts must agree word for word
)

// Sketch is all that a text is compared by with others, at most some 2 KB
// however long the text. The zero Sketch, of a text without a whole shingle,
// is like nothing.
type Sketch struct {
	// Bands are hashes of four rows each of the text's MinHash (Broder 1997).
	// Two texts are worth a [Sketch.Like] when any band is the same at the
	// same place: nearly always when they share three quarters of their
	// shingles, in 7 of 10 cases at 45 %, in 1 of 20 at 20 %.
	Bands [Bands]uint32

	words       uint32 // number of them
	whole       uint32 // hash of them all
	three, five Sample // shingles of three and of five words
	keys, days  Sample // figures, and the days and periods among them
}

// Of makes the sketch of a text.
func Of(text string) (s Sketch) {
	words, keys := vi.WordsAndKeys(text)
	if len(words) < shingleWords {
		return s
	}
	s.words = uint32(len(words))
	for _, w := range words {
		s.whole = scatter(s.whole*31 + uint32(w>>32))
	}
	shingles := joined(words, shingleWords)
	s.Bands = bandsOf(shingles)
	s.three = NewSample(shingles)
	s.five = NewSample(joined(words, containedWords))
	s.keys, s.days = figures(keys)
	return s
}

// joined hashes every k neighbouring words.
func joined(words []uint64, k int) []uint64 {
	if len(words) < k {
		return nil
	}
	out := make([]uint64, len(words)-k+1)
	for i := range out {
		h := uint64(14695981039346656037)
		for _, w := range words[i : i+k] {
			h = (h ^ w) * 1099511628211
			h ^= h >> 32
		}
		out[i] = h
	}
	return out
}

// bandsOf hashes the rows of the MinHash of shingles.
func bandsOf(shingles []uint64) (bands [Bands]uint32) {
	var rows [Bands * bandRows]uint32
	for i := range rows {
		rows[i] = ^uint32(0)
	}
	for _, h := range shingles {
		// Kirsch and Mitzenmacher 2006: two hashes make all the others.
		a, b := uint32(h>>32), uint32(h)|1
		for i := range rows {
			rows[i] = min(rows[i], scatter(a+uint32(i)*b))
		}
	}
	for i := range bands {
		for _, row := range rows[i*bandRows : (i+1)*bandRows] {
			bands[i] = scatter(bands[i]*31 + row)
		}
	}
	return bands
}

// scatter spreads the bits of x: the finalizer of MurmurHash3.
func scatter(x uint32) uint32 {
	x ^= x >> 16
	x *= 0x85ebca6b
	x ^= x >> 13
	x *= 0xc2b2ae35
	return x ^ x>>16
}

// Empty tells whether the text is too short to be compared.
func (s *Sketch) Empty() bool { return s.words == 0 }

// Like reports whether two texts are one press item, copied and edited: their
// three-word shingles overlap in 45 % of all (Jaccard), or half of the
// five-word shingles of the shorter stand in the other. Reports of the same
// kind of meeting share their phrases but not their figures, so that figures
// that disagree refuse the pair and figures that agree ask for less: 30 and
// 35 %. Texts under 30 words must agree word for word. a.Like(b) is b.Like(a).
// Texts of more than 130 words are measured by samples of their shingles,
// exact within some hundredths.
func (s *Sketch) Like(o *Sketch) bool {
	if s.Empty() || o.Empty() {
		return false
	}
	if min(s.words, o.words) < shortText {
		return s.words == o.words && s.whole == o.whole
	}
	x, y, shared := s.three.Common(o.three)
	jaccard := float64(shared) / float64(max(x+y-shared, 1))
	x, y, shared = s.five.Common(o.five)
	contained := float64(shared) / float64(max(min(x, y), 1))
	switch compareFigures(s, o) {
	case disagree:
		return false
	case agree:
		return jaccard >= sameJaccard || contained >= sameContained
	}
	return jaccard >= minJaccard || contained >= minContainment
}

// Alike is [Sketch.Like] of two texts.
func Alike(a, b string) bool {
	x, y := Of(a), Of(b)
	return x.Like(&y)
}

// Sample is a set of hashes, in order: all of a small one, the smallest of a
// large one. Below the lower of two limits, two samples hold all that their
// sets have there, and so measure what the sets share.
type Sample struct {
	limit  uint32 // all hashes up to it are there
	hashes []uint32
}

// maxSample is how many hashes a Sample has at most.
const maxSample = 128

// NewSample is the sample of a set, in which hashes may stand twice.
func NewSample(set []uint64) (s Sample) {
	s.limit = math.MaxUint32
	if len(set) > 3*maxSample { // twice what is wanted stands below this, as hashes are spread
		s.hashes = smallest(set, uint32(math.MaxUint32/uint64(len(set))*2*maxSample))
	}
	if len(s.hashes) <= maxSample {
		s.hashes = smallest(set, math.MaxUint32)
	}
	if len(s.hashes) > maxSample {
		s.hashes = slices.Clone(s.hashes[:maxSample])
		s.limit = s.hashes[maxSample-1]
	}
	return s
}

// smallest are the hashes of a set up to a limit, in order.
func smallest(set []uint64, limit uint32) (hashes []uint32) {
	for _, h := range set {
		if short := uint32(h>>32) ^ uint32(h); short <= limit {
			hashes = append(hashes, short)
		}
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// upTo is the part of the Sample up to a limit.
func (s Sample) upTo(limit uint32) []uint32 {
	n, found := slices.BinarySearch(s.hashes, limit)
	if found {
		n++
	}
	return s.hashes[:n]
}

// Common counts two samples as far as both reach, and what they share.
func (s Sample) Common(o Sample) (n, m, shared int) {
	x, y := s.upTo(o.limit), o.upTo(s.limit)
	n, m = len(x), len(y)
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case x[0] > y[0]:
			y = y[1:]
		default:
			shared, x, y = shared+1, x[1:], y[1:]
		}
	}
	return n, m, shared
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
func compareFigures(a, b *Sketch) verdict {
	const few, enough = 3, 5
	if x, y, shared := a.days.Common(b.days); x > 0 && y > 0 && shared == 0 {
		return disagree
	}
	x, y, shared := a.keys.Common(b.keys)
	fewer := min(x, y)
	share := float64(shared) / float64(max(fewer, 1))
	switch {
	case fewer >= few && share < 0.5:
		return disagree
	case fewer >= enough && share >= 0.7:
		return agree
	}
	return silent
}

// figures are samples of the keys of a text, and of the days and periods among
// them.
func figures(keys []string) (all, days Sample) {
	var hashes, periods []uint64
	for _, key := range keys {
		h := fnv.New64a()
		h.Write([]byte(key))
		hashes = append(hashes, h.Sum64())
		if isPeriod(key) {
			periods = append(periods, h.Sum64())
		}
	}
	return NewSample(hashes), NewSample(periods)
}

// isPeriod reports keys such as 2020-09-25, q2020-3 and h2020-1.
func isPeriod(key string) bool {
	if key[0] == 'q' || key[0] == 'h' {
		return true
	}
	return len(key) == len(time.DateOnly) && key[4] == '-' && key[7] == '-'
}

// AppendBinary implements encoding.BinaryAppender; it gives no error.
func (s *Sketch) AppendBinary(b []byte) ([]byte, error) {
	put := func(v any) { b, _ = binary.Append(b, binary.LittleEndian, v) } // of numbers there is no error
	put(s.words)
	put(s.whole)
	put(s.Bands[:])
	for _, part := range s.parts() {
		put(part.limit)
		put(uint16(len(part.hashes)))
		put(part.hashes)
	}
	return b, nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (s *Sketch) UnmarshalBinary(b []byte) error {
	var err error
	take := func(v any) {
		n, short := binary.Decode(b, binary.LittleEndian, v)
		b, err = b[n:], cmp.Or(err, short)
	}
	take(&s.words)
	take(&s.whole)
	take(s.Bands[:])
	for _, part := range s.parts() {
		var n uint16
		take(&part.limit)
		take(&n)
		part.hashes = make([]uint32, n)
		take(part.hashes)
	}
	if err != nil {
		return fmt.Errorf("not a sketch of a text: %w", err)
	}
	return nil
}

func (s *Sketch) parts() [4]*Sample { return [4]*Sample{&s.three, &s.five, &s.keys, &s.days} }
