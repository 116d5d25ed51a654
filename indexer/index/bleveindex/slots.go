package bleveindex

import (
	"math"
	"math/bits"
)

// slots are the first values of every document in places of one size, so that
// counting them branches on nothing: a variable number of values a document
// costs a mispredicted branch each, more than the counting.
type slots struct {
	width int      // values a document
	ords  []uint32 // by local number: number of the value
	local []uint16 // width for each document: local numbers, len(ords) for none
	more  []uint32 // documents with more values
}

// mostSlots a document are kept, fewer when all but one in fewOverflow fit.
const (
	mostSlots   = 4
	fewOverflow = 16
)

// newSlots takes the values of a column that lists them. There are none when
// its values are too many to be numbered.
func newSlots(c *facetColumn, n int) slots {
	s := slots{}
	if len(c.totals) >= math.MaxUint16 {
		return s
	}
	local := make(map[uint32]uint16, len(c.totals))
	for i, t := range c.totals {
		local[t.ord] = uint16(i)
		s.ords = append(s.ords, t.ord)
	}
	over := [mostSlots + 1]int{} // documents with more values than that
	for doc := range n {
		for w := range min(len(c.values(doc)), mostSlots+1) {
			over[w]++
		}
	}
	for s.width = 1; s.width < mostSlots && over[s.width] > n/fewOverflow; s.width++ {
	}
	s.local = make([]uint16, n*s.width)
	for doc := range n {
		values := c.values(doc)
		for i := range s.width {
			at := uint16(len(s.ords))
			if i < len(values) {
				at = local[values[i]]
			}
			s.local[doc*s.width+i] = at
		}
		if len(values) > s.width {
			s.more = append(s.more, uint32(doc))
		}
	}
	return s
}

// addListed adds to the count of each value for each document in words.
func (c *facetColumn) addListed(words []uint64, counts []int, add int) {
	s := &c.slots
	if s.width == 0 {
		c.each(words, counts, add)
		return
	}
	var lanes [mostSlots][]int32 // apart, so that none waits for the other
	for i := range s.width {
		lanes[i] = make([]int32, len(s.ords)+1)
	}
	for b, w := range words {
		for ; w != 0; w &= w - 1 {
			at := (b<<6 + bits.TrailingZeros64(w)) * s.width
			for i, v := range s.local[at : at+s.width] {
				lanes[i][v]++
			}
		}
	}
	for _, lane := range lanes[:s.width] {
		for i, ord := range s.ords {
			counts[ord] += add * int(lane[i])
		}
	}
	for _, doc := range s.more {
		if words[doc>>6]>>(doc&63)&1 == 1 {
			for _, o := range c.values(int(doc))[s.width:] {
				counts[o] += add
			}
		}
	}
}
