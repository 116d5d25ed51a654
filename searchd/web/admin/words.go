package admin

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"

	"golang.org/x/text/language"
)

//go:embed catalogue/*.json templates/*.html
var files embed.FS

// catalogue is every string that the operator sees, in one language.
type catalogue struct {
	Lang    string
	strings map[string]string
}

func loadCatalogues() (map[string]catalogue, error) {
	all := map[string]catalogue{}
	for _, lang := range []string{"vi", "en"} {
		data, err := files.ReadFile("catalogue/" + lang + ".json")
		if err != nil {
			return nil, err
		}
		c := catalogue{Lang: lang}
		if err := json.Unmarshal(data, &c.strings); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", lang, err)
		}
		all[lang] = c
	}
	return all, nil
}

// T is the string of a key, {0}, {1} … replaced; a text that is no key shows
// as it is.
func (c catalogue) T(key string, args ...any) string {
	s, ok := c.strings[key]
	if !ok {
		s = key
	}
	for i, a := range args {
		s = strings.ReplaceAll(s, "{"+strconv.Itoa(i)+"}", fmt.Sprint(a))
	}
	return s
}

// Moment writes a time as the portals have it, a dash for none.
func (c catalogue) Moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(bulletin.Zone).Format("2006-01-02 15:04")
}

// Size writes a number of bytes.
func (c catalogue) Size(n int64) string {
	size, unit := float64(n), "B"
	for _, next := range []string{"kB", "MB", "GB", "TB"} {
		if size < 1000 {
			break
		}
		size, unit = size/1000, next
	}
	s := strconv.FormatFloat(size, 'f', 1, 64)
	if unit == "B" {
		s = strconv.FormatInt(n, 10)
	}
	if c.Lang == "vi" {
		s = strings.ReplaceAll(s, ".", ",")
	}
	return s + " " + unit
}

// Public tells whether an address may be a link.
func (c catalogue) Public(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

var matcher = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// language is that of the browser, Vietnamese when it says none of ours.
func (s *server) language(r *http.Request) catalogue {
	if asked, ok := s.words[r.URL.Query().Get("lang")]; ok {
		return asked
	}
	header := r.Header.Get("Accept-Language")
	tags, _, err := language.ParseAcceptLanguage(header[:min(len(header), 200)])
	if err != nil || len(tags) == 0 {
		return s.words["vi"]
	}
	if _, i, _ := matcher.Match(tags...); i == 1 {
		return s.words["en"]
	}
	return s.words["vi"]
}

func loadTemplates() (templates, error) {
	common, err := template.ParseFS(files, "templates/layout.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	all := templates{}
	for _, file := range names {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "layout" {
			continue
		}
		t, err := common.Clone()
		if err != nil {
			return nil, err
		}
		if all[name], err = t.ParseFS(files, file); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Acts are what may be asked for a portal in a state, removal aside.
func (c catalogue) Acts(state string) []string {
	if state == "paused" || state == "removed" {
		return []string{"resume"}
	}
	return []string{"crawl", "recheck", "pause"}
}
