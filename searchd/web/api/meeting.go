package api

import (
	"net/http"
	"net/url"
	"slices"

	"bantin/bulletin"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// SeriesJSON is the answer of a series of meetings.
type SeriesJSON struct {
	Total    int              `json:"total"` // bulletins that report them
	Relaxed  *string          `json:"relaxed"`
	Meetings []meetingRowJSON `json:"meetings"`
	Quarters []stretchJSON    `json:"quarters"`
	Next     *string          `json:"next"`
}

// meetingRowJSON is a meeting in a list.
type meetingRowJSON struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"` // as the first bulletin has it
	Kind     string           `json:"kind"`
	Province *labelled        `json:"province"`
	Host     *labelled        `json:"host"` // null when nobody says
	Day      *string          `json:"day"`
	Period   *bulletin.Period `json:"period"`
	Sources  int              `json:"sources"` // bulletins that report it
	Page     string           `json:"page"`
}

// stretchJSON is a quarter of a series.
type stretchJSON struct {
	Quarter  *string      `json:"quarter"` // null for meetings of which nobody says it
	State    answer.State `json:"state"`
	Meetings []string     `json:"meetings"`
}

// MeetingJSON is one meeting with all that tells of it.
type MeetingJSON struct {
	Meeting     meetingRowJSON   `json:"meeting"`
	Chair       *bulletin.Chair  `json:"chair"`
	Venue       *venueJSON       `json:"venue"` // null when no report tells it
	Reports     []reportJSON     `json:"reports"`
	Documents   []citedThereJSON `json:"documents"`
	Differences []differenceJSON `json:"differences"`
	Before      *string          `json:"before"`
	After       *string          `json:"after"`
}

// venueJSON is where, or in which form, a meeting was held, as a report prints it.
type venueJSON struct {
	Text     string `json:"text"`
	Sentence string `json:"sentence"`
	Bulletin string `json:"bulletin"`
}

type reportJSON struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Lead      string     `json:"lead"`
	Published *string    `json:"published"`
	URL       string     `json:"url"`
	Page      string     `json:"page"`
	Source    sourceJSON `json:"source"`
	Group     string     `json:"group"` // near-duplicates share one
}

type citedThereJSON struct {
	Key       string         `json:"key"`
	Label     string         `json:"label"`
	By        []string       `json:"by"`
	Sentences []sentenceJSON `json:"sentences"`
}

type sentenceJSON struct {
	Bulletin string `json:"bulletin"`
	Text     string `json:"text"`
}

type differenceJSON struct {
	Fact string     `json:"fact"`
	Told []toldJSON `json:"told"`
}

type toldJSON struct {
	Value string          `json:"value"`
	Basis *bulletin.Basis `json:"basis"`
	By    []string        `json:"by"`
}

func (s *API) meetings(c *gin.Context, p answer.Params) (out SeriesJSON, err error) {
	series, err := s.Series(c, p)
	if err != nil {
		return out, err
	}
	l, base := s.Labeller(c, s.Language(c)), s.Base(c)
	found := series.Coverage.Found.Result
	out = SeriesJSON{found.Total, answer.Optional(found.Relaxed), []meetingRowJSON{}, []stretchJSON{}, answer.Optional(series.Next)}
	for i := range series.Meetings {
		out.Meetings = append(out.Meetings, meetingRow(l, base, &series.Meetings[i]))
	}
	for _, stretch := range series.Line() {
		ids := answer.Each(stretch.Meetings, func(m answer.Meeting) string { return m.ID })
		out.Quarters = append(out.Quarters, stretchJSON{answer.Optional(stretch.Quarter), stretch.Cell.State, ids})
	}
	return out, nil
}

func meetingRow(l answer.Labels, base string, m *answer.Meeting) meetingRowJSON {
	row := meetingRowJSON{
		ID: m.ID, Title: m.Reports[0].Title, Kind: string(m.Kind), Province: placeJSON(m.Province), Day: answer.Optional(m.Day),
		Sources: len(m.Reports), Page: base + "/meetings/" + url.PathEscape(m.ID),
	}
	if m.Host != "" {
		row.Host = &labelled{m.Host, l.HostOf(m)}
	}
	if m.Period.Year != 0 {
		row.Period = &m.Period
	}
	return row
}

// meeting answers with one meeting; an id that it had before leads to the one
// that it has now.
func (s *API) meeting(c *gin.Context, _ answer.Params) error {
	m, now, err := s.Meeting(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	if now != c.Param("meeting") {
		c.Redirect(http.StatusFound, "/api/v1/meetings/"+url.PathEscape(now))
		return nil
	}
	before, after, err := s.Beside(c, &m)
	if err != nil {
		return err
	}
	l, base := s.Labeller(c, s.Language(c)), s.Base(c)
	out := MeetingJSON{Meeting: meetingRow(l, base, &m), Reports: []reportJSON{}, Documents: []citedThereJSON{}, Differences: []differenceJSON{}}
	if chair := m.Chair(); chair.Name != "" {
		out.Chair = &chair
	}
	if v := m.Venue(); v != nil {
		out.Venue = &venueJSON{v.Text, v.Sentence, m.Reports[v.By].ID}
	}
	if before != nil {
		out.Before = &before.ID
	}
	if after != nil {
		out.After = &after.ID
	}
	out.tell(l, base, &m)
	return answer.WriteJSON(c, out)
}

// tell writes who reports the meeting, what they cite and where they differ.
func (out *MeetingJSON) tell(l answer.Labels, base string, m *answer.Meeting) {
	for i := range m.Reports {
		d := &m.Reports[i]
		out.Reports = append(out.Reports, reportJSON{
			ID: d.ID, Title: d.Title, Lead: d.Lead, Published: answer.Moment(d.Published), URL: d.URL, Page: base + "/bulletins/" + url.PathEscape(d.ID),
			Source: sourceJSON{d.Site, l.Sites.Name(d.Site), l.Sites.Sample(d.Site)}, Group: d.Group,
		})
	}
	named := func(places []int) []string { return answer.Each(places, func(i int) string { return m.Reports[i].ID }) }
	for _, d := range m.Documents() {
		one := citedThereJSON{Key: d.Key, Label: d.Label, By: named(d.By), Sentences: []sentenceJSON{}}
		for _, i := range d.By {
			for _, mention := range answer.Mentions(&m.Reports[i], d.Key) {
				if s := (sentenceJSON{m.Reports[i].ID, mention.Text}); !slices.Contains(one.Sentences, s) {
					one.Sentences = append(one.Sentences, s)
				}
			}
		}
		out.Documents = append(out.Documents, one)
	}
	for _, d := range m.Differences() {
		one := differenceJSON{Fact: d.Fact}
		for _, t := range d.Told {
			told := toldJSON{Value: t.Value, By: named(t.By)}
			if t.Basis != "" {
				told.Basis = &t.Basis
			}
			one.Told = append(one.Told, told)
		}
		out.Differences = append(out.Differences, one)
	}
}
