package answer

import (
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Templates are sets of templates, one a page over what all pages share.
type Templates map[string]*template.Template

// LoadTemplates reads the folder templates: each file but the common ones is a
// page, under its name without its ending.
func LoadTemplates(files fs.FS, functions template.FuncMap, common ...string) (Templates, error) {
	shared := template.New("").Funcs(functions)
	names, err := fs.Glob(files, "templates/*.html")
	if err == nil {
		shared, err = shared.ParseFS(files, common...)
	}
	if err != nil {
		return nil, err
	}
	all := Templates{}
	for _, file := range names {
		if slices.Contains(common, file) {
			continue
		}
		t, err := shared.Clone()
		if err == nil {
			t, err = t.ParseFS(files, file)
		}
		if err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return all, nil
}
