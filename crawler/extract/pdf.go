package extract

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// Bounds of a PDF.
const (
	maxPDFPages = 500
	minPageText = 16 // letters a page of text holds at least, on average
)

// readPDF returns the pages' text, a page a paragraph. It runs in the child
// process alone: the parser panics and loops on some damaged files.
func readPDF(file []byte) (text, flag string) {
	defer func() {
		if recover() != nil {
			text, flag = "", Unreadable
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if errors.Is(err, pdf.ErrInvalidPassword) || err != nil {
		return "", Unreadable
	}
	var b strings.Builder
	pages := min(r.NumPage(), maxPDFPages)
	pictures := 0
	for i := 1; i <= pages && b.Len() < maxAttachedText; i++ {
		p := r.Page(i)
		if p.V.IsNull() {
			continue
		}
		if hasPicture(p) {
			pictures++
		}
		b.WriteString(strings.Join(strings.Fields(pageText(p)), " ")) // lines are no paragraphs
		b.WriteString("\n\n")
	}
	letters := utf8.RuneCountInString(strings.Join(strings.Fields(b.String()), ""))
	switch {
	case pages == 0:
		return "", Unreadable
	case letters < minPageText*pages && pictures*2 >= pages:
		return "", Scan
	}
	return b.String(), ""
}

func hasPicture(p pdf.Page) bool {
	objects := p.Resources().Key("XObject")
	for _, name := range objects.Keys() {
		if objects.Key(name).Key("Subtype").Name() == "Image" {
			return true
		}
	}
	return false
}

// pageText interprets a page's text operators in the order of the file; a
// move to another line ends a line.
func pageText(p pdf.Page) (text string) {
	var w pageWriter
	defer func() {
		if recover() != nil {
			text = w.b.String() // what was read of a damaged page
		}
	}()
	fonts := map[string]*pdf.Font{}
	for _, name := range p.Fonts() {
		f := p.Font(name)
		fonts[name] = &f
	}
	pdf.Interpret(p.V.Key("Contents"), func(stk *pdf.Stack, op string) {
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		w.operate(fonts, op, args)
	})
	return w.b.String()
}

// pageWriter follows the current line of a page.
type pageWriter struct {
	b   strings.Builder
	enc pdf.TextEncoding
	y   float64
}

func (w *pageWriter) operate(fonts map[string]*pdf.Font, op string, args []pdf.Value) {
	n := len(args)
	switch op {
	case "BT", "T*":
		w.b.WriteByte('\n')
	case "Td", "TD":
		if n == 2 && args[1].Float64() != 0 {
			w.b.WriteByte('\n')
		}
	case "Tm":
		if n == 6 && args[5].Float64() != w.y {
			w.y = args[5].Float64()
			w.b.WriteByte('\n')
		}
	case "Tf":
		if n == 2 {
			w.enc = nil
			if f := fonts[args[0].Name()]; f != nil {
				w.enc = f.Encoder()
			}
		}
	case "'", "\"":
		w.b.WriteByte('\n')
		if n > 0 {
			w.show(args[n-1].RawString())
		}
	case "Tj":
		if n == 1 {
			w.show(args[0].RawString())
		}
	case "TJ":
		if n == 1 {
			w.showArray(args[0])
		}
	}
}

// wideGap is the move, in thousandths of an em, that stands for a space.
const wideGap = -180

func (w *pageWriter) showArray(v pdf.Value) {
	for i := range v.Len() {
		switch x := v.Index(i); x.Kind() {
		case pdf.String:
			w.show(x.RawString())
		case pdf.Integer, pdf.Real:
			if x.Float64() < wideGap {
				w.b.WriteByte(' ')
			}
		}
	}
}

func (w *pageWriter) show(raw string) {
	if w.b.Len() > maxAttachedText {
		return
	}
	if w.enc == nil {
		w.b.WriteString(strings.ToValidUTF8(raw, "\ufffd"))
		return
	}
	w.b.WriteString(w.enc.Decode(raw))
}
