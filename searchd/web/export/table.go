package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// CSV is a result as a table that spreadsheet programs open.
var CSV = form{suffix: "csv", kind: "text/csv; charset=utf-8; header=present", attach: true, write: func(w io.Writer, m listMeta, all each) error {
	head := []string{"id", "title", "published"}
	for _, f := range index.Facets {
		head = append(head, cmp.Or(f.Column, string(f.Field)))
	}
	head = append(head, "basis", "author", "sample", "url", "page", "lead")
	return writeTable(w, head, func(row func(...string) error) error {
		return all(func(d index.Document) error { return row(m.row(d)...) })
	})
}}

// JSONLines is a result as one bulletin a line, as bantin import reads it.
var JSONLines = form{suffix: "jsonl", kind: "application/x-ndjson", attach: true, write: func(w io.Writer, _ listMeta, all each) error {
	return all(func(d index.Document) error {
		data, err := json.Marshal(d.Bulletin)
		if err != nil {
			return err
		}
		_, err = w.Write(append(data, '\n'))
		return err
	})
}}

// BibTeX is a result as a bibliography for BibTeX and biblatex.
var BibTeX = form{
	suffix: "bib", kind: "application/x-bibtex; charset=utf-8", attach: true,
	write: references(func(r Reference) string { return r.BibTeX() + "\n" }),
}

// RIS is a result as records for reference managers.
var RIS = form{suffix: "ris", kind: "application/x-research-info-systems; charset=utf-8", attach: true, write: references(Reference.RIS)}

// references writes the reference of each bulletin.
func references(of func(Reference) string) func(io.Writer, listMeta, each) error {
	return func(w io.Writer, m listMeta, all each) error {
		return all(func(d index.Document) error {
			_, err := io.WriteString(w, of(Reference{Document: d, Source: m.Sites.Name(d.Site), Page: m.base + "/bulletins/" + d.ID}))
			return err
		})
	}
}

func (m listMeta) row(d index.Document) []string {
	sample := ""
	if m.Sites.Sample(d.Site) {
		sample = "sample"
	}
	row := []string{d.ID, d.Title, answer.Datetime(d.Published, d.PublishedPrecision)}
	for _, f := range index.Facets {
		row = append(row, m.cell(d, f))
	}
	return append(row, string(d.Period.Basis), d.Author, sample, d.URL, m.base+"/bulletins/"+d.ID, d.Lead)
}

// cell writes the values of a facet: quarters and years as they are, which
// programs sort, documents as the bulletin cites them, all else labelled.
func (m listMeta) cell(d index.Document, f index.Facet) string {
	out := d.Values(f.Field)
	switch f.Values {
	case index.Quarters, index.Years:
	case index.Documents:
		out = answer.Each(answer.Cited(d.Cites), func(c answer.Document) string { return answer.Joined(" ", c.Label, c.Date) })
	default:
		out = answer.Each(out, func(v string) string { return m.Value(context.Background(), f.Field, v) })
	}
	return strings.Join(out, "; ")
}

// table answers with a table for spreadsheet programs, row by row as f gives
// them.
func (s *Exports) table(c *gin.Context, name string, head []string, f func(row func(...string) error) error) error {
	c.Header("Content-Type", CSV.kind)
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	return s.send(c, func(w *bufio.Writer, sent func() error) error {
		return writeTable(w, head, func(row func(...string) error) error {
			return f(func(cells ...string) error {
				if err := sent(); err != nil {
					return err
				}
				return row(cells...)
			})
		})
	})
}

// writeTable writes the byte order mark, by which spreadsheet programs know
// UTF-8, the heads of the columns and the rows that f gives.
func writeTable(w io.Writer, head []string, f func(row func(...string) error) error) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	t := csv.NewWriter(w)
	t.UseCRLF = true
	err := t.Write(head)
	if err == nil {
		err = f(func(cells ...string) error {
			for i := range cells {
				cells[i] = inertCell(cells[i])
			}
			return t.Write(cells)
		})
	}
	t.Flush()
	return cmp.Or(err, t.Error())
}

// inertCell keeps a spreadsheet program from taking text for a formula: what
// begins like one, also behind blanks or in full width, gets an apostrophe.
func inertCell(s string) string {
	head := strings.TrimLeft(s, " \u00a0\ufeff")
	if head != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(head)[0]) {
		return "'" + s
	}
	return s
}
