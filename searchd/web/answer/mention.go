package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// Mention is one citation of a document with the sentence that it stands in.
type Mention struct {
	bulletin.Citation
	Sentence bulletin.Span // of the text of the citation's field
	Text     string        // the sentence
}

// Mentions lists the citations of a bulletin in order: those of some keys, or
// all when there are none. A title is a sentence of its own.
func Mentions(d *index.Document, keys ...string) []Mention {
	var out []Mention
	for _, c := range d.Cites {
		text, wanted := d.Body, len(keys) == 0
		if c.Field == "title" {
			text = d.Title
		}
		for _, key := range keys {
			wanted = wanted || CitesKey(c.Key, key)
		}
		span := bulletin.Span{Start: c.Start, End: c.End}
		if !wanted || !Fits(span, 0, len(text)) {
			continue
		}
		m := Mention{Citation: c, Sentence: bulletin.Span{End: len(text)}}
		if c.Field != "title" {
			m.Sentence = index.Sentence(text, span)
		}
		m.Text = text[m.Sentence.Start:m.Sentence.End]
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(strings.Compare(b.Field, a.Field), cmp.Compare(a.Start, b.Start)) // the title first
	})
	return out
}

// CitesKey tells whether a citation's key is asked for by another: itself, or
// the beginning of it up to @ or ~.
func CitesKey(key, asked string) bool {
	rest, ok := strings.CutPrefix(key, asked)
	return ok && (rest == "" || rest[0] == '@' || rest[0] == '~')
}

// Subject is what a document is about, as most of the bulletins print it that
// say so.
type Subject struct {
	Text  string // empty when none says
	Count int    // bulletins that print it so, in whatever case
	Of    int    // bulletins that print any
}

// mostSubjects is how many bulletins are read for what they call a document, the
// newest.
const mostSubjects = 200

// maxSubjects bounds the subjects that are remembered.
const maxSubjects = 2000

// Subject tells what a document is about.
func (s *Service) Subject(ctx context.Context, key string) (Subject, error) {
	generation := s.Index.Generation()
	if known, ok := s.subjects.Get(key, generation); ok {
		return known, nil
	}
	res, err := s.Index.Search(ctx, index.Query{
		Filters: map[index.Field][]string{index.Cites: {key}}, Sort: index.Newest, Size: mostSubjects, Expand: true,
	})
	if err != nil {
		return Subject{}, err
	}
	subject := mostPrinted(res.Hits, key)
	s.subjects.Put(key, generation, subject, maxSubjects)
	return subject, nil
}

// mostPrinted counts subjects alike but for case and spaces together, once a
// bulletin, and writes the most frequent as it is written most often.
func mostPrinted(hits []index.Hit, key string) Subject {
	alike, written := map[string]int{}, map[string]map[string]int{}
	var out Subject
	for i := range hits {
		seen := map[string]bool{}
		for _, c := range hits[i].Cites {
			if text := OneLine(c.Subject); text != "" && CitesKey(c.Key, key) {
				same := strings.ToLower(vi.Normalize(text))
				if written[same] == nil {
					written[same] = map[string]int{}
				}
				written[same][text]++
				seen[same] = true
			}
		}
		for same := range seen {
			alike[same]++
		}
		if len(seen) > 0 {
			out.Of++
		}
	}
	same := most(alike)
	out.Text, out.Count = most(written[same]), alike[same]
	return out
}

// most is the value counted most often, of several the first in order.
func most(counts map[string]int) string {
	best := ""
	for v, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && v < best {
			best = v
		}
	}
	return best
}

// CitedPage is one page of the bulletins that cite a document, with what else is
// counted of all of them.
type CitedPage struct {
	Result    index.Result // its facets are not narrowed by the document
	Subject   Subject
	Namesakes []Document
	Together  []Document // others that they cite; Count is in how many of them
}

// mostTogether is how many other documents are listed.
const mostTogether = 12

// CitedBy reads a page of the bulletins that cite a document, the newest first.
func (s *Service) CitedBy(ctx context.Context, key, after string, size int) (*CitedPage, error) {
	res, err := s.Index.Search(ctx, index.Query{
		Root: index.Term{Field: index.Cites, Value: key}, Sort: index.Newest, Size: size, After: after, Expand: true,
		Facets: []index.Field{index.Quarter, index.Province, index.Year, index.Cites},
	})
	if err != nil {
		return nil, SearchProblem(err, "after")
	}
	p := &CitedPage{Result: res}
	if p.Subject, err = s.Subject(ctx, key); err != nil {
		return nil, err
	}
	for _, n := range res.Facets[index.Cites] {
		if len(p.Together) == mostTogether {
			break
		}
		if !CitesKey(n.Value, key) {
			d := s.Document(ctx, n.Value)
			d.Count = n.Count
			p.Together = append(p.Together, d)
		}
	}
	keys, err := s.Namesakes(ctx, key)
	p.Namesakes = Each(keys, func(key string) Document { return s.Document(ctx, key) })
	return p, err
}
