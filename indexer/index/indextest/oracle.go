// Package indextest is the conformance suite of index engines: hand-made
// cases, and random queries over random updates whose answers are compared
// with a plain reference that looks at every bulletin.
package indextest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// oracle answers queries by looking at every bulletin it holds.
type oracle struct {
	docs    map[string]*analysed
	weights index.Weights
}

// analysed is a bulletin with its streams by field.
type analysed struct {
	index.Document
	fields map[index.TextField]streams
}

// streams are the streams of one text, as they came and counted.
type streams struct {
	vi.Streams
	syl, fold, bi, fbi, key counted
}

type counted struct {
	tf     map[string]int
	length int
}

func analyse(text string) streams {
	s := vi.AnalyzeOnly(text, vi.All|vi.WantBigrams)
	return streams{s, count(s.Syl), count(s.Fold), count(s.Bigrams), count(s.FoldBigrams), count(s.Key)}
}

func count(tokens []vi.Token) counted {
	c := counted{tf: map[string]int{}}
	for _, t := range tokens {
		if t.Kind != vi.Part {
			c.tf[t.Text]++
			c.length++
		}
	}
	return c
}

func (s streams) words(accented bool) counted {
	if accented {
		return s.syl
	}
	return s.fold
}

func newOracle(w index.Weights) *oracle { return &oracle{map[string]*analysed{}, w} }

func (o *oracle) apply(changes []bulletin.Change) {
	for _, c := range changes {
		if c.Bulletin == nil {
			delete(o.docs, c.ID)
			continue
		}
		d := index.Document{Bulletin: *c.Bulletin, Gone: c.Gone, Group: cmp.Or(c.Group, c.ID), Meeting: c.Meeting}
		body, scanned := []string{d.Body}, []string{}
		for _, a := range d.Attachments {
			if a.Flag == "machine-read" {
				scanned = append(scanned, a.Text)
			} else {
				body = append(body, a.Text)
			}
		}
		o.docs[c.ID] = &analysed{d, map[index.TextField]streams{
			index.Title: analyse(d.Title), index.Body: analyse(strings.Join(body, "\n\n")), index.Scanned: analyse(strings.Join(scanned, "\n\n")),
		}}
	}
}

func fieldsOf(f index.TextField) []index.TextField {
	if f != index.AnyField {
		return []index.TextField{f}
	}
	return []index.TextField{index.Title, index.Body, index.Scanned}
}

// matches decides whether one bulletin matches a node.
func (o *oracle) matches(d *analysed, n index.Node) bool {
	anyField := func(f index.TextField, has func(streams) bool) bool {
		return slices.ContainsFunc(fieldsOf(f), func(f index.TextField) bool { return has(d.fields[f]) })
	}
	switch n := n.(type) {
	case nil:
		return true
	case index.Word:
		return anyField(n.Field, func(s streams) bool { return s.words(n.Accented).tf[n.Text] > 0 })
	case index.Prefix:
		return anyField(n.Field, func(s streams) bool {
			for t := range s.words(n.Accented).tf {
				if strings.HasPrefix(t, n.Text) {
					return true
				}
			}
			return false
		})
	case index.Key:
		return anyField(n.Field, func(s streams) bool { return s.key.tf[n.Text] > 0 })
	case index.Phrase:
		return anyField(n.Field, func(s streams) bool { return hasPhrase(s, n.Words) })
	case index.Term:
		return has(d, n.Field, n.Value)
	case index.And:
		return !slices.ContainsFunc(n, func(c index.Node) bool { return !o.matches(d, c) })
	case index.Or:
		count := 0
		for i, c := range n.Children {
			switch {
			case !o.matches(d, c):
			case n.Weights != nil:
				count += n.Weights[i]
			default:
				count++
			}
		}
		return count >= max(1, n.Min)
	case index.Not:
		return !o.matches(d, n.Child)
	}
	return false
}

// has tells whether a bulletin has a facet's value; that of a citation may
// leave out the province and the date.
func has(d *analysed, f index.Field, value string) bool {
	return slices.ContainsFunc(d.Values(f), func(v string) bool {
		rest, ok := strings.CutPrefix(v, value)
		return ok && (rest == "" || f == index.Cites && (rest[0] == '@' || rest[0] == '~'))
	})
}

