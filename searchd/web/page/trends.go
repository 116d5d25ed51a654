package page

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// trendsView compares questions.
type trendsView struct {
	Fields  []string // what stands in the fields for questions, one of them empty where there is room
	Hidden  []Link
	Chips   countsView
	Views   countsView
	By, Per []Link // choices, Note is the value
	Chart   *trendChart
	Maps    []trendMap
	Lines   []trendLine
	Heads   []trendHead
	Rows    []trendRow
	Label   string // of the axis
	CSV     string
	Rated   bool
}

// trendLine is one question with what is told of it beside its points.
type trendLine struct {
	Link
	Class   string
	Relaxed string
	Apart   int
}

// trendMap is one question on the map of the provinces.
type trendMap struct {
	Text  string
	Class string
	Tiles tilesView
}

type trendHead struct{ Text, Class string }

type trendRow struct {
	Label string
	Base  int
	Cells []trendCell
}

type trendCell struct {
	URL   string
	Count int
	Rate  string
}

// trendChart is the drawing: places in percent of the width, heights in pixels.
type trendChart struct {
	Label  string
	Top    string // the largest value
	Height int    // of the base line
	Marks  []yearMark
	Series []series
}

type series struct {
	Class  string
	Pieces []piece
	Points []point
}

type piece struct{ X1, X2, Y1, Y2 string }

type point struct {
	URL, Label, X, Y string
	R, Hit           int // of the dot, and of where it is met
	y                int
}

// Heights of the drawing.
const (
	trendBase = 200 // of the base line
	trendRoom = 180 // between it and the largest value
)

// TrendsPage compares questions over quarters, years or provinces.
func (s *Pages) TrendsPage(c *gin.Context) error {
	asked, err := answer.ReadTrends(c.Request.URL.Query(), false)
	if err != nil {
		return err
	}
	t, err := s.Trends(c, asked)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("trends.title"))
	p.Nav, p.Description, p.NoIndex = "trends", p.T("trends.lead"), len(asked.Texts) > 0
	p.Search = asked.Of("")
	rated := c.Query("per") == "1000"
	v := trendsView{Rated: rated, CSV: asked.Address("/trends.csv"), Label: p.T("facet." + string(asked.By)), Fields: slices.Clone(asked.Texts), Hidden: p.Hidden("sort", "size"), Chips: countsView{Page: p}}
	for len(v.Fields) < min(2, answer.MaxQuestions) || len(v.Fields) == len(asked.Texts) && len(v.Fields) < answer.MaxQuestions {
		v.Fields = append(v.Fields, "")
	}
	v.Chips.Links = answer.Each((answer.Found{Params: asked.Common}).Removals(), func(r answer.Removal) Link {
		other := asked
		other.Common = r.Params
		return Link{URL: other.Address("/trends"), Note: p.T("facet." + r.Name), Text: r.Label(c, p.Labels)}
	})
	first := asked.Common
	if len(asked.Texts) > 0 {
		first = asked.Of(asked.Texts[0])
	}
	v.Views = p.views(first, "/trends")
	v.By = answer.Each(answer.TrendAxes, func(f index.Field) Link {
		return Link{Note: string(f), Text: p.T("trends.by." + string(f)), Current: f == asked.By}
	})
	v.Per = []Link{{Text: p.T("trends.counts"), Current: !rated}, {Note: "1000", Text: p.T("trends.rate"), Current: rated}}
	v.fill(c, p, t)
	p.Main = v
	return s.Render(c, 200, "trends", p)
}

func (p *Page) question(text string) string { return cmp.Or(text, p.T("trends.any")) }

