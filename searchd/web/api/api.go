// Package api answers programs with JSON under /api/v1 and describes itself.
package api

import (
	"bytes"
	"encoding/json"
	"net/http"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// API answers programs.
type API struct{ *answer.Service }

func (s *API) ServeSuggest(c *gin.Context) error {
	p, err := answer.ReadParams(c.Request.URL.Query(), []string{"q", "size", "lang"}, true)
	if err != nil {
		return err
	}
	found := []index.Suggestion{}
	if p.Text != "" && p.Size > 0 {
		if found, err = s.Index.Suggest(c, p.Text, p.Size); err != nil {
			return err
		}
	}
	return answer.WriteJSON(c, suggestJSON{p.Text, answer.OrEmpty(found)})
}

func (s *API) ServeBulletin(c *gin.Context) error {
	if _, err := answer.ReadParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
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
		"gone": answer.Moment(doc.Gone), "group": doc.Group, "sample": s.SiteSet(c).Sample(doc.Site),
		"page": s.Base(c) + "/bulletins/" + doc.ID,
	})
	if err != nil {
		return err
	}
	raw = append(bytes.TrimSuffix(raw, []byte("}")), ',') // two objects become one
	c.Data(http.StatusOK, "application/json; charset=utf-8", append(raw, extra[1:]...))
	return nil
}

func (s *API) ServeVersions(c *gin.Context) error {
	if _, err := answer.ReadParams(c.Request.URL.Query(), []string{"lang"}, true); err != nil {
		return err
	}
	versions, err := s.Versions(c, c.Param("id"))
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		return answer.NewProblem("not-found", nil)
	}
	return answer.WriteJSON(c, VersionsJSON{versions})
}

func (s *API) ServeHealthz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.JSON(http.StatusOK, healthJSON{"ok"})
}

// ServeReadyz tells whether index and archive answer.
func (s *API) ServeReadyz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	position, err := s.Index.Position(c)
	if err == nil {
		_, err = s.Store.Sites(answer.Lasting(c))
	}
	if err != nil {
		s.AnswerProblem(c, answer.NewProblem("not-ready", err))
		return
	}
	ready := readyJSON{Status: "ready", Position: position, Generation: s.Index.Generation()}
	status := http.StatusOK
	if s.Down != nil {
		ready.Down = s.Down()
	}
	if len(ready.Down) > 0 {
		ready.Status, status = "not ready", http.StatusServiceUnavailable
		c.Header("Retry-After", "10")
	}
	c.JSON(status, ready)
}
