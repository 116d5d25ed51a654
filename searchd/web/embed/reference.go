package embed

import (
	"slices"
	"strings"

	"bantin/searchd/web/page"
)

// The reference: what the element takes, tells and can be styled by.
var (
	attributes = []term{
		{Name: "province", Standard: "tuyen-quang"},
		{Name: "quarter", Standard: "2020-Q3"},
		{Name: "org", Standard: "mttq"},
		{Name: "source", Standard: "mttq-tuyen-quang"},
		{Name: "kind", Standard: "giao-ban"},
		{Name: "lang", Standard: "vi"},
		{Name: "mode", Standard: "both"},
		{Name: "limit", Standard: "8"},
		{Name: "document", Standard: "35-ct-tw"},
		{Name: "meeting", Standard: "tuyen-quang/mttq/giao-ban"},
		{Name: "placeholder"},
		{Name: "theme", Standard: "auto"},
		{Name: "site"},
	}
	events = []term{
		{Name: "bantin-search", Standard: "{query, total, relaxed, suggestions, results}"},
		{Name: "bantin-select", Standard: "{kind, url, text, query}"},
		{Name: "bantin-error", Standard: "{query, status, message}"},
	}
	methods   = []term{{Name: "focus()"}, {Name: "clear()"}}
	variables = []term{
		{Name: "accent", Standard: "#0a6552"},
		{Name: "accent-ink", Standard: "#fff"},
		{Name: "bg", Standard: "#fff"},
		{Name: "ink", Standard: "#1b2422"},
		{Name: "soft", Standard: "#56625f"},
		{Name: "line", Standard: "#7d8784"},
		{Name: "tint", Standard: "#e6f1ed"},
		{Name: "mark", Standard: "#ffe9a8"},
		{Name: "radius", Standard: ".4em"},
		{Name: "font", Standard: "inherit"},
		{Name: "size", Standard: "1em"},
		{Name: "shadow", Standard: "0 8px 30px rgba(0,0,0,.22)"},
		{Name: "height", Standard: "min(28em, 60vh)"},
	}
	allParts = []term{
		{Name: "box"},
		{Name: "form"},
		{Name: "row"},
		{Name: "field"},
		{Name: "label"},
		{Name: "input"},
		{Name: "button"},
		{Name: "panel"},
		{Name: "list"},
		{Name: "group"},
		{Name: "head"},
		{Name: "option"},
		{Name: "active"},
		{Name: "suggestion"},
		{Name: "result"},
		{Name: "all"},
		{Name: "title"},
		{Name: "mark"},
		{Name: "note"},
		{Name: "message"},
		{Name: "status"},
	}
)

// terms makes a table of terms with what each means.
func termsOf(p *page.Page, kind string, all []term) termTable {
	out := termTable{Title: p.T("embed." + kind + "s"), Terms: slices.Clone(all)}
	if len(all) > 0 && all[0].Standard != "" {
		out.Standard = p.T("embed." + kind + ".standard")
	}
	for i, t := range out.Terms {
		out.Terms[i].Means = p.T("embed." + kind + "." + strings.TrimSuffix(t.Name, "()"))
		if kind == "variable" {
			out.Terms[i].Name = "--bantin-" + t.Name
		}
	}
	return out
}
