package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

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
	p, err := readSearch(c, true)
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
	}
	for _, f := range facets {
		out.Facets[string(f)] = l.facet(ctx, f, a)
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

// maxCited bounds the documents that a search lists as a facet: there may be
// thousands, and each label is looked up.
const maxCited = 50

// facet lists a facet's values with the selected ones among them, also those
// that find nothing.
func (l labeller) facet(ctx context.Context, f index.Field, a answer) []facetJSON {
	out := []facetJSON{}
	selected := a.asked.Filters[f]
	for _, n := range a.result.Facets[f] {
		chosen := slices.Contains(selected, n.Value)
		if f == index.Cites && len(out) >= maxCited && !chosen {
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

func (s *server) apiSuggest(c *gin.Context) error {
	p, err := readParams(c.Request.URL.Query(), []string{"q", "size", "lang"}, true)
	if err != nil {
		return err
	}
	found := []index.Suggestion{}
	if p.Text != "" && p.Size > 0 {
		if found, err = s.Index.Suggest(c, p.Text, p.Size); err != nil {
			return err
		}
	}
	return answerJSON(c, suggestJSON{p.Text, orEmpty(found)})
}

func (s *server) apiBulletin(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	doc, err := s.Index.Get(c, c.Param("id"))
	if err != nil {
		return err
	}
	raw, err := json.Marshal(doc.Bulletin)
	if err != nil {
		return err
	}
	extra, err := json.Marshal(gin.H{
		"gone": moment(doc.Gone), "group": doc.Group, "sample": s.siteSet(c).sample(doc.Site),
		"page": s.base(c) + "/bulletins/" + doc.ID,
	})
	if err != nil {
		return err
	}
	raw = append(bytes.TrimSuffix(raw, []byte("}")), ',') // two objects become one
	c.Data(http.StatusOK, "application/json; charset=utf-8", append(raw, extra[1:]...))
	return nil
}

func (s *server) apiVersions(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	versions, err := s.versions(c, c.Param("id"))
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		return newProblem("not-found", nil)
	}
	return answerJSON(c, versionsJSON{versions})
}

func (s *server) healthz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.JSON(http.StatusOK, healthJSON{"ok"})
}

// readyz tells whether index and archive answer.
func (s *server) readyz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	position, err := s.Index.Position(c)
	if err == nil {
		_, err = s.Store.Sites(c)
	}
	if err != nil {
		s.answerProblem(c, newProblem("not-ready", err))
		return
	}
	c.JSON(http.StatusOK, readyJSON{"ready", position, s.Index.Generation()})
}

// answerJSON writes v without escaping the marks of highlighted text, which
// is escaped already.
func answerJSON(c *gin.Context, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", b.Bytes())
	return nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return optional(t.In(bulletin.Zone).Format(time.RFC3339))
}

func day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return optional(t.In(bulletin.Zone).Format(time.DateOnly))
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// trimmed shortens s to at most n runes, at a space where there is one.
func trimmed(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}
