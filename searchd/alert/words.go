package alert

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed templates/*.txt templates/*.html
var templates embed.FS

// words are the letters in one language.
type words struct{ t *template.Template }

func loadWords(language string) (*words, error) {
	if language != "vi" && language != "en" {
		return nil, fmt.Errorf("letters are written in vi or en, not %q", language)
	}
	t, err := template.ParseFS(templates, "templates/"+language+".txt")
	if err != nil {
		return nil, err
	}
	return &words{t}, nil
}

// letter writes the subject and the text of a mail.
func (w *words) letter(n Notice, address string) (subject, text string, err error) {
	data := struct {
		Notice
		Address string
	}{n, address}
	var s, t strings.Builder
	if err := w.t.ExecuteTemplate(&s, "subject", data); err != nil {
		return "", "", err
	}
	if err := w.t.ExecuteTemplate(&t, "text", data); err != nil {
		return "", "", err
	}
	return strings.Join(strings.Fields(s.String()), " "), strings.TrimSpace(t.String()) + "\n", nil
}
