package web

import (
	"slices"
	"strconv"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
)

// coverageView is the heat map of provinces and quarters.
type coverageView struct {
	Years     []yearView
	Quarters  []string // their labels
	Rows      []coverageRow
	Uncrawled []link // provinces without any portal
}

type yearView struct {
	Year string
	Span int
}

type coverageRow struct {
	Province                         link
	Cells                            []coverageCell
	Found, None, Failing, Unknown, N int // quarters in each state, bulletins
}

type coverageCell struct {
	URL   string
	Label string
	State cellState
	Class string
	Count int
	Mark  string // what stands in a cell without bulletins
}

func (s *server) coveragePage(c *gin.Context) error {
	cov, err := s.coverage(c)
	if err != nil {
		return err
	}
	p := s.newPage(c, s.language(c).T("nav.coverage"))
	p.Nav, p.Description = "coverage", p.T("coverage.lead")
	v := coverageView{}
	for _, q := range slices.Backward(cov.quarters) { // the newest stand first: the map is wider than most screens
		v.Quarters = append(v.Quarters, p.Labels.Quarter(q))
		if year := q[:4]; len(v.Years) == 0 || v.Years[len(v.Years)-1].Year != year {
			v.Years = append(v.Years, yearView{year, 1})
		} else {
			v.Years[len(v.Years)-1].Span++
		}
	}
	top := cov.top()
	for _, slug := range cov.provinces {
		v.Rows = append(v.Rows, p.coverageRow(cov, slug, top))
	}
	for _, info := range bulletin.Provinces() {
		if len(cov.sites[info.Slug]) == 0 && cov.totals[info.Slug] == 0 {
			v.Uncrawled = append(v.Uncrawled, link{URL: p.Link("/provinces/" + info.Slug), Text: info.Name})
		}
	}
	p.Empty = len(v.Quarters) == 0
	p.Main = v
	return s.render(c, 200, "coverage", p)
}

func (p *page) coverageRow(cov *coverage, slug string, top int) coverageRow {
	row := coverageRow{
		Province: link{URL: p.Link("/provinces/" + slug), Text: bulletin.ProvinceLabel(slug)}, N: cov.totals[slug],
	}
	marks := map[cellState]string{stateNone: "0", stateFailing: "!", stateUncrawled: "–"}
	year := ""
	for _, q := range slices.Backward(cov.quarters) {
		state, n := cov.cell(slug, q)
		only := p.Search.only(index.Province, slug)
		only.Filters[index.Quarter] = []string{q}
		cell := coverageCell{State: state, Class: string(state), Count: n, Mark: marks[state], URL: only.address("/search")}
		switch state {
		case stateFound:
			row.Found++
			cell.Class = "found" + strconv.Itoa(1+min(3, n*4/(top+1)))
			cell.Mark = strconv.Itoa(n)
			cell.Label = row.Province.Text + ", " + p.Labels.Quarter(q) + ": " + p.N("bulletins", n)
		case stateNone:
			row.None++
		case stateFailing:
			row.Failing++
		default:
			row.Unknown++
		}
		if cell.Label == "" {
			cell.Label = row.Province.Text + ", " + p.Labels.Quarter(q) + ": " + p.T("coverage."+string(state))
		}
		if year != "" && year != q[:4] {
			cell.Class += " turn"
		}
		year = q[:4]
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// top is the largest number of bulletins in one cell.
func (c *coverage) top() int {
	n := 0
	for _, count := range c.counts {
		n = max(n, count)
	}
	return n
}
