package api

import (
	"context"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// SearchJSON is the answer of /api/v1/search.
type SearchJSON struct {
	Query  queryJSON                     `json:"query"`
	Total  int                           `json:"total"`
	TookMS int64                         `json:"took_ms"`
	Hits   []hitJSON                     `json:"hits"`
	Facets map[string][]answer.FacetJSON `json:"facets"`
	Next   *string                       `json:"next"`
	Prev   *string                       `json:"prev"`
}

type queryJSON struct {
	Text       string              `json:"text"`
	Parsed     any                 `json:"parsed"`
	Filters    map[string][]string `json:"filters"`
	From       *string             `json:"from"`
	To         *string             `json:"to"`
	Relaxed    bool                `json:"relaxed"`
	Relaxation *string             `json:"relaxation"`
	Lacking    bool                `json:"lacking"` // the list goes beyond total: hits may lack words
	Corrected  *string             `json:"corrected"`
	Applied    bool                `json:"corrected_applied"` // the answer is that of corrected
	Repairs    []query.Repair      `json:"repairs"`
	Understood []understoodJSON    `json:"understood"`
}

// understoodJSON is a part of the text that names a fact.
type understoodJSON struct {
	Text  string `json:"text"`
	Field string `json:"field"` // of a facet; day, and from and to for a range
	Value string `json:"value"`
	Label string `json:"label"`
	Start int    `json:"start"` // bytes of the text as it was read
	End   int    `json:"end"`
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
	MachineRead   bool             `json:"machine_read"` // the snippet was read off pictures
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
	Meeting       *string          `json:"meeting"`
	Sources       int              `json:"sources"` // matching bulletins of the meeting, this one among them
	Gone          *string          `json:"gone"`
	Missing       []string         `json:"missing"` // of what was asked

	fields []string // wanted, nil for all
}

// MarshalJSON implements json.Marshaler.
func (h hitJSON) MarshalJSON() ([]byte, error) {
	type plain hitJSON
	return only(plain(h), h.fields)
}

type citeJSON struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

func (s *API) search(c *gin.Context, p answer.Params) (out SearchJSON, err error) {
	a, err := s.Search(c, p)
	if err != nil {
		return out, err
	}
	s.Heard(c, a)
	out = s.searchJSON(c, a, s.Labeller(c, s.Language(c)))
	for i := range out.Hits {
		out.Hits[i].fields = p.Fields
	}
	return out, nil
}

func (s *API) searchJSON(ctx context.Context, a answer.Found, l answer.Labels) SearchJSON {
	out := SearchJSON{
		Query: queryOf(a), Total: a.Result.Total, TookMS: a.Result.Took.Milliseconds(),
		Hits: []hitJSON{}, Facets: map[string][]answer.FacetJSON{}, Next: answer.Optional(a.Result.Next), Prev: answer.Optional(a.Asked.After),
	}
	out.Query.Understood = answer.Each(a.Understood, func(u query.Understood) understoodJSON {
		return understoodJSON{u.Text, string(u.Field), u.Value, l.Understood(ctx, u), u.Span.Start, u.Span.End}
	})
	for i := range a.Result.Hits {
		out.Hits = append(out.Hits, hitOf(l, &a.Result.Hits[i]))
		if a.Result.Root == nil { // the order is by date, and no number of relevance
			out.Hits[i].Score = 0
		}
	}
	for _, f := range a.Asked.Facets {
		out.Facets[string(f)] = l.Facet(ctx, f, a, 0)
	}
	return out
}

func queryOf(a answer.Found) queryJSON {
	out := queryJSON{
		Text: a.Typed, Parsed: nodeJSON(a.Parsed.Root), Filters: map[string][]string{},
		From: answer.Day(a.Asked.From), To: answer.Day(a.Asked.To),
		Relaxed: a.Result.Relaxed != "", Relaxation: answer.Optional(a.Result.Relaxed), Lacking: a.Result.Lacking,
		Corrected: answer.Optional(a.Corrected), Applied: a.Applied,
		Repairs: answer.OrEmpty(a.Parsed.Repairs),
	}
	if !a.Asked.To.IsZero() { // told inclusive, as it is asked
		out.To = answer.Day(a.Asked.To.AddDate(0, 0, -1))
	}
	for f, values := range a.Asked.Filters {
		if len(values) > 0 {
			out.Filters[string(f)] = values
		}
	}
	return out
}

func hitOf(l answer.Labels, h *index.Hit) hitJSON {
	out := hitJSON{
		ID: h.ID, URL: h.URL, Title: h.Title, TitleHTML: h.TitleHTML, SnippetHTML: h.SnippetHTML, MachineRead: h.MachineRead,
		Published: answer.Moment(h.Published), Precision: answer.Optional(string(h.PublishedPrecision)),
		Province: placeJSON(h.Province), ProvinceNow: placeJSON(h.ProvinceNow), Kind: answer.Optional(string(h.Kind)),
		Organizations: answer.Each(h.Organizations, func(id string) labelled { return labelled{id, l.Org(id)} }),
		Cites:         answer.Each(answer.Cited(h.Cites), func(d answer.Document) citeJSON { return citeJSON{d.Key, d.Label} }),
		Source:        sourceJSON{h.Site, l.Sites.Name(h.Site), l.Sites.Sample(h.Site)},
		Score:         h.Score, Duplicates: h.Duplicates, Meeting: answer.Optional(h.Meeting), Sources: h.Sources, Gone: answer.Moment(h.Gone), Missing: answer.OrEmpty(h.Missing),
	}
	if h.Period.Year != 0 {
		out.Period = &h.Period
	}
	return out
}

func placeJSON(slug string) *labelled {
	if slug == "" {
		return nil
	}
	return &labelled{slug, bulletin.ProvinceLabel(slug)}
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
		words := answer.Each(n.Words, func(w index.Word) any { return nodeJSON(w) })
		return object{"phrase": words, "field": string(n.Field)}
	case index.Key:
		return object{"key": n.Text, "field": string(n.Field)}
	case index.Term:
		return object{"filter": string(n.Field), "value": n.Value}
	case index.And:
		return object{"and": answer.Each(n, nodeJSON)}
	case index.Or:
		return object{"or": answer.Each(n.Children, nodeJSON), "min": max(n.Min, 1)}
	case index.Not:
		return object{"not": nodeJSON(n.Child)}
	}
	return nil
}
