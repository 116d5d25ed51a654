package web

import (
	"context"
	"slices"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"

	"github.com/gin-gonic/gin"
)

// searchJSON is the answer of /api/v1/search.
type searchJSON struct {
	Query  queryJSON              `json:"query"`
	Total  int                    `json:"total"`
	TookMS int64                  `json:"took_ms"`
	Hits   []hitJSON              `json:"hits"`
	Facets map[string][]facetJSON `json:"facets"`
	Next   *string                `json:"next"`
	Prev   *string                `json:"prev"`
}

type queryJSON struct {
	Text            string                 `json:"text"`
	Parsed          any                    `json:"parsed"`
	Filters         map[string][]string    `json:"filters"`
	From            *string                `json:"from"`
	To              *string                `json:"to"`
	Relaxed         bool                   `json:"relaxed"`
	Relaxation      *string                `json:"relaxation"`
	Corrected       *string                `json:"corrected"`
	Repairs         []query.Repair         `json:"repairs"`
	Interpretations []query.Interpretation `json:"interpretations"`
}

type labelled struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

type sourceJSON struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Sample bool   `json:"sample"`
}

type hitJSON struct {
	ID            string           `json:"id"`
	URL           string           `json:"url"`
	Title         string           `json:"title"`
	TitleHTML     string           `json:"title_html"`
	SnippetHTML   string           `json:"snippet_html"`
	Published     *string          `json:"published"`
	Precision     *string          `json:"published_precision"`
	Province      *labelled        `json:"province"`
	ProvinceNow   *labelled        `json:"province_now"`
	Period        *bulletin.Period `json:"period"`
	Kind          *string          `json:"kind"`
	Organizations []labelled       `json:"organizations"`
	Cites         []citeJSON       `json:"cites"`
	Source        sourceJSON       `json:"source"`
	Score         float64          `json:"score"`
	Duplicates    int              `json:"duplicates"`
	Gone          *string          `json:"gone"`
}

type citeJSON struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

type facetJSON struct {
	Value    string `json:"value"`
	Label    string `json:"label"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected"`
}

func (s *server) apiSearch(c *gin.Context) error {
	p, err := readParams(c.Request.URL.Query(), programParams, true)
	if err != nil {
		return err
	}
	a, err := s.search(c, p)
	if err != nil {
		return err
	}
	out, err := s.searchJSON(c, a, s.labeller(c, s.language(c)))
	if err != nil {
		return err
	}
	return answerJSON(c, out)
}

func (s *server) searchJSON(ctx context.Context, a answer, l labeller) (searchJSON, error) {
	out := searchJSON{
		Query: a.queryJSON(), Total: a.result.Total, TookMS: a.result.Took.Milliseconds(),
		Hits: []hitJSON{}, Facets: map[string][]facetJSON{}, Next: optional(a.result.Next), Prev: optional(a.asked.After),
	}
	for i := range a.result.Hits {
		out.Hits = append(out.Hits, l.hit(&a.result.Hits[i]))
		if a.result.Root == nil { // the order is by date, and no number of relevance
			out.Hits[i].Score = 0
		}
	}
	for _, f := range a.asked.Facets {
		out.Facets[string(f)] = l.facet(ctx, f, a, 0)
	}
	if a.result.Total > 0 && a.result.Relaxed == "" {
		return out, nil
	}
	corrected, err := s.corrected(ctx, a.params)
	out.Query.Corrected = optional(corrected)
	return out, err
}

func (a answer) queryJSON() queryJSON {
	out := queryJSON{
		Text: a.params.Text, Parsed: nodeJSON(a.parsed.Root), Filters: map[string][]string{},
		From: day(a.asked.From), To: day(a.asked.To),
		Relaxed: a.result.Relaxed != "", Relaxation: optional(a.result.Relaxed),
		Repairs: orEmpty(a.parsed.Repairs), Interpretations: orEmpty(a.parsed.Interpretations),
	}
	if !a.asked.To.IsZero() { // told inclusive, as it is asked
		out.To = day(a.asked.To.AddDate(0, 0, -1))
	}
	for f, values := range a.asked.Filters {
		if len(values) > 0 {
			out.Filters[string(f)] = values
		}
	}
	return out
}

