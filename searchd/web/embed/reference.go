package embed

import (
	_ "embed" // for the table
	"strings"

	"bantin/bulletin"
	"bantin/searchd/web/page"
)

// referenceTSV is the reference: what the element takes, tells and can be styled
// by, with what is standard or told.
//
//go:embed reference.tsv
var referenceTSV string

// reference makes a table of each kind of terms with what each means.
func reference(p *page.Page) (tables []termTable) {
	last := ""
	for _, f := range bulletin.ReadTable(referenceTSV, 3) {
		kind, name, standard := f[0], f[1], f[2]
		if kind != last {
			last = kind
			t := termTable{Title: p.T("embed." + kind + "s")}
			if standard != "" {
				t.Standard = p.T("embed." + kind + ".standard")
			}
			tables = append(tables, t)
		}
		one := term{name, p.T("embed." + kind + "." + strings.TrimSuffix(name, "()")), standard}
		if kind == "variable" {
			one.Name = "--bantin-" + name
		}
		at := &tables[len(tables)-1]
		at.Terms = append(at.Terms, one)
	}
	return tables
}
