package page

import (
	"context"
	"strings"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// deskView stands above everything that is told of a question: the question
// itself, its filters, and the other ways to look at it.
type deskView struct {
	Page    *Page
	Path    string // of this way
	Asked   bool   // anything narrows the question
	Total   int
	Relaxed string
	Chips   []Link
	Clear   string
	Views   countsView
}

// way is a page of a question with its name in the catalogue.
type way struct{ path, name string }

var ways = []way{
	{"/search", "views.list"}, {"/coverage", "nav.coverage"}, {"/trends", "trends.title"}, {"/concordance", "concordance.title"},
}

func newDesk(ctx context.Context, p *Page, a answer.Found, path string) deskView {
	v := deskView{Page: p, Path: path, Total: a.Result.Total, Relaxed: a.Result.Relaxed, Views: p.views(p.Search, path)}
	v.Chips = chips(ctx, p, a, path)
	v.Asked = p.Search.Text != "" || p.Search.Filtered()
	if len(v.Chips) > 1 {
		v.Clear = deskAddress(a.Unfiltered(), path)
	}
	return v
}

// views are the ways to look at a question, the present one marked.
func (p *Page) views(sp answer.Params, path string) countsView {
	return countsView{p, answer.Each(ways, func(w way) Link {
		return Link{URL: deskAddress(sp, w.path), Text: p.T(w.name), Current: w.path == path}
	})}
}

// deskAddress is the address of a question at another page: what orders and
// pages its list stays behind.
func deskAddress(sp answer.Params, path string) string {
	sp = sp.Clone()
	sp.Sort, sp.Size = index.Relevance, answer.DefaultSize
	return sp.Address(path)
}

// withParam adds a parameter to an address.
func withParam(address, param string) string {
	if strings.Contains(address, "?") {
		return address + "&" + param
	}
	return address + "?" + param
}
