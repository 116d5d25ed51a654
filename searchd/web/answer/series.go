package answer

import (
	"context"
	"slices"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/indexer/index"
)

// Series are the meetings that a question finds, in time.
type Series struct {
	Params   Params // with the kinds of meetings where none was asked for
	Coverage *Coverage
	Meetings []Meeting // one page of them, the newest first
	Next     string    // cursor of the older ones

	Hosts map[[2]string]int // bulletins by host and kind
}

// SeriesParams are the parameters of a series of meetings.
var SeriesParams = WithFacets("verbatim", "from", "to", "after", "lang")

// meetingsShown is how many meetings one page lists.
const meetingsShown = 50

// Series finds the meetings that bulletins of a question report.
func (s *Service) Series(ctx context.Context, p Params) (*Series, error) {
	p.Filters = p.Clone().Filters
	if len(p.Filters[index.Kind]) == 0 {
		for _, k := range Kinds {
			if k.IsMeeting() {
				p.Filters[index.Kind] = append(p.Filters[index.Kind], string(k))
			}
		}
	}
	out := &Series{Params: p}
	var err error
	plain := p
	plain.After = ""
	if out.Coverage, err = s.Coverage(ctx, plain); err != nil {
		return nil, err
	}
	q := out.Coverage.Found.Reading()
	if out.Hosts, err = s.Index.Cross(ctx, q, index.Host, index.Kind); err != nil {
		return nil, SearchProblem(err, "q")
	}
	q.Sort, q.Size, q.After = index.Newest, meetingsShown, p.After
	res, err := s.Index.Search(ctx, q)
	if err != nil {
		return nil, SearchProblem(err, "after")
	}
	out.Next = res.Next
	if out.Meetings, err = s.reports(ctx, meetingsIn(res.Hits), index.DefaultLimits.Page); err != nil {
		return nil, err
	}
	byTime(out.Meetings)
	return out, nil
}

// Asked are the kinds that the question names itself.
func (s *Series) Asked() bool { return len(s.Coverage.Found.Params.Filters[index.Kind]) == 1 }

// Of is the address of the series of a host and a kind among these.
func (p Params) Of(host, kind string) Params {
	p = p.Clone()
	p.Filters[index.Host], p.Filters[index.Kind] = []string{host}, []string{kind}
	return p
}

// Province is the one province that the series is of, empty when there are
// several: only there a quarter can be without a meeting.
func (s *Series) Province() string {
	if f := s.Params.Filters[index.Province]; len(f) == 1 {
		return f[0]
	}
	return ""
}

// Stretch is a quarter with its meetings, or one without any.
type Stretch struct {
	Quarter  string // empty for meetings of which nobody says the quarter
	Cell     Cell
	Meetings []Meeting
}

// Line is the series quarter by quarter, the newest first: with the quarters in
// which nothing was found when it is of one province. It reaches as far as the
// meetings listed, and to both ends of what was crawled on the first and the
// last page.
func (s *Series) Line() []Stretch {
	by := map[string][]Meeting{}
	var named []int
	for _, m := range s.Meetings {
		q := m.Quarter()
		by[q] = append(by[q], m)
		if n, ok := QuarterNumber(q); ok && len(by[q]) == 1 {
			named = append(named, n)
		}
	}
	quarters := named
	if province := s.Province(); province != "" {
		for _, q := range s.Coverage.Quarters {
			n, _ := QuarterNumber(q)
			within := len(named) > 0 && n > slices.Min(named) && n < slices.Max(named)
			older := s.Next == "" && (len(named) == 0 || n < slices.Min(named))
			newer := s.Params.After == "" && (len(named) == 0 || n > slices.Max(named))
			if !slices.Contains(named, n) && (within || older || newer) {
				quarters = append(quarters, n)
			}
		}
	}
	slices.Sort(quarters)
	var out []Stretch
	for _, n := range slices.Backward(quarters) {
		q := QuarterOf(n)
		one := Stretch{Quarter: q, Meetings: by[q], Cell: Cell{State: StateFound, Count: len(by[q])}}
		if len(by[q]) == 0 {
			one.Cell = s.Coverage.Cell(s.Province(), q)
		}
		out = append(out, one)
	}
	if len(by[""]) > 0 {
		out = append(out, Stretch{Meetings: by[""], Cell: Cell{State: StateFound, Count: len(by[""])}})
	}
	return out
}

// Gap tells whether there is no meeting.
func (s Stretch) Gap() bool { return len(s.Meetings) == 0 }

// HostOf writes who held a meeting: a body below the province as a report
// prints it.
func (l Labels) HostOf(m *Meeting) string {
	for i := range m.Reports {
		if d := &m.Reports[i]; m.Host != "" && d.HostUnit == m.Host {
			if printed := facts.PrintedHost(d.Title, d.Lead, d.Province, d.Published); printed != "" {
				return OneLine(printed)
			}
		}
	}
	return l.Org(m.Host)
}

// MeetingTitle names a meeting: its kind, host, province and day or quarter.
func (l Labels) MeetingTitle(m *Meeting) string {
	when := ""
	switch {
	case m.Day != "":
		when = l.DayOf(m.Day)
	case m.Period.Year != 0:
		when = l.Period(m.Period)
	}
	host := ""
	if m.Host != "" {
		host = l.HostOf(m)
	}
	return Joined(" · ", Joined(", ", l.Kind(string(m.Kind)), host, bulletin.ProvinceLabel(m.Province)), when)
}
