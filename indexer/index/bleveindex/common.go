package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// commonWords are the words that many bulletins of a segment have in
// [index.Written]: some hundredths of its dictionaries, as most words of a language
// are rare. They are gathered when a search first asks for them.
type commonWords struct {
	once  sync.Once
	words []commonWord // by folded form
	// ends are where in words each folded form ends, and cuts find those forms
	// by themselves and by what is left of them without one letter, so that words
	// one edit apart meet (Garbe: Symmetric Delete, 2012).
	ends []int32
	cuts []cut
	err  error
}

type commonWord struct {
	text, fold string
	docs       int32 // at most: the sum of both fields
}

// cut is the hash of a folded form, or of one without a letter, and its place in
// ends.
type cut struct {
	hash uint32
	form int32
}

// rareIn is how many documents a word may have in a segment of n and be left out
// of its common words.
func rareIn(n int) int {
	switch {
	case n < 1<<12:
		return 0
	case n < 1<<16:
		return 2
	}
	return 25
}

func (s *segment) commonWords() (*commonWords, error) {
	c := &s.common
	c.once.Do(func() {
		c.err = untorn(func() error { return c.gather(s) })
	})
	return c, c.err
}

func (c *commonWords) gather(s *segment) error {
	var fields []*termCursor
	for _, f := range index.Written {
		field, err := newTermCursor(s.snap.Segment(), streamField(syl, f))
		if err != nil {
			return err
		}
		fields = append(fields, field)
	}
	for {
		term := ""
		for _, f := range fields {
			if f.term != "" && (term == "" || f.term < term) {
				term = f.term
			}
		}
		if term == "" {
			break
		}
		docs := 0
		for _, f := range fields {
			if f.term == term {
				docs += f.docs
				if err := f.next(); err != nil {
					return err
				}
			}
		}
		if docs > rareIn(s.n) {
			c.words = append(c.words, commonWord{term, vi.Fold(term), int32(docs)})
		}
	}
	slices.SortStableFunc(c.words, func(a, b commonWord) int { return strings.Compare(a.fold, b.fold) })
	for i, w := range c.words {
		if i+1 < len(c.words) && c.words[i+1].fold == w.fold {
			continue
		}
		form := int32(len(c.ends))
		c.ends = append(c.ends, int32(i+1))
		for _, hash := range cutsOf(w.fold) {
			c.cuts = append(c.cuts, cut{hash, form})
		}
	}
	slices.SortFunc(c.cuts, func(a, b cut) int { return cmp.Compare(a.hash, b.hash) })
	return nil
}

// cutsOf are the hashes of a word and of what is left of it without each letter.
func cutsOf(word string) []uint32 {
	h := fnv.New32a()
	sum := func(parts ...string) uint32 {
		h.Reset()
		for _, p := range parts {
			_, _ = io.WriteString(h, p)
		}
		return h.Sum32()
	}
	out := []uint32{sum(word)}
	for i, r := range word {
		out = append(out, sum(word[:i], word[i+utf8.RuneLen(r):]))
	}
	return out
}

// near calls f with the words whose folded form may be within an edit of one, or
// with exact is that one.
func (c *commonWords) near(fold string, exact bool, f func(commonWord)) {
	hashes := cutsOf(fold)
	if exact {
		hashes = hashes[:1]
	}
	var seen []int32
	for _, hash := range hashes {
		at, _ := slices.BinarySearchFunc(c.cuts, hash, func(c cut, hash uint32) int { return cmp.Compare(c.hash, hash) })
		for ; at < len(c.cuts) && c.cuts[at].hash == hash; at++ {
			form := c.cuts[at].form
			if slices.Contains(seen, form) {
				continue
			}
			seen = append(seen, form)
			from := int32(0)
			if form > 0 {
				from = c.ends[form-1]
			}
			for _, w := range c.words[from:c.ends[form]] {
				if !exact || w.fold == fold {
					f(w)
				}
			}
		}
	}
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

// frequent returns the words, or folded forms, near to a word that an automaton
// accepts and that at least so many bulletins may have. It tells nothing, and ok is
// false, where common words do not tell of words that so few have.
func (v *view) frequent(ctx context.Context, word index.Word, a seg.Automaton, least int) (out []string, ok bool, err error) {
	rare := 0
	for _, s := range v.segments {
		rare += rareIn(s.n)
	}
	if rare >= least {
		return nil, false, nil
	}
	fold := vi.Fold(word.Text)
	most := map[string]int{}
	for _, s := range v.segments {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		c, err := s.commonWords()
		if err != nil {
			return nil, false, err
		}
		here := map[string]int{}
		c.near(fold, a == nil, func(w commonWord) {
			form := w.fold
			if word.Accented {
				form = w.text
			}
			if a == nil && form == word.Text || a != nil && vellum.AutomatonContains(a, []byte(form)) {
				here[form] += int(w.docs)
			}
		})
		for form, docs := range here {
			most[form] += docs - rareIn(s.n)
		}
	}
	for form, docs := range most {
		if docs+rare >= least {
			out = append(out, form)
		}
	}
	return out, true, nil
}

// Frequent implements index.Index.
func (ix *Index) Frequent(ctx context.Context, words []index.Word, least int) (out []index.Word, err error) {
	v, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		forms, ok, failed := v.frequent(ctx, w, nil, least)
		if err = failed; err != nil {
			break
		}
		if !ok || len(forms) > 0 {
			out = append(out, w)
		}
	}
	return out, errors.Join(err, v.release())
}
