package embed

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// MeetingForm is the form of the attribute meeting: an id, or a series as
// province/host/kind.
var MeetingForm = func() *regexp.Regexp {
	name := strings.Trim(answer.NameForm.String(), "^$")
	provinces := answer.Each(bulletin.Provinces(), func(p bulletin.ProvinceInfo) string { return p.Slug })
	var kinds []string
	for _, k := range answer.Kinds {
		if k.IsMeeting() {
			kinds = append(kinds, string(k))
		}
	}
	return regexp.MustCompile("^(?:" + name + "|(?:" + strings.Join(provinces, "|") + ")/" + name + "/(?:" + strings.Join(kinds, "|") + "))$")
}()

// readMeeting reads the meeting or series asked for. It stands alone: neither
// words nor filters go with it.
func (ask *question) readMeeting(name string) error {
	if ask.meeting = name; name == "" {
		return nil
	}
	switch {
	case !MeetingForm.MatchString(name):
		return answer.BadParameter("bad-parameter", "meeting", "tuyen-quang/mttq/giao-ban, tuyen-quang-mttq-giao-ban-2020-09-25")
	case ask.Text != "" || ask.Filtered():
		return answer.BadParameter("either", "meeting", "q")
	}
	if part := strings.Split(name, "/"); len(part) == 3 {
		ask.Filters[index.Province], ask.Filters[index.Host], ask.Filters[index.Kind] = part[:1], part[1:2], part[2:]
	}
	return nil
}

// told answers with the bulletins that report a meeting, or with the newest
// meetings of a series.
func (s *Box) told(c *gin.Context, ask question) (AnswerJSON, error) {
	l := s.Labeller(c, s.Language(c))
	if ask.Filtered() {
		return s.seriesOf(c, ask, l)
	}
	m, now, err := s.Meeting(c, ask.meeting)
	if err == nil && now != ask.meeting { // an id that it had before
		m, now, err = s.Meeting(c, now)
	}
	if err != nil {
		return AnswerJSON{}, err
	}
	out := AnswerJSON{
		Total: len(m.Reports), Suggestions: []ItemJSON{}, Results: []ItemJSON{},
		Meeting: l.MeetingTitle(&m), Page: "/meetings/" + url.PathEscape(now),
	}
	for i := range m.Reports[:min(ask.Size, len(m.Reports))] {
		d := &m.Reports[i]
		note := answer.Joined(" · ", l.Sites.Name(d.Site), l.Day(d.Published))
		if l.Sites.Sample(d.Site) {
			note = answer.Joined(" · ", note, l.T("sample.badge"))
		}
		out.Results = append(out.Results, ItemJSON{"/bulletins/" + d.ID, []string{within(cmp.Or(d.Title, l.T("hit.untitled")), maxText)}, note})
	}
	return out, nil
}

func (s *Box) seriesOf(c *gin.Context, ask question, l answer.Labels) (AnswerJSON, error) {
	series, err := s.Series(c, ask.Params)
	if err != nil {
		return AnswerJSON{}, err
	}
	p := ask.Clone()
	p.Lang, p.Size = "", answer.DefaultSize
	out := AnswerJSON{
		Total: series.Coverage.Found.Result.Total, Suggestions: []ItemJSON{}, Results: []ItemJSON{},
		Meeting: seriesTitle(l, p), Page: p.Address("/meetings"),
	}
	for i := range series.Meetings[:min(ask.Size, len(series.Meetings))] {
		m := &series.Meetings[i]
		note := answer.Joined(" · ", l.Period(m.Period), l.N("meeting.sources", len(m.Reports)))
		out.Results = append(out.Results, ItemJSON{"/meetings/" + url.PathEscape(m.ID), []string{within(m.Reports[0].Title, maxText)}, answer.Joined(" · ", l.DayOf(m.Day), note)})
	}
	return out, nil
}

// seriesTitle names the series of one province, host and kind.
func seriesTitle(l answer.Labels, p answer.Params) string {
	f := p.Filters
	return l.MeetingTitle(&answer.Meeting{Meeting: bulletin.Meeting{Province: f[index.Province][0], Host: f[index.Host][0], Kind: bulletin.Kind(f[index.Kind][0])}})
}
