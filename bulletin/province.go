package bulletin

import (
	_ "embed" // for the tables
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed tables/provinces.tsv
var provincesTSV string

// ProvinceInfo is one province or city of central rank, of the 63 before
// 1 July 2025 or the 34 since (resolution 202/2025/QH15; Huế by 175/2024/QH15).
type ProvinceInfo struct {
	Slug  string // folded name joined with hyphens
	Name  string // without its type: Tuyên Quang
	City  bool   // thành phố trực thuộc trung ương, not tỉnh
	Code  string // of the statistics office
	From  string // first day, YYYY-MM-DD; empty when before all bulletins
	Until string // first day on which it was no more; empty while it exists
	Now   string // slug of today's province: itself unless Until is set
	// Patterns spell it in texts, as package phrase reads them.
	Patterns string
	tokens   []string
}

// Provinces returns every province that a bulletin may belong to, the ended
// ones too, in the order of the statistics office's codes.
func Provinces() []ProvinceInfo { return slices.Clone(provinces().list) }

// ProvinceBySlug returns the province of a slug such as thua-thien-hue.
func ProvinceBySlug(slug string) (ProvinceInfo, bool) {
	p, ok := provinces().bySlug[slug]
	return p, ok
}

// ProvinceLabel returns the name to show for a slug, the slug itself when it
// is unknown.
func ProvinceLabel(slug string) string {
	if p, ok := ProvinceBySlug(slug); ok {
		return p.Name
	}
	return slug
}

// ProvinceNow returns today's province of a slug of any time, empty when the
// slug is unknown.
func ProvinceNow(slug string) string { return provinces().bySlug[slug].Now }

// ProvinceAsOf returns the province to which the land of slug belonged on day
// t: ha-giang is tuyen-quang since 2025-07-01, hue was thua-thien-hue before
// 2025-01-01. A zero t or an unknown slug leaves slug as it is.
func ProvinceAsOf(slug string, t time.Time) string {
	p, ok := ProvinceBySlug(slug)
	if !ok || t.IsZero() {
		return slug
	}
	day := t.In(Zone).Format(time.DateOnly)
	if p.Until != "" && day >= p.Until {
		return p.Now
	}
	if p.From == "" || day >= p.From {
		return slug
	}
	for _, older := range provinces().list { // that it continues
		if older.Now == slug && older.Until == p.From {
			return older.Slug
		}
	}
	return ""
}

type provinceTable struct {
	list   []ProvinceInfo
	bySlug map[string]ProvinceInfo
}

var provinces = sync.OnceValue(func() provinceTable {
	t := provinceTable{bySlug: map[string]ProvinceInfo{}}
	for _, f := range ReadTable(provincesTSV, 9) {
		p := ProvinceInfo{
			Code: f[0], Slug: f[1], Name: f[2], City: f[3] == "thành phố",
			From: f[4], Until: f[5], Now: f[6], tokens: strings.Fields(f[7]), Patterns: f[8],
		}
		t.list, t.bySlug[p.Slug] = append(t.list, p), p
	}
	return t
})

// ReadTable splits a table of tab-separated values into rows of n fields,
// without its head. A row of another width is a broken table and panics: tables
// are embedded and every one is read by tests.
func ReadTable(tsv string, n int) [][]string {
	var rows [][]string
	for _, line := range strings.Split(strings.TrimRight(tsv, "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != n {
			panic("bulletin: broken table row: " + line)
		}
		rows = append(rows, f)
	}
	return rows
}