// hasPhrase looks for the words at positions that follow each other.
func hasPhrase(s streams, phrase []index.Word) bool {
	if len(phrase) == 0 {
		return false
	}
	places := make([]map[int]bool, len(phrase)) // of each word, less its number
	for i, w := range phrase {
		places[i] = map[int]bool{}
		tokens := s.Fold
		if w.Accented {
			tokens = s.Syl
		}
		for _, t := range tokens {
			if t.Text == w.Text && (t.Kind != vi.Joined || len(phrase) == 1) && (t.Kind != vi.Part || len(phrase) > 1) {
				places[i][t.Pos-i] = true
			}
		}
	}
	for at := range places[0] {
		if !slices.ContainsFunc(places, func(p map[int]bool) bool { return !p[at] }) {
			return true
		}
	}
	return false
}

// selected returns the bulletins that match root, filters but that on except,
// and dates.
func (o *oracle) selected(q index.Query, except index.Field) []*analysed {
	var out []*analysed
	for _, d := range o.docs {
		if !o.matches(d, q.Root) {
			continue
		}
		ok := (q.From.IsZero() || !d.Published.IsZero() && !d.Published.Before(q.From)) &&
			(q.To.IsZero() || !d.Published.IsZero() && d.Published.Before(q.To))
		for f, values := range q.Filters {
			if f != except && len(values) > 0 {
				ok = ok && slices.ContainsFunc(values, func(v string) bool { return has(d, f, v) })
			}
		}
		if ok {
			out = append(out, d)
		}
	}
	return out
}

// facet counts a field, ignoring the filter on it: the most frequent values,
// as many as are wanted, then those that are filtered by.
func (o *oracle) facet(q index.Query, f index.Field) []index.Count {
	counts := map[string]int{}
	for _, d := range o.selected(q, f) {
		for _, v := range d.Values(f) {
			counts[v]++
		}
	}
	var all []index.Count
	for v, n := range counts {
		all = append(all, index.Count{Value: v, Count: n})
	}
	slices.SortFunc(all, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	if q.Values == 0 || len(all) <= q.Values {
		return all
	}
	out := slices.Clone(all[:q.Values])
	for _, c := range all[q.Values:] {
		if slices.Contains(q.Filters[f], c.Value) {
			out = append(out, c)
		}
	}
	return out
}

// lacks returns the places of the nodes that a bulletin does not match.
func (o *oracle) lacks(d *analysed, nodes []index.Node) []int {
	var out []int
	for i, n := range nodes {
		if !o.matches(d, n) {
			out = append(out, i)
		}
	}
	return out
}

// counts returns how many bulletins match each of the nodes.
func (o *oracle) counts(nodes []index.Node) []int {
	out := make([]int, len(nodes))
	for i, n := range nodes {
		out[i] = len(o.selected(index.Query{Root: n}, ""))
	}
	return out
}

// cross counts pairs of values.
func (o *oracle) cross(q index.Query, row, column index.Field) map[[2]string]int {
	out := map[[2]string]int{}
	for _, d := range o.selected(q, "") {
		for _, r := range d.Values(row) {
			for _, c := range d.Values(column) {
				out[[2]string{r, c}]++
			}
		}
	}
	return out
}

// placed is a bulletin with its place in a result.
type placed struct {
	*analysed
	key     float64
	group   int // further matches of its group that are left out
	sources int // matches of its meeting
}

// ranked returns all matches in order; the first of each cluster only when
// they are collapsed.
func (o *oracle) ranked(q index.Query) []placed {
	var out []placed
	score := o.scorer(q.Root)
	byDate := q.Sort == index.Newest || q.Sort == index.Oldest || score == nil
	for _, d := range o.selected(q, "") {
		p := placed{analysed: d}
		switch {
		case !byDate:
			p.key = score(d) + o.weights.Freshness(d.Published, o.newest())
		case d.Published.IsZero():
			p.key = -1e15
		case q.Sort == index.Oldest:
			p.key = -float64(d.Published.Unix())
		default:
			p.key = float64(d.Published.Unix())
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b placed) int {
		return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(a.ID, b.ID))
	})
	if q.Expand {
		return out
	}
	first := map[string]int{}
	var collapsed []placed
	for _, p := range out {
		at, ok := first[p.Cluster()]
		if !ok {
			at = len(collapsed)
			first[p.Cluster()] = at
			collapsed = append(collapsed, p)
		} else if collapsed[at].Group == p.Group {
			collapsed[at].group++
		}
		if p.Meeting != "" {
			collapsed[at].sources++
		}
	}
	return collapsed
}

func (o *oracle) newest() time.Time {
	var t time.Time
	for _, d := range o.docs {
		if d.Published.After(t) {
			t = d.Published
		}
	}
	return t
}
