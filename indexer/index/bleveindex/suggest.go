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

// Suggest implements index.Index. Documents, organizations and provinces come
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

// begins tells whether a word of the name begins what was typed, or its short
// form, which is its value: mttq, ubnd.
func (n name) begins(prefix string) bool {
	return strings.HasPrefix(n.slug, prefix) || strings.Contains(n.slug, "-"+prefix) || strings.HasPrefix(n.value, prefix)
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
		if err := ctx.Err(); err != nil {
			return nil, err
		}
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
	return most(append(found, cited...)), nil
}

// most keeps the most frequent of each kind.
func most(all []index.Suggestion) []index.Suggestion {
	slices.SortStableFunc(all, func(a, b index.Suggestion) int { return b.Count - a.Count })
	left := map[string]int{ofProvince: mostProvinces, ofOrg: mostOrgs, ofDocument: mostDocuments}
	var out []index.Suggestion
	for _, kind := range []string{ofDocument, ofOrg, ofProvince} {
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

// Completion looks at so many titles that have all words but the last, and
// lets a word that is only begun stand for so many.
const (
	mostTitles = 60
	mostBegun  = 100
)

// titles returns the newest bulletins whose title has all words typed, the
// last of them perhaps only begun. It gives up thoroughness for speed: rare
// endings of common beginnings may be missing until more is typed.
func (ix *Index) titles(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	words := sequence(typed)
	if len(words) == 0 {
		return nil, nil
	}
	begun := words[len(words)-1].fold
	var whole index.And
	for _, w := range words[:len(words)-1] {
		whole = append(whole, index.Word{Text: w.fold, Field: index.Title})
	}
	q := index.Query{Root: whole, Sort: index.Newest, Size: min(mostTitles, ix.limits.Page)}
	var out []index.Suggestion
	if len(whole) > 0 {
		res, err := ix.search(ctx, q, mostBegun)
		if out = distinctTitles(res.Hits, begun, n); err != nil || len(out) > 0 {
			return out, unlimited(err)
		}
	}
	if len(begun) < 2 {
		return nil, nil
	}
	whole = append(whole, index.Prefix{Text: begun, Field: index.Title})
	q.Root, q.Size = whole, min(n, ix.limits.Page)
	res, err := ix.search(ctx, q, mostBegun)
	return distinctTitles(res.Hits, begun, n), unlimited(err)
}

// unlimited forgives what is too much or too deep: more will be typed.
func unlimited(err error) error {
	if limit := (*index.LimitError)(nil); errors.As(err, &limit) && limit.Limit != "time" {
		return nil
	}
	return err
}

// distinctTitles are the titles with a word that begins so, each once.
func distinctTitles(hits []index.Hit, begun string, n int) []index.Suggestion {
	var out []index.Suggestion
	seen := map[string]bool{}
	for _, h := range hits {
		if len(out) == n || seen[h.Title] || !slices.ContainsFunc(sequence(h.Title), func(t token) bool { return strings.HasPrefix(t.fold, begun) }) {
			continue
		}
		seen[h.Title] = true
		out = append(out, index.Suggestion{Text: h.Title, Kind: ofTitle, Value: h.ID, Count: 1 + h.Duplicates})
	}
	return out
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
