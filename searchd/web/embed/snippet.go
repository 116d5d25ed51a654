package embed

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"bantin/searchd/web/answer"
)

// attribute writes one, or nothing for an empty value.
func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + html.EscapeString(value) + `"`
}

// form is the box that needs no script. target is where results open.
func (ch setup) form(base, target string, l *answer.Catalogue) string {
	var b strings.Builder
	b.WriteString(`<form` + attribute("action", base+"/search") + attribute("target", target) + `>`)
	hidden := func(name, value string) {
		b.WriteString(`<input type="hidden"` + attribute("name", name) + attribute("value", value) + `>`)
	}
	for _, f := range filters {
		for _, v := range ch.Filters[f] {
			hidden(string(f), v)
		}
	}
	if ch.Lang != "" {
		hidden("lang", ch.Lang)
	}
	b.WriteString(`<label>` + html.EscapeString(l.T("embed.ask")) + ` <input name="q" type="search"` +
		attribute("placeholder", ch.Placeholder) + `></label> <button>` + html.EscapeString(l.T("ask.button")) + `</button></form>`)
	return b.String()
}

// attributes are what the box is asked to be, each name after a prefix.
func (ch setup) attributes(prefix string) string {
	var b strings.Builder
	for _, f := range filters {
		b.WriteString(attribute(prefix+string(f), strings.Join(ch.Filters[f], " ")))
	}
	v := ch.values()
	for _, name := range []string{"mode", "limit", "placeholder", "site", "theme", "lang"} {
		b.WriteString(attribute(prefix+name, v.Get(name)))
	}
	return b.String()
}

// element is the form inside the element that makes more of it.
func (ch setup) element(base, target string, l *answer.Catalogue) string {
	return `<bantin-search` + ch.attributes("") + `>` + ch.form(base, target, l) + `</bantin-search>`
}

// div is the element for editors that keep none but HTML's, and neither scripts
// nor forms.
func (ch setup) div(base string, l *answer.Catalogue) string {
	return `<div class="bantin-search"` + ch.attributes("data-") + `><a` + attribute("href", base+ch.Address("/search")) + `>` + html.EscapeString(l.T("embed.ask")) + `</a></div>`
}

// tag loads the script: this version of it and no other or, when wished,
// whichever is the latest.
func (ch setup) tag(base string, b box) string {
	if ch.Latest {
		return `<script type="module"` + attribute("src", base+Script) + `></script>`
	}
	return `<script type="module"` + attribute("src", base+b.versioned) + attribute("integrity", b.integrity) + ` crossorigin="anonymous"></script>`
}

// classic loads the script where type="module" is not allowed to stand.
func (ch setup) classic(base string) string {
	return `<script` + attribute("src", base+Loader) + attribute("integrity", loaderIntegrity) + ` crossorigin="anonymous" async></script>`
}

// listing is a list of one document's citers or of meetings, as the attribute
// says, and a link to the page with all of it until the script has come.
func (ch setup) listing(base, name, value, page, text string) string {
	return `<bantin-search` + attribute(name, value) + attribute("lang", ch.Lang) + `><form hidden` + attribute("action", base+"/search") +
		`></form><a` + attribute("href", base+page) + `>` + html.EscapeString(text) + `</a></bantin-search>`
}

// frame is the box as a page of ours inside another.
func (ch setup) frame(base string, l *answer.Catalogue) string {
	address := base + Frame
	if v := ch.values(); len(v) > 0 {
		address += "?" + v.Encode()
	}
	return `<iframe` + attribute("src", address) + attribute("title", l.T("embed.ask")) + ` width="100%" height="` + strconv.Itoa(maxFrameHeight) + `" frameborder="0" loading="lazy"></iframe>`
}

// markup trusts what attribute and html.EscapeString have written.
func markup(s string) template.HTML {
	return template.HTML(s) //nolint:gosec // every value in it is escaped
}
