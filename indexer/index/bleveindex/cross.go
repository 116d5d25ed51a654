package bleveindex

import "math/bits"

// mostCells bounds the table in which pairs of sets are counted.
const mostCells = 1 << 21

// cross counts the documents in words by their pairs of values.
func cross(words []uint64, a, b *facetColumn) map[[2]uint32]int {
	rows, columns := a.whole(), b.whole()
	if rows == nil || columns == nil || rows.len()*columns.len() > mostCells {
		return crossEach(words, a, b)
	}
	width := columns.len()
	cells := make([]uint32, rows.len()*width)
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			doc := uint32(i<<6 + bits.TrailingZeros64(w))
			cells[int(rows.sets[rows.lane.code(doc)])*width+int(columns.sets[columns.lane.code(doc)])]++
		}
	}
	out := map[[2]uint32]int{}
	for at, n := range cells {
		if n == 0 {
			continue
		}
		for _, r := range rows.members(uint16(at / width)) {
			for _, c := range columns.members(uint16(at % width)) {
				out[[2]uint32{r, c}] += int(n)
			}
		}
	}
	return out
}

// whole is the one part that a column consists of, nil when it has others.
func (c *facetColumn) whole() *facetPart {
	if len(c.parts) != 1 || len(c.spilt) > 0 {
		return nil
	}
	return c.parts[0]
}

// crossEach looks the values up document by document.
func crossEach(words []uint64, a, b *facetColumn) map[[2]uint32]int {
	out := map[[2]uint32]int{}
	var rows, columns []uint32
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			doc := uint32(i<<6 + bits.TrailingZeros64(w))
			rows, columns = a.appendValues(rows[:0], doc), b.appendValues(columns[:0], doc)
			for _, r := range rows {
				for _, c := range columns {
					out[[2]uint32{r, c}]++
				}
			}
		}
	}
	return out
}
