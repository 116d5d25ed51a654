package answer

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/cache"
	"bantin/indexer/index"
)

// Document is a document that bulletins cite.
type Document struct {
	Key       string
	Label     string
	Type      string
	Issuer    string
	Province  string
	Date      string
	Count     int  // bulletins that cite it
	Namesakes bool // another document bears the same label
}

// documentCache holds the documents of one state of the index, and what their
// citations say of them once somebody asked.
type documentCache struct {
	mu         sync.Mutex
	generation uint64
	loaded     bool
	counts     []index.Count
	cited      map[string]int             // bulletins by key
	stems      map[string]int             // documents by the part of the key before ~
	known      cache.Of[string, Document] // for ever: citations say the same of a document at any time
}

// maxKnown bounds the documents whose citations are remembered.
const maxKnown = 50_000

// stem is a key without the date or term that tells namesakes apart.
func stem(key string) string {
	s, _, _ := strings.Cut(key, "~")
	return s
}

// DocumentCounts returns every cited document's key, most cited first.
func (s *Service) DocumentCounts(ctx context.Context) ([]index.Count, error) {
	c := &s.documents
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.loaded && c.generation == s.Index.Generation() {
		return c.counts, nil
	}
	generation := s.Index.Generation()
	res, err := s.Index.Search(ctx, index.Query{Facets: []index.Field{index.Cites}})
	if err != nil {
		return nil, err
	}
	c.counts, c.generation, c.loaded = res.Facets[index.Cites], generation, true
	c.cited, c.stems = map[string]int{}, map[string]int{}
	for _, n := range c.counts {
		c.cited[n.Value] = n.Count
		c.stems[stem(n.Value)]++
	}
	return c.counts, nil
}

// Document returns what is known of the document with a key. One that nothing
// cites is described by its key alone.
func (s *Service) Document(ctx context.Context, key string) Document {
	if _, err := s.DocumentCounts(ctx); err != nil {
		return Document{Key: key, Label: keyLabel(key)}
	}
	d, ok := s.documents.known.Get(key, 0)
	if !ok {
		if d = s.describe(ctx, key); d.Type != "" || d.Issuer != "" { // one that nothing cites yet is left open
			s.documents.known.Put(key, 0, d, maxKnown)
		}
	}
	d.Count, d.Namesakes = s.documents.standing(key)
	return d
}

// describe reads of a document what a bulletin that cites it prints.
func (s *Service) describe(ctx context.Context, key string) Document {
	d := Document{Key: key}
	res, err := s.Index.Search(ctx, index.Query{
		Filters: map[index.Field][]string{index.Cites: {key}}, Sort: index.Newest, Size: 1, Expand: true,
	})
	if err != nil || len(res.Hits) == 0 {
		return d.labelled()
	}
	for _, c := range res.Hits[0].Cites {
		switch {
		case c.Key == key:
			return DocumentOf(c)
		case strings.HasPrefix(c.Key, key+"@"), strings.HasPrefix(c.Key, key+"~"): // of this number
			d.Label = cmp.Or(c.Label, d.Label)
		}
	}
	return d.labelled()
}

// labelled makes a label of the key when there is none.
func (d Document) labelled() Document {
	if d.Label == "" {
		d.Label = keyLabel(d.Key)
	}
	return d
}

// DocumentOf is the document of a citation, as far as that tells it.
func DocumentOf(c bulletin.Citation) Document {
	d := Document{Key: c.Key, Label: c.Label, Type: c.Type, Issuer: c.Issuer, Province: c.Province, Date: c.Date}
	if _, date, ok := strings.Cut(c.Key, "~"); ok && d.Date == "" && len(date) == len("2006-01-02") && date[4] == '-' {
		d.Date = date
	}
	return d.labelled()
}

// numbered are keys of a number with its year, which is printed between strokes.
var numbered = regexp.MustCompile(`^(\d+)-((?:19|20)\d\d)-`)

// Citable tells whether a key is of a number that a text could cite.
func Citable(key string) bool {
	_, ok := printed(key)
	return ok
}

// printed is the number of a key as it would be printed.
func printed(key string) (string, bool) {
	label, _, _ := strings.Cut(stem(key), "@")
	c, ok := cite.ParseLabel(numbered.ReplaceAllString(label, "$1/$2/"))
	return c.Label, ok && bulletin.StemOf(c.Key) == label
}

// keyLabel makes the best of a key that nothing explains: the number as it would
// be printed.
func keyLabel(key string) string {
	if label, ok := printed(key); ok {
		return label
	}
	label, _, _ := strings.Cut(stem(key), "@")
	return strings.ToUpper(label)
}

// standing returns how many bulletins cite a document and whether another has
// the same stem.
func (c *documentCache) standing(key string) (cited int, namesakes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cited[key], c.stems[stem(key)] > 1
}

// Namesakes returns the keys of the other documents with the same stem; of a
// number without a date all that it may stand for.
func (s *Service) Namesakes(ctx context.Context, key string) ([]string, error) {
	counts, err := s.DocumentCounts(ctx)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, n := range counts {
		if n.Value != key && (stem(n.Value) == stem(key) || CitesKey(n.Value, key)) {
			keys = append(keys, n.Value)
		}
	}
	slices.Sort(keys)
	return keys, nil
}

// Cited lists the documents behind citations once each, in order.
func Cited(cites []bulletin.Citation) []Document {
	var out []Document
	for _, c := range cites {
		if !slices.ContainsFunc(out, func(d Document) bool { return d.Key == c.Key }) {
			out = append(out, DocumentOf(c))
		}
	}
	return out
}
