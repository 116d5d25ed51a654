package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"

	"github.com/gin-gonic/gin"
)

// Limits of an answer to an embedded box: 8 results stay under 3 kB.
const (
	embedSize      = 8
	maxEmbedSize   = 20
	maxNamed       = 10  // provinces, organizations and documents that the index suggests
	besideResults  = 4   // suggestions where there are results too
	maxEmbedText   = 160 // bytes of one title
	maxEmbedMarks  = 8   // matches marked in it
	embedCacheTime = time.Minute
)

// embedModes are the values of mode, the first the standard one.
var embedModes = []string{"both", "suggest", "results"}

// embedParams are the parameters of an embedded box's request.
var embedParams = withFacets("mode", "size", "site", "from", "to", "lang")

// embedJSON is the lean answer for an embedded box.
type embedJSON struct {
	Total       int             `json:"total"`   // bulletins found; with mode suggest only when nothing is suggested
	Relaxed     bool            `json:"relaxed"` // no bulletin has all the words
	Suggestions []embedItemJSON `json:"suggestions"`
	Results     []embedItemJSON `json:"results"`
}

// embedItemJSON is one line of the list: Text in pieces, of which every
// second one matches what was asked.
type embedItemJSON struct {
	URL  string   `json:"url"` // path of the service
	Text []string `json:"text"`
	Note string   `json:"note"`
}

// embedQuestion is a request of an embedded box.
type embedQuestion struct {
	params
	mode  string
	marks matcher
}

// apiEmbed answers an embedded box with suggestions, results or both.
func (s *server) apiEmbed(c *gin.Context) error {
	if err := s.admitEmbed(c); err != nil {
		return err
	}
	ask, err := readEmbed(c)
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
	s.report.answered(c.Query("site"), s.client(c), ask.Text, found, time.Now())
	c.Header("Cache-Control", fmt.Sprintf("public, max-age=%d", int(embedCacheTime.Seconds())))
	c.Writer.Header().Add("Vary", "Accept-Language")
	return answerJSON(c, out)
}

// briefly answers from memory what was asked before: people begin alike.
func (s *server) briefly(c *gin.Context, ask embedQuestion) (embedJSON, error) {
	key := strings.Join([]string{ask.mode, s.language(c).Lang, s.siteSet(c).revision, ask.address("")}, "\n")
	generation := s.Index.Generation()
	if known, ok := s.brief.get(key, generation); ok {
		return known, nil
	}
	out, err := s.answerEmbed(c, ask)
	if err == nil {
		s.brief.put(key, generation, out, maxAnswers)
	}
	return out, err
}

func readEmbed(c *gin.Context) (embedQuestion, error) {
	values := c.Request.URL.Query()
	p, err := readParams(values, embedParams, true)
	ask := embedQuestion{params: p, mode: cmp.Or(values.Get("mode"), embedModes[0])}
	switch {
	case err != nil:
		return ask, err
	case !slices.Contains(embedModes, ask.mode):
		return ask, badParameter("bad-parameter", "mode", strings.Join(embedModes, ", "))
	case values.Get("size") == "":
		ask.Size = embedSize
	case p.Size > maxEmbedSize:
		return ask, badParameter("bad-parameter", "size", "0–"+strconv.Itoa(maxEmbedSize))
	}
	ask.marks = matches(cmp.Or(begun(p.Text), p.Text))
	return ask, nil
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

func (s *server) answerEmbed(c *gin.Context, ask embedQuestion) (embedJSON, error) {
	out := embedJSON{Suggestions: []embedItemJSON{}, Results: []embedItemJSON{}}
	if ask.Text == "" || ask.Size == 0 {
		return out, nil
	}
	l := s.labeller(c, s.language(c))
	var err error
	if ask.mode != "results" {
		if out.Suggestions, err = s.embedSuggestions(c, ask, l); err != nil {
			return out, err
		}
	}
	if ask.mode == "suggest" {
		if len(out.Suggestions) == 0 {
			out.Total, err = s.count(c, ask.params)
		}
		return out, searchProblem(err, "after")
	}
	res, err := s.embedSearch(c, ask.params)
	if err != nil {
		return out, searchProblem(err, "after")
	}
	out.Total, out.Relaxed = res.Total, res.Relaxed == query.StepMostWords
	for i := range res.Hits {
		out.Results = append(out.Results, ask.result(&res.Hits[i], l))
	}
	return out, nil
}

// embedSearch finds the text as it stands, else with its last word begun,
// else relaxed.
func (s *server) embedSearch(c *gin.Context, p params) (index.Result, error) {
	start := time.Now()
	defer func() { s.metrics.searches.Observe(time.Since(start).Seconds()) }()
	_, q, err := compile(p)
	if err != nil {
		return index.Result{}, err
	}
	res, err := s.Index.Search(c, q)
	if err != nil || res.Total > 0 {
		return res, err
	}
	if p.Text = begun(p.Text); p.Text != "" {
		if _, wide, err := compile(p); err == nil {
			res, err = s.Index.Search(c, wide)
			if err == nil && res.Total > 0 { // too many words begin so: they are not the answer
				return res, nil
			}
		}
	}
	res, err = index.Run(c, s.Index, q)
	if err == nil && res.Total == 0 {
		s.metrics.empty.Inc()
	}
	return res, err
}

// result is one bulletin for the list.
func (ask embedQuestion) result(h *index.Hit, l labeller) embedItemJSON {
	var notes []string
	if day := l.Day(h.Published); h.Published.Year() > 1 && day != "" {
		notes = append(notes, day)
	}
	if h.Province != "" && len(ask.Filters[index.Province]) != 1 {
		notes = append(notes, bulletin.ProvinceLabel(h.Province))
	}
	if q := l.Period(h.Period); q != "" {
		notes = append(notes, q)
	}
	if l.sites.sample(h.Site) {
		notes = append(notes, l.T("sample.badge"))
	}
	return embedItemJSON{"/bulletins/" + h.ID, ask.pieces(cmp.Or(h.Title, l.T("hit.untitled"))), strings.Join(notes, " · ")}
}

// pieces cuts a title to its limit and parts it at the matches: plain,
// matching, plain …
func (ask embedQuestion) pieces(title string) []string {
	title = within(title, maxEmbedText)
	out := []string{}
	at := 0
	for _, m := range ask.marks.in(title, index.Title) {
		if len(out) >= 2*maxEmbedMarks {
			break
		}
		if fits(m, at, len(title)) {
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
	const more = "…"
	n -= len(more)
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	cut := s[:n]
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + more
}
