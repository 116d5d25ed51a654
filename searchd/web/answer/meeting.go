package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/indexer/index"
)

// Meeting is one event as the bulletins tell it that report it.
type Meeting struct {
	bulletin.Meeting
	Reports []index.Document // the oldest first
}

// maxReports bounds the bulletins that are read of one meeting.
const maxReports = 100

// meetingOf puts the reports of one meeting together.
func meetingOf(id string, reports []index.Document) Meeting {
	said := make([]bulletin.Report, 0, len(reports))
	for i := range reports {
		if r, ok := bulletin.ReportOf(&reports[i].Bulletin); ok {
			said = append(said, r)
		}
	}
	m := Meeting{Reports: reports}
	if len(said) > 0 {
		m.Meeting = bulletin.MeetingOf(said)
	}
	m.ID = id
	return m
}

// When orders meetings: the day where it is known, else the end of the quarter,
// else the day of the first report.
func (m *Meeting) When() string {
	if m.Day != "" {
		return m.Day
	}
	if q, ok := QuarterNumber(QuarterValue(m.Period)); ok {
		return *Day(quarterStart(q+1).AddDate(0, 0, -1))
	}
	return Datetime(m.Reports[0].Published, bulletin.Day)
}

// Quarter is the quarter that the meeting reviews, empty when nobody says.
func (m *Meeting) Quarter() string { return QuarterValue(m.Period) }

// Meeting returns a meeting. One that bears another id now gives that id
// alone; one that nobody reports is a problem.
func (s *Service) Meeting(ctx context.Context, id string) (m Meeting, now string, err error) {
	all, err := s.reports(ctx, []string{id}, maxReports)
	if err != nil {
		return m, "", err
	}
	if len(all) > 0 {
		return all[0], id, nil
	}
	now, err = s.Store.Meeting(Lasting(ctx), id)
	if s.Missing(err) || err == nil && now == id { // the index comes to it later
		return m, "", NewProblem("not-found", err)
	}
	return m, now, err
}

// reports reads the meetings of some ids with what reports them, in no order.
func (s *Service) reports(ctx context.Context, ids []string, most int) ([]Meeting, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	res, err := s.Index.Search(ctx, index.Query{
		Filters: map[index.Field][]string{index.Meeting: ids}, Sort: index.Oldest, Size: most, Expand: true,
	})
	if err != nil {
		return nil, SearchProblem(err, "id")
	}
	by := map[string][]index.Document{}
	var order []string
	for i := range res.Hits {
		d := res.Hits[i].Document
		if by[d.Meeting] == nil {
			order = append(order, d.Meeting)
		}
		by[d.Meeting] = append(by[d.Meeting], d)
	}
	var out []Meeting
	for _, id := range order {
		out = append(out, meetingOf(id, by[id]))
	}
	return out, nil
}

// Told is one value of a fact with the bulletins that tell it.
type Told struct {
	Value string
	Basis bulletin.Basis // of a period
	By    []int          // places in Meeting.Reports
}

// Difference is a fact that bulletins tell differently: day, host, period or chair.
type Difference struct {
	Fact string
	Told []Told
}

// Differences are the facts in which the reports disagree. One that is silent
// disagrees with none.
func (m *Meeting) Differences() []Difference {
	var out []Difference
	for _, fact := range []struct {
		name string
		of   func(*index.Document) (string, bulletin.Basis)
	}{
		{"day", func(d *index.Document) (string, bulletin.Basis) { return d.EventDate, "" }},
		{"period", func(d *index.Document) (string, bulletin.Basis) { return QuarterValue(d.Period), d.Period.Basis }},
		{"host", func(d *index.Document) (string, bulletin.Basis) { return d.MeetingHost(), "" }},
		{"chair", func(d *index.Document) (string, bulletin.Basis) { return d.Chair.Name, "" }},
	} {
		var told []Told
		for i := range m.Reports {
			value, basis := fact.of(&m.Reports[i])
			if value == "" {
				continue
			}
			at := slices.IndexFunc(told, func(t Told) bool { return strings.EqualFold(t.Value, value) && t.Basis == basis })
			if at < 0 {
				at = len(told)
				told = append(told, Told{Value: value, Basis: basis})
			}
			told[at].By = append(told[at].By, i)
		}
		if slices.ContainsFunc(told, func(t Told) bool { return !strings.EqualFold(t.Value, told[0].Value) }) {
			out = append(out, Difference{fact.name, told})
		}
	}
	return out
}

