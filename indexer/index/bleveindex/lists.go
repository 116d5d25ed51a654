package bleveindex

import (
	"math"
	"slices"

	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// termList is a decoded posting list: how often a term stands in each document
// of a segment. It owns its memory.
type termList struct {
	n     int
	dense []uint8           // frequency by document, for terms that are common
	docs  []uint32          // else the documents that have it
	tfs   []uint8           // and its frequency in each
	big   map[uint32]uint32 // frequencies of 255 and more

	// bounds are, for a dense list, the highest impact in each block of 64
	// documents, in 255ths and rounded up. They hold for average lengths up to
	// bounded: a longer average raises impacts.
	bounds  []uint8
	bounded float64
}

// A list is dense when it has more than one document in so many.
const denseOneIn = 24

// tf returns the frequency in one document.
func (l *termList) tf(doc uint32) uint32 {
	var f uint8
	if l.dense != nil {
		f = l.dense[doc]
	} else if i, ok := slices.BinarySearch(l.docs, doc); ok {
		f = l.tfs[i]
	}
	if f == math.MaxUint8 {
		return l.big[doc]
	}
	return uint32(f)
}

func (l *termList) size() int {
	return len(l.dense) + 5*len(l.docs) + len(l.bounds) + 16*len(l.big) + 200
}

// decode reads a posting list with frequencies.
func decode(list seg.PostingsList, n int) (*termList, error) {
	l := &termList{}
	count := int(list.Count())
	if count*denseOneIn > n {
		l.dense = make([]uint8, n)
	} else {
		l.docs, l.tfs = make([]uint32, 0, count), make([]uint8, 0, count)
	}
	for it := list.Iterator(true, false, false, nil); ; {
		p, err := it.Next()
		if err != nil || p == nil {
			return l, err
		}
		doc, tf := uint32(p.Number()), uint32(min(max(1, p.Frequency()), math.MaxUint32))
		if tf >= math.MaxUint8 {
			if l.big == nil {
				l.big = map[uint32]uint32{}
			}
			l.big[doc] = tf
			tf = math.MaxUint8
		}
		l.n++
		if l.dense != nil {
			l.dense[doc] = uint8(tf)
		} else {
			l.docs, l.tfs = append(l.docs, doc), append(l.tfs, uint8(tf))
		}
	}
}

// bound fills the bounds of a dense list for averages a little above this one.
func (l *termList) bound(p index.BM25, lengths lengths, average float64) {
	l.bounded = average * 1.05
	l.bounds = make([]uint8, (len(l.dense)+63)/64)
	k, perLength := p.K1*(1-p.B), p.K1*p.B/l.bounded
	for doc, f := range l.dense {
		if f == 0 {
			continue
		}
		tf := float64(f)
		if f == math.MaxUint8 {
			tf = float64(l.big[uint32(doc)])
		}
		q := uint8(math.Ceil(255 * tf / (tf + k + perLength*float64(lengths.at(uint32(doc))))))
		if b := doc >> 6; q > l.bounds[b] {
			l.bounds[b] = q
		}
	}
}

// list returns the decoded list of a term, bounded for the view's average.
func (m *matcher) list(s stream, where index.TextField, term string) (*termList, error) {
	name, average := streamField(s, where), m.view.fields[s][fieldIndex(where)].average()
	k := cacheKey{m.seg.columns, name, term}
	l, ok := m.ix.lists.get(k).(*termList)
	if ok && (l.bounds == nil || average <= l.bounded) {
		return l, nil
	}
	dict, err := m.dict(name)
	if err != nil {
		return nil, err
	}
	_, postings, err := postings(dict, []byte(term))
	if err != nil {
		return nil, err
	}
	if l, err = decode(postings, m.seg.n); err != nil {
		return nil, err
	}
	if l.dense != nil {
		l.bound(index.DefaultBM25, m.seg.lengths[s][fieldIndex(where)], average)
	}
	m.ix.lists.put(k, l)
	return l, nil
}
