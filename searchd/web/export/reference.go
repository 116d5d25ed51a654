package export

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// Reference is what a bibliography says of a bulletin.
type Reference struct {
	Document index.Document
	Source   string // the portal's name
	Page     string // our own address of it

	Archived string    // address of the archived copy, empty to leave it out
	Accessed time.Time // when Page was read, zero to leave it out
}

// accessed is the day of reading in a layout.
func (r Reference) accessed(layout string) string {
	if r.Accessed.IsZero() {
		return ""
	}
	return r.Accessed.In(bulletin.Zone).Format(layout)
}

func (r Reference) url() string { return cmp.Or(answer.WebAddress(r.Document.URL), r.Page) }

func (r Reference) title() string { return cmp.Or(answer.OneLine(r.Document.Title), r.Document.ID) }

func (r Reference) author() string {
	return cmp.Or(answer.OneLine(r.Document.Author), answer.OneLine(r.Source))
}

// date writes the day of publication in a layout, as far as it is known.
func (r Reference) date(full, month, year string) string {
	t := r.Document.Published.In(bulletin.Zone)
	switch {
	case r.Document.Published.IsZero():
		return ""
	case r.Document.PublishedPrecision == bulletin.Year:
		return t.Format(year)
	case r.Document.PublishedPrecision == bulletin.Month:
		return t.Format(month)
	default:
		return t.Format(full)
	}
}

// APA is the reference in the style of the APA's manual, 7th edition.
// Vietnamese names stay whole: their first part alone is no surname to sort by.
func (r Reference) APA() string {
	s := fmt.Sprintf("%s. (%s). %s.", strings.TrimSuffix(r.author(), "."),
		cmp.Or(r.date("2006, January 2", "2006, January", "2006"), "n.d."), strings.TrimSuffix(r.title(), "."))
	if r.Document.Author != "" && r.Source != "" {
		s += " " + answer.OneLine(r.Source) + "."
	}
	if day := r.accessed("January 2, 2006"); day != "" {
		s += " Retrieved " + day + ", from"
	}
	if s += " " + r.url(); r.Archived != "" {
		s += " (archived copy: " + r.Archived + ")"
	}
	return s
}

// Chicago is the reference in the style of the Chicago manual's bibliography.
func (r Reference) Chicago() string {
	s := strings.TrimSuffix(r.author(), ".") + ". “" + strings.TrimSuffix(r.title(), ".") + ".” "
	if r.Document.Author != "" && r.Source != "" {
		s += answer.OneLine(r.Source) + ", "
	}
	s += cmp.Or(r.date("January 2, 2006", "January 2006", "2006"), "n.d.") + ". "
	if day := r.accessed("January 2, 2006"); day != "" {
		s += "Accessed " + day + ". "
	}
	if s += r.url() + "."; r.Archived != "" {
		s += " Archived copy: " + r.Archived + "."
	}
	return s
}

var bibEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`)

// bibURL keeps an address from ending the field that holds it.
var bibURL = strings.NewReplacer(`{`, "%7B", `}`, "%7D", `\`, "%5C", " ", "%20", "\n", "", "\r", "")

// BibTeX is the reference as an entry for BibTeX and biblatex.
func (r Reference) BibTeX() string {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s = {%s},\n", name, value)
		}
	}
	fmt.Fprintf(&b, "@misc{bantin-%s,\n", bibKey(r.Document.ID))
	field("author", "{"+bibEscapes.Replace(r.author())+"}")
	field("title", "{"+bibEscapes.Replace(r.title())+"}")
	field("howpublished", bibEscapes.Replace(answer.OneLine(r.Source)))
	field("date", r.date("2006-01-02", "2006-01", "2006"))
	field("year", r.date("2006", "2006", "2006"))
	field("month", r.date("1", "1", ""))
	field("url", bibURL.Replace(r.url()))
	field("urldate", r.accessed("2006-01-02"))
	if r.Archived != "" {
		field("note", `Archived copy: \url{`+bibURL.Replace(r.Archived)+"}")
	}
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
func (r Reference) RIS() string {
	var b strings.Builder
	line := func(tag, value string) {
		if value = answer.OneLine(value); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	line("TY", "NEWS")
	line("ID", r.Document.ID)
	line("AU", r.author())
	line("TI", r.title())
	line("T2", r.Source)
	line("PY", r.date("2006", "2006", "2006"))
	line("DA", r.date("2006/01/02", "2006/01/", "2006//"))
	line("AB", answer.Trimmed(r.Document.Lead, 1000))
	line("CY", answer.ProvinceName(r.Document.Province))
	line("LA", "vi")
	line("UR", r.url())
	line("L2", r.Archived)
	line("Y2", r.accessed("2006/01/02"))
	b.WriteString("ER  - \r\n\r\n")
	return b.String()
}
