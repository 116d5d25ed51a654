package bleveindex

import (
	"math"
	"slices"

	"bantin/indexer/index"
)

// lengths is a column of field lengths, narrow while they all fit.
type lengths struct {
	short []uint16
	long  []uint32
}

func (l lengths) at(doc uint32) uint32 {
	if l.short != nil {
		return uint32(l.short[doc])
	}
	if l.long != nil {
		return l.long[doc]
	}
	return 0
}

func narrow(col []uint64) lengths {
	top := uint64(0)
	for _, v := range col {
		top = max(top, v)
	}
	switch {
	case top == 0:
		return lengths{}
	case top <= math.MaxUint16:
		out := make([]uint16, len(col))
		for i, v := range col {
			out[i] = uint16(v)
		}
		return lengths{short: out}
	}
	out := make([]uint32, len(col))
	for i, v := range col {
		out[i] = uint32(min(v, math.MaxUint32))
	}
	return lengths{long: out}
}

// classes are how many classes of length the documents of a segment are parted
// into: what a short text can score says little of a long one.
const classes = 4

// anyLength stands for all classes.
const anyLength = classes

// shortest are the least lengths of the documents of each class and block, and
// those of each block.
type shortest [classes + 1][]uint32

// classify parts the documents by the quarters of the lengths of their texts.
func (c *columns) classify() {
	text := c.lengths[syl][fieldIndex(index.Body)]
	var sample []uint32
	for doc := 0; doc < c.n; doc += 1 + c.n/1024 {
		sample = append(sample, text.at(uint32(doc)))
	}
	slices.Sort(sample)
	for i := range c.classes {
		c.classes[i] = make([]uint64, c.blocks)
	}
	for doc := range c.n {
		class, l := 0, text.at(uint32(doc))
		for class < classes-1 && l > sample[len(sample)*(class+1)/classes] {
			class++
		}
		c.classes[class][doc>>6] |= 1 << (doc & 63)
		for s := range streams {
			for f := range c.lengths[s] {
				c.shortest[s][f].note(class, doc>>6, c.blocks, c.lengths[s][f].at(uint32(doc)))
			}
		}
	}
	for s := range c.shortest {
		for f := range c.shortest[s] {
			for class := range classes {
				for b, length := range c.shortest[s][f][class] {
					c.shortest[s][f].note(anyLength, b, c.blocks, length)
				}
			}
		}
	}
}

func (s *shortest) note(class, block, blocks int, length uint32) {
	if s[class] == nil {
		s[class] = slices.Repeat([]uint32{math.MaxUint32}, blocks)
	}
	if length > 0 {
		s[class][block] = min(s[class][block], length)
	}
}
