package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/alert"
)

// followed are the parameters of a question that is followed.
var followed = WithFacets("verbatim", "from", "to")

// Question writes the part of a search that can be followed, as a query.
func (p Params) Question() string {
	p = p.Clone()
	p.Sort, p.Size, p.Lang = index.Relevance, DefaultSize, ""
	return strings.TrimPrefix(p.Address(""), "?")
}

// readQuestion reads what Question wrote.
func readQuestion(question string) (Params, error) {
	values, err := url.ParseQuery(question)
	if err != nil {
		return Params{}, err
	}
	return ReadParams(values, followed, true)
}

// Search names a search in words.
func (l Labels) Search(ctx context.Context, p Params) string {
	title := p.Text
	for _, f := range index.Fields() {
		for _, v := range p.Filters[f] {
			title = Joined(", ", title, l.Value(ctx, f, v))
		}
	}
	if p.From != "" || p.To != "" {
		title = Joined(", ", title, Joined("–", l.DayOf(p.From), l.DayOf(p.To)))
	}
	return cmp.Or(title, l.T("feed.all"))
}

// News answers what is followed, for letters: it implements alert.Answers.
type News struct{ *Service }

// newsText bounds the sentence of a letter, in letters.
const newsText = 300

var unmarked = strings.NewReplacer("<mark>", "", "</mark>", "")

// Among implements alert.Answers. Bulletins that are gone from their portals are
// left out.
func (s News) Among(ctx context.Context, question, lang string, ids []string) ([]alert.Item, error) {
	p, err := readQuestion(question)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", alert.ErrQuestion, err)
	}
	_, q := Compile(p)
	if q.Filters = maps.Clone(q.Filters); q.Filters == nil {
		q.Filters = map[index.Field][]string{}
	}
	q.Filters[index.ID], q.Sort, q.Size, q.Expand, q.Snippets = ids, index.Newest, len(ids), true, true
	res, err := s.Index.Search(ctx, q)
	if limit := new(index.LimitError); errors.As(err, &limit) && limit.Limit != "time" {
		return nil, fmt.Errorf("%w: %w", alert.ErrQuestion, err)
	}
	if err != nil {
		return nil, err
	}
	l := s.Labeller(ctx, s.Catalogues[lang])
	var items []alert.Item
	for i := range res.Hits {
		if h := &res.Hits[i]; h.Gone.IsZero() {
			items = append(items, l.item(h))
		}
	}
	return items, nil
}

func (l Labels) item(h *index.Hit) alert.Item {
	day := h.PublishedPrecision
	if day == bulletin.Second || day == bulletin.Minute {
		day = bulletin.Day
	}
	return alert.Item{
		ID: h.ID, Group: h.Group, Title: cmp.Or(OneLine(h.Title), l.T("hit.untitled")),
		Line: Joined(" · ", l.Moment(h.Published, day), ProvinceName(h.Province), l.Period(h.Period), l.Sites.Name(h.Site)),
		Text: Trimmed(html.UnescapeString(unmarked.Replace(h.SnippetHTML)), newsText),
	}
}

// Asked implements alert.Answers: the sentences that hold what is looked for or
// cite the document, and the facts that are asked for.
func (s News) Asked(question string, b *bulletin.Bulletin) string {
	p, err := readQuestion(question)
	if err != nil {
		return ""
	}
	parsed, q := Compile(p)
	asked := func(key string) bool {
		return slices.ContainsFunc(q.Filters[index.Cites], func(k string) bool { return CitesKey(key, k) })
	}
	doc := index.Document{Bulletin: *b}
	var parts []string
	for _, t := range []struct {
		text  string
		field index.TextField
	}{{b.Title, index.Title}, {b.Body, index.Body}} {
		spans := index.Matches(parsed.Root, t.text, t.field)
		for _, c := range b.Cites {
			if (c.Field == "title") == (t.field == index.Title) && c.Start < c.End && c.End <= len(t.text) && asked(c.Key) {
				spans = append(spans, bulletin.Span{Start: c.Start, End: c.End})
			}
		}
		parts = append(parts, sentences(t.text, spans)...)
	}
	for _, a := range b.Attachments {
		parts = append(parts, sentences(a.Text, index.Matches(parsed.Root, a.Text, index.Body))...)
	}
	for _, f := range slices.Sorted(maps.Keys(q.Filters)) {
		for _, v := range doc.Values(f) {
			if f == index.Cites && asked(v) || slices.Contains(q.Filters[f], v) {
				parts = append(parts, string(f)+"="+v)
			}
		}
	}
	within := !b.Published.IsZero() && !b.Published.Before(q.From) && (q.To.IsZero() || b.Published.Before(q.To))
	return strings.Join(append(parts, fmt.Sprint(within || q.From.IsZero() && q.To.IsZero())), "\x00")
}

// sentences are those around spans, each once, their spacing aside.
func sentences(text string, spans []bulletin.Span) []string {
	var out []string
	for _, s := range spans {
		around := index.Sentence(text, s)
		one := OneLine(text[around.Start:around.End])
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}
