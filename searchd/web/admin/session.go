package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"bantin/searchd/web/answer"
)

const (
	cookieName  = "bantin-desk"
	sessionTime = 12 * time.Hour
	maxSessions = 100
)

// sessions are the browsers that showed the token. They end with the process.
// The zero value is ready.
type sessions struct {
	mu  sync.Mutex
	all map[string]*session // by the digest of the cookie
}

// session is one browser.
type session struct {
	mark string // of its forms
	ends time.Time
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return string(sum[:])
}

// begin makes a session and returns the value of its cookie.
func (s *sessions) begin(now time.Time) (cookie string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[string]*session{}
	}
	oldest := ""
	for id, one := range s.all {
		if now.After(one.ends) {
			delete(s.all, id)
			continue
		}
		if oldest == "" || one.ends.Before(s.all[oldest].ends) {
			oldest = id
		}
	}
	if len(s.all) >= maxSessions {
		delete(s.all, oldest)
	}
	cookie = rand.Text()
	s.all[digest(cookie)] = &session{mark: rand.Text(), ends: now.Add(sessionTime)}
	return cookie
}

// find returns the session of a request, nil when it has none.
func (s *sessions) find(r *http.Request, now time.Time) *session {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[digest(c.Value)]
	if one == nil || now.After(one.ends) {
		return nil
	}
	return one
}

func (s *sessions) end(r *http.Request) {
	if c, err := r.Cookie(cookieName); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.all, digest(c.Value))
	}
}

// known tells whether a token is the operator's, in a time that tells nothing.
func (s *server) known(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(sum[:], s.digest[:]) == 1
}

// sealed tells whether a form carries its session's mark.
func (one *session) sealed(r *http.Request) bool {
	return subtle.ConstantTimeCompare([]byte(r.PostFormValue("mark")), []byte(one.mark)) == 1
}

// signIn lets a browser in that shows the token.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	if wait := s.tries.Take(peer(r), time.Now()); wait > 0 {
		s.tooMany(w, r, wait)
		return
	}
	if !s.known(strings.TrimSpace(r.PostFormValue("token"))) {
		s.Log.Warn("wrong token at the desk", "peer", peer(r))
		s.show(w, r, http.StatusForbidden, "login", view{Title: "login.title", Error: "login.wrong"})
		return
	}
	s.tries.Forgive(peer(r))
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: s.sessions.begin(time.Now()), Path: "/", MaxAge: int(sessionTime.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: secure(r),
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// secure tells whether the browser came by TLS, here or at the proxy.
func secure(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request, _ *session) {
	s.sessions.end(r)
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: secure(r)})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// peer is who asks, for counting.
func peer(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr) // whoever has no address counts as one
	return at.Addr()
}

func (s *server) tooMany(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	w.Header().Set("Retry-After", answer.RetryAfter(wait))
	if strings.HasPrefix(r.URL.Path, "/api/") {
		problem(w, http.StatusTooManyRequests, "too many requests: wait a moment")
		return
	}
	s.show(w, r, http.StatusTooManyRequests, "login", view{Title: "login.title", Error: "too-many"})
}
