package export

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// CSV is a result as a table that spreadsheet programs open.
var CSV = form{suffix: "csv", kind: "text/csv; charset=utf-8; header=present", attach: true, newList: func(w io.Writer, m listMeta) lister {
	t := &csvList{listMeta: m, w: w, c: csv.NewWriter(w)}
	t.c.UseCRLF = true
	return t
}}

// JSONLines is a result as one bulletin a line, as bantin import reads it.
var JSONLines = form{suffix: "jsonl", kind: "application/x-ndjson", attach: true, newList: func(w io.Writer, m listMeta) lister {
	return writeEach{w, func(d index.Document) (string, error) {
		data, err := json.Marshal(d.Bulletin)
		return string(data) + "\n", err
	}}
}}

// BibTeX is a result as a bibliography for BibTeX and biblatex.
var BibTeX = form{suffix: "bib", kind: "application/x-bibtex; charset=utf-8", attach: true, newList: func(w io.Writer, m listMeta) lister {
	return writeEach{w, func(d index.Document) (string, error) { return m.reference(d).BibTeX() + "\n", nil }}
}}

// RIS is a result as records for reference managers.
var RIS = form{suffix: "ris", kind: "application/x-research-info-systems; charset=utf-8", attach: true, newList: func(w io.Writer, m listMeta) lister {
	return writeEach{w, func(d index.Document) (string, error) { return m.reference(d).RIS(), nil }}
}}

func (m listMeta) reference(d index.Document) Reference {
	return Reference{Document: d, Source: m.Sites.Name(d.Site), Page: m.base + "/bulletins/" + d.ID}
}

// writeEach is a list without head or end.
type writeEach struct {
	w     io.Writer
	write func(index.Document) (string, error)
}

func (l writeEach) begin() error { return nil }

func (l writeEach) add(d index.Document) error {
	s, err := l.write(d)
	if err != nil {
		return err
	}
	_, err = io.WriteString(l.w, s)
	return err
}

func (l writeEach) end() error { return nil }

type csvList struct {
	listMeta
	w io.Writer
	c *csv.Writer
}

// begin writes the byte order mark, by which spreadsheet programs know UTF-8,
// and the heads of the columns.
func (l *csvList) begin() error {
	if _, err := io.WriteString(l.w, "\uFEFF"); err != nil {
		return err
	}
	row := []string{"id", "title", "published"}
	for _, f := range index.Facets {
		row = append(row, cmp.Or(f.Column, string(f.Field)))
	}
	return l.c.Write(append(row, "basis", "author", "sample", "url", "page", "lead"))
}

func (l *csvList) add(d index.Document) error {
	sample := ""
	if l.Sites.Sample(d.Site) {
		sample = "sample"
	}
	row := []string{d.ID, d.Title, answer.Datetime(d.Published, d.PublishedPrecision)}
	for _, f := range index.Facets {
		row = append(row, l.cell(d, f))
	}
	row = append(row, string(d.Period.Basis), d.Author, sample, d.URL, l.base+"/bulletins/"+d.ID, d.Lead)
	for i := range row {
		row[i] = inertCell(row[i])
	}
	return l.c.Write(row)
}

// cell writes the values of a facet: quarters and years as they are, which
// programs sort, documents as the bulletin cites them, all else labelled.
func (l *csvList) cell(d index.Document, f index.Facet) string {
	var out []string
	switch f.Values {
	case index.Quarters, index.Years:
		out = d.Values(f.Field)
	case index.Documents:
		for _, c := range answer.Cited(d.Cites) {
			out = append(out, answer.Joined(" ", c.Label, c.Date))
		}
	default:
		for _, v := range d.Values(f.Field) {
			out = append(out, l.Value(context.Background(), f.Field, v))
		}
	}
	return strings.Join(out, "; ")
}

func (l *csvList) end() error {
	l.c.Flush()
	return l.c.Error()
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
