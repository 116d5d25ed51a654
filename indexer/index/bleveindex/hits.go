package bleveindex

import (
	"bytes"
	"context"
	"slices"
	"sort"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// hits fills in the page that was asked for.
func (s *search) hits(ctx context.Context, res *index.Result) error {
	size := min(s.query.Size, s.ix.limits.Depth)
	if size <= 0 || res.Total == 0 {
		return nil
	}
	docs, more, err := s.page(ctx, size)
	if err != nil {
		return err
	}
	if more {
		res.Next = s.next(docs)
	}
	for _, d := range docs {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := s.hit(ctx, d)
		if err != nil {
			return err
		}
		res.Hits = append(res.Hits, h)
	}
	return nil
}

// Whoever turns pages is ranked ahead of what is asked for, so many times what was
// shown already, so that far pages cost no more than the first.
const (
	aheadOfShown = 4
	mostAhead    = 1000
)

// rankedList is what a result goes on with behind a cursor. It is never changed.
type rankedList struct {
	after *index.Cursor
	docs  []rankedDoc
	whole bool // nothing comes behind them
}

func (l rankedList) size() int { return 32 * len(l.docs) }

// behind are the documents behind a cursor, ok when the list has size of them and
// one more, or all there are.
func (l rankedList) behind(c *index.Cursor, size int) (docs []rankedDoc, ok bool) {
	i := 0
	if *c != *l.after {
		i = sort.Search(len(l.docs), func(i int) bool { return l.docs[i].follows(c) })
		if i == 0 || l.docs[i-1].key != c.Key || l.docs[i-1].id() != c.ID {
			return nil, false
		}
	}
	return l.docs[i:], l.whole || len(l.docs)-i > size
}

// page ranks the documents that were asked for, and tells whether more follow.
func (s *search) page(ctx context.Context, size int) (docs []rankedDoc, more bool, err error) {
	if s.cursor == nil {
		docs, err = s.rank(ctx, size+1)
	} else {
		docs, err = s.ahead(ctx, size)
	}
	return docs[:min(size, len(docs))], len(docs) > size, err
}

// ahead are the documents behind the cursor: more than size, or all that there are.
func (s *search) ahead(ctx context.Context, size int) ([]rankedDoc, error) {
	k := cacheKey{field: "order", term: s.orderKey()}
	if known, ok := s.view.answers.get(k).(rankedList); ok {
		if docs, ok := known.behind(s.cursor, size); ok {
			return docs, nil
		}
	}
	want := max(size+1, min(aheadOfShown*s.cursor.Shown, mostAhead))
	docs, err := s.rank(ctx, want)
	if err == nil {
		s.view.answers.put(k, rankedList{s.cursor, docs, len(docs) < want})
	}
	return docs, err
}

// rank are the first documents behind the cursor, in order.
func (s *search) rank(ctx context.Context, n int) ([]rankedDoc, error) {
	keyers, err := s.keyers(ctx)
	if err != nil {
		return nil, err
	}
	var groups map[uint64]bool
	if !s.query.Expand {
		groups = s.view.shared
	}
	k := n
	if s.cursor != nil {
		k += n / 4 // some fall out whose group was shown
	}
	for ; ; k *= 2 {
		t := newTop(k, s.cursor, groups)
		for i, sg := range s.view.segments {
			if s.matches[i].IsEmpty() {
				continue
			}
			if err := collect(ctx, sg, s.matched(i), keyers[i], t); err != nil {
				return nil, err
			}
		}
		if docs := t.sorted(); len(docs) >= n || !t.full() {
			return docs[:min(n, len(docs))], nil
		}
	}
}

func (s *search) next(docs []rankedDoc) string {
	last := docs[len(docs)-1]
	c := index.Cursor{Sort: s.query.Sort, Key: last.key, ID: last.id(), Shown: len(docs)}
	if s.cursor != nil {
		c.Shown += s.cursor.Shown
	}
	return c.String()
}

// Where less than one document in so many is found, frequencies are read for
// those alone.
const fewInSegment = 256

// keyers are those of the order of the query, by segment: by score unless a
// date was asked for or nothing is scored.
func (s *search) keyers(ctx context.Context) ([]keyer, error) {
	for i, m := range s.matchers {
		if found := s.matches[i]; found.GetCardinality() < uint64(m.seg.n)/fewInSegment {
			m.few = found
		}
	}
	var plan *scorer
	order := s.query.Sort
	if order != index.Newest && order != index.Oldest {
		var err error
		plan, err = (&planner{s.ix, s.view, s.matchers}).plan(ctx, s.query.Root)
		if err != nil {
			return nil, err
		}
		if plan == nil {
			order = index.Newest
		}
	}
	out := make([]keyer, len(s.matchers))
	for i, m := range s.matchers {
		if err := m.seg.identify(); err != nil {
			return nil, err
		}
		if plan == nil {
			out[i] = byDate{m.seg, order == index.Oldest}
			continue
		}
		if s.matches[i].IsEmpty() {
			continue
		}
		b, err := m.bind(ctx, plan)
		if err != nil {
			return nil, err
		}
		out[i] = b
		if w := s.ix.weights; w.Fresh > 0 {
			out[i] = fresh{b, m.seg, w, dateNumber(s.view.newest)}
		}
	}
	return out, nil
}

func (s *search) hit(ctx context.Context, d rankedDoc) (index.Hit, error) {
	if s.lenient > 0 && !s.view.shared[d.group()] {
		return titled(d)
	}
	if s.query.Bare {
		return s.bare(d)
	}
	doc, err := d.seg.document(d.doc)
	if err != nil {
		return index.Hit{}, err
	}
	h := index.Hit{Document: doc}
	if h.Lacks, err = s.lacks(ctx, d); err != nil {
		return h, err
	}
	if s.query.Sort != index.Newest && s.query.Sort != index.Oldest {
		h.Score = d.key
	}
	if s.query.Snippets {
		index.Illustrate(&h, s.query.Root)
	}
	switch {
	case s.query.Expand:
		return h, nil
	case !s.view.shared[d.group()]:
		if h.Meeting != "" {
			h.Sources = 1
		}
		return h, nil
	}
	err = s.countMembers(d, &h)
	return h, err
}

// countMembers counts what the list leaves out beside a hit.
func (s *search) countMembers(d rankedDoc, h *index.Hit) error {
	members, err := s.members(d, &h.Document)
	if err != nil || h.Meeting == "" {
		h.Duplicates = max(0, len(members)-1)
		return err
	}
	h.Sources = len(members)
	for i, m := range s.matchers {
		copies, err := m.value(index.Group, h.Group)
		if err != nil {
			return err
		}
		for _, other := range members {
			if other.seg == s.view.segments[i] && copies.Contains(other.doc) {
				h.Duplicates++
			}
		}
	}
	h.Duplicates = max(0, h.Duplicates-1)
	return nil
}

// lacks returns the places of what a document does not match in what was asked.
func (s *search) lacks(ctx context.Context, d rankedDoc) ([]int, error) {
	if len(s.query.Asked) == 0 {
		return nil, nil
	}
	if s.asked == nil {
		s.asked = map[*segment][]*roaring.Bitmap{}
	}
	if s.asked[d.seg] == nil {
		sets := make([]*roaring.Bitmap, len(s.query.Asked))
		m := s.matchers[slices.Index(s.view.segments, d.seg)]
		for i, n := range s.query.Asked {
			var err error
			if sets[i], err = m.node(ctx, n); err != nil {
				return nil, err
			}
		}
		s.asked[d.seg] = sets
	}
	var out []int
	for i, b := range s.asked[d.seg] {
		if !b.Contains(d.doc) {
			out = append(out, i)
		}
	}
	return out, nil
}

// titled is a hit with nothing but what completion shows.
func titled(d rankedDoc) (index.Hit, error) {
	raw, err := d.seg.stored(d.doc)
	if err != nil {
		return index.Hit{}, err
	}
	_, texts, err := cutStored(raw)
	h := index.Hit{}
	h.ID, h.Title = d.id(), string(texts[fieldIndex(index.Title)])
	return h, err
}

// bare is a hit without the facts that take long to read; they are read where
// the texts do not tell where an attachment begins.
func (s *search) bare(d rankedDoc) (index.Hit, error) {
	raw, err := d.seg.stored(d.doc)
	if err != nil {
		return index.Hit{}, err
	}
	head, texts, err := cutStored(raw)
	if err != nil || bytes.Contains(head, []byte(`"attached"`)) {
		doc, err := decodeDocument(raw)
		return index.Hit{Document: doc}, err
	}
	h := index.Hit{Bare: true}
	h.ID, h.Title, h.Body = d.id(), string(texts[fieldIndex(index.Title)]), string(texts[fieldIndex(index.Body)])
	columns, err := s.ix.facetsOf(d.seg)
	if c := columns[index.Province]; c != nil {
		for _, ord := range c.appendValues(nil, d.doc) {
			h.Province = s.ix.dicts.of(index.Province).all()[ord]
		}
	}
	return h, err
}

// members returns the matching documents of r's cluster, without their keys.
func (s *search) members(r rankedDoc, d *index.Document) ([]rankedDoc, error) {
	f, value := index.Group, d.Group
	if d.Meeting != "" {
		f, value = index.Meeting, d.Meeting
	}
	cluster := r.seg.ids.groups[r.doc]
	var out []rankedDoc
	for i, m := range s.matchers {
		b, err := m.value(f, value)
		if err != nil {
			return nil, err
		}
		for it := roaring.And(b, s.matches[i]).Iterator(); it.HasNext(); {
			// A copy that reports a meeting stands with that one.
			if doc := it.Next(); m.seg.ids.groups[doc] == cluster {
				out = append(out, rankedDoc{seg: m.seg, doc: doc})
			}
		}
	}
	return out, nil
}

// document reads a stored document.
func (s *segment) document(doc uint32) (index.Document, error) {
	raw, err := s.stored(doc)
	if err != nil {
		return index.Document{}, err
	}
	return decodeDocument(raw)
}

func (s *segment) stored(doc uint32) ([]byte, error) {
	var raw []byte
	err := s.snap.VisitDocument(uint64(doc), func(name string, _ byte, value []byte, _ []uint64) bool {
		if name == storedField {
			raw = append(raw, value...)
		}
		return name != storedField
	})
	return raw, err
}
