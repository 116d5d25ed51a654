package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// JSONList names the parts of a listing that comes as JSON, where they are not
// found by their names. Paths are keys parted by dots.
type JSONList struct {
	Items   string `yaml:"items,omitempty" doc:"Path to the list of items, such as data.list."`
	Address string `yaml:"address,omitempty" doc:"Path to an item's address, or a pattern of it such as /tin/{slug}-{id}.html."`
	Title   string `yaml:"title,omitempty" doc:"Path to an item's title."`
	Date    string `yaml:"date,omitempty" doc:"Path to an item's date of publication."`
	Text    string `yaml:"text,omitempty" doc:"Path to an item's text, for items that have no pages."`
	Author  string `yaml:"author,omitempty" doc:"Path to the name of an item's author, beside json.text."`
	Next    string `yaml:"next,omitempty" doc:"Path to the address of the next page, or to the cursor that asks for it."`
}

// value is one string or number inside a JSON item.
type value struct {
	path []string
	text string
}

func (v value) key() string { return v.path[len(v.path)-1] }

// name is the key, or the one above it where WordPress puts what it renders.
func (v value) name() string {
	if len(v.path) > 1 && v.key() == "rendered" {
		return v.path[len(v.path)-2]
	}
	return v.key()
}

// Bounds of what is looked at in a JSON answer.
const (
	jsonDepth  = 8
	jsonValues = 200
)

// jsonListing reads a list that comes as JSON: WordPress REST, JSON Feed,
// JSON:API, or whatever a portal made up for its scripts. An empty list is the
// end of one.
func (p *Profile) jsonListing(pageURL *url.URL, page []byte) (Listing, error) {
	dec := json.NewDecoder(bytes.NewReader(page))
	dec.UseNumber()
	var root any
	if err := dec.Decode(&root); err != nil {
		return Listing{}, fmt.Errorf("listing %s: %w: %w", pageURL, ErrNotListing, err)
	}
	items, found := p.jsonItems(root)
	if !found {
		items, _ = bestList(root, p.whole)
		found = len(items) > 0
	}
	if code, ok := at(root, "code").(string); ok && !found && code != "rest_post_invalid_page_number" {
		return Listing{}, fmt.Errorf("listing %s: %w: the portal answers %s", pageURL, ErrNotListing, code)
	} else if !found && !ok {
		return Listing{}, fmt.Errorf("listing %s: %w: JSON without a list of items that have addresses or texts", pageURL, ErrNotListing)
	}
	l := Listing{Items: []Item{}, Page: max(pageNumber(pageURL), 1), End: len(items) == 0}
	for _, item := range items {
		one, ok := p.jsonItem(pageURL, item)
		switch {
		case !ok:
		case len(l.Items) >= maxItems:
			l.Left++
		default:
			l.Items = append(l.Items, one)
		}
	}
	if len(items) > 0 {
		l.Next = p.jsonNext(pageURL, root, len(items))
	}
	return l, nil
}

// jsonItem is one entry: of a page that it names, or its own text.
func (p *Profile) jsonItem(pageURL *url.URL, item map[string]any) (Item, bool) {
	out := Item{Title: plainText(p.jsonTitle(item)), Published: p.jsonDate(item), Modified: jsonModified(item)}
	u, ok := p.Canonical(pageURL, p.jsonAddress(item))
	if ok && !p.Allows(u) && bareHost(u.Host) != bareHost(pageURL.Host) {
		return out, false
	}
	if ok {
		out.URL, out.Key = u.String(), p.Key(u)
	}
	if (!ok || p.JSON.Text != "") && p.jsonText(item) != "" {
		raw, err := json.Marshal(item)
		if err != nil || len(raw) > MaxItem {
			return out, false
		}
		out.Raw = raw
		if !ok {
			out.URL, out.Key = p.itemAddress(pageURL, item, out.Title)
		}
	}
	return out, out.URL != ""
}

// at follows a dotted path, nil where it ends.
func at(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[key]
	}
	return v
}

// noListKey are the names of lists that say nothing when they are empty.
var noListKey = regexp.MustCompile(`(?i)err|message|warn|notice|facet|filter|sort|tag|log|loi`)

// jsonItems is the list of objects of which most have an address, and whether
// there is one, be it empty.
func (p *Profile) jsonItems(root any) (items []map[string]any, found bool) {
	if p.JSON.Items != "" {
		list, ok := at(root, p.JSON.Items).([]any)
		return objects(list), ok
	}
	items, empty := bestList(root, func(item map[string]any) bool { return p.jsonAddress(item) != "" })
	return items, empty || len(items) > 0
}

