package bleveindex

import (
	"cmp"
	"math"
	"slices"

	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// termList is a decoded posting list: how often a term stands in each document
// of a segment. It owns its memory.
type termList struct {
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
	if l.dense == nil {
		if i, ok := slices.BinarySearch(l.docs, doc); ok {
			return l.wide(i)
		}
		return 0
	}
	if f := l.dense[doc]; f < math.MaxUint8 {
		return uint32(f)
	}
	return l.big[doc]
}

func (l *termList) size() int {
	return len(l.dense) + 5*len(l.docs) + len(l.bounds) + 16*len(l.big) + 200
}

// decode reads posting lists with frequencies and adds them up.
func decode(lists []seg.PostingsList, s stream, n int) (*termList, error) {
	l := &termList{}
	count := 0
	for _, list := range lists {
		count += int(list.Count())
	}
	if count*denseOneIn > n {
		l.dense = make([]uint8, n)
	} else {
		l.docs, l.tfs = make([]uint32, 0, count), make([]uint8, 0, count)
	}
	for _, list := range lists {
		for it := list.Iterator(true, false, false, nil); ; {
			p, err := it.Next()
			if err != nil {
				return nil, err
			}
			if p == nil {
				break
			}
			tf := frequency(p)
			if s.written() == bi {
				tf = uint64(occurrences(tf))
			}
			l.add(uint32(p.Number()), uint32(min(tf, math.MaxUint32)))
		}
	}
	if l.dense == nil && len(lists) > 1 {
		l.sort()
	}
	return l, nil
}

func (l *termList) add(doc, tf uint32) {
	if l.dense != nil {
		if before := l.dense[doc]; before == math.MaxUint8 {
			tf += l.big[doc]
		} else {
			tf += uint32(before)
		}
		l.dense[doc] = l.narrow(doc, tf)
		return
	}
	l.docs, l.tfs = append(l.docs, doc), append(l.tfs, l.narrow(doc, tf))
}

// narrow returns the byte that stands for a frequency.
func (l *termList) narrow(doc, tf uint32) uint8 {
	if tf < math.MaxUint8 {
		return uint8(tf)
	}
	if l.big == nil {
		l.big = map[uint32]uint32{}
	}
	l.big[doc] = tf
	return math.MaxUint8
}

// sort orders a sparse list that was read from several, and adds up the
// frequencies of one document.
func (l *termList) sort() {
	type posting struct{ doc, tf uint32 }
	all := make([]posting, len(l.docs))
	for i, doc := range l.docs {
		all[i] = posting{doc, l.wide(i)}
	}
	slices.SortFunc(all, func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
	l.docs, l.tfs = l.docs[:0], l.tfs[:0]
	for i := 0; i < len(all); {
		doc, tf := all[i].doc, uint32(0)
		for ; i < len(all) && all[i].doc == doc; i++ {
			tf += all[i].tf
		}
		l.add(doc, tf)
	}
}

// wide is the frequency at a place of a sparse list.
func (l *termList) wide(i int) uint32 {
	if l.tfs[i] == math.MaxUint8 {
		return l.big[l.docs[i]]
	}
	return uint32(l.tfs[i])
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
		tf := float64(l.tf(uint32(doc)))
		q := uint8(math.Ceil(255 * tf / (tf + k + perLength*float64(lengths.at(uint32(doc))))))
		if b := doc >> 6; q > l.bounds[b] {
			l.bounds[b] = q
		}
	}
}

// list returns the decoded list of a token, bounded for the view's average.
func (m *matcher) list(s stream, where index.TextField, term string) (*termList, error) {
	field, average := fieldIndex(where), m.view.fields[s.written()][fieldIndex(where)].average()
	k := cacheKey{m.seg.columns, "list." + string(where), string(rune('0'+s)) + term}
	l, ok := m.ix.lists.get(k).(*termList)
	if ok && (l.bounds == nil || average <= l.bounded) {
		return l, nil
	}
	name, terms := streamField(s.written(), where), []string{term}
	if s != s.written() {
		var err error
		if terms, err = m.variants(name, term); err != nil {
			return nil, err
		}
	}
	dict, err := m.dict(name)
	if err != nil {
		return nil, err
	}
	lists := make([]seg.PostingsList, len(terms))
	for i, t := range terms {
		if lists[i], err = dict.PostingsList([]byte(t), nil, nil); err != nil {
			return nil, err
		}
	}
	if l, err = decode(lists, s, m.seg.n); err != nil {
		return nil, err
	}
	if l.dense != nil {
		l.bound(index.DefaultBM25, m.seg.lengths[s.written()][field], average)
	}
	m.ix.lists.put(k, l)
	return l, nil
}

// frequency is what was written for a posting: 0 stands for 1.
func frequency(p seg.Posting) uint64 { return max(1, p.Frequency()) }
