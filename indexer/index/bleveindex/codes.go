package bleveindex

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	seg "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// A list is long that has more than one document for so many blocks.
const longList = 8

// eachCode calls f with the code of a term of a field in each of docs that has
// it, and the place of that one in docs.
func (m *matcher) eachCode(ctx context.Context, field, term string, docs []uint32, f func(at int, code uint64)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	dict, err := m.dict(field)
	if err != nil {
		return err
	}
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return err
	}
	has, read := docsOf(list), false
	if has.count() > m.seg.blocks/longList {
		err = untorn(func() error {
			all, ok, err := codesOf(m.seg.snap.Segment(), field, term, has.count())
			if read = ok; ok {
				has, wanted := planeOf(has.bitmap, m.seg.blocks), planeOfAll(docs, m.seg.blocks)
				all.each(has.words, wanted.words, f)
				sparePlanes.Put(has)
				sparePlanes.Put(wanted)
			}
			return err
		})
	}
	if !read && err == nil {
		err = m.eachInTurn(ctx, list, docs, f)
	}
	return err
}

// eachInTurn asks for one code after the other.
func (m *matcher) eachInTurn(ctx context.Context, list seg.PostingsList, docs []uint32, f func(at int, code uint64)) error {
	it := list.Iterator(true, false, false, nil)
	for n, at := 0, 0; at < len(docs); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := it.Advance(uint64(docs[at]))
		if err != nil || p == nil {
			return err
		}
		skipped, found := slices.BinarySearch(docs[at:], uint32(p.Number()))
		if at += skipped; found {
			f(at, max(1, p.Frequency())) // 0 stands for 1
			at++
		}
	}
	return nil
}

// planeOfAll is planeOf for a list of documents.
func planeOfAll(docs []uint32, blocks int) *plane {
	p := newPlane(blocks)
	for _, doc := range docs {
		p.words[doc>>6] |= 1 << (doc & 63)
	}
	return p
}

// bleve gives the frequencies of a posting list one call at a time, at 35 ns
// each: too slow for the places of a bigram that stands in every fifth bulletin.
// A segment that is a file tells where it keeps them. There, in version 17 of its format (zap.md, and the command zap
// explore, in github.com/blevesearch/zapx), a list is two numbers of variable
// length for each document in turn: twice the frequency, plus one if places of
// bleve's own follow elsewhere, and the norm, which is left out where the
// frequency is 0. The documents are cut into chunks of so many numbers that
// about 1,024 of the list are in one.
type segmentFile interface {
	Data() []byte
	DictAddr(field string) (uint64, error)
	Version() uint32
	ChunkMode() uint32
	NumDocs() uint64
}

const (
	segmentVersion   = 17
	segmentChunkMode = 1026
	docsOfChunk      = 1024
)

// codeList are the codes of the documents of one term, in their order.
type codeList struct {
	data  []byte   // of all chunks
	ends  []uint64 // of each chunk, in data
	chunk int      // documents of the segment in each
}

// codesOf finds the codes of a term that stands in count documents; ok is false
// where they have to be asked for one by one.
func codesOf(s seg.Segment, field, term string, count int) (l codeList, ok bool, err error) {
	f, ok := s.(segmentFile)
	if !ok || f.Version() != segmentVersion || f.ChunkMode() != segmentChunkMode {
		return l, false, nil
	}
	at, err := f.DictAddr(field)
	if err != nil {
		return l, false, err
	}
	r := reader{f.Data(), int(at)}
	length := int(r.next())
	terms, err := vellum.Load(r.data[r.at : r.at+length])
	if err != nil {
		return l, false, fmt.Errorf("dictionary of %s: %w", field, err)
	}
	list, found, err := terms.Get([]byte(term))
	if err != nil || !found || list>>62 != 0 { // which stands for one document
		return l, false, err
	}
	r.at = int(list)
	r.at = int(r.next())
	for n := r.next(); n > 0; n-- {
		l.ends = append(l.ends, r.next())
	}
	l.chunk = int(f.NumDocs()) / (count/docsOfChunk + 1)
	l.data = r.data[r.at:]
	return l, l.chunk > 0, nil
}

// each calls f with the codes of those documents of has that are wanted, and the
// place of each among the wanted.
func (l codeList) each(has, wanted []uint64, f func(at int, code uint64)) {
	start, at := uint64(0), 0
	for c, end := range l.ends {
		part := span{c * l.chunk, min((c+1)*l.chunk, 64*len(has))}
		if n := part.count(wanted); n > 0 {
			r := reader{l.data[start:end], 0}
			r.each(part, has, wanted, at, at+n, f)
			at += n
		}
		start = end
	}
}

// each calls f with the codes of one chunk, whose wanted documents are those from
// at to before end.
func (r *reader) each(part span, has, wanted []uint64, at, end int, f func(at int, code uint64)) {
	part.each(func(b int, mask uint64) bool {
		have, want := has[b]&mask, wanted[b]&mask
		for all := have | want; all != 0 && at < end; all &= all - 1 {
			bit := all & -all
			code := uint64(0)
			if have&bit != 0 {
				code = r.code()
			}
			if want&bit != 0 {
				if code != 0 {
					f(at, code)
				}
				at++
			}
		}
		return at < end
	})
}

// span are the documents from one to before another.
type span struct{ from, to int }

// each calls f with the blocks of the span, and the documents of each that are
// in it, until that is false.
func (s span) each(f func(block int, mask uint64) bool) {
	for b := s.from >> 6; b<<6 < s.to; b++ {
		mask := ^uint64(0)
		if first := s.from - b<<6; first > 0 {
			mask <<= first
		}
		if end := s.to - b<<6; end < 64 {
			mask &= 1<<end - 1
		}
		if !f(b, mask) {
			return
		}
	}
}

func (s span) count(words []uint64) int {
	n := 0
	s.each(func(b int, mask uint64) bool {
		n += bits.OnesCount64(words[b] & mask)
		return true
	})
	return n
}

// reader reads numbers out of a file in memory. Where that is torn it panics:
// see untorn.
type reader struct {
	data []byte
	at   int
}

func (r *reader) next() uint64 {
	v, n := binary.Uvarint(r.data[r.at:])
	if n <= 0 {
		panic("a number that does not end")
	}
	r.at += n
	return v
}

// code reads the code of a document and its norm: in one look at eight bytes
// where they take no more.
func (r *reader) code() uint64 {
	if d := r.data[r.at:]; len(d) >= 8 {
		v := binary.LittleEndian.Uint64(d)
		ends := ^v & 0x8080808080808080
		n := bits.TrailingZeros64(ends) // the highest bit of the first number
		double := sevens(v & (1<<n - 1))
		if norm := ends & (ends - 1); double > 1 && bits.TrailingZeros64(norm) == n+8 {
			r.at += n>>3 + 2
			return double >> 1
		}
	}
	double := r.next()
	if double > 1 {
		r.next()
	}
	return max(1, double>>1) // 0 stands for 1
}

// sevens puts the low seven bits of each byte together.
func sevens(v uint64) uint64 {
	v = v&0x007f007f007f007f | v&0x7f007f007f007f00>>1
	v = v&0x00003fff00003fff | v&0x3fff00003fff0000>>2
	return v&0x0fffffff | v&0x0fffffff00000000>>4
}
