package embed

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// Limits of an answer to an embedded box: 8 results stay under 3 kB.
const (
	StandardSize  = 8
	MaxSize       = 20
	maxNamed      = 10  // provinces, organizations and documents that the index suggests
	besideResults = 4   // suggestions where there are results too
	maxText       = 160 // bytes of one title
	maxMarks      = 8   // matches marked in it
	cacheTime     = time.Minute
)

// Modes are the values of mode, the first the standard one.
var Modes = []string{"both", "suggest", "results"}

// Params are the parameters of an embedded box's request.
var Params = answer.WithFacets("mode", "size", "site", "meeting", "from", "to", "lang")

// AnswerJSON is the lean answer for an embedded box.
type AnswerJSON struct {
	Total       int        `json:"total"`   // bulletins found; with mode suggest only when nothing is suggested
	Relaxed     bool       `json:"relaxed"` // no bulletin has all the words
	Suggestions []ItemJSON `json:"suggestions"`
	Results     []ItemJSON `json:"results"`
	Document    string     `json:"document,omitempty"` // label of the one document asked for without words
	Meeting     string     `json:"meeting,omitempty"`  // label of the meeting or series asked for
	Page        string     `json:"page,omitempty"`     // path of the service with all of it
}

// ItemJSON is one line of the list: Text in pieces, of which every
// second one matches what was asked.
type ItemJSON struct {
	URL  string   `json:"url"` // path of the service
	Text []string `json:"text"`
	Note string   `json:"note"`
}

// question is a request of an embedded box.
type question struct {
	answer.Params
	mode    string
	meeting string // id, or province/host/kind of a series
	marks   answer.Matcher
}

// ServeAnswer answers an embedded box with suggestions, results or both.
func (s *Box) ServeAnswer(c *gin.Context, _ answer.Params) error {
	if err := s.admit(c); err != nil {
		return err
	}
	ask, err := read(c)
	if err != nil {
		return err
	}
	out, err := s.briefly(c, ask)
	if err != nil {
		return err
	}
	found := len(out.Suggestions) > 0 || out.Total > 0
	if ask.mode != "suggest" {
		found = out.Total > 0 && !out.Relaxed
	}
	s.Vain.Note(c.Query("site"), s.Client(c), ask.Text, found, time.Now())
	c.Header("Cache-Control", fmt.Sprintf("public, max-age=%d", int(cacheTime.Seconds())))
	c.Writer.Header().Add("Vary", "Accept-Language")
	return answer.WriteJSON(c, out)
}

// briefly answers from memory what was asked before: people begin alike.
func (s *Box) briefly(c *gin.Context, ask question) (AnswerJSON, error) {
	key := strings.Join([]string{ask.mode, ask.meeting, s.Language(c).Lang, s.SiteSet(c).Revision, ask.Address("")}, "\n")
	generation := s.Index.Generation()
	if known, ok := s.brief.Get(key, generation); ok {
		return known, nil
	}
	out, err := s.answer(c, ask)
	if err == nil {
		s.brief.Put(key, generation, out, maxAnswers)
	}
	return out, err
}

func read(c *gin.Context) (question, error) {
	values := c.Request.URL.Query()
	p, err := answer.ReadParams(values, Params, true)
	ask := question{Params: p, mode: cmp.Or(values.Get("mode"), Modes[0])}
	switch {
	case err != nil:
		return ask, err
	case values.Get("size") == "":
		ask.Size = StandardSize
	case p.Size > MaxSize:
		return ask, answer.BadParameter("bad-parameter", "size", "0–"+strconv.Itoa(MaxSize))
	}
	if err := answer.OneOf("mode", ask.mode, Modes...); err != nil {
		return ask, err
	}
	ask.marks = answer.Matches(cmp.Or(begun(p.Text), p.Text))
	err = ask.readMeeting(values.Get("meeting"))
	return ask, err
}

