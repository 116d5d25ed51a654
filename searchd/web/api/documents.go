package api

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

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

// ServeSites lists the portals and their states.
func (s *API) ServeSites(c *gin.Context) error {
	if _, err := answer.ReadParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	return answer.WriteJSON(c, sitesJSON{answer.OrEmpty(s.SiteSet(c).List)})
}
