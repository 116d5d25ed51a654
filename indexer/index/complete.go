package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Kinds of suggestion, and how many of each there may be beside the titles.
const (
	ofProvince, mostProvinces = "province", 3
	ofOrg, mostOrgs           = "org", 3
	ofDocument, mostDocuments = "document", 4
	ofTitle                   = "title"
)

// Completer is what an engine does for Complete.
type Completer interface {
	// Cited returns the cited documents whose CitedName begins with the prefix, up
	// to MostCited of them, each by one name.
	Cited(ctx context.Context, prefix string) ([]CitedName, error)
	// Counts is that of Index.
	Counts(ctx context.Context, nodes []Node) ([]int, error)
	// Titles answers q for titles alone. It may let a prefix stand for fewer words
	// than there are.
	Titles(ctx context.Context, q Query) ([]Hit, error)
}

// MostCited is how many of the documents whose names begin alike are looked at.
const MostCited = 64

// Complete completes what was typed so far: documents, organizations and
// provinces come first, then titles of bulletins, newest first.
func Complete(ctx context.Context, c Completer, typed string, n int) ([]Suggestion, error) {
	prefix := vi.Slug(typed)
	if n <= 0 || prefix == "" {
		return nil, nil
	}
	out := named(typed, prefix)
	cited, err := c.Cited(ctx, prefix)
	if err != nil {
		return nil, err
	}
	for _, name := range cited {
		out = append(out, name.suggestion())
	}
	if err := count(ctx, c, out); err != nil {
		return nil, err
	}
	if out = most(out); len(out) < n {
		titles, err := titles(ctx, c, typed, n-len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, titles...)
	}
	return out[:min(n, len(out))], nil
}

// named are the provinces and organizations that complete what was typed. Of
// little typed with accents they must have these.
func named(typed, prefix string) []Suggestion {
	const little = 4
	words := vi.Words(typed)
	accented := slices.ContainsFunc(words, func(w vi.Word) bool { return w.Accented })
	var agreeing, all []Suggestion
	for _, n := range names() {
		if !n.begins(prefix) {
			continue
		}
		all = append(all, n.Suggestion)
		if accented && n.agrees(words) {
			agreeing = append(agreeing, n.Suggestion)
		}
	}
	if len(agreeing) > 0 || accented && len(prefix) < little {
		return agreeing
	}
	return all
}

// name is a province or organization that completes what was typed.
type name struct {
	Suggestion
	slug  string
	words []vi.Word
}

// agrees tells whether words of the name begin with those typed, the last of
// them perhaps only begun: with the accents of those that have some.
func (n name) agrees(typed []vi.Word) bool {
	for at := range n.words[:max(0, len(n.words)-len(typed)+1)] {
		same := 0
		for i, w := range typed {
			own, asked := n.words[at+i].Fold, w.Fold
			if w.Accented {
				own, asked = n.words[at+i].Syl, w.Syl
			}
			if own == asked || i == len(typed)-1 && strings.HasPrefix(own, asked) {
				same++
			}
		}
		if same == len(typed) {
			return true
		}
	}
	return false
}

// begins tells whether a word of the name begins what was typed, or its short
// form, which is its value: mttq, ubnd.
func (n name) begins(prefix string) bool {
	return strings.HasPrefix(n.slug, prefix) || strings.Contains(n.slug, "-"+prefix) || strings.HasPrefix(n.Value, prefix)
}

// names are the provinces and organizations, ready to compare.
var names = sync.OnceValue(func() []name {
	var out []name
	for _, p := range bulletin.Provinces() {
		out = append(out, name{Suggestion{Text: p.Name, Kind: ofProvince, Value: p.Slug}, vi.Slug(p.Name), vi.Words(p.Name)})
	}
	for _, o := range bulletin.Organizations() {
		out = append(out, name{Suggestion{Text: o.Label, Kind: ofOrg, Value: o.ID}, vi.Slug(o.Label), vi.Words(o.Label)})
	}
	return out
})

// Facet is the field of which a suggestion is a value, empty for a title.
func (s Suggestion) Facet() Field {
	return map[string]Field{ofProvince: Province, ofOrg: Org, ofDocument: Cites}[s.Kind]
}