// begun returns text with its last word as the beginning of one: without it
// while it is a single letter, which begins too many. It is "" where that
// cannot be.
func begun(text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsAny(text, `"():*`) || (!unicode.IsLetter(last) && !unicode.IsDigit(last)) {
		return ""
	}
	before, word := "", text
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		before, word = strings.TrimSpace(text[:i]), text[i+1:]
	}
	if utf8.RuneCountInString(word) < 2 {
		return before
	}
	return text + "*"
}

func (s *Box) answer(c *gin.Context, ask question) (AnswerJSON, error) {
	if ask.meeting != "" {
		return s.told(c, ask)
	}
	out := AnswerJSON{Suggestions: []ItemJSON{}, Results: []ItemJSON{}}
	l, cites := s.Labeller(c, s.Language(c)), ask.Filters[index.Cites]
	citing := ask.Text == "" && ask.mode == "results" && len(cites) > 0
	if (ask.Text == "" && !citing) || ask.Size == 0 {
		return out, nil
	}
	if citing && len(cites) == 1 {
		out.Document = s.Document(c, cites[0]).Label
	}
	var err error
	if ask.mode != "results" {
		if out.Suggestions, err = s.suggestions(c, ask, l); err != nil {
			return out, err
		}
	}
	if ask.mode == "suggest" {
		if len(out.Suggestions) == 0 {
			out.Total, err = s.Count(c, ask.Params)
		}
		return out, answer.SearchProblem(err, "after")
	}
	res, err := s.search(c, ask.Params)
	if err != nil {
		return out, answer.SearchProblem(err, "after")
	}
	out.Total, out.Relaxed = res.Total, res.Relaxed != "" && res.Relaxed != index.StepAccents
	for i := range res.Hits {
		out.Results = append(out.Results, ask.result(&res.Hits[i], l))
	}
	return out, nil
}

// search finds the text as it stands, else with its last word begun,
// else relaxed.
func (s *Box) search(c *gin.Context, p answer.Params) (res index.Result, err error) {
	start := time.Now()
	defer func() { s.Searched(time.Since(start), res.Total) }()
	r, err := s.Run(c, p, func(*index.Query) error { return nil })
	if res = r.Result; err != nil || res.Total > 0 && res.Relaxed == "" {
		return res, err
	}
	if p.Text = begun(p.Text); p.Text != "" {
		_, wide := answer.Compile(p)
		if found, err := s.Index.Search(c, wide); err == nil && found.Total > 0 { // too many words begin so: they are not the answer
			return found, nil
		}
	}
	return res, nil
}

// result is one bulletin for the list.
func (ask question) result(h *index.Hit, l answer.Labels) ItemJSON {
	place, sample := answer.ProvinceName(h.Province), ""
	if len(ask.Filters[index.Province]) == 1 {
		place = ""
	}
	if l.Sites.Sample(h.Site) {
		sample = l.T("sample.badge")
	}
	note := answer.Joined(" · ", l.Moment(h.Published, bulletin.Day), place, l.Period(h.Period), sample)
	return ItemJSON{"/bulletins/" + h.ID, ask.pieces(cmp.Or(h.Title, l.T("hit.untitled"))), note}
}

// pieces cuts a title to its limit and parts it at the matches: plain,
// matching, plain …
func (ask question) pieces(title string) []string {
	title = within(title, maxText)
	out := []string{}
	at := 0
	for _, m := range ask.marks.In(title, index.Title) {
		if len(out) >= 2*maxMarks {
			break
		}
		if answer.Fits(m, at, len(title)) {
			out = append(out, title[at:m.Start], title[m.Start:m.End])
			at = m.End
		}
	}
	return append(out, title[at:])
}

// within shortens s to at most n bytes, at a space where there is one.
func within(s string, n int) string {
	if len(s) <= n {
		return s
	}
	n -= len("…")
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return answer.CutAt(s, n)
}
