package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/url"
	"time"

	"bantin/searchd/alert"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// followParams are those of a search that is followed.
var followParams = answer.WithFacets("verbatim", "from", "to", "lang")

// followingJSON says where a program is told of what is new.
type followingJSON struct {
	Webhook string `json:"webhook"`
}

// followedJSON is what a program that follows a search keeps.
type followedJSON struct {
	Title  string `json:"title"`  // the search in words
	Secret string `json:"secret"` // signs the webhooks, as Standard Webhooks has it; told once
	Leave  string `json:"leave"`  // POST there ends it
}

// maxFollowing bounds the body of a wish to follow, in bytes.
const maxFollowing = 8 << 10

// ServeFollow lets a program be told by webhook of what is new for a search.
func (s *API) ServeFollow(c *gin.Context) error {
	asked, err := answer.ReadParams(c.Request.URL.Query(), followParams, true)
	if err != nil {
		return err
	}
	hook, err := readHook(c)
	if err != nil {
		return err
	}
	if _, err := s.Count(c, asked); err != nil {
		return answer.SearchProblem(err, "q")
	}
	l := s.Language(c)
	title := answer.Trimmed(answer.OneLine(s.Labeller(c, l).Search(c, asked)), 200)
	ticket, err := s.Follows.AskHook(c, alert.Wish{To: hook, Question: asked.Question(), Title: title, Language: l.Lang}, time.Now())
	switch {
	case errors.Is(err, alert.ErrAddress):
		return answer.BadParameter("bad-parameter", "webhook", "https://example.vn/bantin")
	case errors.Is(err, alert.ErrQuestion):
		return answer.BadParameter("too-many", "q", "2000")
	case errors.Is(err, alert.ErrChallenge):
		return answer.NewProblem("hook-refused", err)
	case errors.Is(err, alert.ErrFull):
		return answer.NewProblem("follow-full", err)
	case err != nil:
		return err
	}
	c.Header("Cache-Control", "no-store")
	return answer.WriteJSON(c, followedJSON{Title: title, Secret: ticket.Written(), Leave: s.Base(c) + "/follow/leave?t=" + url.QueryEscape(ticket.Token)})
}

// readHook reads the address that is told.
func readHook(c *gin.Context) (string, error) {
	if kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || kind != "application/json" {
		return "", answer.BadParameter("bad-parameter", "Content-Type", "application/json")
	}
	body, err := io.ReadAll(io.LimitReader(c.Request.Body, maxFollowing+1))
	if err != nil || len(body) > maxFollowing {
		return "", answer.NewProblem("text-too-long", err)
	}
	var wanted followingJSON
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&wanted); err != nil {
		return "", answer.BadParameter("bad-parameter", "webhook", `{"webhook": "https://example.vn/bantin"}`)
	}
	return wanted.Webhook, nil
}
