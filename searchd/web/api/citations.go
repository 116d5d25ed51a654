package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// maxCitingText is how long a text may be whose citations are looked up, in
// bytes.
const maxCitingText = 64 << 10

// maxCandidates bounds the documents named beside one citation.
const maxCandidates = 20

// citingJSON is a text whose citations are wanted, with what helps to tell its
// documents.
type citingJSON struct {
	Text      string `json:"text"`
	Province  string `json:"province,omitempty"`  // whose bodies issue what says no province
	Published string `json:"published,omitempty"` // day: no document is dated later
}

type citationsJSON struct {
	Citations []foundJSON `json:"citations"`
}

// foundJSON is one citation with what the archive knows of its document.
type foundJSON struct {
	Start      int            `json:"start"` // bytes into the text
	End        int            `json:"end"`
	Text       string         `json:"text"`
	Document   documentJSON   `json:"document"`   // count is how many bulletins cite it
	Candidates []documentJSON `json:"candidates"` // others of that number that bulletins cite
	Page       *string        `json:"page"`       // null while nothing cites it
}

// citations finds the documents that a text cites and tells what the
// archive knows of each. The text is not kept.
func (s *API) citations(c *gin.Context, _ answer.Params) (citationsJSON, error) {
	out, known := citationsJSON{[]foundJSON{}}, map[string]foundJSON{}
	asked, published, err := readCiting(c)
	if err != nil {
		return out, err
	}
	for _, found := range cite.Read("", asked.Text, cite.Context{Province: asked.Province, Published: published}) {
		f, ok := known[found.Key]
		if !ok {
			if f, err = s.lookUp(c, found); err != nil {
				return out, err
			}
			known[found.Key] = f
		}
		f.Start, f.End, f.Text = found.Start, found.End, found.Text
		out.Citations = append(out.Citations, f)
	}
	return out, nil
}

// lookUp tells what the archive knows of the document of a citation.
func (s *API) lookUp(c *gin.Context, found bulletin.Citation) (foundJSON, error) {
	var f foundJSON
	d := s.Document(c, found.Key)
	if d.Count == 0 { // unknown here: what the text says of it
		d = answer.DocumentOf(found)
	} else {
		f.Page = answer.Optional(s.Base(c) + "/documents/" + d.Key)
	}
	f.Document = documentOfJSON(d)
	keys, err := s.Namesakes(c, found.Key)
	f.Candidates = answer.Each(keys[:min(maxCandidates, len(keys))], func(key string) documentJSON { return documentOfJSON(s.Document(c, key)) })
	return f, err
}

// readCiting reads the text out of a request, plain or in JSON, and the day that
// it was published on.
func readCiting(c *gin.Context) (asked citingJSON, published time.Time, err error) {
	body, err := io.ReadAll(c.Request.Body)
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return asked, published, citingTooLong()
	}
	if err != nil {
		return asked, published, answer.BadParameter("bad-parameter", "text", "UTF-8")
	}
	asked.Text = string(body)
	if kind, _, _ := mime.ParseMediaType(c.GetHeader("Content-Type")); kind == "application/json" {
		asked.Text = ""
		if err := answer.ReadJSON(body, &asked); err != nil {
			return asked, published, answer.BadParameter("bad-parameter", "text", `{"text":"…","province":"tuyen-quang","published":"2020-09-25"}`)
		}
	}
	if asked.Published != "" {
		if published, err = time.ParseInLocation(time.DateOnly, asked.Published, bulletin.Zone); err != nil {
			return asked, published, answer.BadParameter("bad-parameter", "published", "2020-09-25")
		}
	}
	if _, ok := bulletin.ProvinceBySlug(asked.Province); !ok && asked.Province != "" {
		return asked, published, answer.BadParameter("bad-parameter", "province", "tuyen-quang, ha-giang, thua-thien-hue…")
	}
	switch {
	case len(asked.Text) > maxCitingText:
		return asked, published, citingTooLong()
	case asked.Text == "" || !utf8.ValidString(asked.Text):
		return asked, published, answer.BadParameter("bad-parameter", "text", "UTF-8")
	}
	return asked, published, nil
}

func citingTooLong() error {
	return answer.BadParameter("text-too-long", "text", strconv.Itoa(maxCitingText))
}
