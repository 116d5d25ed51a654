package web

import (
	"slices"
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"

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
}

func (l labeller) documentJSON(d document) documentJSON {
	return documentJSON{d.Key, d.Label, optional(d.Type), optional(d.Issuer), l.place(d.Province), optional(d.Date), d.Count}
}

// apiDocuments lists the documents that bulletins cite, most cited first; q
// keeps those whose number contains it.
func (s *server) apiDocuments(c *gin.Context) error {
	p, err := readParams(c.Request.URL.Query(), []string{"q", "size", "after", "lang"}, true)
	if err != nil {
		return err
	}
	counts, err := s.documentCounts(c)
	if err != nil {
		return err
	}
	if slug := vi.Slug(p.Text); slug != "" {
		counts = slices.Clone(counts)
		counts = slices.DeleteFunc(counts, func(n index.Count) bool { return !strings.Contains(n.Value, slug) })
	}
	from := 0
	if p.After != "" {
		if from, err = strconv.Atoi(p.After); err != nil || from < 0 || from > len(counts) {
			return badParameter("bad-cursor", "after", "")
		}
	}
	l, to := s.labeller(c, s.language(c)), min(from+p.Size, len(counts))
	list := []documentJSON{}
	for _, n := range counts[from:to] {
		list = append(list, l.documentJSON(s.document(c, n.Value)))
	}
	var next *string
	if to < len(counts) && to > from {
		next = optional(strconv.Itoa(to))
	}
	return answerJSON(c, documentsJSON{len(counts), list, next})
}

// apiDocument tells what is known of one document and who cites it.
func (s *server) apiDocument(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	key := c.Param("key")
	if !keyForm.MatchString(key) {
		return newProblem("not-found", nil)
	}
	l, d := s.labeller(c, s.language(c)), s.document(c, key)
	only := params{Sort: index.Relevance, Size: defaultSize}.only(index.Cites, key)
	res, err := s.Index.Search(c, index.Query{
		Filters: only.Filters, Sort: index.Newest, Size: defaultSize, Expand: true, Facets: []index.Field{index.Quarter, index.Province, index.Year},
	})
	if err != nil {
		return err
	}
	keys, err := s.namesakes(c, key)
	if err != nil {
		return err
	}
	namesakes, hits, counts := []documentJSON{}, []hitJSON{}, map[string][]facetJSON{}
	for _, k := range keys {
		namesakes = append(namesakes, l.documentJSON(s.document(c, k)))
	}
	for i := range res.Hits {
		hits = append(hits, l.hit(&res.Hits[i]))
	}
	for f, values := range res.Facets {
		counts[string(f)] = []facetJSON{}
		for _, n := range values {
			counts[string(f)] = append(counts[string(f)], facetJSON{n.Value, l.Value(c, f, n.Value), n.Count, false})
		}
	}
	return answerJSON(c, documentPageJSON{
		Document: l.documentJSON(d), Total: res.Total, Facets: counts, Namesakes: namesakes, Hits: hits,
		Feed: s.base(c) + feedAddress(only), Search: s.base(c) + only.address("/api/v1/search"),
	})
}

type cellJSON struct {
	Quarter string    `json:"quarter"`
	State   cellState `json:"state"`
	Count   int       `json:"count"`
}

type coverageJSON struct {
	ID    string     `json:"id"`
	Label string     `json:"label"`
	Total int        `json:"total"`
	Cells []cellJSON `json:"cells"`
}

// apiCoverage tells by province and quarter what there is and what an absence
// means.
func (s *server) apiCoverage(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	cov, err := s.coverage(c)
	if err != nil {
		return err
	}
	rows := []coverageJSON{}
	for _, slug := range cov.provinces {
		row := coverageJSON{slug, bulletin.ProvinceLabel(slug), cov.totals[slug], []cellJSON{}}
		for _, q := range cov.quarters {
			state, n := cov.cell(slug, q)
			row.Cells = append(row.Cells, cellJSON{q, state, n})
		}
		rows = append(rows, row)
	}
	return answerJSON(c, coveragesJSON{orEmpty(cov.quarters), rows})
}

// apiSites lists the portals and their states.
func (s *server) apiSites(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	return answerJSON(c, sitesJSON{orEmpty(s.siteSet(c).list)})
}
