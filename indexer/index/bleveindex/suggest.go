package bleveindex

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// Kinds of suggestion, and how many of each there may be beside the titles.
const (
	ofProvince, mostProvinces = "province", 3
	ofOrg, mostOrgs           = "org", 3
	ofDocument, mostDocuments = "document", 4
	ofTitle                   = "title"
)

// Suggest implements index.Index. Provinces, organizations and documents come
// first, then titles of bulletins, newest first.
func (ix *Index) Suggest(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	prefix := vi.Slug(typed)
	if n <= 0 || prefix == "" {
		return nil, nil
	}
	v, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	out, err := ix.suggest(ctx, v, prefix)
	if err := errors.Join(err, v.release()); err != nil {
		return nil, err
	}
	if len(out) < n {
		titles, err := ix.titles(ctx, typed, n-len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, titles...)
	}
	return out[:min(n, len(out))], nil
}

// name is something that completes what was typed.
type name struct {
	slug, label, value string
	field              index.Field
	kind               string
}

// begins tells whether a word of the name begins what was typed.
func (n name) begins(prefix string) bool {
	return strings.HasPrefix(n.slug, prefix) || strings.Contains(n.slug, "-"+prefix)
}

// names are the provinces and organizations, ready to compare.
var names = sync.OnceValue(func() []name {
	var out []name
	for _, p := range bulletin.Provinces() {
		out = append(out, name{vi.Slug(p.Name), p.Name, p.Slug, index.Province, ofProvince})
	}
	for _, o := range bulletin.Organizations() {
		out = append(out, name{vi.Slug(o.Label), o.Label, o.ID, index.Org, ofOrg})
	}
	return out
})

func (ix *Index) suggest(ctx context.Context, v *view, prefix string) ([]index.Suggestion, error) {
	p := ix.planner(ctx, v)
	var found []index.Suggestion
	for _, n := range names() {
		if n.begins(prefix) {
			found = append(found, index.Suggestion{Text: n.label, Kind: n.kind, Value: n.value})
		}
	}
	cited, err := v.citedBy(prefix)
	if err != nil {
		return nil, err
	}
	fields := map[string]index.Field{ofProvince: index.Province, ofOrg: index.Org, ofDocument: index.Cites}
	for i, s := range append(found, cited...) {
		count, err := p.holders(fields[s.Kind], s.Value)
		if err != nil {
			return nil, err
		}
		s.Count = count
		if i < len(found) {
			found[i] = s
		} else {
			cited[i-len(found)] = s
		}
	}
	return most(append(found, cited...)), ctx.Err()
}

// most keeps the most frequent of each kind.
func most(all []index.Suggestion) []index.Suggestion {
	slices.SortStableFunc(all, func(a, b index.Suggestion) int { return b.Count - a.Count })
	left := map[string]int{ofProvince: mostProvinces, ofOrg: mostOrgs, ofDocument: mostDocuments}
	var out []index.Suggestion
	for _, kind := range []string{ofProvince, ofOrg, ofDocument} {
		for _, s := range all {
			if s.Kind == kind && s.Count > 0 && left[kind] > 0 {
				out = append(out, s)
				left[kind]--
			}
		}
	}
	return out
}

// holders counts the live documents that have a facet's value.
func (p *planner) holders(f index.Field, value string) (int, error) {
	n := 0
	for _, m := range p.matchers {
		b, err := m.value(f, value)
		if err != nil {
			return 0, err
		}
		n += int(b.AndCardinality(m.seg.live))
	}
	return n, nil
}

// titles returns the newest bulletins whose title has all words typed, the
// last of them perhaps only begun.
func (ix *Index) titles(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	words := sequence(typed)
	if len(words) == 0 {
		return nil, nil
	}
	var all index.And
	for i, w := range words {
		if i == len(words)-1 {
			all = append(all, index.Prefix{Text: w.fold, Field: index.Title})
		} else {
			all = append(all, index.Word{Text: w.fold, Field: index.Title})
		}
	}
	res, err := ix.search(ctx, index.Query{Root: all, Sort: index.Newest, Size: n}, true)
	var limit *index.LimitError
	if errors.As(err, &limit) && limit.Limit != "time" { // too little or too much was typed yet
		return nil, nil
	}
	var out []index.Suggestion
	seen := map[string]bool{}
	for _, h := range res.Hits {
		if !seen[h.Title] {
			seen[h.Title] = true
			out = append(out, index.Suggestion{Text: h.Title, Kind: ofTitle, Value: h.ID, Count: 1 + h.Duplicates})
		}
	}
	return out, err
}

// citedDocument is one way to begin a cited document's name.
type citedDocument struct{ slug, key, label string }

// citedDocuments returns the names of a segment's cited documents in order of
// slug: each by its label, and by its type before the label.
func citedDocuments(sg seg.Segment) ([]citedDocument, error) {
	var out []citedDocument
	err := eachTerm(sg, docField, func(t []byte, _ docs) error {
		parts := strings.SplitN(string(t), "\x00", 3)
		if len(parts) != 3 || parts[1] == "" {
			return nil
		}
		key, label := parts[0], parts[1]
		slug := vi.Slug(label)
		out = append(out, citedDocument{slug, key, label})
		if kind := vi.Slug(parts[2]); kind != "" && !strings.HasPrefix(slug, kind) {
			out = append(out, citedDocument{kind + "-" + slug, key, label})
		}
		return nil
	})
	slices.SortFunc(out, func(a, b citedDocument) int { return strings.Compare(a.slug, b.slug) })
	return out, err
}

// Of documents whose names begin alike, this many are looked at.
const mostCited = 64

// citedBy returns the documents whose name begins with the prefix, each once.
func (v *view) citedBy(prefix string) ([]index.Suggestion, error) {
	var out []index.Suggestion
	seen := map[string]bool{}
	for _, s := range v.segments {
		s.cited.Do(func() { s.documents, s.failed = citedDocuments(s.snap.Segment()) })
		if s.failed != nil {
			return nil, s.failed
		}
		all := s.documents
		at, _ := slices.BinarySearchFunc(all, prefix, func(d citedDocument, p string) int { return strings.Compare(d.slug, p) })
		for ; at < len(all) && strings.HasPrefix(all[at].slug, prefix) && len(out) < mostCited; at++ {
			if d := all[at]; !seen[d.key] {
				seen[d.key] = true
				out = append(out, index.Suggestion{Text: d.label, Kind: ofDocument, Value: d.key})
			}
		}
	}
	return out, nil
}
