package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// coverageView is the map of a question: by province, and by province and
// quarter.
type coverageView struct {
	Desk      deskView
	Cell      *cellView // the one cell that the question is narrowed to
	Tiles     tilesView
	OtherGrid Link
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
	cells                            []coverageCell
	Found, None, Failing, Unknown, N int // quarters in each state, bulletins
	WithoutQuarter                   int // of them
}

// Cells writes the cells as those of a table. There are thousands on a map, which
// a template would take most of the page's time for.
func (r coverageRow) Cells() template.HTML {
	var b strings.Builder
	for _, c := range r.cells {
		b.WriteString(`<td class="` + c.Class)
		if c.Span > 1 {
			b.WriteString(`" colspan="` + strconv.Itoa(c.Span))
		}
		label := template.HTMLEscapeString(c.Label)
		b.WriteString(`"><a href="` + template.HTMLEscapeString(c.URL) + `" rel="nofollow" aria-label="` + label + `" title="` + label + `">` + template.HTMLEscapeString(c.Mark) + `</a></td>`)
	}
	return template.HTML(b.String()) //nolint:gosec // every piece of text is escaped as it is written
}

// cellAddress writes the address of the question at a page for cell after cell.
type cellAddress struct{ head, middle, tail string }

func newCellAddress(sp answer.Params, path string) cellAddress {
	sp = sp.Clone()
	sp.Filters[index.Province], sp.Filters[index.Quarter] = []string{"\x00p"}, []string{"\x00q"}
	var a cellAddress
	var rest string
	a.head, rest, _ = strings.Cut(deskAddress(sp, path), "%00q") // facets stand in one order
	a.middle, a.tail, _ = strings.Cut(rest, "%00p")
	return a
}

func (a cellAddress) of(province, quarter string) string {
	return a.head + quarter + a.middle + province + a.tail
}

type coverageCell struct {
	URL   string
	Label string
	Class string
	Mark  string
	Span  int // quarters that it stands for
	moved string
}

// CoveragePage shows the map of a question.
func (s *Pages) CoveragePage(c *gin.Context, sp answer.Params) error {
	cov, err := s.Coverage(c, sp)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("nav.coverage"))
	p.Nav, p.Description, p.Search = "coverage", p.T("coverage.lead"), sp
	v := coverageView{Desk: newDesk(c, p, cov.Found, "/coverage")}
	p.NoIndex = v.Desk.Asked
	for _, q := range slices.Backward(cov.Quarters) { // the newest stand first: the map is wider than most screens
		v.Quarters = append(v.Quarters, p.Labels.Quarter(q))
		if year := q[:4]; len(v.Years) == 0 || v.Years[len(v.Years)-1].Year != year {
			v.Years = append(v.Years, yearView{year, 1})
		} else {
			v.Years[len(v.Years)-1].Span++
		}
	}
	d := &coverageDrawing{Page: p, cov: cov, top: cov.Top(), found: newCellAddress(sp, "/search"), absent: newCellAddress(sp, "/coverage")}
	v.Rows = answer.Each(cov.Provinces, d.row)
	if !v.Desk.Asked {
		for _, info := range bulletin.Provinces() {
			if !slices.Contains(cov.Provinces, info.Slug) {
				v.Uncrawled = append(v.Uncrawled, *p.provinceLink(info.Slug))
			}
		}
	}
	v.drawTiles(p, cov, c.Query("map") != "then")
	v.Cell = p.cellView(cov)
	p.Empty = len(v.Quarters) == 0
	p.Main = v
	return s.Render(c, 200, "coverage", p)
}

