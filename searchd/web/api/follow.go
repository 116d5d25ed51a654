package api

import (
	"errors"
	"io"
	"mime"
	"net/url"
	"time"

	"bantin/searchd/alert"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

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

// follow lets a program be told by webhook of what is new for a search.
func (s *API) follow(c *gin.Context, asked answer.Params) (out followedJSON, err error) {
	hook, err := readHook(c)
	if err != nil {
		return out, err
	}
	if _, err := s.Count(c, asked); err != nil {
		return out, answer.SearchProblem(err, "q")
	}
	l := s.Language(c)
	title := answer.Trimmed(answer.OneLine(s.Labeller(c, l).Search(c, asked)), 200)
	ticket, err := s.Follows.AskHook(c, alert.Wish{To: hook, Question: asked.Question(), Title: title, Language: l.Lang}, time.Now())
	switch {
	case errors.Is(err, alert.ErrAddress):
		return out, answer.BadParameter("bad-parameter", "webhook", "https://example.vn/bantin")
	case errors.Is(err, alert.ErrQuestion):
		return out, answer.BadParameter("too-many", "q", "2000")
	case errors.Is(err, alert.ErrChallenge):
		return out, answer.NewProblem("hook-refused", err)
	case errors.Is(err, alert.ErrFull):
		return out, answer.NewProblem("follow-full", err)
	case err != nil:
		return out, err
	}
	c.Header("Cache-Control", "no-store")
	return followedJSON{Title: title, Secret: ticket.Written(), Leave: s.Base(c) + "/follow/leave?t=" + url.QueryEscape(ticket.Token)}, nil
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
	if err := answer.ReadJSON(body, &wanted); err != nil {
		return "", answer.BadParameter("bad-parameter", "webhook", `{"webhook": "https://example.vn/bantin"}`)
	}
	return wanted.Webhook, nil
}
