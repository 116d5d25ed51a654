package bleveindex

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"bantin/analyzers/vi"
	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// commonWords are the words that many bulletins of a segment have in
// [index.Written], each with the sum of its documents in those fields: some
// hundredths of the dictionaries, as most words of a language are rare. They are
// gathered when a search first asks for them.
type commonWords struct {
	once sync.Once
	fst  *vellum.FST
	err  error
}

// rareIn is how many documents a word may have in a segment of n and be left out
// of its common words.
func rareIn(n int) int {
	switch {
	case n < 1<<12:
		return 0
	case n < 1<<16:
		return 3
	}
	return 7
}

func (s *segment) commonWords() (*vellum.FST, error) {
	c := &s.common
	c.once.Do(func() {
		c.err = untorn(func() (err error) {
			c.fst, err = s.gatherCommon()
			return err
		})
	})
	return c.fst, c.err
}

func (s *segment) gatherCommon() (*vellum.FST, error) {
	var fields []*termCursor
	for _, f := range index.Written {
		c, err := newTermCursor(s.snap.Segment(), streamField(syl, f))
		if err != nil {
			return nil, err
		}
		fields = append(fields, c)
	}
	var out bytes.Buffer
	b, err := vellum.New(&out, nil)
	for err == nil {
		var term string
		for _, c := range fields {
			if t := c.term; t != "" && (term == "" || t < term) {
				term = t
			}
		}
		if term == "" {
			break
		}
		sum := 0
		for _, c := range fields {
			if c.term == term {
				sum += c.docs
				err = errors.Join(err, c.next())
			}
		}
		if sum > rareIn(s.n) {
			err = errors.Join(err, b.Insert([]byte(term), uint64(sum)))
		}
	}
	err = errors.Join(err, b.Close())
	if err != nil {
		return nil, err
	}
	return vellum.Load(out.Bytes())
}

// termCursor walks the terms of a field in their order.
type termCursor struct {
	dict seg.TermDictionary
	it   seg.DictionaryIterator
	term string // empty at the end
	docs int
}

func newTermCursor(sg seg.Segment, field string) (*termCursor, error) {
	dict, err := sg.Dictionary(field)
	if err != nil {
		return nil, err
	}
	c := &termCursor{dict: dict, it: termsOf(dict, nil, nil, nil)}
	err = c.next()
	return c, err
}

func (c *termCursor) next() error {
	e, err := c.it.Next()
	if err != nil || e == nil {
		c.term = ""
		return err
	}
	c.term = e.Term
	d, err := postings(c.dict, []byte(e.Term))
	switch {
	case d.single:
		c.docs = 1
	case d.bitmap != nil:
		c.docs = int(d.bitmap.GetCardinality())
	}
	return err
}

// believe sums up, over all segments, how many documents each word that an
// automaton accepts may have at most, in a form. It tells nothing, and ok is
// false, where common words do not tell of words of least documents.
func (v *view) believe(ctx context.Context, a seg.Automaton, prefix []byte, form func(string) string, least int) (most map[string]int, ok bool, err error) {
	rare := 0
	for _, s := range v.segments {
		rare += rareIn(s.n)
	}
	if rare >= least {
		return nil, false, nil
	}
	most = map[string]int{}
	for _, s := range v.segments {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		fst, err := s.commonWords()
		if err != nil {
			return nil, false, err
		}
		here := map[string]int{}
		it, err := fst.Search(a, prefix, after(prefix))
		for n := 0; err == nil; err = it.Next() {
			if n++; n%256 == 1 && ctx.Err() != nil {
				return nil, false, ctx.Err()
			}
			term, docs := it.Current()
			here[form(string(term))] += int(docs)
		}
		if !errors.Is(err, vellum.ErrIteratorDone) {
			return nil, false, err
		}
		for word, docs := range here {
			most[word] += docs - rareIn(s.n)
		}
	}
	for word, docs := range most {
		if docs+rare < least {
			delete(most, word)
		}
	}
	return most, true, nil
}

// after is the first key behind all that begin with a prefix of a whole letter,
// which never ends in the highest byte; nil for none.
func after(prefix []byte) []byte {
	if len(prefix) == 0 {
		return nil
	}
	end := bytes.Clone(prefix)
	end[len(end)-1]++
	return end
}

// Frequent implements index.Index.
func (ix *Index) Frequent(ctx context.Context, words []index.Word, least int) (out []index.Word, err error) {
	v, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		a, form := spelt(exactly(w.Text), w.Accented)
		most, ok, failed := v.believe(ctx, a, nil, form, least)
		if err = failed; err != nil {
			break
		}
		if !ok || len(most) > 0 {
			out = append(out, w)
		}
	}
	return out, errors.Join(err, v.release())
}

// spelt is an automaton over accented words that stands for one over accented or
// over folded words, and the form of what it accepts.
func spelt(a seg.Automaton, accented bool) (seg.Automaton, func(string) string) {
	if accented {
		return a, func(w string) string { return w }
	}
	return folding{a}, vi.Fold
}
