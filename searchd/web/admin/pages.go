package admin

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"bantin/bulletin"
)

// view is what a page shows; each uses some of it.
type view struct {
	catalogue
	Title string // key of the catalogue, or a text of its own
	Style string
	Path  string
	Mark  string // of the forms
	In    bool   // somebody is signed in
	Said  string // key of what was just done
	Error string // key, or a sentence of what went wrong

	State     State
	Portals   []bulletin.SiteStatus
	Portal    bulletin.SiteStatus
	Failed    []Failed
	More      int64 // id to go on after; 0 at the end
	Profile   string
	Purge     bool
	Page      bulletin.Page
	Status    int
	Text      string
	Address   string
	Province  string
	Provinces []bulletin.ProvinceInfo
	Report    *Report
	Questions []Questions
}

// pages lays out what people see. Every page but the first asks for a session;
// every form carries its mark.
func (s *server) pages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+s.style, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("Cache-Control", "private, max-age=86400")
		_, _ = w.Write(s.Style)
		_, _ = w.Write(ownStyle)
	})
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) {
		s.show(w, r, http.StatusOK, "login", view{Title: "login.title"})
	})
	mux.HandleFunc("POST /login", s.signIn)
	mux.HandleFunc("POST /logout", s.form(s.signOut))
	mux.HandleFunc("GET /{$}", s.page(s.overview))
	mux.HandleFunc("GET /portals/{id}", s.page(s.portalPage))
	mux.HandleFunc("GET /portals/{id}/remove", s.page(func(r *http.Request) (string, view, error) {
		p, err := s.portal(r)
		return "remove", view{Title: p.ID, Portal: p}, err
	}))
	mux.HandleFunc("GET /portals/{id}/failed/{request}", s.page(s.answeredPage))
	mux.HandleFunc("GET /check", s.page(s.checkPage))
	mux.HandleFunc("GET /questions", s.page(func(r *http.Request) (string, view, error) {
		all, err := s.Desk.Unanswered(r.Context())
		return "questions", view{Title: "questions.title", Questions: all}, err
	}))
	mux.HandleFunc("POST /check", s.form(s.check))
	mux.HandleFunc("POST /profiles", s.form(s.save))
	mux.HandleFunc("POST /index/rebuild", s.form(s.act("rebuild", func(r *http.Request) error { return s.Desk.Rebuild(r.Context()) })))
	mux.HandleFunc("POST /backups", s.form(s.act("backup", func(r *http.Request) error { return s.Desk.Backup(r.Context()) })))
	mux.HandleFunc("POST /portals/{id}/failed/{request}", s.form(s.act("again", func(r *http.Request) error {
		return s.Desk.TryAgain(r.Context(), r.PathValue("id"), number(r, "request"))
	})))
	for _, wish := range Wishes {
		mux.HandleFunc("POST /portals/{id}/"+wish, s.form(s.act(wish, func(r *http.Request) error { return s.wish(r, wish) })))
	}
	mux.HandleFunc("/", s.page(func(*http.Request) (string, view, error) { return "", view{}, ErrUnknown }))
}

// page shows what f makes to whoever is signed in.
func (s *server) page(f func(*http.Request) (string, view, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.sessions.find(r, time.Now()) == nil {
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		name, v, err := f(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		v.Said = r.URL.Query().Get("said")
		s.show(w, r, http.StatusOK, name, v)
	}
}

// form lets a form through that was sent from a page of this session.
func (s *server) form(f func(http.ResponseWriter, *http.Request, *session)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		one := s.sessions.find(r, time.Now())
		if one == nil {
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		if !one.sealed(r) {
			s.fail(w, r, wrong("this form is not from here"))
			return
		}
		if wait := s.acts.Take(peer(r), time.Now()); wait > 0 {
			s.tooMany(w, r, wait)
			return
		}
		f(w, r, one)
	}
}

// act does something and goes back to where it was asked for.
func (s *server) act(said string, do func(*http.Request) error) func(http.ResponseWriter, *http.Request, *session) {
	return func(w http.ResponseWriter, r *http.Request, _ *session) {
		if err := do(r); err != nil {
			s.fail(w, r, err)
			return
		}
		back := "/"
		if id := r.PathValue("id"); id != "" && r.PostFormValue("back") == "portal" {
			back = "/portals/" + url.PathEscape(id)
		}
		http.Redirect(w, r, back+"?said="+said, http.StatusSeeOther)
	}
}

func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		s.Log.Error("desk", "error", err)
	}
	s.show(w, r, status, "problem", view{Title: "problem.title", Error: err.Error()})
}