// count counts the bulletins that have each of the values.
func count(ctx context.Context, c Completer, all []Suggestion) error {
	nodes := make([]Node, len(all))
	for i, s := range all {
		nodes[i] = Term{Field: s.Facet(), Value: s.Value}
	}
	counts, err := c.Counts(ctx, nodes)
	for i, n := range counts {
		all[i].Count = n
	}
	return err
}

// most keeps the most frequent of each kind.
func most(all []Suggestion) []Suggestion {
	slices.SortStableFunc(all, func(a, b Suggestion) int { return b.Count - a.Count })
	left := map[string]int{ofProvince: mostProvinces, ofOrg: mostOrgs, ofDocument: mostDocuments}
	var out []Suggestion
	for _, kind := range []string{ofDocument, ofOrg, ofProvince} {
		for _, s := range all {
			if s.Kind == kind && s.Count > 0 && left[kind] > 0 {
				out = append(out, s)
				left[kind]--
			}
		}
	}
	return out
}

// mostTitles is how many titles that have all words but the last are looked at.
const mostTitles = 60

// titles returns the newest bulletins whose title has all words typed, the
// last of them perhaps only begun. It gives up thoroughness for speed: rare
// endings of common beginnings may be missing until more is typed.
func titles(ctx context.Context, c Completer, typed string, n int) ([]Suggestion, error) {
	words := foldedWords(typed)
	if len(words) == 0 {
		return nil, nil
	}
	begun := words[len(words)-1]
	var whole And
	for _, w := range words[:len(words)-1] {
		whole = append(whole, Word{Text: w, Field: Title})
	}
	q := Query{Root: whole, Sort: Newest, Size: mostTitles}
	if len(whole) > 0 {
		hits, err := c.Titles(ctx, q)
		if out := distinctTitles(hits, begun, n); err != nil || len(out) > 0 {
			return out, unlimited(err)
		}
	}
	if len(begun) < 2 {
		return nil, nil
	}
	q.Root, q.Size = And{whole, Prefix{Text: begun, Field: Title}}, n
	hits, err := c.Titles(ctx, q)
	return distinctTitles(hits, begun, n), unlimited(err)
}

// foldedWords are the words of a text, TW one of them; other joined forms are
// left out.
func foldedWords(text string) []string {
	var out []string
	tokens := vi.AnalyzeOnly(text, vi.WantFold).Fold
	for i, t := range tokens {
		if t.Kind == vi.First || t.Kind == vi.Arabic || t.Kind == vi.Joined && tokens[i-1].Kind == vi.Part {
			out = append(out, t.Text)
		}
	}
	return out
}

// unlimited forgives what is too much or too deep: more will be typed.
func unlimited(err error) error {
	if limit := (*LimitError)(nil); errors.As(err, &limit) && limit.Limit != "time" {
		return nil
	}
	return err
}

// distinctTitles are the titles with a word that begins so, each once.
func distinctTitles(hits []Hit, begun string, n int) []Suggestion {
	var out []Suggestion
	seen := map[string]bool{}
	for _, h := range hits {
		if len(out) == n || seen[h.Title] || !slices.ContainsFunc(foldedWords(h.Title), func(w string) bool { return strings.HasPrefix(w, begun) }) {
			continue
		}
		seen[h.Title] = true
		out = append(out, Suggestion{Text: h.Title, Kind: ofTitle, Value: h.ID, Count: 1 + h.Duplicates})
	}
	return out
}

// CitedName is one way to begin a cited document's name: by its label, or by
// its type before the label.
type CitedName struct{ Slug, Key, Label string }

// suggestion is the document of the name, not counted yet.
func (c CitedName) suggestion() Suggestion {
	return Suggestion{Text: c.Label, Kind: ofDocument, Value: c.Key}
}

// CitedNames returns the names of a cited document, none when it has no label.
func CitedNames(key, label, kind string) []CitedName {
	if label == "" {
		return nil
	}
	slug := vi.Slug(label)
	out := []CitedName{{slug, key, label}}
	if kind := vi.Slug(kind); kind != "" && !strings.HasPrefix(slug, kind) {
		out = append(out, CitedName{kind + "-" + slug, key, label})
	}
	return out
}
