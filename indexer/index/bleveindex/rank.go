package bleveindex

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"math/bits"
	"slices"
	"strings"

	"bantin/indexer/index"
)

// rankedDoc is one document with its place in an order: higher keys first, then
// smaller ids.
type rankedDoc struct {
	key float64
	seg *segment
	doc uint32
}

func (r rankedDoc) id() string {
	id, err := r.seg.snap.DocID(uint64(r.doc))
	if err != nil { // no document is without one
		return ""
	}
	return string(id)
}

// group is that of the near-duplicates or of the meeting.
func (r rankedDoc) group() uint64 { return r.seg.ids.groups[r.doc] }

// compare is negative when a comes before b.
func compare(a, b rankedDoc) int {
	if c := cmp.Compare(b.key, a.key); c != 0 {
		return c
	}
	if c := cmp.Compare(a.seg.ids.order[a.doc], b.seg.ids.order[b.doc]); c != 0 {
		return c
	}
	return strings.Compare(a.id(), b.id())
}

// follows tells whether r comes after the cursor.
func (r rankedDoc) follows(c *index.Cursor) bool {
	if r.key != c.Key {
		return r.key < c.Key
	}
	return r.id() > c.ID
}

// top keeps the best k documents behind a cursor, one of each group when it
// collapses.
type top struct {
	k      int
	docs   worstFirst
	after  *index.Cursor
	groups map[uint64]bool      // the groups of several; nil for no collapsing
	kept   map[uint64]rankedDoc // of those groups, the best behind the cursor
	shown  map[uint64]bool      // and the ones that stand before it
}

func newTop(k int, after *index.Cursor, groups map[uint64]bool) *top {
	return &top{k: k, after: after, groups: groups, kept: map[uint64]rankedDoc{}, shown: map[uint64]bool{}}
}

type worstFirst []rankedDoc

func (w worstFirst) Len() int           { return len(w) }
func (w worstFirst) Less(i, j int) bool { return compare(w[i], w[j]) > 0 }
func (w worstFirst) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *worstFirst) Push(x any)        { *w = append(*w, x.(rankedDoc)) }
func (w *worstFirst) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

// bar is the key below which no document can enter any more.
func (t *top) bar() float64 {
	if len(t.docs) < t.k {
		return math.Inf(-1)
	}
	return t.docs[0].key
}

// full tells whether there may be more than what t keeps.
func (t *top) full() bool { return len(t.docs) == t.k }

func (t *top) offer(r rankedDoc) {
	if t.full() && compare(r, t.docs[0]) > 0 {
		return
	}
	g := r.group()
	if t.after != nil && !r.follows(t.after) { // nothing before the cursor is below the bar
		if t.groups[g] {
			t.shown[g] = true
		}
		return
	}
	if t.groups[g] {
		if best, ok := t.kept[g]; ok {
			if compare(r, best) < 0 {
				i := slices.Index(t.docs, best)
				t.docs[i], t.kept[g] = r, r
				heap.Fix(&t.docs, i)
			}
			return
		}
		t.kept[g] = r
	}
	if !t.full() {
		heap.Push(&t.docs, r)
		return
	}
	delete(t.kept, t.docs[0].group())
	t.docs[0] = r
	heap.Fix(&t.docs, 0)
}

// sorted are the documents of t in order, without those of which an earlier page
// shows a better one of the group.
func (t *top) sorted() []rankedDoc {
	out := slices.DeleteFunc(slices.Clone(t.docs), func(r rankedDoc) bool { return t.shown[r.group()] })
	slices.SortFunc(out, compare)
	return out
}

// collect offers the documents in words. A few blocks that could hold most are
// taken first, to set the bar; then all others in their order, which is the
// quicker way through memory. Those that cannot reach the bar are left out.
func collect(ctx context.Context, s *segment, words []uint64, k keyer, t *top) error {
	blocks := nonEmpty(words)
	if len(blocks) <= 16 {
		return t.walk(ctx, s, words, k, blocks, nil) // too few to be choosy
	}
	sums := make([]float32, s.blocks)
	k.bounds(words, blocks, sums)
	best := highest(blocks, sums, 16+len(blocks)/32)
	if err := t.walk(ctx, s, words, k, best, sums); err != nil {
		return err
	}
	for _, b := range best {
		sums[b] = float32(math.Inf(-1))
	}
	return t.walk(ctx, s, words, k, blocks, sums)
}

func (t *top) walk(ctx context.Context, s *segment, words []uint64, k keyer, blocks []int32, sums []float32) error {
	var keys [64]float64
	for i, b := range blocks {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		// Bounds were added up in half the precision of scores.
		if len(sums) > 0 && (slack(sums[b]) < t.bar() || math.IsInf(float64(sums[b]), -1)) {
			continue
		}
		word := words[b]
		if bar := t.bar(); len(sums) > 0 && !math.IsInf(bar, -1) {
			word = s.reach(int(b), word, k, bar-1e-9*math.Abs(bar))
		}
		if word == 0 {
			continue
		}
		clear(keys[:])
		k.block(int(b), word, &keys)
		for w := word; w != 0; w &= w - 1 {
			i := bits.TrailingZeros64(w)
			if keys[i] >= t.bar() {
				t.offer(rankedDoc{keys[i], s, uint32(b)<<6 + uint32(i)})
			}
		}
	}
	return nil
}

// fewDocuments of a block are scored as they are.
const fewDocuments = 4

// reach asks k for all lengths at once and, when many documents are left, for
// each class of length in turn.
func (s *segment) reach(b int, word uint64, k keyer, need float64) uint64 {
	word = k.reach(b, word, anyLength, need)
	if bits.OnesCount64(word) <= fewDocuments {
		return word
	}
	out := uint64(0)
	for class := range s.classes {
		if w := word & s.classes[class][b]; w != 0 {
			out |= k.reach(b, w, class, need)
		}
	}
	return out
}

func slack(sum float32) float64 { return float64(sum) + 1e-5*math.Abs(float64(sum)) }

func nonEmpty(words []uint64) []int32 {
	var out []int32
	for b, w := range words {
		if w != 0 {
			out = append(out, int32(b))
		}
	}
	return out
}

// highest returns n of the blocks, or a few more, with the highest bounds.
func highest(blocks []int32, sums []float32, n int) []int32 {
	low, high := float32(math.Inf(1)), float32(math.Inf(-1))
	for _, b := range blocks {
		low, high = min(low, sums[b]), max(high, sums[b])
	}
	if !(high > low) {
		return blocks[:min(n, len(blocks))]
	}
	const buckets = 512
	bucket := func(b int32) int { return int((high - sums[b]) / (high - low) * (buckets - 1)) }
	var sizes [buckets]int
	for _, b := range blocks {
		sizes[bucket(b)]++
	}
	last, count := 0, sizes[0]
	for count < n && last < buckets-1 {
		last++
		count += sizes[last]
	}
	out := make([]int32, 0, count)
	for _, b := range blocks {
		if bucket(b) <= last {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b int32) int { return cmp.Compare(sums[b], sums[a]) })
	return out
}
