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
	"bantin/searchd/web/embed"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// API answers programs: with JSON itself, else out of the other rooms.
type API struct {
	*answer.Service
	Exports *export.Exports
	Box     *embed.Box
}

// bulletinFields are the fields of one bulletin.
var bulletinFields = append(slices.Sorted(maps.Keys(bulletinSchema()["properties"].(object))), "gone", "group", "meeting", "sample", "page")

func (s *API) suggest(c *gin.Context, p answer.Params) (suggestJSON, error) {
	var found []index.Suggestion
	var err error
	if p.Text != "" && p.Size > 0 {
		found, err = s.Suggest(c, p.Text, p.Size)
	}
	return suggestJSON{p.Text, answer.OrEmpty(found)}, err
}

func (s *API) bulletin(c *gin.Context, p answer.Params) error {
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
	if raw, err = only(json.RawMessage(raw), p.Fields); err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", raw)
	return nil
}

func (s *API) versions(c *gin.Context, _ answer.Params) (VersionsJSON, error) {
	all, err := s.Versions(c, c.Param("id"))
	if err == nil && len(all) == 0 {
		err = answer.NewProblem("not-found", nil)
	}
	return VersionsJSON{all}, err
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
