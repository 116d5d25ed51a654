package bleveindex

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// errClosed is returned by every method of a closed index.
var errClosed = errors.New("the index is closed")

// view is one state of the index with all that a search needs of it. It is
// immutable but for its references.
type view struct {
	snapshot *scorch.IndexSnapshot
	segments []*segment
	live     int
	fields   [streams][len(index.TextFields)]fieldStats
	newest   time.Time       // publication of the newest live bulletin
	shared   map[uint64]bool // hashes of the groups and meetings of more than one bulletin
	answers  *cache          // counts of facets and ranked lists, by the matches they are of
	refs     atomic.Int64
}

// fieldStats are the live documents of a field and the sum of their lengths.
type fieldStats struct {
	docs  int
	total uint64
}

func (f fieldStats) average() float64 {
	if f.docs == 0 {
		return 1
	}
	return float64(f.total) / float64(f.docs)
}

// segment is one immutable segment with the deletions of one view.
type segment struct {
	*columns
	snap    *scorch.SegmentSnapshot
	deleted *roaring.Bitmap // nil for none
	live    *roaring.Bitmap
	stats   *liveStats
}

// liveStats are what the live documents of one segment add to the view's
// statistics; it belongs to one set of deletions.
type liveStats struct {
	fields   [streams][len(index.TextFields)]fieldStats
	newest   uint64
	groups   []uint64
	meetings []uint64 // of each document that reports one, in order
}

// acquire returns the current view; the caller releases it.
func (ix *Index) acquire() (*view, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.view == nil {
		return nil, errClosed
	}
	ix.view.refs.Add(1)
	ix.watchMerges()
	return ix.view, nil
}

func (v *view) release() error {
	if v.refs.Add(-1) == 0 {
		return v.snapshot.Close()
	}
	return nil
}

// watchMerges renews the view in the background when a merge has replaced
// segments: the old view answers the same, but holds merged-away files. The
// caller holds ix.mu.
func (ix *Index) watchMerges() {
	if ix.renewal || len(ix.writer) > 0 {
		return
	}
	r, err := ix.scorch.Reader()
	if err != nil {
		return
	}
	now := r.(*scorch.IndexSnapshot)
	same := now == ix.view.snapshot
	if err := now.Close(); err != nil || same {
		return
	}
	select {
	case ix.writer <- struct{}{}:
	default:
		return
	}
	ix.renewal = true
	ix.pending.Go(func() {
		// A failure leaves the old view, which answers as well; Apply reports it.
		_ = ix.renew()
		ix.mu.Lock()
		ix.renewal = false
		ix.mu.Unlock()
		<-ix.writer
	})
}

// renew replaces the view by one of the present snapshot. Columns of segments
// that are still there are kept, those of new ones are built here, so that no
// search has to. One renewal runs at a time.
func (ix *Index) renew() error {
	r, err := ix.scorch.Reader()
	if err != nil {
		return err
	}
	ix.mu.Lock()
	old := ix.view
	ix.mu.Unlock()
	v, err := newView(r.(*scorch.IndexSnapshot), old)
	if err == nil && old != nil {
		err = ix.prepare(v)
	}
	if err != nil {
		return errors.Join(err, r.Close())
	}
	ix.mu.Lock()
	ix.view = v
	ix.mu.Unlock()
	ix.lists.keep(v.segments)
	if old != nil {
		return old.release()
	}
	return nil
}

// mostAnswers are the bytes of facet counts and ranked lists that a view keeps.
const mostAnswers = 16 << 20

