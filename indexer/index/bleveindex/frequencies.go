package bleveindex

import (
	"math"
	"math/bits"
	"slices"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// frequencies are how often a term stands in each document of a segment. They
// own their memory.
type frequencies struct {
	// bits are for a term that is common: bit d&63 of bits[d>>6*planes+p] is bit p
	// of the frequency in document d.
	bits    []uint64
	planes  int
	highest []uint8  // by block: the highest frequency, no more than tooHigh
	docs    []uint32 // else the documents that have it
	tfs     []uint32 // and its frequency in each
	dense   bool
}

// tooHigh stands for all frequencies from it on.
const tooHigh = math.MaxUint8

func (f *frequencies) size() int { return 8*len(f.bits) + len(f.highest) + 8*len(f.docs) + 200 }

// block returns the planes of one block.
func (f *frequencies) block(b int) []uint64 { return f.bits[b*f.planes : (b+1)*f.planes] }

// at returns the frequency in document i of a block of a common term.
func (f *frequencies) at(block, i int) uint32 {
	tf := uint32(0)
	for p, plane := range f.block(block) {
		tf |= uint32(plane>>i&1) << p
	}
	return tf
}

// without counts the documents that have the term and are not deleted; nil
// stands for no deletions.
func (f *frequencies) without(deleted *roaring.Bitmap) int {
	n := len(f.docs)
	for b := 0; b*f.planes < len(f.bits); b++ {
		n += bits.OnesCount64(f.present(b))
	}
	if deleted == nil {
		return n
	}
	for it := deleted.Iterator(); it.HasNext(); {
		doc := it.Next()
		if f.dense {
			n -= int(f.present(int(doc>>6)) >> (doc & 63) & 1)
		} else if _, ok := slices.BinarySearch(f.docs, doc); ok {
			n--
		}
	}
	return n
}

// present are the documents of a block of a common term that have it.
func (f *frequencies) present(block int) uint64 {
	w := uint64(0)
	for _, plane := range f.block(block) {
		w |= plane
	}
	return w
}

// most is the highest frequency in the documents of word, a part of a block,
// where none has more than so many bits.
func (f *frequencies) most(block int, word uint64, bits int) uint32 {
	tf := uint32(0)
	planes := f.block(block)
	for p := min(bits, len(planes)); p > 0; p-- { // without an iterator, which costs a call a plane
		if with := planes[p-1] & word; with != 0 {
			word = with
			tf |= 1 << (p - 1)
		}
	}
	return tf
}

// atLeast returns the documents of word, a part of a block, whose frequency is
// least or more.
func (f *frequencies) atLeast(block int, word uint64, least uint32) uint64 {
	if least == 0 {
		return word
	}
	if least>>f.planes != 0 {
		return 0
	}
	greater, equal := uint64(0), word
	for p, plane := range slices.Backward(f.block(block)) {
		if least>>p&1 == 1 {
			equal &= plane
		} else {
			greater |= equal & plane
			equal &^= plane
		}
	}
	return greater | equal
}

// within returns the documents of a block of a sparse list and their frequencies.
func (f *frequencies) within(block int) (docs, tfs []uint32) {
	first := uint32(block) << 6
	from, _ := slices.BinarySearch(f.docs, first)
	to := from
	for to < len(f.docs) && f.docs[to] < first+64 {
		to++
	}
	return f.docs[from:to], f.tfs[from:to]
}

// A frequency over 1 is written as the bits of what is over 1: each is a term
// of its own, the word and the number of the bit, in a field beside that of the
// word. It is read from bitmaps alone, which is many times faster than reading
// it from a list of numbers.
func frequencyField(s stream, where index.TextField) string { return "tf." + streamField(s, where) }

func bitTerm(term string, p int) string { return term + string(rune(p)) }

// mostBits are the bits that a frequency can have: no term has a byte so low.
const mostBits = ' '

// bitTerms are the terms that write a frequency.
func bitTerms(term string, tf int) []string {
	var out []string
	for over := uint(tf - 1); over != 0; over &= over - 1 {
		out = append(out, bitTerm(term, bits.TrailingZeros(over)))
	}
	return out
}

// frequencies returns those of a token of a field, or where few documents are
// scored those in them. Only the former are worth keeping.
func (m *matcher) frequencies(s stream, where index.TextField, term string) (*frequencies, error) {
	k := cacheKey{m.seg.columns, "tf." + string(where), string(rune('0'+s)) + term}
	if known, ok := m.ix.lists.get(k).(*frequencies); ok {
		return known, nil
	}
	terms := []string{term}
	if s != s.written() {
		var err error
		if terms, err = m.variants(streamField(s.written(), where), term); err != nil {
			return nil, err
		}
	}
	f, err := m.read(s.written(), where, terms)
	if err == nil && m.few == nil {
		m.ix.lists.put(k, f)
	}
	return f, err
}

// read adds up the frequencies of terms.
func (m *matcher) read(s stream, where index.TextField, terms []string) (*frequencies, error) {
	dict, err := m.dict(streamField(s, where))
	if err != nil {
		return nil, err
	}
	more, err := m.dict(frequencyField(s, where))
	if err != nil {
		return nil, err
	}
	present, count := make([]docs, len(terms)), 0
	for i, t := range terms {
		if present[i], err = m.scored(dict, []byte(t)); err != nil {
			return nil, err
		}
		count += present[i].count()
	}
	f := newFrequencies(count, m.seg.blocks)
	for i, t := range terms {
		f.add(present[i], 0)
		if err := m.addBits(f, more, t); err != nil {
			return nil, err
		}
	}
	return f.sum(), nil
}

// scored returns those documents of a term that are scored.
func (m *matcher) scored(dict seg.TermDictionary, term []byte) (docs, error) {
	d, err := postings(dict, term)
	if m.few != nil && d.bitmap != nil {
		d.bitmap = roaring.And(d.bitmap, m.few)
	}
	return d, err
}

// addBits adds what is over 1 in the frequencies of a term to f.
func (m *matcher) addBits(f *adding, dict seg.TermDictionary, term string) error {
	for it := termsOf(dict, nil, []byte(bitTerm(term, 0)), []byte(bitTerm(term, mostBits))); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		docs, err := m.scored(dict, []byte(e.Term))
		if err != nil {
			return err
		}
		f.add(docs, int(e.Term[len(e.Term)-1]))
	}
}
