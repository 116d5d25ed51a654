package api

import (
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

func (s *API) documents(c *gin.Context, p answer.Params) (out DocumentsJSON, err error) {
	counts, err := s.DocumentCounts(c)
	if err != nil {
		return out, err
	}
	if slug := vi.Slug(p.Text); slug != "" {
		counts = slices.Clone(counts)
		counts = slices.DeleteFunc(counts, func(n index.Count) bool { return !strings.Contains(n.Value, slug) })
	}
	from := 0
	if p.After != "" {
		if from, err = strconv.Atoi(p.After); err != nil || from < 0 {
			return out, answer.BadParameter("bad-cursor", "after", "")
		}
	}
	from = min(from, len(counts))
	to := min(from+p.Size, len(counts))
	out = DocumentsJSON{Total: len(counts), Documents: []documentJSON{}}
	for _, n := range counts[from:to] {
		d := documentOfJSON(s.Document(c, n.Value))
		d.fields = p.Fields
		out.Documents = append(out.Documents, d)
	}
	if to < len(counts) && to > from {
		out.Next = answer.Optional(strconv.Itoa(to))
	}
	return out, nil
}

func (s *API) sites(c *gin.Context, _ answer.Params) (sitesJSON, error) {
	return sitesJSON{answer.OrEmpty(s.SiteSet(c).List)}, nil
}
