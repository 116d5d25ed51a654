package api

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

type documentJSON struct {
	Key      string    `json:"key"`
	Label    string    `json:"label"`
	Type     *string   `json:"type"`
	Issuer   *string   `json:"issuer"`
	Province *labelled `json:"province"`
	Date     *string   `json:"date"`
	Count    int       `json:"count"`

	fields []string // wanted, nil for all
}

// MarshalJSON implements json.Marshaler.
func (d documentJSON) MarshalJSON() ([]byte, error) {
	type plain documentJSON
	return only(plain(d), d.fields)
}

func documentOfJSON(d answer.Document) documentJSON {
	return documentJSON{
		Key: d.Key, Label: d.Label, Type: answer.Optional(d.Type), Issuer: answer.Optional(d.Issuer),
		Province: placeJSON(d.Province), Date: answer.Optional(d.Date), Count: d.Count,
	}
}

// documentParams are the parameters of a list of documents.
var documentParams = []string{"q", "size", "after", "fields", "lang"}

// ServeDocuments lists the documents that bulletins cite, most cited first; q
// keeps those whose number contains it.
func (s *API) ServeDocuments(c *gin.Context) error {
	p, err := answer.ReadParams(c.Request.URL.Query(), documentParams, true)
	if err != nil {
		return err
	}
	if err := checkFields(p.Fields, names(reflect.TypeFor[documentJSON]())); err != nil {
		return err
	}
	counts, err := s.DocumentCounts(c)
	if err != nil {
		return err
	}
	if slug := vi.Slug(p.Text); slug != "" {
		counts = slices.Clone(counts)
		counts = slices.DeleteFunc(counts, func(n index.Count) bool { return !strings.Contains(n.Value, slug) })
	}
	from := 0
	if p.After != "" {
		if from, err = strconv.Atoi(p.After); err != nil || from < 0 {
			return answer.BadParameter("bad-cursor", "after", "")
		}
	}
	from = min(from, len(counts))
	to := min(from+p.Size, len(counts))
	list := []documentJSON{}
	for _, n := range counts[from:to] {
		d := documentOfJSON(s.Document(c, n.Value))
		d.fields = p.Fields
		list = append(list, d)
	}
	var next *string
	if to < len(counts) && to > from {
		next = answer.Optional(strconv.Itoa(to))
	}
	return answer.WriteJSON(c, DocumentsJSON{len(counts), list, next})
}

// ServeDocument tells what is known of one document and who cites it.
func (s *API) ServeDocument(c *gin.Context) error {
	if _, err := answer.ReadParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	key := c.Param("key")
	if !answer.KeyForm.MatchString(key) {
		return answer.NewProblem("not-found", nil)
	}
	l, d := s.Labeller(c, s.Language(c)), s.Document(c, key)
	only := answer.Params{Sort: index.Relevance, Size: answer.DefaultSize}.Only(index.Cites, key)
	res, err := s.Index.Search(c, index.Query{
		Filters: only.Filters, Sort: index.Newest, Size: answer.DefaultSize, Expand: true, Facets: []index.Field{index.Quarter, index.Province, index.Year},
	})
	if err != nil {
		return err
	}
	keys, err := s.Namesakes(c, key)
	if err != nil {
		return err
	}
	namesakes, hits, counts := []documentJSON{}, []hitJSON{}, map[string][]answer.FacetJSON{}
	for _, k := range keys {
		namesakes = append(namesakes, documentOfJSON(s.Document(c, k)))
	}
	for i := range res.Hits {
		hits = append(hits, hitOf(l, &res.Hits[i]))
	}
	for f, values := range res.Facets {
		counts[string(f)] = []answer.FacetJSON{}
		for _, n := range values {
			counts[string(f)] = append(counts[string(f)], answer.FacetJSON{Value: n.Value, Label: l.Value(c, f, n.Value), Count: n.Count})
		}
	}
	return answer.WriteJSON(c, DocumentPageJSON{
		Document: documentOfJSON(d), Total: res.Total, Facets: counts, Namesakes: namesakes, Hits: hits,
		Feed: s.Base(c) + export.FeedAddress(only), Search: s.Base(c) + only.Address("/api/v1/search"),
	})
}

// ServeSites lists the portals and their states.
func (s *API) ServeSites(c *gin.Context) error {
	if _, err := answer.ReadParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	return answer.WriteJSON(c, sitesJSON{answer.OrEmpty(s.SiteSet(c).List)})
}
