package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
)

func (s *server) apiSuggest(c *gin.Context) error {
	p, err := readParams(c.Request.URL.Query(), []string{"q", "size", "lang"}, true)
	if err != nil {
		return err
	}
	found := []index.Suggestion{}
	if p.Text != "" && p.Size > 0 {
		if found, err = s.Index.Suggest(c, p.Text, p.Size); err != nil {
			return err
		}
	}
	return answerJSON(c, suggestJSON{p.Text, orEmpty(found)})
}

func (s *server) apiBulletin(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	doc, err := s.Index.Get(c, c.Param("id"))
	if err != nil {
		return err
	}
	raw, err := json.Marshal(doc.Bulletin)
	if err != nil {
		return err
	}
	extra, err := json.Marshal(gin.H{
		"gone": moment(doc.Gone), "group": doc.Group, "sample": s.siteSet(c).sample(doc.Site),
		"page": s.base(c) + "/bulletins/" + doc.ID,
	})
	if err != nil {
		return err
	}
	raw = append(bytes.TrimSuffix(raw, []byte("}")), ',') // two objects become one
	c.Data(http.StatusOK, "application/json; charset=utf-8", append(raw, extra[1:]...))
	return nil
}

func (s *server) apiVersions(c *gin.Context) error {
	if _, err := readParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	versions, err := s.versions(c, c.Param("id"))
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		return newProblem("not-found", nil)
	}
	return answerJSON(c, versionsJSON{versions})
}

func (s *server) healthz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.JSON(http.StatusOK, healthJSON{"ok"})
}

// readyz tells whether index and archive answer.
func (s *server) readyz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	position, err := s.Index.Position(c)
	if err == nil {
		_, err = s.Store.Sites(lasting(c))
	}
	if err != nil {
		s.answerProblem(c, newProblem("not-ready", err))
		return
	}
	c.JSON(http.StatusOK, readyJSON{"ready", position, s.Index.Generation()})
}

// answerJSON writes v without escaping the marks of highlighted text, which
// is escaped already.
func answerJSON(c *gin.Context, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", b.Bytes())
	return nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return optional(t.In(bulletin.Zone).Format(time.RFC3339))
}

func day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return optional(t.In(bulletin.Zone).Format(time.DateOnly))
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// trimmed shortens s to at most n runes, at a space where there is one.
func trimmed(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}
