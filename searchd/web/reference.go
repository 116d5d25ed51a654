package web

import (
	"cmp"
	"fmt"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// reference is what a bibliography says of a bulletin.
type reference struct {
	d      index.Document
	source string // the portal's name
	page   string // our own address of it
}

// oneLine makes text safe for a format whose records are lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r reference) url() string { return cmp.Or(webAddress(r.d.URL), r.page) }

func (r reference) title() string { return cmp.Or(oneLine(r.d.Title), r.d.ID) }

func (r reference) author() string { return cmp.Or(oneLine(r.d.Author), oneLine(r.source)) }

// date writes the day of publication in a layout, as far as it is known.
func (r reference) date(full, month, year string) string {
	t := r.d.Published.In(bulletin.Zone)
	switch {
	case r.d.Published.IsZero():
		return ""
	case r.d.PublishedPrecision == bulletin.Year:
		return t.Format(year)
	case r.d.PublishedPrecision == bulletin.Month:
		return t.Format(month)
	default:
		return t.Format(full)
	}
}

// APA is the reference in the style of the APA's manual, 7th edition.
// Vietnamese names stay whole: their first part alone is no surname to sort by.
func (r reference) APA() string {
	s := fmt.Sprintf("%s. (%s). %s.", strings.TrimSuffix(r.author(), "."),
		cmp.Or(r.date("2006, January 2", "2006, January", "2006"), "n.d."), strings.TrimSuffix(r.title(), "."))
	if r.d.Author != "" && r.source != "" {
		s += " " + oneLine(r.source) + "."
	}
	return s + " " + r.url()
}

// Chicago is the reference in the style of the Chicago manual's bibliography.
func (r reference) Chicago() string {
	s := strings.TrimSuffix(r.author(), ".") + ". “" + strings.TrimSuffix(r.title(), ".") + ".” "
	if r.d.Author != "" && r.source != "" {
		s += oneLine(r.source) + ", "
	}
	return s + cmp.Or(r.date("January 2, 2006", "January 2006", "2006"), "n.d.") + ". " + r.url() + "."
}

var bibEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`)

// bibURL keeps an address from ending the field that holds it.
var bibURL = strings.NewReplacer(`{`, "%7B", `}`, "%7D", `\`, "%5C", " ", "%20", "\n", "", "\r", "")

// BibTeX is the reference as an entry for BibTeX and biblatex.
func (r reference) BibTeX() string {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s = {%s},\n", name, value)
		}
	}
	fmt.Fprintf(&b, "@misc{bantin-%s,\n", bibKey(r.d.ID))
	field("author", "{"+bibEscapes.Replace(r.author())+"}")
	field("title", "{"+bibEscapes.Replace(r.title())+"}")
	field("howpublished", bibEscapes.Replace(oneLine(r.source)))
	field("date", r.date("2006-01-02", "2006-01", "2006"))
	field("year", r.date("2006", "2006", "2006"))
	field("month", r.date("1", "1", ""))
	field("url", bibURL.Replace(r.url()))
	field("language", "vietnamese")
	b.WriteString("}\n")
	return b.String()
}

func bibKey(id string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,{}\\\"#%~='()", r) || r < 0x21 || r > 0x7e {
			return '-'
		}
		return r
	}, id)
}

// RIS is the reference as a record of the RIS format.
func (r reference) RIS() string {
	var b strings.Builder
	line := func(tag, value string) {
		if value = oneLine(value); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	line("TY", "NEWS")
	line("ID", r.d.ID)
	line("AU", r.author())
	line("TI", r.title())
	line("T2", r.source)
	line("PY", r.date("2006", "2006", "2006"))
	line("DA", r.date("2006/01/02", "2006/01/", "2006//"))
	line("AB", trimmed(r.d.Lead, 1000))
	line("CY", provinceName(r.d.Province))
	line("LA", "vi")
	line("UR", r.url())
	b.WriteString("ER  - \r\n\r\n")
	return b.String()
}

// provinceName is a province's name, or nothing for an unknown one.
func provinceName(slug string) string {
	if slug == "" {
		return ""
	}
	return bulletin.ProvinceLabel(slug)
}
