package answer

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Languages are those of the pages; the first is the default.
var Languages = []string{"vi", "en"}

//go:embed catalogue/*.json
var catalogueFiles embed.FS

// Catalogue holds every string that users see, in one language.
type Catalogue struct {
	Lang    string
	strings map[string]string
	numbers *message.Printer
}

// Catalogues are those of every language, by its name.
type Catalogues map[string]*Catalogue

// LoadCatalogues reads the catalogue of every language out of the folder
// catalogue.
func LoadCatalogues(files fs.FS) (Catalogues, error) {
	all := Catalogues{}
	for _, lang := range Languages {
		data, err := fs.ReadFile(files, "catalogue/"+lang+".json")
		if err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", lang, err)
		}
		c := &Catalogue{Lang: lang, numbers: message.NewPrinter(language.Make(lang))}
		if err := json.Unmarshal(data, &c.strings); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", lang, err)
		}
		all[lang] = c
	}
	return all, nil
}

// T returns the string of a key, {0}, {1} … replaced by args. A key that is
// missing shows as itself.
func (c *Catalogue) T(key string, args ...any) string {
	s, ok := c.strings[key]
	if !ok {
		return key
	}
	for i, a := range args {
		s = strings.ReplaceAll(s, "{"+strconv.Itoa(i)+"}", c.text(a))
	}
	return s
}

// N is T for a count: the key with ".one" when n is 1 and the language has
// such a form; {0} is the count.
func (c *Catalogue) N(key string, n int, args ...any) string {
	if _, ok := c.strings[key+".one"]; ok && n == 1 {
		key += ".one"
	}
	return c.T(key, append([]any{n}, args...)...)
}

// Has tells whether the catalogue knows a key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.strings[key]
	return ok
}

func (c *Catalogue) text(a any) string {
	switch v := a.(type) {
	case int:
		return c.Number(v)
	case time.Time:
		return c.Day(v)
	default:
		return fmt.Sprint(v)
	}
}

// Number writes n with the language's thousands separator.
func (c *Catalogue) Number(n int) string {
	if 0 <= n && n < 1000 { // as most of the thousands on a map are; a printer takes 2 µs
		return strconv.Itoa(n)
	}
	return c.numbers.Sprint(n)
}

// Decimal writes f with at most one digit after the point, in the language's
// way.
func (c *Catalogue) Decimal(f float64) string {
	return c.numbers.Sprint(number.Decimal(math.Round(f*10)/10, number.MaxFractionDigits(1)))
}

// Day writes the day of t, or nothing for the zero time.
func (c *Catalogue) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if c.Lang == "en" {
		return t.In(bulletin.Zone).Format("2 Jan 2006")
	}
	return t.In(bulletin.Zone).Format("2/1/2006")
}

// Moment writes t as precisely as it is known.
func (c *Catalogue) Moment(t time.Time, p bulletin.Precision) string {
	t = t.In(bulletin.Zone)
	switch {
	case t.Year() <= 1:
		return ""
	case p == bulletin.Year:
		return t.Format("2006")
	case p == bulletin.Month:
		return t.Format("1/2006")
	case p == bulletin.Second || p == bulletin.Minute:
		return c.Day(t) + ", " + t.Format("15:04")
	default:
		return c.Day(t)
	}
}

// DayOf writes a day given as YYYY-MM-DD.
func (c *Catalogue) DayOf(iso string) string {
	t, err := time.ParseInLocation(time.DateOnly, iso, bulletin.Zone)
	if err != nil {
		return iso
	}
	return c.Day(t)
}

var languageMatcher = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// Language returns the catalogue of a request.
func (s *Service) Language(c *gin.Context) *Catalogue { return s.Catalogues.Of(c.Request) }

// Of returns the catalogue of a request: what the address asks for, else what
// the browser prefers, else Vietnamese.
func (all Catalogues) Of(r *http.Request) *Catalogue {
	if asked, ok := all[r.URL.Query().Get("lang")]; ok {
		return asked
	}
	header := r.Header.Get("Accept-Language")
	if len(header) > 200 {
		header = ""
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return all[Languages[0]]
	}
	_, i, confidence := languageMatcher.Match(tags...)
	if confidence == language.No {
		i = 0
	}
	return all[Languages[i]]
}
