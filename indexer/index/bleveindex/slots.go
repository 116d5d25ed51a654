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

// lanes count the values of each slot apart, and those of every second document,
// so that none waits for another: most slots are empty, and to add twice to one
// number takes longer than to add to two. They are long enough for any number of
// 8 or 16 bits, which spares asking, and do not begin at the same cache line.
type lanes struct {
	narrow [8][1 << 8]uint32
	wide   [4][1<<16 + 16]uint32
}

var spareLanes = sync.Pool{New: func() any { return new(lanes) }}

// slotTally counts the values of slots by their local numbers.
type slotTally struct {
	valueTally
	lanes *lanes
}

func (t *slotTally) add(docs []uint32) {
	words := t.column.slots.words
	if len(docs)&1 == 1 {
		docs = t.addLast(docs)
	}
	if t.column.slots.width == 2 {
		l := &t.lanes.wide
		for ; len(docs) > 1; docs = docs[2:] {
			a, b := words[docs[0]], words[docs[1]]
			l[0][uint16(a)]++
			l[1][uint16(b)]++
			l[2][uint16(a>>16)]++
			l[3][uint16(b>>16)]++
		}
		return
	}
	l := &t.lanes.narrow
	for ; len(docs) > 1; docs = docs[2:] {
		a, b := words[docs[0]], words[docs[1]]
		l[0][uint8(a)]++
		l[1][uint8(b)]++
		l[2][uint8(a>>8)]++
		l[3][uint8(b>>8)]++
		l[4][uint8(a>>16)]++
		l[5][uint8(b>>16)]++
		l[6][uint8(a>>24)]++
		l[7][uint8(b>>24)]++
	}
}

// addLast counts the last of docs and returns the others.
func (t *slotTally) addLast(docs []uint32) []uint32 {
	last := len(docs) - 1
	values := t.column.values(int(docs[last]))
	t.addEach(values[:min(len(values), t.column.slots.width)], 1)
	return docs[:last]
}

// finish adds up the lanes and the values that had no slot.
func (t *slotTally) finish(words []uint64) {
	s := &t.column.slots
	if s.width == 2 {
		for i := range t.lanes.wide {
			t.empty(t.lanes.wide[i][:])
		}
	} else {
		for i := range t.lanes.narrow {
			t.empty(t.lanes.narrow[i][:])
		}
	}
	spareLanes.Put(t.lanes)
	for _, doc := range s.more {
		if words[doc>>6]>>(doc&63)&1 == 1 {
			t.addEach(t.column.values(int(doc))[s.width:], 1)
		}
	}
}

// empty adds up one lane.
func (t *slotTally) empty(lane []uint32) {
	ords := t.column.slots.ords
	for k, ord := range ords {
		t.counts[ord] += t.sign * int(lane[k])
	}
	clear(lane[:len(ords)+1])
}
