package alert

import (
	"crypto/rand"
	htmltemplate "html/template"
	"strings"
	"text/template"
)

// readerWords are the letters to readers in one language, as text and as HTML.
type readerWords struct {
	text *template.Template
	html *htmltemplate.Template
}

func loadReaderWords(language string) (*readerWords, error) {
	text, err := template.ParseFS(templates, "templates/readers_"+language+".txt")
	if err != nil {
		return nil, err
	}
	html, err := htmltemplate.ParseFS(templates, "templates/readers_"+language+".html")
	return &readerWords{text, html}, err
}

// confirm writes the letter that asks for a confirmation. It holds no word of
// whoever asked: anybody may have named the address.
func (w *readerWords) confirm(link, service string) (Letter, error) {
	l, err := w.write("confirm", struct{ Link, Address string }{link, service})
	l.ID = rand.Text()
	return l, err
}

// digest writes the letter of what is new.
func (w *readerWords) digest(d Digest) (Letter, error) { return w.write("digest", d) }

func (w *readerWords) write(name string, data any) (l Letter, err error) {
	var subject, text, html strings.Builder
	if err := w.text.ExecuteTemplate(&subject, name+"-subject", data); err != nil {
		return l, err
	}
	if err := w.text.ExecuteTemplate(&text, name, data); err != nil {
		return l, err
	}
	if err := w.html.ExecuteTemplate(&html, name, data); err != nil {
		return l, err
	}
	l.Subject = strings.Join(strings.Fields(subject.String()), " ")
	l.Text, l.HTML = strings.TrimSpace(text.String())+"\n", strings.TrimSpace(html.String())+"\n"
	return l, nil
}
