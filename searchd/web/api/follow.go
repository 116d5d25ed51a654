package api

import (
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

// followingJSON is what a program wants to follow.
type followingJSON struct {
	Search  string `json:"search"`  // query of the address of its search: q=…&province=…
	Webhook string `json:"webhook"` // address that is told
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
	if _, err := answer.ReadParams(c.Request.URL.Query(), langOnly, true); err != nil {
		return err
	}
	wanted, err := readFollowing(c)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(wanted.Search)
	if err != nil {
		return answer.BadParameter("bad-parameter", "search", "q=giao+ban&province=tuyen-quang")
	}
	asked, err := answer.ReadParams(values, answer.WithFacets("verbatim", "from", "to"), true)
	if err != nil {
		return err
	}
	if _, err := s.Count(c, asked); err != nil {
		return answer.SearchProblem(err, "search")
	}
	l := s.Language(c)
	title := answer.Trimmed(answer.OneLine(s.Labeller(c, l).Search(c, asked)), 200)
	ticket, err := s.Follows.AskHook(c, alert.Wish{To: wanted.Webhook, Question: asked.Question(), Title: title, Language: l.Lang}, time.Now())
	switch {
	case errors.Is(err, alert.ErrAddress):
		return answer.BadParameter("bad-parameter", "webhook", "https://example.vn/bantin")
	case errors.Is(err, alert.ErrQuestion):
		return answer.BadParameter("too-many", "search", "2000")
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

func readFollowing(c *gin.Context) (wanted followingJSON, err error) {
	if kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || kind != "application/json" {
		return wanted, answer.BadParameter("bad-parameter", "Content-Type", "application/json")
	}
	body, err := io.ReadAll(io.LimitReader(c.Request.Body, maxFollowing+1))
	if err != nil || len(body) > maxFollowing {
		return wanted, answer.NewProblem("text-too-long", err)
	}
	if err := json.Unmarshal(body, &wanted); err != nil {
		return wanted, answer.BadParameter("bad-parameter", "body", `{"search": "q=giao+ban", "webhook": "https://example.vn/bantin"}`)
	}
	return wanted, nil
}
