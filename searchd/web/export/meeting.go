package export

import (
	"bufio"
	"cmp"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// wholeSeries walks over the pages of a series of meetings, the newest first.
func (s *Exports) wholeSeries(c *gin.Context, p answer.Params, page func(*answer.Series) error) error {
	for {
		series, err := s.Series(c, p)
		if err == nil {
			err = page(series)
		}
		if err != nil || series.Next == "" {
			return err
		}
		p.After = series.Next
	}
}

// Meetings answers with a series as a table, the quarters without a meeting
// among them.
func (s *Exports) Meetings(c *gin.Context, p answer.Params) error {
	l, base := s.Labeller(c, s.Language(c)), s.Base(c)
	head := []string{"quarter", "state", "id", "day", "kind", "province", "host", "basis", "sources", "title", "page"}
	return s.table(c, "bantin-meetings.csv", head, func(row func(...string) error) error {
		return s.wholeSeries(c, p, func(series *answer.Series) error {
			for _, stretch := range series.Line() {
				if stretch.Gap() {
					if err := row(stretch.Quarter, string(stretch.Cell.State), "", "", "", answer.ProvinceName(series.Province()), "", "", "0", "", ""); err != nil {
						return err
					}
				}
				for _, m := range stretch.Meetings {
					err := row(stretch.Quarter, string(stretch.Cell.State), m.ID, m.Day, l.Kind(string(m.Kind)), answer.ProvinceName(m.Province), l.HostOf(&m),
						string(m.Period.Basis), strconv.Itoa(len(m.Reports)), m.Reports[0].Title, base+"/meetings/"+url.PathEscape(m.ID))
					if err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
}

// seriesTitle names a series in words.
func seriesTitle(c *gin.Context, l answer.Labels, p answer.Params) string {
	return l.T("meetings.title") + " – " + SearchTitle(c, l, p)
}

// MeetingsAtom answers with the newest page of a series as an Atom feed.
func (s *Exports) MeetingsAtom(c *gin.Context, p answer.Params) error {
	series, err := s.Series(c, p)
	if err != nil {
		return err
	}
	m := s.listMeta(c, Atom, p)
	m.self, m.page, m.title = m.base+p.Address("/meetings.atom"), m.base+p.Address("/meetings"), seriesTitle(c, m.Labels, p)
	m.id = strings.Replace(m.id, ":search:", ":meetings:", 1)
	for _, one := range series.Meetings {
		if at := one.Reports[0].Published; at.After(m.updated) {
			m.updated = at
		}
	}
	c.Header("Content-Type", Atom.kind)
	return s.send(c, func(w *bufio.Writer, _ func() error) error {
		return m.writeAtom(w, func(add func(atomEntry) error) error {
			for i := range series.Meetings {
				if err := add(m.meetingEntry(&series.Meetings[i])); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (m listMeta) meetingEntry(one *answer.Meeting) atomEntry {
	first := &one.Reports[0]
	e := atomEntry{
		ID: "urn:bantin:meeting:" + xmlText(one.ID), Title: atomText{Text: xmlText(m.MeetingTitle(one)), Lang: m.Lang}, Updated: feedTime(first.Published),
		Author: atomName{xmlText(cmp.Or(m.Sites.Name(first.Site), "Bantin"))}, Links: []atomLink{{"alternate", "text/html", m.base + "/meetings/" + url.PathEscape(one.ID)}},
		Summary: atomText{Text: xmlText(answer.Trimmed(answer.OneLine(first.Title+". "+cmp.Or(first.Lead, first.Body)), 500)), Lang: "vi"},
	}
	if !first.Published.IsZero() {
		e.Published = feedTime(first.Published)
	}
	for i := range one.Reports {
		e.Links = append(e.Links, atomLink{"related", "text/html", m.base + "/bulletins/" + url.PathEscape(one.Reports[i].ID)})
	}
	e.Categories = append(e.Categories, atomCategory{one.Province, bulletin.ProvinceLabel(one.Province)}, atomCategory{string(one.Kind), m.Kind(string(one.Kind))})
	m.categorize(&e, one.Quarter(), first.Site)
	return e
}

// MeetingsCalendar answers with a series as a calendar (RFC 5545): the
// meetings whose day is known.
func (s *Exports) MeetingsCalendar(c *gin.Context, p answer.Params) error {
	l, base := s.Labeller(c, s.Language(c)), s.Base(c)
	c.Header("Content-Type", "text/calendar; charset=utf-8")
	c.Header("Content-Disposition", `attachment; filename="bantin-meetings.ics"`)
	return s.send(c, func(w *bufio.Writer, sent func() error) error {
		cal := calendar{w: w}
		cal.line("BEGIN", "VCALENDAR")
		cal.line("VERSION", "2.0")
		cal.line("PRODID", "-//Bantin//Bantin//VI")
		cal.text("X-WR-CALNAME", seriesTitle(c, l, p))
		err := s.wholeSeries(c, p, func(series *answer.Series) error {
			for i := range series.Meetings {
				cal.event(l, base, &series.Meetings[i])
				if err := cmp.Or(cal.err, sent()); err != nil {
					return err
				}
			}
			return nil
		})
		cal.line("END", "VCALENDAR")
		return cmp.Or(err, cal.err)
	})
}

// calendar writes lines of iCalendar and keeps the first error.
type calendar struct {
	w   io.Writer
	err error
}

var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "")

// text writes a property of free text.
func (c *calendar) text(name, value string) { c.line(name, calendarEscapes.Replace(xmlText(value))) }

// line writes a property, folded at 75 bytes between letters.
func (c *calendar) line(name, value string) {
	const most = 75
	s, room := name+":"+value, most
	var b strings.Builder
	used := 0
	for _, r := range s {
		n := len(string(r))
		if used+n > room {
			b.WriteString("\r\n ")
			used, room = 0, most-1
		}
		b.WriteRune(r)
		used += n
	}
	b.WriteString("\r\n")
	if c.err == nil {
		_, c.err = io.WriteString(c.w, b.String())
	}
}

// event writes a meeting as a whole day.
func (c *calendar) event(l answer.Labels, base string, m *answer.Meeting) {
	day, err := time.Parse(time.DateOnly, m.Day)
	if err != nil {
		return
	}
	stamp := m.Reports[0].Published
	if stamp.IsZero() {
		stamp = day
	}
	page := base + "/meetings/" + url.PathEscape(m.ID)
	c.line("BEGIN", "VEVENT")
	c.line("UID", m.ID+"@bantin")
	c.line("DTSTAMP", stamp.UTC().Format("20060102T150405Z"))
	c.line("DTSTART;VALUE=DATE", day.Format("20060102"))
	c.line("DTEND;VALUE=DATE", day.AddDate(0, 0, 1).Format("20060102"))
	c.text("SUMMARY", l.MeetingTitle(m))
	c.text("LOCATION", bulletin.ProvinceLabel(m.Province))
	c.text("DESCRIPTION", m.Reports[0].Title+"\n"+l.N("meeting.sources", len(m.Reports))+"\n"+page)
	c.line("URL", page)
	c.line("TRANSP", "TRANSPARENT")
	c.line("END", "VEVENT")
}
