package page

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// meetingView is the page of one meeting.
type meetingView struct {
	Title       string
	Printed     string // the title of the first report
	Kind, Host  *Link
	Unit        bool // the host is of a unit below the province
	Chair       bulletin.Chair
	Venue       *quoteView // where it was held, with the sentence
	Where       string
	Province    *Link
	Day         string
	Period      *Link
	Basis       string // of the period
	Guessed     bool
	Sources     []sourceView
	Documents   []citedView
	Differences []differenceView
	Before      *Link
	After       *Link
	Series      *Link
	Feed        string
	Calendar    string
	References  []Link
	Sample      bool
}

// sourceView is a bulletin that reports the meeting, in its own words.
type sourceView struct {
	hitView
	Number int
	Words  string
	CopyOf int // number of the source that it is a near-duplicate of, 0 for none
}

// citedView is a document with the sentences in which sources cite it.
type citedView struct {
	Link
	By     string // their numbers
	Quotes []quoteView
}

type quoteView struct {
	Number int
	HTML   template.HTML
}

// differenceView is a fact that sources tell differently.
type differenceView struct {
	Fact string
	Told []Link // Text is the value, Note says who tells it
}

// MeetingPage shows one meeting. An id that it had before leads to its page.
func (s *Pages) MeetingPage(c *gin.Context, _ answer.Params) error {
	m, now, err := s.Meeting(c, c.Param("meeting"))
	if err != nil {
		return err
	}
	p := s.NewPage(c, "")
	if now != c.Param("meeting") {
		c.Redirect(http.StatusFound, p.meetingURL(now))
		return nil
	}
	p.Title = p.Labels.MeetingTitle(&m)
	p.Description = answer.Trimmed(answer.OneLine(m.Reports[0].Lead), 200)
	v := p.meetingView(&m)
	before, after, err := s.Beside(c, &m)
	if err != nil {
		return err
	}
	v.Before, v.After = p.meetingLink(before), p.meetingLink(after)
	v.References = p.meetingReferences(&m, s.Base(c))
	p.Main = v
	p.Feeds = []Link{{URL: v.Feed, Text: p.Title, Note: "application/atom+xml"}}
	return s.Render(c, http.StatusOK, "meeting", p)
}

func (p *Page) meetingURL(id string) string { return p.Link("/meetings/" + url.PathEscape(id)) }

func (p *Page) meetingLink(m *answer.Meeting) *Link {
	if m == nil {
		return nil
	}
	return &Link{URL: p.meetingURL(m.ID), Text: p.Labels.MeetingTitle(m), Note: p.N("meeting.sources", len(m.Reports))}
}

func (p *Page) meetingView(m *answer.Meeting) *meetingView {
	series := p.Search.Only(index.Province, m.Province)
	series.Filters[index.Kind] = []string{string(m.Kind)}
	v := &meetingView{
		Title: p.Title, Printed: m.Reports[0].Title, Chair: m.Chair(),
		Kind:     p.onlyLink("kind", string(m.Kind), p.Labels.Kind(string(m.Kind))),
		Province: p.provinceLink(m.Province), Period: p.quarterLink(m.Period),
		Basis: p.T("basis." + string(m.Period.Basis)), Guessed: m.Period.Basis == bulletin.Guessed,
	}
	if m.Host != "" {
		series.Filters[index.Host] = []string{m.Host}
		v.Host = &Link{URL: p.Only("host", m.Host), Text: p.Labels.HostOf(m)}
	}
	if venue := m.Venue(); venue != nil {
		v.Where, v.Venue = venue.Text, &quoteView{venue.By + 1, template.HTML(template.HTMLEscapeString(venue.Sentence))}
	}
	if m.Day != "" {
		v.Day = p.DayOf(m.Day)
	}
	v.Series = &Link{URL: deskAddress(series, "/meetings"), Text: p.T("meeting.series")}
	v.Feed, v.Calendar = deskAddress(series, "/meetings.atom"), deskAddress(series, "/meetings.ics")
	for i := range m.Reports {
		v.Sources = append(v.Sources, p.sourceView(m, i))
		v.Sample = v.Sample || v.Sources[i].Sample
	}
	v.Documents = answer.Each(m.Documents(), func(d answer.CitedThere) citedView { return p.citedView(m, d) })
	v.Differences = answer.Each(m.Differences(), p.differenceView)
	return v
}

func (p *Page) sourceView(m *answer.Meeting, i int) sourceView {
	d := m.Reports[i]
	v := sourceView{hitView: p.hit(&index.Hit{Document: d}, ""), Number: i + 1}
	v.Words = answer.Trimmed(answer.OneLine(d.Lead), 600)
	if v.Words == "" {
		v.Words = answer.Trimmed(answer.OneLine(d.Body), 600)
	}
	if first := slices.IndexFunc(m.Reports, func(o index.Document) bool { return o.Group == d.Group }); first < i {
		v.CopyOf = first + 1
	}
	return v
}

func (p *Page) citedView(m *answer.Meeting, d answer.CitedThere) citedView {
	v := citedView{Link: Link{URL: p.documentURL(d.Key), Text: d.Label, Note: p.documentNote(d.Document)}, By: p.told(d.By)}
	seen := map[template.HTML]bool{}
	for _, i := range d.By {
		for _, q := range quotes(&m.Reports[i], d.Key) {
			if !seen[q] {
				seen[q] = true
				v.Quotes = append(v.Quotes, quoteView{i + 1, q})
			}
		}
	}
	return v
}

// told names sources by their numbers.
func (p *Page) told(by []int) string {
	return p.T("meeting.by", strings.Join(answer.Each(by, func(i int) string { return strconv.Itoa(i + 1) }), ", "))
}

func (p *Page) differenceView(d answer.Difference) differenceView {
	v := differenceView{Fact: p.T("meeting." + d.Fact)}
	for _, t := range d.Told {
		text := t.Value
		switch d.Fact {
		case "day":
			text = p.DayOf(t.Value)
		case "period":
			text = p.Labels.Quarter(t.Value) + " (" + p.T("basis."+string(t.Basis)) + ")"
		case "host":
			text = p.Labels.Org(t.Value)
		}
		v.Told = append(v.Told, Link{Text: text, Note: p.told(t.By)})
	}
	return v
}

// meetingReferences cite the meeting as this archive knows it.
func (p *Page) meetingReferences(m *answer.Meeting, base string) []Link {
	d := index.Document{Bulletin: bulletin.Bulletin{ID: m.ID, Title: p.Title, Province: m.Province, Lead: m.Reports[0].Lead}}
	if m.Host != "" {
		d.Author = p.Labels.HostOf(m)
	}
	if day, err := time.ParseInLocation(time.DateOnly, m.Day, bulletin.Zone); err == nil {
		d.Published, d.PublishedPrecision = day, bulletin.Day
	}
	r := export.Reference{
		Document: d, Source: p.T("name"), Page: p.Canonical, Accessed: time.Now(),
		Archived: base + "/api/v1/bulletins/" + url.PathEscape(m.Reports[0].ID) + "/original",
	}
	return []Link{{Text: "APA", Note: r.APA()}, {Text: "Chicago", Note: r.Chicago()}, {Text: "BibTeX", Note: r.BibTeX()}, {Text: "RIS", Note: r.RIS()}}
}