// drawTiles draws the provinces of today or those before, with the way to the
// other ones.
func (v *coverageView) drawTiles(p *Page, cov *answer.Coverage, now bool) {
	v.Tiles = p.newTiles(cov.Totals, now, p.Search, func(slug string) answer.State {
		best := answer.StateUncrawled
		for _, info := range bulletin.Provinces() {
			if info.Slug != slug && (!now || info.Now != slug) {
				continue
			}
			switch state := cov.Cell(info.Slug, "").State; {
			case state == answer.StateNone:
				best = state
			case state == answer.StateFailing && best != answer.StateNone:
				best = state
			}
		}
		return best
	})
	v.OtherGrid = Link{URL: deskAddress(p.Search, "/coverage"), Text: p.T("tiles.now")}
	if now {
		v.OtherGrid = Link{URL: withParam(v.OtherGrid.URL, "map=then"), Text: p.T("tiles.then")}
	}
}

// coverageDrawing draws the rows of a map.
type coverageDrawing struct {
	*Page
	cov           *answer.Coverage
	top           int
	found, absent cellAddress
}

func (d *coverageDrawing) row(slug string) coverageRow {
	cov := d.cov
	row := coverageRow{Province: *d.provinceLink(slug), N: cov.Totals[slug], WithoutQuarter: cov.WithoutQuarter(slug)}
	year := ""
	for _, q := range slices.Backward(cov.Quarters) {
		cell := cov.Cell(slug, q)
		view := d.cell(cell, slug, q)
		switch cell.State {
		case answer.StateFound:
			row.Found++
		case answer.StateNone:
			row.None++
		case answer.StateFailing:
			row.Failing++
		case answer.StateUncrawled:
			row.Unknown++
		}
		if last := len(row.cells) - 1; last >= 0 && cell.Moved != "" && row.cells[last].moved == cell.Moved {
			row.cells[last].Span++
			row.cells[last].Mark = view.Mark + " " + bulletin.ProvinceLabel(cell.Moved)
			continue
		}
		if year != "" && year != q[:4] {
			view.Class += " turn"
		}
		year = q[:4]
		row.cells = append(row.cells, view)
	}
	return row
}

// cell leads to the bulletins of a cell or, where there are none, to why; one of
// a time when the land was another province's, to that.
func (d *coverageDrawing) cell(cell answer.Cell, slug, quarter string) coverageCell {
	where := bulletin.ProvinceLabel(slug) + ", " + d.Labels.Quarter(quarter) + ": "
	view := coverageCell{Class: string(cell.State), Span: 1, Mark: marks[cell.State], URL: d.absent.of(slug, quarter), moved: cell.Moved}
	switch cell.State {
	case answer.StateFound:
		view.URL, view.Mark, view.Class = d.found.of(slug, quarter), strconv.Itoa(cell.Count), shade(cell.Count, d.top)
		view.Label = where + d.N("bulletins", cell.Count)
	case answer.StateMoved:
		there := d.Search.Clone()
		there.Filters[index.Province], there.Filters[index.Quarter] = []string{cell.Moved}, nil
		view.URL, view.Label = deskAddress(there, "/coverage"), where+d.T("coverage.moved", bulletin.ProvinceLabel(cell.Moved))
	default:
		view.Label = where + view.Mark + " (" + d.T("coverage."+string(cell.State)) + ")"
	}
	return view
}

// cellView tells of one cell what is known, from where, and how to follow it.
type cellView struct {
	Province, Quarter string
	State             string
	Class             string
	Count             int
	Portals           []siteView
	Search, Feed      string
}

// cellView is nil unless the question is about one province in one quarter.
func (p *Page) cellView(cov *answer.Coverage) *cellView {
	provinces, quarters := cov.Found.Asked.Filters[index.Province], cov.Found.Asked.Filters[index.Quarter]
	if len(provinces) != 1 || len(quarters) != 1 {
		return nil
	}
	cell := cov.Cell(provinces[0], quarters[0])
	v := &cellView{
		Province: bulletin.ProvinceLabel(provinces[0]), Quarter: p.Labels.Quarter(quarters[0]), Class: string(cell.State), Count: cell.Count,
		State: p.T("coverage."+string(cell.State), bulletin.ProvinceLabel(cell.Moved)), Search: deskAddress(p.Search, "/search"), Feed: export.FeedAddress(p.Search),
	}
	v.Portals = answer.Each(cov.Portals(provinces[0], quarters[0]), p.siteView)
	return v
}
