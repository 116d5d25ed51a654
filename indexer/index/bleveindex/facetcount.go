package bleveindex

import (
	"math/bits"
	"slices"
	"sync"

	"bantin/indexer/index"
)

// counting is what of a segment is to be counted: the values of some fields in
// the documents of words.
type counting struct {
	words   []uint64
	n       int // documents of the segment
	matches int // of them in words
	fields  []index.Field
}

// rest is the counting of all other documents.
func (c counting) rest() counting {
	c.words, c.matches = inverse(c.words, c.n), c.n-c.matches
	return c
}

// documents are the numbers of those that are to be counted.
func (c counting) documents() []uint32 {
	out := make([]uint32, 0, c.matches)
	for b, w := range c.words {
		for ; w != 0; w &= w - 1 {
			out = append(out, uint32(b<<6+bits.TrailingZeros64(w)))
		}
	}
	return out
}

// inverse are the n documents of a segment that words leaves out.
func inverse(words []uint64, n int) []uint64 {
	out := make([]uint64, len(words))
	for i, w := range words {
		out[i] = ^w
	}
	if rest := n & 63; rest != 0 {
		out[len(out)-1] &= 1<<rest - 1
	}
	return out
}

// count adds the documents of each value to counts: over the matches, or from
// the totals down over all others where those are fewer.
func (all facetColumns) count(c counting, counts map[index.Field][]int) {
	sign := 1
	if c.matches > c.n/2 {
		for _, f := range c.fields {
			all[f].addTotals(counts[f])
		}
		c, sign = c.rest(), -1
	}
	switch lanes := all.lanesOf(c.fields); {
	case c.matches == 0:
	case c.matches < lanes.numbers()/numbersPerDocument:
		docs := c.documents()
		for _, f := range c.fields {
			all[f].countEach(docs, counts[f], sign)
		}
	default:
		counters := lanes.count(c.words)
		for _, f := range c.fields {
			all[f].add(counters, c.words, counts[f], sign)
		}
		counters.release()
	}
}

// So many numbers take as long to look up as one document.
const numbersPerDocument = 64

func (c *facetColumn) addTotals(counts []int) {
	for _, t := range c.totals {
		counts[t.ord] += int(t.docs)
	}
}

// countEach counts document by document.
func (c *facetColumn) countEach(docs []uint32, counts []int, sign int) {
	var values []uint32
	for _, doc := range docs {
		values = c.appendValues(values[:0], doc)
		for _, ord := range values {
			counts[ord] += sign
		}
	}
}

// add adds what was counted of the lanes, and what is in none.
func (c *facetColumn) add(counters counters, words []uint64, counts []int, sign int) {
	for _, p := range c.parts {
		for set, docs := range p.bySet(counters[p.lane]) {
			if docs == 0 {
				continue
			}
			for _, ord := range p.members(uint16(set)) {
				counts[ord] += sign * int(docs)
			}
		}
	}
	for _, v := range c.spilt {
		if words[v.doc>>6]>>(v.doc&63)&1 == 1 {
			counts[v.ord] += sign
		}
	}
}

// bySet are the documents of each set, out of those of each number of the lane.
func (p *facetPart) bySet(byNumber *counter) []uint32 {
	if len(p.lane.parts) == 1 {
		return byNumber[:p.len()] // which numbers its sets
	}
	out := make([]uint32, p.len())
	for number, docs := range byNumber[:len(p.sets)] {
		out[p.sets[number]] += docs
	}
	return out
}

// laneSet are the lanes that some fields are in.
type laneSet map[*lane]bool

func (all facetColumns) lanesOf(fields []index.Field) laneSet {
	out := laneSet{}
	for _, f := range fields {
		for _, p := range all[f].parts {
			out[p.lane] = true
		}
	}
	return out
}

func (s laneSet) numbers() int {
	n := 0
	for l := range s {
		n += len(l.totals)
	}
	return n
}

// counter counts documents by the number that they have in a lane. It is long
// enough for any number, which spares asking.
type counter [1 << 16]uint32

var spareCounters = sync.Pool{New: func() any { return new(counter) }}

// counters are those of some lanes.
type counters map[*lane]*counter

func (c counters) of(l *lane) *counter {
	if c[l] == nil {
		c[l] = spareCounters.Get().(*counter)
	}
	return c[l]
}

func (c counters) release() {
	for l, n := range c {
		clear(n[:len(l.totals)])
		spareCounters.Put(n)
	}
}

// count counts the documents of words in each of the lanes.
func (s laneSet) count(words []uint64) counters {
	out := counters{}
	for l := range s {
		switch {
		case out[l] != nil: // in a row with one before
		case l.packed != nil:
			l.packed.count(words, out.of(l))
		case slices.ContainsFunc(l.rows.lanes[:], func(other *lane) bool { return other != l && s[other] }):
			l.rows.count(words, out)
		default:
			l.count(words, out.of(l))
		}
	}
	return out
}

// gathered is how many rows are brought near before they are counted: to wait
// for memory and to count at once waits more.
const gathered = 1024

// count counts all lanes of the rows. It reads a document's once, and branches on
// nothing but the documents.
func (r *rows) count(words []uint64, c counters) {
	one, two := c.of(r.lanes[0]), c.of(r.lanes[1])
	three, four := c.of(r.lanes[2]), c.of(r.lanes[3])
	var near [gathered + 64]uint64
	n := 0
	for b, w := range words {
		row := r.words[b<<6:]
		for ; w != 0; w &= w - 1 {
			near[n] = row[bits.TrailingZeros64(w)]
			n++
		}
		if n < gathered && b < len(words)-1 {
			continue
		}
		for _, v := range near[:n] {
			one[uint16(v)]++
			two[uint16(v>>16)]++
			three[uint16(v>>32)]++
			four[v>>48]++
		}
		n = 0
	}
}

// count counts the lane alone.
func (l *lane) count(words []uint64, c *counter) {
	for b, w := range words {
		codes := l.codes[b<<6:]
		for ; w != 0; w &= w - 1 {
			c[codes[bits.TrailingZeros64(w)]]++
		}
	}
}

func (p *packed) count(words []uint64, c *counter) {
	for b, w := range words {
		present := p.present[b]
		for w &= present; w != 0; w &= w - 1 {
			before := present & (w&-w - 1)
			c[p.codes[int(p.starts[b])+bits.OnesCount64(before)]]++
		}
	}
}
