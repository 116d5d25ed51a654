package page

import (
	"slices"
	"strconv"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// coverageView is the heat map of provinces and quarters.
type coverageView struct {
	Years     []yearView
	Quarters  []string // their labels
	Rows      []coverageRow
	Uncrawled []Link // provinces without any portal
}

type yearView struct {
	Year string
	Span int
}

type coverageRow struct {
	Province                         Link
	Cells                            []coverageCell
	Found, None, Failing, Unknown, N int // quarters in each state, bulletins
}

type coverageCell struct {
	URL   string
	Label string
	State answer.State
	Class string
	Count int
	Mark  string // what stands in a cell without bulletins
}

// CoveragePage shows the map of provinces and quarters.
func (s *Pages) CoveragePage(c *gin.Context) error {
	cov, err := s.Coverage(c)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("nav.coverage"))
	p.Nav, p.Description = "coverage", p.T("coverage.lead")
	v := coverageView{}
	for _, q := range slices.Backward(cov.Quarters) { // the newest stand first: the map is wider than most screens
		v.Quarters = append(v.Quarters, p.Labels.Quarter(q))
		if year := q[:4]; len(v.Years) == 0 || v.Years[len(v.Years)-1].Year != year {
			v.Years = append(v.Years, yearView{year, 1})
		} else {
			v.Years[len(v.Years)-1].Span++
		}
	}
	top := cov.Top()
	for _, slug := range cov.Provinces {
		v.Rows = append(v.Rows, p.coverageRow(cov, slug, top))
	}
	for _, info := range bulletin.Provinces() {
		if len(cov.Sites[info.Slug]) == 0 && cov.Totals[info.Slug] == 0 {
			v.Uncrawled = append(v.Uncrawled, Link{URL: p.Link("/provinces/" + info.Slug), Text: info.Name})
		}
	}
	p.Empty = len(v.Quarters) == 0
	p.Main = v
	return s.Render(c, 200, "coverage", p)
}

func (p *Page) coverageRow(cov *answer.Coverage, slug string, top int) coverageRow {
	row := coverageRow{
		Province: Link{URL: p.Link("/provinces/" + slug), Text: bulletin.ProvinceLabel(slug)}, N: cov.Totals[slug],
	}
	marks := map[answer.State]string{answer.StateNone: "0", answer.StateFailing: "!", answer.StateUncrawled: "–"}
	year := ""
	for _, q := range slices.Backward(cov.Quarters) {
		state, n := cov.Cell(slug, q)
		only := p.Search.Only(index.Province, slug)
		only.Filters[index.Quarter] = []string{q}
		cell := coverageCell{State: state, Class: string(state), Count: n, Mark: marks[state], URL: only.Address("/search")}
		switch state {
		case answer.StateFound:
			row.Found++
			cell.Class = "found" + strconv.Itoa(1+min(3, n*4/(top+1)))
			cell.Mark = strconv.Itoa(n)
			cell.Label = row.Province.Text + ", " + p.Labels.Quarter(q) + ": " + p.N("bulletins", n)
		case answer.StateNone:
			row.None++
		case answer.StateFailing:
			row.Failing++
		default:
			row.Unknown++
		}
		if cell.Label == "" {
			cell.Label = row.Province.Text + ", " + p.Labels.Quarter(q) + ": " + cell.Mark + " (" + p.T("coverage."+string(state)) + ")"
		}
		if year != "" && year != q[:4] {
			cell.Class += " turn"
		}
		year = q[:4]
		row.Cells = append(row.Cells, cell)
	}
	return row
}
