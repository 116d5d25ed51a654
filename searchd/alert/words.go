package alert

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"strings"
	"text/template"
)

//go:embed templates/*.txt templates/*.html
var templates embed.FS

// words are the letters in one language, as text and, those to readers, as HTML.
type words struct {
	text *template.Template
	html *htmltemplate.Template
}

func loadWords(language string) (*words, error) {
	if language != "vi" && language != "en" {
		return nil, fmt.Errorf("letters are written in vi or en, not %q", language)
	}
	text, err := template.ParseFS(templates, "templates/*"+language+".txt")
	if err != nil {
		return nil, err
	}
	html, err := htmltemplate.ParseFS(templates, "templates/*"+language+".html")
	return &words{text, html}, err
}

// letter writes a letter of a name: troubles, confirm or digest. The one to be
// confirmed holds no word of whoever asked: anybody may have named the address.
func (w *words) letter(name string, data any) (l Letter, err error) {
	var subject, text, html strings.Builder
	if err := w.text.ExecuteTemplate(&subject, name+"-subject", data); err != nil {
		return l, err
	}
	if err := w.text.ExecuteTemplate(&text, name, data); err != nil {
		return l, err
	}
	l.Subject = strings.Join(strings.Fields(subject.String()), " ")
	l.Text = strings.TrimSpace(text.String()) + "\n"
	if t := w.html.Lookup(name); t != nil {
		err = t.Execute(&html, data)
		l.HTML = strings.TrimSpace(html.String()) + "\n"
	}
	return l, err
}