// facet lists a facet's values, at most so many unless most is 0, with the
// selected ones among them, also those that find nothing.
func (l labeller) facet(ctx context.Context, f index.Field, a answer, most int) []facetJSON {
	out := []facetJSON{}
	selected := a.asked.Filters[f]
	for _, n := range a.result.Facets[f] {
		chosen := slices.Contains(selected, n.Value)
		if most > 0 && len(out) >= most && !chosen {
			continue
		}
		out = append(out, facetJSON{n.Value, l.Value(ctx, f, n.Value), n.Count, chosen})
	}
	for _, v := range selected {
		if slices.ContainsFunc(out, func(o facetJSON) bool { return o.Value == v }) {
			continue
		}
		out = append(out, facetJSON{v, l.Value(ctx, f, v), 0, true})
	}
	return out
}

func (l labeller) hit(h *index.Hit) hitJSON {
	out := hitJSON{
		ID: h.ID, URL: h.URL, Title: h.Title, TitleHTML: h.TitleHTML, SnippetHTML: h.SnippetHTML,
		Published: moment(h.Published), Precision: optional(string(h.PublishedPrecision)),
		Province: l.place(h.Province), ProvinceNow: l.place(h.ProvinceNow), Kind: optional(string(h.Kind)),
		Organizations: []labelled{}, Cites: []citeJSON{},
		Source: sourceJSON{h.Site, l.sites.name(h.Site), l.sites.sample(h.Site)},
		Score:  h.Score, Duplicates: h.Duplicates, Gone: moment(h.Gone),
	}
	if h.Period.Year != 0 {
		out.Period = &h.Period
	}
	for _, id := range h.Organizations {
		out.Organizations = append(out.Organizations, labelled{id, l.Org(id)})
	}
	for _, d := range cited(h.Cites) {
		out.Cites = append(out.Cites, citeJSON{d.Key, d.Label})
	}
	return out
}

func (l labeller) place(slug string) *labelled {
	if slug == "" {
		return nil
	}
	return &labelled{slug, bulletin.ProvinceLabel(slug)}
}

// cited lists the documents behind citations once each, in order.
func cited(cites []bulletin.Citation) []document {
	var out []document
	for _, c := range cites {
		if !slices.ContainsFunc(out, func(d document) bool { return d.Key == c.Key }) {
			out = append(out, documentOf(c))
		}
	}
	return out
}

// nodeJSON writes a parsed query for programs, null for everything.
func nodeJSON(n index.Node) any {
	type object = map[string]any
	switch n := n.(type) {
	case index.Word:
		return object{"word": n.Text, "accented": n.Accented, "field": string(n.Field)}
	case index.Prefix:
		return object{"prefix": n.Text, "accented": n.Accented, "field": string(n.Field)}
	case index.Phrase:
		words := []any{}
		for _, w := range n.Words {
			words = append(words, nodeJSON(w))
		}
		return object{"phrase": words, "field": string(n.Field)}
	case index.Key:
		return object{"key": n.Text, "field": string(n.Field)}
	case index.Term:
		return object{"filter": string(n.Field), "value": n.Value}
	case index.And:
		return object{"and": nodesJSON(n)}
	case index.Or:
		return object{"or": nodesJSON(n.Children), "min": max(n.Min, 1)}
	case index.Not:
		return object{"not": nodeJSON(n.Child)}
	}
	return nil
}

func nodesJSON(nodes []index.Node) []any {
	out := []any{}
	for _, n := range nodes {
		out = append(out, nodeJSON(n))
	}
	return out
}
