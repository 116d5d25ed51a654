package page

import (
	"context"
	"html/template"
	"strings"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// documentView is the page of a document that bulletins cite.
type documentView struct {
	answer.Document
	ProvinceName string
	Dated        string
	Total        int
	Histogram    histogramView
	Provinces    countsView
	Namesakes    []Link
	Mentions     []mention
	All          string
	Feed         string
}

// mention is a bulletin with the sentences in which it cites the document.
type mention struct {
	hitView
	Quotes []template.HTML
}

// maxQuotes bounds the sentences shown of one bulletin.
const maxQuotes = 3

// DocumentPage shows who cites a document.
func (s *Pages) DocumentPage(c *gin.Context) error {
	key := c.Param("key")
	if !answer.KeyForm.MatchString(key) {
		return answer.NewProblem("not-found", nil)
	}
	d := s.Document(c, key)
	if d.Count == 0 && !answer.Citable(key) {
		if found, err := s.Count(c, answer.Params{}.Only(index.Cites, key)); err != nil || found == 0 {
			return answer.NewProblem("not-found", err)
		}
	}
	p := s.NewPage(c, answer.Joined(" ", d.Type, d.Label))
	p.Description = p.T("document.description", d.Label)
	v, err := s.documentView(c, p, d)
	if err != nil {
		return err
	}
	p.NoIndex = v.Total == 0
	p.Main = v
	p.Feeds = feedLinks(p, p.Search.Only(index.Cites, key))
	return s.Render(c, 200, "document", p)
}

func (s *Pages) documentView(ctx context.Context, p *Page, d answer.Document) (*documentView, error) {
	only := p.Search.Only(index.Cites, d.Key)
	res, err := s.Index.Search(ctx, index.Query{
		Filters: only.Filters, Sort: index.Newest, Size: 20, Expand: true,
		Facets: []index.Field{index.Quarter, index.Province},
	})
	if err != nil {
		return nil, err
	}
	v := &documentView{
		Document: d, ProvinceName: answer.ProvinceName(d.Province), Total: res.Total, All: only.Address("/search"), Feed: export.FeedAddress(only),
		Histogram: histogramView{p, newHistogram(p.Labels, res.Facets[index.Quarter], only)}, Provinces: countsView{Page: p},
	}
	if d.Date != "" {
		v.Dated = p.DayOf(d.Date)
	}
	for _, n := range res.Facets[index.Province] {
		in := only.Toggled(index.Province, n.Value)
		v.Provinces.Links = append(v.Provinces.Links, Link{URL: in.Address("/search"), Text: bulletin.ProvinceLabel(n.Value), Count: n.Count})
	}
	for i := range res.Hits {
		h := &res.Hits[i]
		v.Mentions = append(v.Mentions, mention{p.hit(h, ""), quotes(&h.Bulletin, d.Key)})
	}
	keys, err := s.Namesakes(ctx, d.Key)
	for _, key := range keys {
		v.Namesakes = append(v.Namesakes, p.namesake(s.Document(ctx, key)))
	}
	return v, err
}

// namesake tells a document from others that bear the same label.
func (p *Page) namesake(d answer.Document) Link {
	when := p.T("document.undated")
	if d.Date != "" {
		when = p.DayOf(d.Date)
	}
	return Link{URL: p.documentURL(d.Key), Text: d.Label + ", " + when, Count: d.Count}
}

// quotes returns the sentences in which a bulletin cites a document, the
// mention marked.
func quotes(b *bulletin.Bulletin, key string) []template.HTML {
	var out []template.HTML
	end := 0
	for _, c := range b.Cites {
		mention := bulletin.Span{Start: c.Start, End: c.End}
		if c.Key != key || c.Field == "title" || !answer.Fits(mention, end, len(b.Body)) || len(out) == maxQuotes {
			continue
		}
		around := index.Sentence(b.Body, mention)
		w := newTextWriter(b.Body, nil, []bulletin.Span{mention}, nil)
		w.anchorless = true
		before, after := cutMarks(b.Body, around)
		out = append(out, before+w.html(around.Start, around.End)+after)
		end = around.End
	}
	return out
}

// cutMarks are the ellipses of an excerpt that begins or ends within a
// sentence.
func cutMarks(text string, s bulletin.Span) (before, after template.HTML) {
	head, tail := strings.TrimRight(text[:s.Start], " "), strings.TrimLeft(text[s.End:], " ")
	if head != "" && !stops(head) {
		before = "… "
	}
	if tail != "" && tail[0] != '\n' && !stops(text[:s.End]) {
		after = " …"
	}
	return before, after
}

// stops tells whether a text ends with what ends a sentence.
func stops(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…\n", last)
}
