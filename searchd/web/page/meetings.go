package page

import (
	"cmp"
	"net/http"
	"slices"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// meetingsView is a series of meetings on a line of time.
type meetingsView struct {
	Province, Host, Kind string // chosen, empty for any
	Provinces            []Link // choices: Note is the value
	Hosts, Kinds         []Link
	Hidden               []Link
	Total                int // bulletins
	Relaxed              string
	Row                  *coverageRow // of one province
	Years                []yearView
	Quarters             []string // their labels, newest first
	Line                 []stretchView
	Series               []seriesRow // narrower ones
	First, Next          string
	CSV, Atom, Calendar  string
	Asked                answer.Params // as a search
}

// stretchView is a quarter with its meetings, or a run of quarters without any
// for one reason.
type stretchView struct {
	Label    string
	State    answer.State
	Why      string // why there is none
	URL      string // of what is known of the quarter
	Meetings []meetingLine
	newest   string // label of the newest quarter of a run
}

// meetingLine is a meeting in a list.
type meetingLine struct {
	Link
	Day     string
	Printed string // title of the first report
	Sources string
	Guessed bool // its quarter
	Sample  bool
}

type seriesRow struct {
	Host  string
	Kinds []Link
}

// MeetingsPage shows the meetings that a question finds.
func (s *Pages) MeetingsPage(c *gin.Context, asked answer.Params) error {
	series, err := s.Series(c, asked)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("meetings.title"))
	p.Search, p.Nav, p.Description = asked, "meetings", p.T("meetings.lead")
	p.NoIndex = asked.After != "" || asked.Text != ""
	v := &meetingsView{
		Asked: series.Params,
		Total: series.Coverage.Found.Result.Total, Relaxed: series.Coverage.Found.Result.Relaxed, CSV: deskAddress(asked, "/meetings.csv"),
		Atom: deskAddress(asked, "/meetings.atom"), Calendar: deskAddress(asked, "/meetings.ics"), Hidden: p.Hidden("province", "host", "kind", "sort", "size"),
	}
	if err := s.seriesChoices(c, p, v); err != nil {
		return err
	}
	v.draw(p, series)
	for _, stretch := range series.Line() {
		v.add(p, series, stretch)
	}
	v.narrower(p, series)
	if asked.After != "" {
		v.First = deskAddress(asked, "/meetings")
	}
	if series.Next != "" {
		v.Next = withParam(deskAddress(asked, "/meetings"), "after="+series.Next)
	}
	p.Main, p.Next = v, v.Next
	p.Feeds = []Link{{URL: v.Atom, Text: p.Title, Note: "application/atom+xml"}}
	return s.Render(c, http.StatusOK, "meetings", p)
}

// seriesChoices lists provinces, hosts and kinds, with how many bulletins each
// has under the other choices.
func (s *Pages) seriesChoices(c *gin.Context, p *Page, v *meetingsView) error {
	found, err := s.Search(c, p.Search.Counting(index.Province, index.Host, index.Kind))
	if err != nil {
		return err
	}
	list := func(f index.Field, chosen *string) []Link {
		var out []Link
		if only := p.Search.Filters[f]; len(only) == 1 {
			*chosen = only[0]
		}
		for _, n := range p.Labels.Facet(c, f, found, 0) {
			if k := bulletin.Kind(n.Value); f != index.Kind || k.IsMeeting() {
				out = append(out, Link{Text: n.Label, Note: n.Value, Count: n.Count, Current: n.Selected})
			}
		}
		return out
	}
	v.Provinces, v.Hosts, v.Kinds = list(index.Province, &v.Province), list(index.Host, &v.Host), list(index.Kind, &v.Kind)
	slices.SortFunc(v.Provinces, func(a, b Link) int { return cmp.Compare(a.Note, b.Note) })
	return nil
}

// draw draws the quarters of one province as on the map of coverage.
func (v *meetingsView) draw(p *Page, series *answer.Series) {
	cov, province := series.Coverage, series.Province()
	if province == "" || len(cov.Quarters) == 0 {
		return
	}
	row := p.seriesDrawing(series).row(province)
	v.Row = &row
	for _, q := range slices.Backward(cov.Quarters) {
		v.Quarters = append(v.Quarters, p.Labels.Quarter(q))
		if n := len(v.Years); n == 0 || v.Years[n-1].Year != q[:4] {
			v.Years = append(v.Years, yearView{Year: q[:4]})
		}
		v.Years[len(v.Years)-1].Span++
	}
}

// seriesDrawing draws quarters that lead to what reports these meetings alone.
func (p *Page) seriesDrawing(series *answer.Series) *coverageDrawing {
	return &coverageDrawing{
		Page: p, cov: series.Coverage, top: series.Coverage.Top(),
		found: newCellAddress(series.Params, "/search"), absent: newCellAddress(series.Params, "/coverage"),
	}
}

// add adds a quarter. Quarters in a row without a meeting for one reason are one.
func (v *meetingsView) add(p *Page, series *answer.Series, stretch answer.Stretch) {
	one := stretchView{State: stretch.Cell.State, Label: p.T("meetings.unknown")}
	if stretch.Quarter != "" {
		one.Label = p.Labels.Quarter(stretch.Quarter)
	}
	one.newest = one.Label
	for i := range stretch.Meetings {
		one.Meetings = append(one.Meetings, p.meetingLine(&stretch.Meetings[i]))
	}
	if stretch.Gap() {
		cell := p.seriesDrawing(series).cell(stretch.Cell, series.Province(), stretch.Quarter)
		one.Why, one.URL = p.T("meetings.gap."+string(stretch.Cell.State), bulletin.ProvinceLabel(stretch.Cell.Moved)), cell.URL
		if n := len(v.Line); n > 0 && v.Line[n-1].Why == one.Why {
			run := &v.Line[n-1]
			run.Label, run.URL = p.T("meetings.run", one.Label, run.newest), ""
			return
		}
	}
	v.Line = append(v.Line, one)
}

func (p *Page) meetingLine(m *answer.Meeting) meetingLine {
	line := meetingLine{
		Link:    Link{URL: p.meetingURL(m.ID), Text: p.Labels.MeetingTitle(m)},
		Printed: m.Reports[0].Title, Sources: p.N("meeting.sources", len(m.Reports)), Guessed: m.Period.Basis == bulletin.Guessed,
	}
	for i := range m.Reports {
		line.Sample = line.Sample || p.Labels.Sites.Sample(m.Reports[i].Site)
	}
	return line
}

// narrower lists the series of one host and kind among these.
func (v *meetingsView) narrower(p *Page, series *answer.Series) {
	if v.Host != "" && v.Kind != "" {
		return
	}
	by := map[string][]Link{}
	for pair, n := range series.Hosts {
		by[pair[0]] = append(by[pair[0]], Link{URL: deskAddress(p.Search.Of(pair[0], pair[1]), "/meetings"), Text: p.Labels.Kind(pair[1]), Count: n})
	}
	for host, kinds := range by {
		slices.SortFunc(kinds, func(a, b Link) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Text, b.Text)) })
		v.Series = append(v.Series, seriesRow{p.Labels.Org(host), kinds})
	}
	slices.SortFunc(v.Series, func(a, b seriesRow) int {
		return cmp.Or(total(b.Kinds)-total(a.Kinds), cmp.Compare(a.Host, b.Host))
	})
	v.Series = v.Series[:min(len(v.Series), maxNarrower)]
}

// maxNarrower bounds the list of narrower series.
const maxNarrower = 30

func total(links []Link) (n int) {
	for _, l := range links {
		n += l.Count
	}
	return n
}