// bestList is the list with the most objects that count, at least half of its
// own; empty tells of a list without anything.
func bestList(root any, counts func(map[string]any) bool) (items []map[string]any, empty bool) {
	most := 0
	var walk func(v any, key string, depth int)
	walk = func(v any, key string, depth int) {
		switch v := v.(type) {
		case []any:
			all, counted := objects(v), 0
			for _, one := range all {
				if counts(one) {
					counted++
				}
			}
			if counted > most && counted*2 >= len(all) {
				items, most = all, counted
			}
			empty = empty || len(v) == 0 && (depth == 0 || !noListKey.MatchString(key))
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if depth < jsonDepth && !aside.MatchString(key) {
					walk(v[key], key, depth+1)
				}
			}
		}
	}
	walk(root, "", 0)
	return items, empty
}

func objects(list []any) (out []map[string]any) {
	for _, v := range list {
		if object, ok := v.(map[string]any); ok {
			out = append(out, object)
		}
	}
	return out
}

// aside are parts of an item that are not about itself.
var aside = regexp.MustCompile(`(?i)image|thumb|avatar|photo|picture|icon|author|user|categor|chuyen_?muc|tags?$|media|attach|_links|relationships|menu|banner|related`)

// valuesOf are the strings and numbers of an item, the outer ones first.
func valuesOf(item map[string]any) []value {
	var out []value
	level := []value{{}}
	from := []map[string]any{item}
	for depth := 0; depth < 4 && len(from) > 0; depth++ {
		var nextLevel []value
		var next []map[string]any
		for i, object := range from {
			for _, key := range slices.Sorted(maps.Keys(object)) {
				path := append(slices.Clone(level[i].path), key)
				switch v := object[key].(type) {
				case string:
					out = append(out, value{path, v})
				case json.Number:
					out = append(out, value{path, v.String()})
				case map[string]any:
					if !aside.MatchString(key) {
						next, nextLevel = append(next, v), append(nextLevel, value{path: path})
					}
				}
				if len(out) > jsonValues {
					return out
				}
			}
		}
		level, from = nextLevel, next
	}
	return out
}

var (
	addressKey = regexp.MustCompile(`(?i)^(link|url|href|permalink|address|web_?url|detail_?(url|link)|link_?(detail|chi_?tiet)|duong_?dan|path|alias|full_?(url|path)|canonical(_?url)?|slug)$`)
	apiPath    = regexp.MustCompile(`(?i)/(json)?api/|/wp-json/|/graphql|/rest/`)
	fieldMark  = regexp.MustCompile(`\{([\w.]+)\}`)
)

// jsonAddress is where an item's article is, empty when it does not say so.
func (p *Profile) jsonAddress(item map[string]any) string {
	if pattern := p.JSON.Address; strings.Contains(pattern, "{") {
		whole := true
		out := fieldMark.ReplaceAllStringFunc(pattern, func(mark string) string {
			s := textOf(at(item, strings.Trim(mark, "{}")))
			whole = whole && s != ""
			return url.PathEscape(s)
		})
		if !whole {
			return ""
		}
		return out
	} else if pattern != "" {
		return textOf(at(item, pattern))
	}
	best := ""
	for _, v := range valuesOf(item) {
		s := strings.TrimSpace(v.text)
		path := strings.HasPrefix(s, "/") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") ||
			addressKey.MatchString(v.key()) && strings.ContainsAny(s, "/?.") && !strings.ContainsAny(s, " <")
		if !path || len(s) > 2000 || apiPath.MatchString(s) || neverArticle.MatchString(pathOf(s)) || aside.MatchString(v.key()) {
			continue
		}
		if addressKey.MatchString(v.key()) {
			return s
		}
		if best == "" {
			best = s
		}
	}
	return best
}

func pathOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return u.RequestURI()
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case map[string]any: // WordPress
		s, _ := v["rendered"].(string)
		return s
	}
	return ""
}

var titleKey = regexp.MustCompile(`(?i)^(title|headline|tieu_?de|ten_?(bai|tin)\w*|subject|name|ten|caption)$`)

func (p *Profile) jsonTitle(item map[string]any) string {
	if p.JSON.Title != "" {
		return textOf(at(item, p.JSON.Title))
	}
	for _, v := range valuesOf(item) {
		if titleKey.MatchString(v.name()) && strings.TrimSpace(v.text) != "" {
			return v.text
		}
	}
	return ""
}
