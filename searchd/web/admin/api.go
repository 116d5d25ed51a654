package admin

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
)

//go:embed openapi.json
var openAPI []byte

// api lays out the API: the pages' operations as JSON, for a bearer of the
// token. No cookie opens it, so no browser can be made to use it.
func (s *server) api(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(openAPI)
	})
	get := func(path string, answer func(*http.Request) (any, error)) {
		mux.HandleFunc("GET /api/v1/"+path, s.bearer(func(w http.ResponseWriter, r *http.Request) { respond(w, http.StatusOK, answer, r) }))
	}
	post := func(path string, status int, answer func(*http.Request) (any, error)) {
		mux.HandleFunc("POST /api/v1/"+path, s.bearer(func(w http.ResponseWriter, r *http.Request) { respond(w, status, answer, r) }))
	}
	get("state", func(r *http.Request) (any, error) { return s.Desk.State(r.Context()) })
	get("portals", func(r *http.Request) (any, error) { return s.Desk.Portals(r.Context()) })
	get("portals/{id}", func(r *http.Request) (any, error) { return s.portal(r) })
	get("portals/{id}/failed", func(r *http.Request) (any, error) {
		after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64) // from the beginning
		return s.Desk.Failed(r.Context(), r.PathValue("id"), after)
	})
	get("portals/{id}/profile", func(r *http.Request) (any, error) {
		text, err := s.Desk.Profile(r.Context(), r.PathValue("id"))
		return profileJSON{Profile: text}, err
	})
	get("questions", func(r *http.Request) (any, error) { return s.Desk.Unanswered(r.Context()) })
	post("portals/{id}/failed/{request}", http.StatusAccepted, func(r *http.Request) (any, error) {
		return done{true}, s.Desk.TryAgain(r.Context(), r.PathValue("id"), number(r, "request"))
	})
	post("portals/{id}/{wish}", http.StatusAccepted, func(r *http.Request) (any, error) { return done{true}, s.wish(r, r.PathValue("wish")) })
	post("check", http.StatusOK, func(r *http.Request) (any, error) {
		var in struct{ Address, Province, Profile string }
		if err := readJSON(r, &in); err != nil {
			return nil, err
		}
		return s.Desk.Check(r.Context(), in.Address, in.Province, in.Profile)
	})
	post("profiles", http.StatusCreated, func(r *http.Request) (any, error) {
		var in profileJSON
		if err := readJSON(r, &in); err != nil {
			return nil, err
		}
		portal, err := s.Desk.Save(r.Context(), in.Profile)
		return profileJSON{Portal: portal}, err
	})
	post("index/rebuild", http.StatusAccepted, func(r *http.Request) (any, error) { return done{true}, s.Desk.Rebuild(r.Context()) })
	post("backups", http.StatusAccepted, func(r *http.Request) (any, error) { return done{true}, s.Desk.Backup(r.Context()) })
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		problem(w, http.StatusNotFound, "there is no such address: /api/v1/openapi.json lists them")
	})
}

type done struct {
	Accepted bool `json:"accepted"`
}

type profileJSON struct {
	Portal  string `json:"portal,omitempty"`
	Profile string `json:"profile,omitempty"`
}

// bearer lets requests through that show the token.
func (s *server) bearer(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || !s.known(token) {
			if wait := s.tries.Take(peer(r), time.Now()); wait > 0 {
				s.tooMany(w, r, wait)
				return
			}
			w.Header().Set("WWW-Authenticate", "Bearer")
			problem(w, http.StatusUnauthorized, "show the operator's token: Authorization: Bearer …")
			return
		}
		if r.Method != http.MethodGet {
			if wait := s.acts.Take(peer(r), time.Now()); wait > 0 {
				s.tooMany(w, r, wait)
				return
			}
		}
		next(w, r)
	}
}

// respond writes an answer or what went wrong.
func respond(w http.ResponseWriter, status int, answer func(*http.Request) (any, error), r *http.Request) {
	v, err := answer(r)
	if err != nil {
		problem(w, statusOf(err), err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the operator is gone
}

// problem writes an error as RFC 9457 has it.
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": detail})
}

func readJSON(r *http.Request, v any) error {
	if err := json.NewDecoder(r.Body).Decode(v); err != nil {
		return wrong("the body is no JSON of this kind: " + err.Error())
	}
	return nil
}

// wrong is an ErrWrong with a sentence.
func wrong(says string) error { return &wrongError{says} }

type wrongError struct{ says string }

func (e *wrongError) Error() string { return e.says }
func (e *wrongError) Unwrap() error { return ErrWrong }

// wish carries out a wish for the portal that a request names.
func (s *server) wish(r *http.Request, wish string) error {
	if !slices.Contains(Wishes, wish) {
		return ErrUnknown
	}
	return s.Desk.Wish(r.Context(), r.PathValue("id"), wish)
}

// portal is the portal that a request names.
func (s *server) portal(r *http.Request) (bulletin.SiteStatus, error) {
	all, err := s.Desk.Portals(r.Context())
	if err != nil {
		return bulletin.SiteStatus{}, err
	}
	for _, p := range all {
		if p.ID == r.PathValue("id") {
			return p, nil
		}
	}
	return bulletin.SiteStatus{}, ErrUnknown
}

// number is a number in the path, 0 when it is none.
func number(r *http.Request, name string) int64 {
	n, _ := strconv.ParseInt(r.PathValue(name), 10, 64)
	return n
}
