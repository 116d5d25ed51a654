package bleveindex

import (
	"context"
	"errors"
	"time"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// search is one query under way over one view.
type search struct {
	ix       *Index
	view     *view
	query    index.Query
	cursor   *index.Cursor
	matchers []*matcher
	matches  []*roaring.Bitmap // by segment, live
	parts    []parts           // by segment
	lenient  bool              // a prefix stands for the words that the limit allows
}

// parts are what the matches of one segment were met from.
type parts struct {
	base    *roaring.Bitmap // root, dates and live
	filters map[index.Field]*roaring.Bitmap
}

// Search implements index.Index.
func (ix *Index) Search(ctx context.Context, q index.Query) (index.Result, error) {
	return ix.search(ctx, q, false)
}

func (ix *Index) search(ctx context.Context, q index.Query, lenient bool) (index.Result, error) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, ix.limits.Time)
	defer cancel()
	var res index.Result
	err := ix.with(ctx, &search{query: q, lenient: lenient}, func(s *search) error {
		for _, m := range s.matches {
			res.Total += int(m.GetCardinality())
		}
		if err := s.facets(ctx, &res); err != nil {
			return err
		}
		return s.hits(ctx, &res)
	})
	res.Took = time.Since(start)
	return res, ix.limitError(ctx, err)
}

// limitError names the time limit when that is what ended a search.
func (ix *Index) limitError(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) && errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return errors.Join(&index.LimitError{Limit: "time", Max: int(ix.limits.Time.Milliseconds())}, err)
	}
	return err
}

// with matches the query of s in the current view, lets f read the matches
// and lets go of the view.
func (ix *Index) with(ctx context.Context, s *search, f func(*search) error) (err error) {
	q := s.query
	if err := ix.limits.Check(q); err != nil {
		return err
	}
	s.ix = ix
	if q.After != "" {
		c, err := index.ParseCursor(q.After, q.Sort)
		if err != nil {
			return err
		}
		if c.Shown+q.Size > ix.limits.Depth {
			return &index.LimitError{Limit: "depth", Max: ix.limits.Depth}
		}
		s.cursor = &c
	}
	if s.view, err = ix.acquire(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.view.release()) }()
	if err := s.match(ctx); err != nil {
		return err
	}
	return f(s)
}

func (s *search) match(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	shared := &expansions{limit: s.ix.limits.Expansion, lenient: s.lenient, segments: s.view.segments}
	for _, sg := range s.view.segments {
		s.matchers = append(s.matchers, s.ix.newMatcher(ctx, s.view, sg, shared))
	}
	for _, m := range s.matchers {
		p, err := m.parts(s.query)
		if err != nil {
			return err
		}
		all := p.base
		for _, b := range p.filters {
			all = roaring.And(all, b)
		}
		s.parts = append(s.parts, p)
		s.matches = append(s.matches, all)
	}
	return nil
}

func (m *matcher) parts(q index.Query) (parts, error) {
	p := parts{filters: map[index.Field]*roaring.Bitmap{}}
	root, err := m.node(q.Root)
	if err != nil {
		return p, err
	}
	p.base = roaring.And(root, m.seg.live)
	if !q.From.IsZero() || !q.To.IsZero() {
		p.base.And(m.dates(q.From, q.To))
	}
	for f, values := range q.Filters {
		if len(values) == 0 {
			continue
		}
		if p.filters[f], err = m.filter(f, values); err != nil {
			return p, err
		}
	}
	return p, m.ctx.Err()
}

// without meets all filters but the one on f.
func (p parts) without(f index.Field) *roaring.Bitmap {
	all := p.base
	for g, b := range p.filters {
		if g != f {
			all = roaring.And(all, b)
		}
	}
	return all
}

// facets counts the asked fields; a field that is filtered is counted as if
// it were not.
func (s *search) facets(ctx context.Context, res *index.Result) error {
	if len(s.query.Facets) == 0 {
		return nil
	}
	res.Facets = map[index.Field][]index.Count{}
	counts := map[index.Field][]int{}
	values := map[index.Field][]string{}
	for _, f := range s.query.Facets {
		values[f] = s.ix.dicts.of(f).all()
		counts[f] = make([]int, len(values[f]))
	}
	for i, sg := range s.view.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		words := sg.words(s.matches[i])
		n := int(s.matches[i].GetCardinality())
		for _, f := range s.query.Facets {
			column := sg.columns.facets[f]
			if column == nil {
				continue
			}
			if s.parts[i].filters[f] == nil {
				column.count(words, n, counts[f])
				continue
			}
			wider := s.parts[i].without(f)
			column.count(sg.words(wider), int(wider.GetCardinality()), counts[f])
		}
	}
	for _, f := range s.query.Facets {
		res.Facets[f] = ranked(values[f], counts[f], s.query.Values, s.query.Filters[f])
	}
	return nil
}

