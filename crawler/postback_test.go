package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"bantin/crawler/site"
)

// forms is a portal in ASP.NET's manner: further listing pages are form posts
// that need the state of the page before and the session it was given to.
type forms struct {
	*fake
	async    bool // further pages are answers to an UpdatePanel
	sessions int
	posts    int
	dropped  bool // the session was forgotten once
	drop     int  // forget it at this post; 0 never
}

func (s *forms) fault(w http.ResponseWriter, r *http.Request, _ int) bool {
	if r.URL.Path != "/list" {
		return false
	}
	if r.Method == http.MethodGet {
		s.sessions++
		http.SetCookie(w, &http.Cookie{Name: "ASP.NET_SessionId", Value: fmt.Sprint(s.sessions), Path: "/"})
		say(w, s.page(1, s.sessions))
		return true
	}
	s.posts++
	if s.posts == s.drop {
		s.dropped, s.sessions = true, s.sessions+1
	}
	cookie, err := r.Cookie("ASP.NET_SessionId")
	var page int
	_, bad := fmt.Sscanf(r.PostFormValue("__EVENTARGUMENT"), "Page$%d", &page)
	state := fmt.Sprintf("state-%d-%d", s.sessions, page-1)
	if err != nil || bad != nil || cookie.Value != fmt.Sprint(s.sessions) || r.PostFormValue("__VIEWSTATE") != state || r.PostFormValue("ctl00$tim") != "" {
		http.Error(w, "Invalid postback or callback argument.", http.StatusInternalServerError)
		return true
	}
	if !s.async {
		say(w, s.page(page, s.sessions))
		return true
	}
	if r.Header.Get("X-MicrosoftAjax") != "Delta=true" || r.PostFormValue("__ASYNCPOST") != "true" {
		http.Error(w, "no asynchronous post", http.StatusInternalServerError)
		return true
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	say(w, record("updatePanel", "ctl00_panel", s.panel(page))+record("hiddenField", "__VIEWSTATE", fmt.Sprintf("state-%d-%d", s.sessions, page)))
	return true
}

func record(kind, id, content string) string {
	return fmt.Sprintf("%d|%s|%s|%s|", utf8.RuneCountInString(content), kind, id, content)
}

func (s *forms) page(page, session int) string {
	return fmt.Sprintf(`<html><body><form method=post action="/list"><input type=hidden name=__VIEWSTATE value="state-%d-%d">
<input type=hidden name=__EVENTTARGET><input type=hidden name=__EVENTARGUMENT><input type=submit name="ctl00$tim" value="Tìm">
<script>Sys.WebForms.PageRequestManager._initialize('ctl00$sm', 'form1', ['tctl00$panel'], [], [], 90, 'ctl00');</script>
<div id="ctl00_panel">%s</div></form>`, session, page, s.panel(page))
}

// panel is the list and a pager that shows three numbers at a time.
func (s *forms) panel(page int) string {
	list, _, _ := strings.Cut(s.listing(page), "<a class=next")
	_, list, _ = strings.Cut(list, "<body>")
	var b strings.Builder
	b.WriteString(list + "<div class=pager>")
	for i := max(page-1, 1); i <= min(page+1, s.pages()); i++ {
		if i == page {
			fmt.Fprintf(&b, "<span>%d</span> ", i)
		} else {
			fmt.Fprintf(&b, `<a href="javascript:__doPostBack('ctl00$grid','Page$%d')">%d</a> `, i, i)
		}
	}
	return b.String() + "</div>"
}

func newForms(t *testing.T, n, per int) (*forms, *site.Profile) {
	t.Helper()
	s := &forms{fake: newFake(t, n, per)}
	s.fake.fault = s.fault
	p := s.profile(t, "portal")
	p.Family, p.Select.Next = "webforms", ""
	return s, p
}

func TestPostbackPages(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		async bool
		drop  int
		stop  int // cancel the run at this post and begin another
	}{
		"form posts":                        {},
		"asynchronous posts":                {async: true},
		"the session is forgotten":          {drop: 3},
		"stopped in the middle":             {stop: 3},
		"asynchronous, stopped, begun anew": {async: true, stop: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n, per = 22, 4
			s, p := newForms(t, n, per)
			s.async, s.drop = test.async, test.drop
			if test.async {
				p.Pager = site.FollowUpdatePanel
			}
			a := openArchive(t)
			if test.stop > 0 {
				ctx, cancel := context.WithCancel(t.Context())
				s.fake.fault = func(w http.ResponseWriter, r *http.Request, nth int) bool {
					if s.posts == test.stop {
						cancel()
					}
					return s.fault(w, r, nth)
				}
				if _, err := New(a, quick(p)).Run(ctx); err != nil {
					t.Fatal(err)
				}
			}
			o := quick(p)
			o.Now = false
			crawl(t, a, o)
			if got := len(current(t, a)); got != n {
				t.Errorf("%d bulletins, want %d; %d posts, asked %v", got, n, s.posts, s.asked)
			}
			if s.most > 1 {
				t.Errorf("%d requests at once", s.most)
			}
			o.Now = true
			s.reset()
			crawl(t, a, o)
			if s.times("") != 1 {
				t.Errorf("second pass asked for %v", s.asked)
			}
		})
	}
}