func (s *server) overview(r *http.Request) (string, view, error) {
	v := view{Title: "desk.title"}
	var err error
	if v.State, err = s.Desk.State(r.Context()); err != nil {
		return "", v, err
	}
	v.Portals, err = s.Desk.Portals(r.Context())
	return "overview", v, err
}

func (s *server) portalPage(r *http.Request) (string, view, error) {
	p, err := s.portal(r)
	if err != nil {
		return "", view{}, err
	}
	v := view{Title: p.ID, Portal: p}
	slices.Reverse(v.Portal.Yield)
	var after int64
	if _, err := fmt.Sscan(r.URL.Query().Get("after"), &after); err != nil {
		after = 0
	}
	if v.Failed, err = s.Desk.Failed(r.Context(), p.ID, after); err != nil {
		return "", v, err
	}
	if n := len(v.Failed); n >= failedShown {
		v.More = v.Failed[n-1].ID
	}
	v.Profile, err = s.Desk.Profile(r.Context(), p.ID)
	return "portal", v, err
}

// failedShown is how many failed addresses a page of them has; a Desk gives no
// more.
const failedShown = 50

// answeredPage shows what a failed address answered, as text: it is somebody
// else's page.
func (s *server) answeredPage(r *http.Request) (string, view, error) {
	p, err := s.portal(r)
	if err != nil {
		return "", view{}, err
	}
	page, status, err := s.Desk.Answered(r.Context(), p.ID, number(r, "request"))
	const most = 200_000
	return "answered", view{Title: p.ID, Portal: p, Page: page, Status: status, Text: string(bytes.ToValidUTF8(page.Body[:min(len(page.Body), most)], []byte("�")))}, err
}

func (s *server) checkPage(r *http.Request) (string, view, error) {
	v := view{Title: "check.title", Provinces: bulletin.Provinces()}
	if id := r.URL.Query().Get("portal"); id != "" {
		var err error
		if v.Profile, err = s.Desk.Profile(r.Context(), id); err != nil {
			return "", v, err
		}
	}
	return "check", v, nil
}

// check makes a dry run and shows it with the profile to correct.
func (s *server) check(w http.ResponseWriter, r *http.Request, _ *session) {
	v := view{
		Title: "check.title", Provinces: bulletin.Provinces(),
		Address: r.PostFormValue("address"), Province: r.PostFormValue("province"), Profile: r.PostFormValue("profile"),
	}
	report, err := s.Desk.Check(r.Context(), v.Address, v.Province, v.Profile)
	status := http.StatusOK
	if err != nil {
		v.Error, status = err.Error(), http.StatusUnprocessableEntity
	} else {
		v.Report, v.Profile = &report, report.Profile
	}
	s.show(w, r, status, "check", v)
}

func (s *server) save(w http.ResponseWriter, r *http.Request, _ *session) {
	portal, err := s.Desk.Save(r.Context(), r.PostFormValue("profile"))
	if err != nil {
		v := view{Title: "check.title", Provinces: bulletin.Provinces(), Profile: r.PostFormValue("profile"), Error: err.Error()}
		s.show(w, r, http.StatusUnprocessableEntity, "check", v)
		return
	}
	http.Redirect(w, r, "/?said=saved#"+url.QueryEscape(portal), http.StatusSeeOther)
}

// show writes a page in the reader's language.
func (s *server) show(w http.ResponseWriter, r *http.Request, status int, name string, v view) {
	v.catalogue = catalogue{s.words.Of(r)}
	v.Style, v.Path = s.style, r.URL.Path
	if one := s.sessions.find(r, time.Now()); one != nil {
		v.Mark, v.In = one.mark, true
	}
	var b bytes.Buffer
	if err := s.templates[name].ExecuteTemplate(&b, "layout.html", v); err != nil {
		s.Log.Error("template", "name", name, "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w)
}
