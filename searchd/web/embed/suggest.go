package embed

import (
	"errors"
	"strings"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// suggestions completes what was typed, within the filters.
func (s *Box) suggestions(c *gin.Context, ask question, l answer.Labels) ([]ItemJSON, error) {
	n, titles := ask.Size, ask.mode == "suggest"
	if !titles {
		n = min(n, besideResults)
	}
	want := n
	if !titles || ask.Filtered() {
		want = maxNamed
	}
	found, err := s.Index.Suggest(c, ask.Text, want)
	if err != nil {
		return nil, err
	}
	if ask.Filtered() {
		if found, err = s.withinScope(c, ask.Params, found); err == nil && titles && len(found) < n {
			found, err = s.addTitles(c, ask.Params, found, n)
		}
		if err != nil {
			return nil, err
		}
	}
	out := []ItemJSON{}
	for _, f := range found {
		if len(out) >= n || (!titles && f.Kind == "title") {
			continue
		}
		if f.Kind == "document" { // told from its namesakes
			f.Text = l.Document(s.Document(c, f.Value))
		}
		out = append(out, ask.suggestion(f, l))
	}
	return out, nil
}

func (ask question) suggestion(f index.Suggestion, l answer.Labels) ItemJSON {
	item := ItemJSON{Text: ask.pieces(f.Text)}
	switch f.Kind {
	case "title":
		item.URL, item.Note = "/bulletins/"+f.Value, l.T("embed.bulletin")
		return item
	case "document":
		item.URL, item.Note = "/documents/"+f.Value, l.T("facet.cites")
	default:
		field := index.Field(f.Kind)
		p := ask.Clone()
		p.Text, p.Lang, p.Size = "", "", answer.DefaultSize
		p.Filters[field] = []string{f.Value}
		item.URL, item.Note = p.Address("/search"), l.T("facet."+f.Kind)
	}
	item.Note += " · " + l.N("bulletins", f.Count)
	return item
}

// withinScope keeps the suggestions that lead to something within the
// filters, with the counts that hold there. Titles are looked for apart.
func (s *Box) withinScope(c *gin.Context, p answer.Params, found []index.Suggestion) ([]index.Suggestion, error) {
	fields := map[string]index.Field{"province": index.Province, "org": index.Org, "document": index.Cites}
	counts, err := s.scope(c, p)
	if err != nil {
		return nil, err
	}
	var out []index.Suggestion
	for _, f := range found {
		field, ok := fields[f.Kind]
		if !ok || len(p.Filters[field]) > 0 { // narrowed to one already
			continue
		}
		if f.Count = counts[field][f.Value]; f.Count > 0 {
			out = append(out, f)
		}
	}
	return out, nil
}

// addTitles fills found up to n with the newest bulletins within the filters
// whose title has the words typed, the last of them perhaps only begun.
func (s *Box) addTitles(c *gin.Context, p answer.Params, found []index.Suggestion, n int) ([]index.Suggestion, error) {
	var all index.And
	words := strings.Split(vi.Slug(p.Text), "-")
	for i, w := range words {
		switch {
		case w == "":
			return found, nil
		case i == len(words)-1:
			all = append(all, index.Prefix{Text: w, Field: index.Title})
		default:
			all = append(all, index.Word{Text: w, Field: index.Title})
		}
	}
	q := index.Query{Root: all, Filters: p.Filters, Sort: index.Newest, Size: n - len(found)}
	q.From, q.To = p.Days()
	res, err := s.Index.Search(c, q)
	var limit *index.LimitError
	if errors.As(err, &limit) && limit.Limit != "time" { // too little was typed yet
		return found, nil
	}
	for _, h := range res.Hits {
		found = append(found, index.Suggestion{Text: h.Title, Kind: "title", Value: h.ID, Count: 1 + h.Duplicates})
	}
	return found, err
}