func newView(snap *scorch.IndexSnapshot, old *view) (*view, error) {
	known := map[uint64]*segment{}
	if old != nil {
		for _, s := range old.segments {
			known[s.id] = s
		}
	}
	v := &view{snapshot: snap, shared: map[uint64]bool{}, answers: newCache(mostAnswers)}
	v.refs.Store(1)
	segments, err := newSegments(snap.Segments(), known)
	if err != nil {
		return nil, err
	}
	var newest uint64
	var met [][]uint64
	for _, s := range segments {
		v.segments = append(v.segments, s)
		v.live += int(s.live.GetCardinality())
		for st := range s.stats.fields {
			for f, add := range s.stats.fields[st] {
				v.fields[st][f].docs += add.docs
				v.fields[st][f].total += add.total
			}
		}
		newest = max(newest, s.stats.newest)
		for _, g := range s.stats.groups {
			v.shared[g] = true
		}
		met = append(met, s.stats.meetings)
	}
	for _, m := range repeated(met) {
		v.shared[m] = true
	}
	// The largest first: it sets the bar for the others.
	slices.SortStableFunc(v.segments, func(a, b *segment) int { return b.n - a.n })
	if newest > 0 {
		v.newest = time.Unix(int64(newest)+epoch, 0)
	}
	return v, nil
}

// newSegments prepares the segments on all processors.
func newSegments(all []*scorch.SegmentSnapshot, known map[uint64]*segment) ([]*segment, error) {
	out, errs := make([]*segment, len(all)), make([]error, len(all))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
				errs[i] = untorn(func() (err error) {
					out[i], err = newSegment(all[i], known[all[i].Id()])
					return err
				})
				if errs[i] != nil {
					errs[i] = fmt.Errorf("segment %d: %w", all[i].Id(), errs[i])
				}
			}
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

func newSegment(ss *scorch.SegmentSnapshot, known *segment) (*segment, error) {
	s := &segment{snap: ss, deleted: ss.Deleted()}
	if s.deleted != nil && s.deleted.IsEmpty() {
		s.deleted = nil
	}
	if known != nil {
		s.columns = known.columns
	} else {
		c, err := buildColumns(ss)
		if err != nil {
			return nil, err
		}
		s.columns = c
	}
	switch {
	case known == nil:
		s.live = ss.DocNumbersLive()
		s.stats = s.count()
	case s.gone() == known.gone():
		s.live, s.stats = known.live, known.stats
	default:
		now := s.deleted.Clone()
		now.And(known.live)
		s.live = roaring.AndNot(known.live, now)
		s.stats = s.without(known.stats, now)
	}
	return s, nil
}

// gone counts the deletions, which only ever grow.
func (s *segment) gone() uint64 {
	if s.deleted == nil {
		return 0
	}
	return s.deleted.GetCardinality()
}

// count sums up the live documents.
func (s *segment) count() *liveStats {
	st := &liveStats{}
	for i := s.live.Iterator(); i.HasNext(); {
		st.add(s.columns, i.Next(), 1)
	}
	s.survey(st)
	return st
}

// without is the former statistics less the documents deleted since.
func (s *segment) without(former *liveStats, deleted *roaring.Bitmap) *liveStats {
	st := &liveStats{fields: former.fields}
	for i := deleted.Iterator(); i.HasNext(); {
		st.add(s.columns, i.Next(), -1)
	}
	s.survey(st)
	return st
}

func (st *liveStats) add(c *columns, doc uint32, sign int) {
	for i := range st.fields {
		for f := range st.fields[i] {
			if n := c.lengths[i][f].at(doc); n > 0 {
				st.fields[i][f].docs += sign
				st.fields[i][f].total += uint64(sign) * uint64(n)
			}
		}
	}
}

// survey notes the newest live document, the groups of more than one and the
// meetings.
func (s *segment) survey(st *liveStats) {
	for b, latest := range s.latest {
		if latest <= st.newest {
			continue
		}
		for doc := b << 6; doc < min(s.n, (b+1)<<6); doc++ {
			if s.date[doc] > st.newest && s.live.ContainsInt(doc) {
				st.newest = s.date[doc]
			}
		}
	}
	for i, doc := range s.grouped {
		if s.live.Contains(doc) {
			st.groups = append(st.groups, s.joined[i])
		}
	}
	for _, m := range s.meetings {
		if s.live.Contains(m.doc) {
			st.meetings = append(st.meetings, m.hash)
		}
	}
}

// fieldIndex is the place of a text field in index.TextFields.
func fieldIndex(f index.TextField) int { return slices.Index(index.TextFields[:], f) }
