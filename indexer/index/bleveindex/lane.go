package bleveindex

import (
	"cmp"
	"math/bits"
	"slices"
)

// lane holds one number for every document: that of the combination of the sets
// of some parts, 0 where all of them are empty.
type lane struct {
	parts  []*facetPart
	totals []uint32 // documents by number

	// Once it is arranged a lane is in rows besides or, when most documents have
	// nothing in it, packed instead.
	codes  []uint16 // by document
	rows   *rows
	packed *packed
}

// rows are the numbers of four lanes of every document side by side in one word:
// reading them is what takes the time.
type rows struct {
	words []uint64 // by document: 16 bits for each lane
	lanes [lanesOfRows]*lane
}

const lanesOfRows = 4

// packed are the numbers of those documents that have one.
type packed struct {
	present []uint64 // documents, by block
	starts  []uint32 // by block: the documents before
	codes   []uint16
}

func (l *lane) code(doc uint32) uint16 {
	if l.packed != nil {
		return l.packed.at(doc)
	}
	return l.codes[doc]
}

func (p *packed) at(doc uint32) uint16 {
	b, bit := doc>>6, uint64(1)<<(doc&63)
	if p.present[b]&bit == 0 {
		return 0
	}
	return p.codes[int(p.starts[b])+bits.OnesCount64(p.present[b]&(bit-1))]
}

// join puts parts into as few lanes as they go into.
func join(parts []*facetPart) []*lane {
	slices.SortStableFunc(parts, func(a, b *facetPart) int { return cmp.Compare(a.len(), b.len()) })
	var lanes []*lane
	for _, p := range parts {
		if !slices.ContainsFunc(lanes, func(l *lane) bool { return l.take(p) }) {
			lanes = append(lanes, p.lane)
		}
	}
	for _, l := range lanes {
		l.totals = make([]uint32, len(l.parts[0].sets))
		for _, code := range l.codes {
			l.totals[code]++
		}
	}
	return lanes
}

const largestTable = 1 << 22 // entries of the table that numbers combinations

// take joins p into the lane unless there are too many combinations.
func (l *lane) take(p *facetPart) bool {
	numbers, sets := len(l.parts[0].sets), p.len()
	if numbers*sets > largestTable {
		return false
	}
	// Of each combination, the first being that of nothing.
	before, of := []uint16{0}, []uint16{0}
	table := make([]uint32, numbers*sets) // the number plus one
	table[0] = 1
	codes := make([]uint16, len(l.codes))
	for doc, code := range l.codes {
		set := p.lane.codes[doc]
		at := &table[int(code)*sets+int(set)]
		if *at == 0 {
			if len(before) >= mostNumbers(len(codes)) {
				return false
			}
			before, of = append(before, code), append(of, set)
			*at = uint32(len(before))
		}
		codes[doc] = uint16(*at - 1)
	}
	for _, q := range l.parts {
		q.sets = pick(q.sets, before)
	}
	l.parts, l.codes = append(l.parts, p), codes
	p.lane, p.sets = l, of
	return true
}

func pick(from, at []uint16) []uint16 {
	out := make([]uint16, len(at))
	for i, k := range at {
		out[i] = from[k]
	}
	return out
}

// A lane is packed when less than one document in so many is in it.
const docsOfRow = 4

// arrange puts the lanes into rows, the fullest first, and packs the others.
func arrange(lanes []*lane) {
	slices.SortStableFunc(lanes, func(a, b *lane) int { return cmp.Compare(a.totals[0], b.totals[0]) })
	var last *rows
	for i, l := range lanes {
		n := len(l.codes)
		if n-int(l.totals[0]) < n/docsOfRow {
			l.packed, l.codes = pack(l.codes), nil
		} else {
			if i%lanesOfRows == 0 {
				last = newRows(n)
			}
			last.put(l, i%lanesOfRows)
		}
	}
}

func newRows(docs int) *rows {
	r := &rows{words: make([]uint64, docs)}
	for i := range r.lanes { // until others are put there
		r.lanes[i] = &lane{totals: []uint32{uint32(docs)}}
	}
	return r
}

func (r *rows) put(l *lane, at int) {
	l.rows, r.lanes[at] = r, l
	for doc, code := range l.codes {
		r.words[doc] |= uint64(code) << (16 * at)
	}
}

func pack(codes []uint16) *packed {
	blocks := (len(codes) + 63) / 64
	p := &packed{present: make([]uint64, blocks), starts: make([]uint32, blocks)}
	for doc, code := range codes {
		b := doc >> 6
		if doc&63 == 0 {
			p.starts[b] = uint32(len(p.codes))
		}
		if code != 0 {
			p.present[b] |= 1 << (doc & 63)
			p.codes = append(p.codes, code)
		}
	}
	return p
}