// words is a bitmap as one word for each block of 64 documents.
func (s *segment) words(b *roaring.Bitmap) []uint64 {
	w := make([]uint64, s.blocks)
	b.WriteDenseTo(w)
	return w
}

// hits fills in the page that was asked for.
func (s *search) hits(ctx context.Context, res *index.Result) error {
	size := min(s.query.Size, s.ix.limits.Depth)
	if size <= 0 || res.Total == 0 {
		return nil
	}
	keyers, err := s.keyers()
	if err != nil {
		return err
	}
	t := &top{k: size + 1, after: s.cursor} // one more tells whether there is a next page
	if !s.query.Expand {
		t.groups = s.view.shared
		t.leads = func(r rankedDoc) (bool, error) { return s.leads(r, keyers) }
	}
	for i, sg := range s.view.segments {
		if s.matches[i].IsEmpty() {
			continue
		}
		if err := collect(ctx, sg, sg.words(s.matches[i]), keyers[i], t); err != nil {
			return err
		}
	}
	docs := t.sorted()
	if len(docs) > size {
		docs = docs[:size]
		res.Next = s.next(docs)
	}
	for _, d := range docs {
		h, err := s.hit(d)
		if err != nil {
			return err
		}
		res.Hits = append(res.Hits, h)
	}
	return nil
}

func (s *search) next(docs []rankedDoc) string {
	last := docs[len(docs)-1]
	c := index.Cursor{Sort: s.query.Sort, Key: last.key, ID: last.id(), Shown: len(docs)}
	if s.cursor != nil {
		c.Shown += s.cursor.Shown
	}
	return c.String()
}

// scored tells whether the order is by score; it is by date when nothing is scored.
func (s *search) keyers() ([]keyer, error) {
	var plan *scorer
	order := s.query.Sort
	if order != index.Newest && order != index.Oldest {
		var err error
		plan, err = (&planner{s.ix, s.view, s.matchers}).plan(s.query.Root)
		if err != nil {
			return nil, err
		}
		if plan == nil {
			order = index.Newest
		}
	}
	out := make([]keyer, len(s.matchers))
	for i, m := range s.matchers {
		if plan == nil {
			out[i] = byDate{m.seg, order == index.Oldest}
			continue
		}
		if s.matches[i].IsEmpty() {
			continue
		}
		b, err := m.bind(plan)
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

func (s *search) hit(d rankedDoc) (index.Hit, error) {
	doc, err := d.seg.document(d.doc)
	if err != nil {
		return index.Hit{}, err
	}
	h := index.Hit{Document: doc}
	if s.query.Sort != index.Newest && s.query.Sort != index.Oldest {
		h.Score = d.key
	}
	if s.query.Snippets {
		index.Illustrate(&h, s.query.Root)
	}
	if s.query.Expand || !s.view.shared[d.seg.groups[d.doc]] {
		return h, nil
	}
	members, err := s.members(doc.Group)
	h.Duplicates = max(0, len(members)-1)
	return h, err
}

// members returns the matching documents of a group, without their keys.
func (s *search) members(group string) ([]rankedDoc, error) {
	var out []rankedDoc
	for i, m := range s.matchers {
		b, err := m.value(index.Group, group)
		if err != nil {
			return nil, err
		}
		for it := roaring.And(b, s.matches[i]).Iterator(); it.HasNext(); {
			out = append(out, rankedDoc{seg: m.seg, doc: it.Next()})
		}
	}
	return out, nil
}

// leads tells whether no other match of r's group comes before r.
func (s *search) leads(r rankedDoc, keyers []keyer) (bool, error) {
	doc, err := r.seg.document(r.doc)
	if err != nil {
		return false, err
	}
	members, err := s.members(doc.Group)
	if err != nil {
		return false, err
	}
	for _, other := range members {
		for i, sg := range s.view.segments {
			if sg == other.seg {
				other.key = keyers[i].score(other.doc)
			}
		}
		if compare(other, r) < 0 {
			return false, nil
		}
	}
	return true, nil
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
