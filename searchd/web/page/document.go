package page

import (
	"context"
	"html/template"
	"math"
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
	Subject      answer.Subject
	ProvinceName string
	Dated        string
	Total        int
	Views        countsView
	Histogram    histogramView
	Tiles        tilesView
	Provinces    countsView
	Together     countsView
	Namesakes    []Link
	Mentions     []mention
	FirstPage    string
	Next         string
	All          string
	Feed         string
	Table        string        // of all sentences
	Only         answer.Params // the search for who cites it
}

// mention is a bulletin with the sentences in which it cites the document.
type mention struct {
	hitView
	Quotes []template.HTML
}

// mentionsShown is how many bulletins stand on one page.
const mentionsShown = 20

// DocumentPage shows who cites a document.
func (s *Pages) DocumentPage(c *gin.Context, asked answer.Params) error {
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
	v, err := s.documentView(c, p, d, asked.After)
	if err != nil {
		return err
	}
	p.NoIndex = v.Total == 0 || asked.After != ""
	p.Main, p.Next = v, v.Next
	p.Feeds = feedLinks(p, p.Search.Only(index.Cites, key))
	return s.Render(c, 200, "document", p)
}

func (s *Pages) documentView(ctx context.Context, p *Page, d answer.Document, after string) (*documentView, error) {
	only := p.Search.Only(index.Cites, d.Key)
	cited, err := s.CitedBy(ctx, d.Key, after, mentionsShown)
	if err != nil {
		return nil, err
	}
	res := cited.Result
	v := &documentView{
		Document: d, Subject: cited.Subject, ProvinceName: answer.ProvinceName(d.Province), Total: res.Total, Only: only, Views: p.documentViews(only, d.Key),
		All: only.Address("/search"), Feed: export.FeedAddress(only), Table: deskAddress(only, "/citations.csv"),
		Histogram: histogramView{p, newHistogram(p.Labels, res.Facets[index.Quarter], only)},
		Provinces: p.counts(res.Facets[index.Province], math.MaxInt, func(n index.Count) Link {
			return Link{URL: only.Toggled(index.Province, n.Value).Address("/search"), Text: bulletin.ProvinceLabel(n.Value)}
		}),
		Together: countsView{p, answer.Each(cited.Together, func(d answer.Document) Link {
			return Link{URL: p.documentURL(d.Key), Text: p.Labels.Document(d), Count: d.Count}
		})},
	}
	if d.Date != "" {
		v.Dated = p.DayOf(d.Date)
	}
	if v.Tiles, err = s.spread(ctx, p, res.Facets[index.Province], only); err != nil {
		return nil, err
	}
	for i := range res.Hits {
		h := &res.Hits[i]
		v.Mentions = append(v.Mentions, mention{p.hit(h, ""), quotes(&h.Document, d.Key)})
	}
	v.Namesakes = answer.Each(cited.Namesakes, p.namesake)
	if after != "" {
		v.FirstPage = p.documentURL(d.Key)
	}
	if res.Next != "" {
		v.Next = withParam(p.documentURL(d.Key), "after="+res.Next)
	}
	return v, nil
}

// documentViews are the ways to look at who cites a document. A trend needs a
// question, which names the document.
func (p *Page) documentViews(only answer.Params, key string) countsView {
	v := p.views(only, "")
	asking := p.Search.Clone()
	asking.Text = "cites:" + key
	for i := range v.Links {
		if strings.HasPrefix(v.Links[i].URL, "/trends") {
			v.Links[i].URL = deskAddress(asking, "/trends")
		}
	}
	return v
}

// spread shows on the map of today's provinces where bulletins of a search are.
func (s *Pages) spread(ctx context.Context, p *Page, counts []index.Count, only answer.Params) (tilesView, error) {
	all, err := s.Search(ctx, answer.Params{Sort: index.Relevance}.Counting(index.Province))
	if err != nil {
		return tilesView{}, err
	}
	return p.newTiles(answer.CountsOf(counts), true, only, blankWithout(answer.CountsOf(all.Result.Facets[index.Province]), true)), nil
}

// namesake tells a document from others that bear the same label.
func (p *Page) namesake(d answer.Document) Link {
	when := p.T("document.undated")
	if d.Date != "" {
		when = p.DayOf(d.Date)
	}
	return Link{URL: p.documentURL(d.Key), Text: answer.Joined(", ", d.Label, answer.ProvinceName(d.Province), when), Count: d.Count}
}

// quotes returns the sentences in which a bulletin cites a document, each once
// and with its mentions marked.
func quotes(d *index.Document, key string) []template.HTML {
	var out []template.HTML
	mentions := answer.Mentions(d, key)
	for i, m := range mentions {
		text := d.Body
		if m.Field == "title" {
			text = d.Title
		}
		if i > 0 && mentions[i-1].Field == m.Field && mentions[i-1].Sentence.End >= m.End {
			continue // quoted with the one before
		}
		var marks []bulletin.Span
		for _, other := range mentions[i:] {
			if other.Field == m.Field && answer.Fits(bulletin.Span{Start: other.Start, End: other.End}, m.Sentence.Start, m.Sentence.End) {
				marks = append(marks, bulletin.Span{Start: other.Start, End: other.End})
			}
		}
		w := newTextWriter(text, nil, marks, nil)
		w.anchorless = true
		before, after := cutMarks(text, m.Sentence)
		out = append(out, before+w.html(m.Sentence.Start, m.Sentence.End)+after)
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
