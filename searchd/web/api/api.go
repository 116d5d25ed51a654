// Package api answers programs with JSON under /api/v1 and describes itself.
package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// API answers programs.
type API struct{ *answer.Service }

// bulletinFields are the fields of one bulletin.
var bulletinFields = append(slices.Sorted(maps.Keys(bulletinSchema()["properties"].(object))), "gone", "group", "meeting", "sample", "page")

// bulletinParams are the parameters of one bulletin.
var bulletinParams = []string{"fields", "lang"}

// ServeSuggest completes what was typed so far.
func (s *API) ServeSuggest(c *gin.Context) error {
	p, err := answer.ReadParams(c.Request.URL.Query(), []string{"q", "size", "lang"}, true)
	if err != nil {
		return err
	}
	found := []index.Suggestion{}
	if p.Text != "" && p.Size > 0 {
		if found, err = s.Suggest(c, p.Text, p.Size); err != nil {
			return err
		}
	}
	return answer.WriteJSON(c, suggestJSON{p.Text, answer.OrEmpty(found)})
}

// ServeBulletin tells all that is known of one bulletin.
func (s *API) ServeBulletin(c *gin.Context) error {
	p, err := answer.ReadParams(c.Request.URL.Query(), bulletinParams, true)
	if err != nil {
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
		"gone": answer.Moment(doc.Gone), "group": doc.Group, "meeting": answer.Optional(doc.Meeting), "sample": s.SiteSet(c).Sample(doc.Site),
		"page": s.Base(c) + "/bulletins/" + doc.ID,
	})
	if err != nil {
		return err
	}
	raw = append(append(bytes.TrimSuffix(raw, []byte("}")), ','), extra[1:]...) // two objects become one
	if err := checkFields(p.Fields, bulletinFields); err != nil {
		return err
	}
	if raw, err = only(json.RawMessage(raw), p.Fields); err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", raw)
	return nil
}

// ServeVersions lists every state of a bulletin's text.
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

// ServeHealthz tells that the process answers.
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
