package bleveindex

import (
	"math/bits"

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
	tallies := all.tallies(c, counts, sign)
	docs := make([]uint32, chunk*64)
	for from := 0; from < len(c.words); from += chunk {
		some := numbers(c.words[from:min(from+chunk, len(c.words))], uint32(from)<<6, docs)
		if len(some) == 0 {
			continue
		}
		for _, t := range tallies {
			t.add(some)
		}
	}
	for _, t := range tallies {
		t.finish(c.words)
	}
}

// chunk is how many words are counted at once: their documents stay in the
// nearest memory while one column after the other is added.
const chunk = 256

// tally counts the values of one column, or of the columns of one group.
type tally interface {
	// add counts the next documents.
	add(docs []uint32)
	// finish is called when all documents of words were added.
	finish(words []uint64)
}

// tallies are those of the fields of a counting. They add to counts, sign times.
func (all facetColumns) tallies(c counting, counts map[index.Field][]int, sign int) []tally {
	var out []tally
	groups := map[*facetGroup]*groupTally{}
	for _, f := range c.fields {
		values := valueTally{all[f], counts[f], sign}
		switch g := all[f].group; {
		case g == nil && all[f].slots.width > 0:
			out = append(out, &slotTally{values, spareLanes.Get().(*lanes)})
		case g == nil || c.matches < len(g.totals):
			out = append(out, values)
		case groups[g] != nil:
			groups[g].values = append(groups[g].values, values)
		default:
			groups[g] = &groupTally{g.tuples, make([]uint32, len(g.totals)), []valueTally{values}}
			out = append(out, groups[g])
		}
	}
	return out
}

// numbers writes the documents in words, a chunk at most, into docs; base is
// the first that words has room for.
func numbers(words []uint64, base uint32, docs []uint32) []uint32 {
	n := 0
	for _, w := range words {
		for ; w != 0; w &= w - 1 {
			docs[n&(chunk*64-1)] = base + uint32(bits.TrailingZeros64(w))
			n++
		}
		base += 64
	}
	return docs[:n]
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

func (c *facetColumn) addTotals(counts []int) {
	for _, t := range c.totals {
		counts[t.ord] += int(t.docs)
	}
}

// groupTally counts the documents of each tuple.
type groupTally struct {
	tuples []uint16
	counts []uint32 // by tuple
	values []valueTally
}

func (t *groupTally) add(docs []uint32) {
	tuples, counts := t.tuples, t.counts
	for _, doc := range docs {
		counts[tuples[doc]]++
	}
}

func (t *groupTally) finish([]uint64) {
	for _, v := range t.values {
		bySet := make([]int, len(v.column.members))
		for tuple, set := range v.column.sets {
			bySet[set] += int(t.counts[tuple])
		}
		for set, n := range bySet {
			if n > 0 {
				v.addEach(v.column.members[set], n)
			}
		}
	}
}

// valueTally counts value by value: the values of a few documents, or of a
// column that has too many to number them.
type valueTally struct {
	column *facetColumn
	counts []int // by number of the value
	sign   int
}

func (t valueTally) add(docs []uint32) {
	for _, doc := range docs {
		t.addEach(t.column.values(int(doc)), 1)
	}
}

func (t valueTally) addEach(ords []uint32, docs int) {
	for _, ord := range ords {
		t.counts[ord] += t.sign * docs
	}
}

func (t valueTally) finish([]uint64) {}
