package site

import (
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	nextKey    = regexp.MustCompile(`(?i)^(next|next_?(url|page_?url|link|href)|next_?(cursor|page_?token|token)|(end_?)?cursor|continuation\w*|after)$`)
	moreKey    = regexp.MustCompile(`(?i)^has_?(more|next(_?page)?)$`)
	totalKey   = regexp.MustCompile(`(?i)^total`)
	totalPages = regexp.MustCompile(`(?i)^(total_?pages?|last_?page|page_?count|pages|so_?trang|tong_?so_?trang)$`)
	offsetName = regexp.MustCompile(`(?i)^(offset|start|skip|from|limitstart|first)$`)
	cursorName = regexp.MustCompile(`(?i)cursor|token|after|continuation`)
	pageField  = regexp.MustCompile(`(?i)^(page|current_?page|page_?(index|number|no)|trang)$`)
)

// jsonNext asks for the page after one that held so many items: by the address
// or cursor that the answer gives, else by the page's number or the offset in
// the address. Nil when the answer says that there is no more.
func (p *Profile) jsonNext(pageURL *url.URL, root any, got int) *Request {
	about := outside(root)
	if said(about, moreKey) == "false" {
		return nil
	}
	next := textOf(at(root, p.JSON.Next))
	for _, v := range about {
		if next == "" && p.JSON.Next == "" && (nextKey.MatchString(v.key()) || len(v.path) > 1 && v.key() == "href" && nextKey.MatchString(v.path[len(v.path)-2])) {
			next = v.text
		}
	}
	if strings.HasPrefix(next, "http") || strings.HasPrefix(next, "/") || strings.HasPrefix(next, "?") {
		if u, ok := p.pageAddress(pageURL, next); ok && u.String() != pageURL.String() {
			return &Request{Method: "GET", URL: u.String()}
		}
		return nil
	}
	q := pageURL.Query()
	if next != "" && next != "0" && next != "false" {
		name := cursorParameter(q, about, next)
		if q.Get(name) == next {
			return nil
		}
		q.Set(name, next)
		return withQuery(pageURL, q)
	}
	return countedNext(pageURL, q, about, got)
}

// countedNext goes on by the number of the page or of the items before it.
func countedNext(pageURL *url.URL, q url.Values, about []value, got int) *Request {
	wordPress := strings.Contains(pageURL.Path, "/wp/v2/")
	last, want := 0, size(q)
	if want == 0 && wordPress {
		want = 10
	}
	for _, v := range about {
		if totalPages.MatchString(v.key()) {
			last = max(last, atoi(v.text))
		}
	}
	for name := range q {
		switch {
		case queryPage.MatchString(name):
			now := atoi(q.Get(name))
			if last > 0 && now >= last || got < want {
				return nil
			}
			q.Set(name, strconv.Itoa(now+1))
			return withQuery(pageURL, q)
		case offsetName.MatchString(name):
			q.Set(name, strconv.Itoa(atoi(q.Get(name))+got))
			return withQuery(pageURL, q)
		}
	}
	for _, v := range about { // the first page, asked for without its number
		if pageField.MatchString(v.key()) && atoi(v.text) == 1 && (last > 1 || atoi(said(about, totalKey)) > got) {
			q.Set(v.key(), "2")
			return withQuery(pageURL, q)
		}
	}
	if wordPress && got >= want {
		q.Set("page", "2")
		return withQuery(pageURL, q)
	}
	return nil
}

func withQuery(u *url.URL, q url.Values) *Request {
	next := *u
	next.RawQuery = q.Encode()
	return &Request{Method: "GET", URL: next.String()}
}

// size is the number of items that an address asks for, 0 unknown.
func size(q url.Values) int {
	for name := range q {
		switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
		case "perpage", "pagesize", "limit", "size", "rows", "take", "top", "count":
			return atoi(q.Get(name))
		}
	}
	return 0
}

// said is what an answer says under a key, empty when it says nothing.
func said(about []value, key *regexp.Regexp) string {
	for _, v := range about {
		if key.MatchString(v.key()) {
			return v.text
		}
	}
	return ""
}

// cursorParameter is the name under which a cursor is sent back.
func cursorParameter(q url.Values, about []value, cursor string) string {
	for name := range q {
		if cursorName.MatchString(name) {
			return name
		}
	}
	for _, v := range about {
		if v.text != cursor {
			continue
		}
		switch key := strings.ToLower(strings.ReplaceAll(v.key(), "_", "")); {
		case strings.HasSuffix(key, "pagetoken"):
			return "pageToken"
		case key == "endcursor" || key == "after":
			return "after"
		}
		if rest, ok := strings.CutPrefix(v.key(), "next_"); ok {
			return rest
		}
	}
	if _, err := strconv.Atoi(cursor); err == nil {
		return "page"
	}
	return "cursor"
}

// outside are the values of an answer beside its lists.
func outside(root any) []value {
	var out []value
	var walk func(v any, path []string)
	walk = func(v any, path []string) {
		object, ok := v.(map[string]any)
		if !ok || len(path) > 4 || len(out) > jsonValues {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			here := slices.Concat(path, []string{key})
			switch v := object[key].(type) {
			case string:
				out = append(out, value{here, v})
			case json.Number:
				out = append(out, value{here, v.String()})
			case bool:
				out = append(out, value{here, strconv.FormatBool(v)})
			default:
				walk(v, here)
			}
		}
	}
	walk(root, nil)
	return out
}
