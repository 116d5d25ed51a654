// Package sites holds the sample portals: saved pages in the shapes of real
// CMS families, the profile that reads each, and want.json with what must be
// read out of them. Every meeting in them is invented. The demonstration and
// the tests serve them on loopback.
package sites

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

//go:embed */*.html */*.json */*.yaml */*.tsv
var files embed.FS

// Portal is one sample portal.
type Portal struct {
	Name    string // folder, e.g. nukeviet-quang-tri
	Profile []byte // YAML; its addresses begin with http://NAME.localhost
	Want    []byte // JSON: what must be read out of each article
	routes  map[string]route
}

type route struct {
	status      int
	contentType string
	target      string // file, or Location of a redirect
}

// Portals returns the sample portals in order of name.
func Portals() ([]Portal, error) {
	dirs, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	var out []Portal
	for _, d := range dirs {
		p := Portal{Name: d.Name(), routes: map[string]route{}}
		if p.Profile, err = files.ReadFile(p.Name + "/profile.yaml"); err != nil {
			return nil, err
		}
		if p.Want, err = files.ReadFile(p.Name + "/want.json"); err != nil {
			return nil, err
		}
		table, err := files.ReadFile(p.Name + "/routes.tsv")
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(table)) {
			f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			status, err := strconv.Atoi(f[1])
			if err != nil {
				return nil, err
			}
			p.routes[canonical(f[0])] = route{status, f[2], f[3]}
		}
		out = append(out, p)
	}
	return out, nil
}

// canonical puts the query of "METHOD /path?query argument" in order, so that
// a portal answers as real ones do whatever the order of its parameters.
func canonical(key string) string {
	method, rest, _ := strings.Cut(key, " ")
	address, argument, _ := strings.Cut(rest, " ")
	path, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return key
	}
	for _, v := range values {
		for i := range v { // SharePoint pads its parameters with spaces
			v[i] = strings.TrimSpace(v[i])
		}
	}
	return method + " " + path + "?" + values.Encode() + " " + argument
}

// ServeHTTP answers as the portal would: saved pages, redirects, postbacks
// that need the page's own hidden inputs, and an HTML page with status 200 for
// whatever it does not know, robots.txt among them.
func (p Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Method + " " + r.URL.RequestURI()
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		if err := r.ParseForm(); err != nil || !valid(r.PostForm) {
			http.Error(w, "Invalid postback or callback argument. Event validation is enabled.", http.StatusInternalServerError)
			return
		}
		key += " " + r.PostForm.Get("__EVENTARGUMENT")
	}
	found, ok := p.routes[canonical(key)]
	if !ok {
		p.unknown(w, r)
		return
	}
	if found.status == http.StatusMovedPermanently {
		http.Redirect(w, r, found.target, found.status)
		return
	}
	body, err := files.ReadFile(p.Name + "/" + found.target)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", found.contentType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(found.status)
	_, _ = w.Write(body) // the client went away
}

// valid tells whether a postback carries the state that the page gave out.
func valid(form url.Values) bool {
	state := form.Get("__VIEWSTATE")
	return strings.HasPrefix(state, "state") && form.Get("__EVENTVALIDATION") == "ev-"+state &&
		form.Get("__EVENTTARGET") != "" && !form.Has("ctl00$btnTim")
}

func (p Portal) unknown(w http.ResponseWriter, r *http.Request) {
	status := http.StatusNotFound
	if r.URL.Path == "/robots.txt" {
		status = http.StatusOK
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!DOCTYPE html><html><head><title>Không tìm thấy trang</title></head><body><h1>Không tìm thấy trang</h1></body></html>"))
}
