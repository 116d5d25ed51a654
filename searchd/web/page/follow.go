package page

import (
	"errors"
	"net/http"
	"time"

	"bantin/searchd/alert"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// The addresses of following by mail.
const (
	Follow        = "/follow"
	FollowConfirm = "/follow/confirm"
	FollowLeave   = "/follow/leave"
)

// followView is a step of following by mail.
type followView struct {
	Step   string // ask, sent, confirm, confirmed, leave or left
	Title  string // the question in words
	Search string // its page
	Form   followForm
	Token  string
	All    []leaveView
}

// followForm asks for an address.
type followForm struct {
	Page     *Page
	Question []Link // Text is the parameter, Note its value
}

// leaveView is a question that an address follows.
type leaveView struct {
	Title, Search, Token string
	First                bool // the one whose letter led here
}

// FollowForm is the form by which a search can be followed, empty where that is
// off.
func (p *Page) FollowForm(sp answer.Params) followForm {
	if !p.Follows {
		return followForm{}
	}
	return followForm{p, hidden(sp, "sort", "size", "lang")}
}

// followed is the question in a request's address or form.
func (s *Pages) followed(c *gin.Context, values map[string][]string) (answer.Params, error) {
	p, err := answer.ReadParams(values, answer.SearchParams, false)
	if err == nil {
		_, err = s.Count(c, p) // what cannot be asked cannot be followed
	}
	if err != nil {
		return p, answer.SearchProblem(err, "q")
	}
	return p, nil
}

// FollowPage asks who wants to be told what is new for a question.
func (s *Pages) FollowPage(c *gin.Context) error {
	asked, err := s.followed(c, c.Request.URL.Query())
	if err != nil {
		return err
	}
	p := s.followPage(c)
	p.Main = followView{Step: "ask", Title: p.Labels.Search(c, asked), Search: asked.Address("/search"), Form: p.FollowForm(asked)}
	return s.Render(c, http.StatusOK, "follow", p)
}

func (s *Pages) followPage(c *gin.Context) *Page {
	p := s.NewPage(c, s.Language(c).T("follow.title"))
	p.NoIndex = true
	c.Header("Cache-Control", "no-store")
	return p
}

// FollowAsk sends the letter in which a wish can be confirmed.
func (s *Pages) FollowAsk(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	asked, err := s.followed(c, c.Request.PostForm)
	if err != nil {
		return err
	}
	p := s.followPage(c)
	err = s.Follows.Ask(alert.Wish{
		To: c.PostForm("mail"), Every: alert.Rhythm(c.PostForm("every")), Question: asked.Question(),
		Title: answer.Trimmed(answer.OneLine(p.Labels.Search(c, asked)), 200), Language: p.Lang,
	}, time.Now())
	if err != nil {
		return followProblem(err)
	}
	p.Main = followView{Step: "sent", Search: asked.Address("/search")}
	return s.Render(c, http.StatusOK, "follow", p)
}

// followProblem says what is wrong with a wish.
func followProblem(err error) error {
	switch {
	case errors.Is(err, alert.ErrAddress):
		return answer.BadParameter("bad-parameter", "mail", "ten@example.vn")
	case errors.Is(err, alert.ErrRhythm):
		return answer.BadParameter("bad-parameter", "every", "daily, weekly")
	case errors.Is(err, alert.ErrQuestion):
		return answer.BadParameter("too-many", "q", "")
	case errors.Is(err, alert.ErrFull):
		return answer.NewProblem("follow-full", err)
	}
	return err
}

// ownForm reads a form and refuses one that a page of another site sent.
func (s *Pages) ownForm(c *gin.Context) error {
	own := http.NewCrossOriginProtection()
	if s.PublicURL != "" {
		if err := own.AddTrustedOrigin(s.Base(c)); err != nil {
			return err
		}
	}
	err := own.Check(c.Request)
	if err == nil {
		err = c.Request.ParseForm()
	}
	if err != nil {
		return answer.NewProblem("form-refused", err)
	}
	return nil
}

// ConfirmPage asks for a confirmation: programs that open the links of letters
// confirm nothing.
func (s *Pages) ConfirmPage(c *gin.Context) error {
	f, ok := s.Follows.Asked(c.Query("t"))
	if !ok {
		return answer.NewProblem("follow-unknown", nil)
	}
	p := s.followPage(c)
	p.Main = followView{Step: "confirm", Title: f.Title, Search: "/search?" + f.Question, Token: c.Query("t")}
	return s.Render(c, http.StatusOK, "follow", p)
}

// ConfirmDone lets a wish hold.
func (s *Pages) ConfirmDone(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	f, ok, err := s.Follows.Confirm(c.PostForm("t"), time.Now())
	if err != nil {
		return err
	}
	if !ok {
		return answer.NewProblem("follow-unknown", nil)
	}
	p := s.followPage(c)
	p.Main = followView{Step: "confirmed", Title: f.Title, Search: "/search?" + f.Question}
	return s.Render(c, http.StatusOK, "follow", p)
}

// LeavePage shows what an address follows, to whoever has one of its letters.
func (s *Pages) LeavePage(c *gin.Context) error {
	return s.leavePage(c, "leave", c.Query("t"))
}

func (s *Pages) leavePage(c *gin.Context, step, token string) error {
	p := s.followPage(c)
	v := followView{Step: step, Token: token}
	for i, f := range s.Follows.Of(token) {
		v.All = append(v.All, leaveView{Title: f.Title, Search: "/search?" + f.Question, Token: f.Token, First: i == 0})
	}
	if len(v.All) == 0 {
		v.Step = "left"
	}
	p.Main = v
	return s.Render(c, http.StatusOK, "follow", p)
}

// LeaveDone ends one of the things that an address follows, or all. A mail
// program posts to the address of the letter alone (RFC 8058); a form names the
// one to end.
func (s *Pages) LeaveDone(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	token, end := c.Query("t"), s.Follows.Leave
	if one := c.PostForm("t"); one != "" {
		token = one
	}
	if c.PostForm("all") != "" {
		end = s.Follows.Forget
	}
	if err := end(token); err != nil {
		return err
	}
	return s.leavePage(c, "leave", c.Query("t"))
}