// fill draws the questions and lays out the table behind the drawing.
func (v *trendsView) fill(c *gin.Context, p *Page, t *answer.Trends) {
	now := t.By == index.ProvinceNow
	absent := blankWithout(t.Base, now)
	for i, line := range t.Lines {
		class := "s" + strconv.Itoa(i+1)
		v.Lines = append(v.Lines, trendLine{
			Link:  Link{URL: t.Of(t.Texts[i]).Address("/search"), Text: p.question(t.Texts[i]), Count: line.Found.Result.Total},
			Class: class, Relaxed: line.Found.Result.Relaxed, Apart: line.Apart,
		})
		v.Heads = append(v.Heads, trendHead{p.question(t.Texts[i]), class})
		if t.By == index.Province || now {
			v.Maps = append(v.Maps, trendMap{p.question(t.Texts[i]), class, p.newTiles(line.Counts, now, t.Of(t.Texts[i]), absent)})
		}
	}
	for _, value := range t.Values {
		row := trendRow{Label: p.Labels.Value(c, t.By, value), Base: t.Base[value]}
		for i, line := range t.Lines {
			cell := trendCell{Count: line.Counts[value], URL: t.At(t.Texts[i], value).Address("/search")}
			if rate, ok := t.PerThousand(line, value); ok {
				cell.Rate = p.Decimal(rate)
			}
			row.Cells = append(row.Cells, cell)
		}
		v.Rows = append(v.Rows, row)
	}
	if len(v.Maps) == 0 && len(t.Lines) > 0 && len(t.Values) > 1 {
		v.Chart = p.trendChart(c, t, v.Rated)
	}
}

// trendChart draws the lines. Where there are no bulletins at all a rate is
// unknown and its line has a gap.
func (p *Page) trendChart(c *gin.Context, t *answer.Trends, rated bool) *trendChart {
	value := func(line answer.Trend, v string) (float64, bool) {
		if rated {
			return t.PerThousand(line, v)
		}
		return float64(line.Counts[v]), true
	}
	top := 0.0
	for _, line := range t.Lines {
		for _, v := range t.Values {
			if n, ok := value(line, v); ok {
				top = max(top, n)
			}
		}
	}
	top = cmp.Or(top, 1)
	chart := &trendChart{Height: trendBase, Top: p.Decimal(top), Label: p.T("trends.chart", p.Labels.Value(c, t.By, t.Values[0]), p.Labels.Value(c, t.By, t.Values[len(t.Values)-1]))}
	step := 100 / float64(len(t.Values))
	for i, line := range t.Lines {
		one, before := series{Class: "s" + strconv.Itoa(i+1)}, (*point)(nil)
		for j, v := range t.Values {
			n, ok := value(line, v)
			if !ok {
				before = nil
				continue
			}
			at := point{URL: t.At(t.Texts[i], v).Address("/search"), X: percent((float64(j) + .5) * step), y: trendBase - int(math.Round(n/top*trendRoom))}
			at.Y = strconv.Itoa(at.y)
			at.Label = p.question(t.Texts[i]) + ", " + p.Labels.Value(c, t.By, v) + ": " + p.N("bulletins", line.Counts[v])
			if rate, known := t.PerThousand(line, v); known {
				at.Label += ", " + p.T("trends.of1000", p.Decimal(rate))
			}
			if before != nil {
				one.Pieces = append(one.Pieces, piece{before.X, at.X, before.Y, at.Y})
			}
			one.Points = append(one.Points, at)
			before = &at
		}
		chart.Series = append(chart.Series, one)
	}
	ring(chart.Series)
	every := 1 + (len(t.Values)-1)/12
	for j, v := range t.Values {
		switch {
		case t.By == index.Year && j%every == 0:
			chart.Marks = append(chart.Marks, yearMark{percent(float64(j) * step), v})
		case t.By == index.Quarter:
			lo, _ := answer.QuarterNumber(t.Values[0])
			if q, ok := answer.QuarterNumber(v); ok && yearShown(q, lo, lo+len(t.Values)-1) {
				chart.Marks = append(chart.Marks, yearMark{percent(float64(j) * step), v[:4]})
			}
		}
	}
	return chart
}

// hits are how far around a point it is met, by how many others lie on it: each
// shows around the ones above it.
var hits = [answer.MaxQuestions]int{12, 16, 21, 28, 36}

// ring sizes the points so that those which others lie on stay seen around them.
func ring(all []series) {
	const near = 10 // pixels
	for i := range all {
		for j := range all[i].Points {
			p, above := &all[i].Points[j], 0
			for _, later := range all[i+1:] {
				if slices.ContainsFunc(later.Points, func(o point) bool { return o.X == p.X && max(o.y-p.y, p.y-o.y) <= near }) {
					above++
				}
			}
			p.R, p.Hit = 4+3*above, hits[above]
		}
	}
}
