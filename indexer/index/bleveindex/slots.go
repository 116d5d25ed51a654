package bleveindex

import (
	"math"
	"sync"
)

// slots are the first values of every document side by side in one word: four
// where a field has few values, else two. Counting them branches on nothing: a
// variable number of values a document costs a mispredicted branch each, more
// than the counting. A word is small because reading it is what takes the time.
type slots struct {
	width int      // values a document; 0 when values are too many to be numbered
	ords  []uint32 // by local number: number of the value
	words []uint32 // by document: local numbers of 32/width bits, len(ords) for none
	more  []uint32 // documents with more values
}

// newSlots takes the values of a column that lists them.
func newSlots(c *facetColumn, n int) slots {
	s := slots{width: 4}
	switch {
	case len(c.totals) >= math.MaxUint16:
		return slots{}
	case len(c.totals) >= math.MaxUint8:
		s.width = 2
	}
	local := make(map[uint32]uint32, len(c.totals))
	for i, t := range c.totals {
		local[t.ord] = uint32(i)
		s.ords = append(s.ords, t.ord)
	}
	s.words = make([]uint32, n)
	for doc := range n {
		values := c.values(doc)
		for i := range s.width {
			at := uint32(len(s.ords))
			if i < len(values) {
				at = local[values[i]]
			}
			s.words[doc] |= at << (32 / s.width * i)
		}
		if len(values) > s.width {
			s.more = append(s.more, uint32(doc))
		}
	}
	return s
}

// lanes count the values of each slot apart, so that none waits for another.
// They are long enough for any number of 16 bits, which spares asking.
type lanes [4][1 << 16]uint32

var spareLanes = sync.Pool{New: func() any { return new(lanes) }}

// slotTally counts the values of slots by their local numbers.
type slotTally struct {
	valueTally
	lanes *lanes
}

func (t *slotTally) add(docs []uint32) {
	words := t.column.slots.words
	one, two, three, four := &t.lanes[0], &t.lanes[1], &t.lanes[2], &t.lanes[3]
	if t.column.slots.width == 2 {
		for _, doc := range docs {
			v := words[doc]
			one[uint16(v)]++
			two[uint16(v>>16)]++
		}
		return
	}
	for _, doc := range docs {
		v := words[doc]
		one[uint8(v)]++
		two[uint8(v>>8)]++
		three[uint8(v>>16)]++
		four[uint8(v>>24)]++
	}
}

// finish adds up the lanes and the values that had no slot.
func (t *slotTally) finish(words []uint64) {
	s := &t.column.slots
	for i := range s.width {
		for k, ord := range s.ords {
			t.counts[ord] += t.sign * int(t.lanes[i][k])
		}
		clear(t.lanes[i][:len(s.ords)+1])
	}
	spareLanes.Put(t.lanes)
	for _, doc := range s.more {
		if words[doc>>6]>>(doc&63)&1 == 1 {
			t.addEach(t.column.values(int(doc))[s.width:], 1)
		}
	}
}