// Chair is who presided, as the first bulletin prints it that does.
func (m *Meeting) Chair() bulletin.Chair {
	for i := range m.Reports {
		if c := m.Reports[i].Chair; c.Name != "" {
			return c
		}
	}
	return bulletin.Chair{}
}

// Venue is where, or in which form, a meeting was held, as a report prints it.
type Venue struct {
	Text, Sentence string
	By             int // place in Meeting.Reports
}

// Venue is that of the first report that tells it, nil when none does.
func (m *Meeting) Venue() *Venue {
	for i := range m.Reports {
		lead := m.Reports[i].Lead
		if span, ok := facts.ReadVenue(lead); ok {
			around := index.Sentence(lead, span)
			return &Venue{OneLine(lead[span.Start:span.End]), OneLine(lead[around.Start:around.End]), i}
		}
	}
	return nil
}

// CitedThere is a document that reports of a meeting cite.
type CitedThere struct {
	Document
	By []int // places in Meeting.Reports
}

// Documents are those that any report cites, those that most cite first.
func (m *Meeting) Documents() []CitedThere {
	var out []CitedThere
	for i := range m.Reports {
		for _, d := range Cited(m.Reports[i].Cites) {
			at := slices.IndexFunc(out, func(o CitedThere) bool { return o.Key == d.Key })
			if at < 0 {
				at = len(out)
				out = append(out, CitedThere{Document: d})
			}
			out[at].By = append(out[at].By, i)
		}
	}
	slices.SortStableFunc(out, func(a, b CitedThere) int { return cmp.Compare(len(b.By), len(a.By)) })
	return out
}

// Bounds of the search for the meetings before and after one: bulletins are
// published in the order of what they report but for some weeks.
const (
	nearest    = 25
	toldWithin = 45 // days
)

// Beside are the meetings before and after one in its series: those of its
// host, province and kind. Both are nil when the host is not known.
func (s *Service) Beside(ctx context.Context, m *Meeting) (before, after *Meeting, err error) {
	if m.Host == "" {
		return nil, nil, nil
	}
	first, last := m.Reports[0].Published, m.Reports[len(m.Reports)-1].Published
	var ids []string
	for _, order := range []index.Sort{index.Newest, index.Oldest} { // up to this one, and from it on
		q := index.Query{
			Filters: map[index.Field][]string{index.Province: {m.Province}, index.Kind: {string(m.Kind)}, index.Host: {m.Host}},
			Sort:    order, Size: nearest,
		}
		switch {
		case first.IsZero() || last.IsZero():
		case order == index.Newest:
			q.To = last.AddDate(0, 0, toldWithin)
		default:
			q.From = first.AddDate(0, 0, -toldWithin)
		}
		res, err := s.Index.Search(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, meetingsIn(res.Hits)...)
	}
	slices.Sort(ids)
	all, err := s.reports(ctx, slices.Compact(ids), index.DefaultLimits.Page)
	if err != nil {
		return nil, nil, err
	}
	all = slices.DeleteFunc(all, func(o Meeting) bool { return o.Host != m.Host })
	byTime(all)
	at := slices.IndexFunc(all, func(o Meeting) bool { return o.ID == m.ID })
	if at > 0 {
		after = &all[at-1]
	}
	if at >= 0 && at+1 < len(all) {
		before = &all[at+1]
	}
	return before, after, nil
}

// meetingsIn are the ids of the meetings that hits report, each once.
func meetingsIn(hits []index.Hit) []string {
	var ids []string
	for i := range hits {
		if id := hits[i].Meeting; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// byTime orders meetings, the newest first.
func byTime(all []Meeting) {
	slices.SortFunc(all, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(b.When(), a.When()), cmp.Compare(a.ID, b.ID))
	})
}
