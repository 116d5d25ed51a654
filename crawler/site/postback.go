package site

import (
	"maps"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

var (
	doPostBack    = regexp.MustCompile(`__doPostBack\(\s*['"]([^'"]*)['"]\s*,\s*['"]([^'"]*)['"]`)
	withOptions   = regexp.MustCompile(`WebForm_PostBackOptions\(\s*["']([^"']*)["']\s*,\s*["']([^"']*)["']`)
	scriptManager = regexp.MustCompile(`PageRequestManager\._initialize\(\s*'([^']+)'\s*,[^\[]*\[([^\]]*)\]`)
	quotedName    = regexp.MustCompile(`'([^']*)'`)
)

// postbackOf reads the ASP.NET postback that a link triggers.
func postbackOf(a *html.Node) (target, argument string, ok bool) {
	for _, key := range []string{"href", "onclick"} {
		code := Attr(a, key)
		if !strings.Contains(code, "PostBack") {
			continue
		}
		if unescaped, err := url.PathUnescape(code); err == nil && key == "href" {
			code = unescaped
		}
		for _, re := range []*regexp.Regexp{doPostBack, withOptions} {
			if m := re.FindStringSubmatch(code); m != nil {
				return strings.ReplaceAll(m[1], `\$`, "$"), m[2], true
			}
		}
	}
	return "", "", false
}

// postback is the form post behind a link: every successful control of its
// form with the event's target and argument, no submit button.
func (p *Profile) postback(a *html.Node, target, argument string, pageURL, base *url.URL, doc *goquery.Document, carried url.Values) *Request {
	fields, action := carried, pageURL
	if fields == nil {
		form := goquery.NewDocumentFromNode(a).Closest("form")
		if form.Length() == 0 {
			form = doc.Find("form").Has(`input[name="__VIEWSTATE"], input[name="__EVENTTARGET"]`).First()
		}
		if form.Length() == 0 {
			return nil
		}
		fields = controls(form)
		if u, ok := resolve(base, form.AttrOr("action", "")); ok {
			action = u
		}
	}
	r := &Request{Method: "POST", URL: action.String(), Form: fields}
	was := fields.Get("__EVENTTARGET")
	fields.Set("__EVENTTARGET", target)
	fields.Set("__EVENTARGUMENT", argument)
	if carried != nil || p.Pager == FollowUpdatePanel {
		if !asyncPost(r, a, doc, was, target) {
			delete(fields, "__ASYNCPOST")
		}
	}
	return r
}

// asyncPost makes a post that of an UpdatePanel: the ScriptManager's field
// names the panel around the link and the target.
func asyncPost(r *Request, a *html.Node, doc *goquery.Document, was, target string) bool {
	manager, panel := "", ""
	for name, values := range r.Form {
		if before, ok := strings.CutSuffix(values[0], "|"+was); ok && was != "" {
			manager, panel = name, before
		}
	}
	if manager == "" {
		script := ""
		doc.Find("script").Each(func(_ int, s *goquery.Selection) { script += s.Text() })
		m := scriptManager.FindStringSubmatch(script)
		if m == nil {
			return false
		}
		manager, panel = m[1], panelAround(a, m[2])
	}
	r.Form.Set(manager, panel+"|"+target)
	r.Form.Set("__ASYNCPOST", "true")
	r.Header = map[string]string{"X-MicrosoftAjax": "Delta=true", "X-Requested-With": "XMLHttpRequest", "Cache-Control": "no-cache"}
	return true
}

// panelAround names the UpdatePanel that a link is in, else the first one.
// The list holds 'tctl00$Panel' with a t or f in front of the name.
func panelAround(a *html.Node, list string) string {
	first := ""
	for _, m := range quotedName.FindAllStringSubmatch(list, 50) {
		name := m[1]
		if len(name) > 1 && (name[0] == 't' || name[0] == 'f') {
			name = name[1:]
		}
		if name == "" {
			continue
		}
		if first == "" {
			first = name
		}
		id := strings.NewReplacer("$", "_", ":", "_").Replace(name)
		for n := a; n != nil; n = n.Parent {
			if Attr(n, "id") == id {
				return name
			}
		}
	}
	return first
}

// controls are the fields of a form that a browser would send, buttons aside.
func controls(form *goquery.Selection) url.Values {
	out := url.Values{}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		if _, off := s.Attr("disabled"); off || name == "" || len(out) >= 1000 {
			return
		}
		switch goquery.NodeName(s) {
		case "select":
			option := s.Find("option[selected]").First()
			if option.Length() == 0 {
				option = s.Find("option").First()
			}
			if option.Length() > 0 {
				out.Add(name, option.AttrOr("value", Text(option)))
			}
		case "textarea":
			out.Add(name, s.Text())
		default:
			if v, ok := inputValue(s); ok {
				out.Add(name, v)
			}
		}
	})
	return out
}

func inputValue(s *goquery.Selection) (string, bool) {
	switch strings.ToLower(s.AttrOr("type", "text")) {
	case "submit", "button", "image", "reset", "file":
		return "", false
	case "checkbox", "radio":
		_, checked := s.Attr("checked")
		return s.AttrOr("value", "on"), checked
	}
	return s.AttrOr("value", ""), true
}

// delta is the answer to an asynchronous post.
type delta struct {
	html     []byte // of the panels
	hidden   url.Values
	redirect string
}

// parseDelta reads len|type|id|content| records, where len counts UTF-16
// units. It reports false for anything else.
func parseDelta(page []byte) (delta, bool) {
	d := delta{hidden: url.Values{}}
	rest := strings.TrimPrefix(string(page), "\ufeff")
	records := 0
	for rest = strings.TrimLeft(rest, " \r\n"); rest != ""; records++ {
		parts := strings.SplitN(rest, "|", 4)
		if len(parts) < 4 {
			break
		}
		n, err := strconv.Atoi(parts[0])
		if err != nil || n < 0 {
			return delta{}, false
		}
		content, after, ok := cutUnits(parts[3], n)
		if !ok {
			return delta{}, false
		}
		switch kind, id := parts[1], parts[2]; kind {
		case "updatePanel":
			d.html = append(append(d.html, `<div id="`+html.EscapeString(id)+`">`...), content+"</div>\n"...)
		case "hiddenField":
			d.hidden.Set(id, content)
		case "pageRedirect":
			d.redirect = content
		case "error":
			d.html = append(d.html, "<title>"+html.EscapeString(content)+"</title>"...)
		}
		rest = after
	}
	return d, records > 0
}

// cutUnits splits s after n UTF-16 units and the bar that must follow.
func cutUnits(s string, n int) (content, after string, ok bool) {
	for i, r := range s {
		if n <= 0 {
			if n == 0 && r == '|' {
				return s[:i], s[i+1:], true
			}
			return "", "", false
		}
		n -= max(utf16.RuneLen(r), 1)
	}
	return "", "", false
}

// form is the state for the next post: what was sent, renewed by the answer.
func (d delta) form(asked *Request) url.Values {
	out := url.Values{}
	if asked != nil {
		for name, values := range asked.Form {
			out[name] = append([]string(nil), values...)
		}
	}
	if doc, err := ParseHTML(d.html); err == nil {
		maps.Copy(out, controls(doc.Selection))
	}
	for name, values := range d.hidden {
		if name != "__EVENTTARGET" { // asyncPost still needs the one that was sent
			out[name] = values
		}
	}
	return out
}
