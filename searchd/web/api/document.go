package api

import (
	"cmp"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// DocumentPageJSON is one document with who cites it.
type DocumentPageJSON struct {
	Document  documentJSON                  `json:"document"`
	Subject   *subjectJSON                  `json:"subject"` // null when no recent bulletin prints one
	Total     int                           `json:"total"`
	Facets    map[string][]answer.FacetJSON `json:"facets"`
	Namesakes []documentJSON                `json:"namesakes"`
	Together  []documentJSON                `json:"together"` // that the same bulletins cite; count is in how many of them
	Hits      []hitJSON                     `json:"hits"`
	Mentions  []mentionJSON                 `json:"mentions"` // of all hits, in their order
	Next      *string                       `json:"next"`
	Feed      string                        `json:"feed"`
	Search    string                        `json:"search"`
	Table     string                        `json:"table"` // of all mentions, as CSV
}

// subjectJSON is what a document is about, as most of the newest bulletins that
// print a subject print it.
type subjectJSON struct {
	Text  string `json:"text"`
	Count int    `json:"count"` // bulletins that print it so
	Of    int    `json:"of"`    // that print any
}

// mentionJSON is one citation with its sentence.
type mentionJSON struct {
	ID        string  `json:"id"`  // of the bulletin
	Key       string  `json:"key"` // of the document meant
	CiteText  string  `json:"cite_text"`
	Sentence  string  `json:"sentence"`
	EventDate *string `json:"event_date"` // of the bulletin
	Field     string  `json:"field"`      // title or body
	Start     int     `json:"start"`      // bytes of the field
	End       int     `json:"end"`
}

func (s *API) document(c *gin.Context, p answer.Params) (out DocumentPageJSON, err error) {
	key := c.Param("key")
	if !answer.KeyForm.MatchString(key) {
		return out, answer.NewProblem("not-found", nil)
	}
	cited, err := s.CitedBy(c, key, p.After, p.Size)
	if err != nil {
		return out, err
	}
	l, res := s.Labeller(c, s.Language(c)), cited.Result
	only := answer.Params{Sort: index.Relevance, Size: answer.DefaultSize}.Only(index.Cites, key)
	out = DocumentPageJSON{
		Document: documentOfJSON(s.Document(c, key)), Total: res.Total, Facets: map[string][]answer.FacetJSON{},
		Namesakes: answer.Each(cited.Namesakes, documentOfJSON), Together: answer.Each(cited.Together, documentOfJSON), Hits: []hitJSON{}, Mentions: []mentionJSON{}, Next: answer.Optional(res.Next),
		Feed: s.Base(c) + export.FeedAddress(only), Search: s.Base(c) + only.Address("/api/v1/search"), Table: s.Base(c) + only.Address("/citations.csv"),
	}
	if cited.Subject.Text != "" {
		out.Subject = &subjectJSON{cited.Subject.Text, cited.Subject.Count, cited.Subject.Of}
	}
	for i := range res.Hits {
		h := &res.Hits[i]
		out.Hits = append(out.Hits, hitOf(l, h))
		for _, m := range answer.Mentions(&h.Document, key) {
			out.Mentions = append(out.Mentions, mentionJSON{
				ID: h.ID, Key: m.Key, CiteText: m.Citation.Text, Sentence: m.Text, EventDate: answer.Optional(h.EventDate),
				Field: cmp.Or(m.Field, "body"), Start: m.Start, End: m.End,
			})
		}
	}
	for _, f := range []index.Field{index.Quarter, index.Province, index.Year} {
		out.Facets[string(f)] = answer.Each(res.Facets[f], func(n index.Count) answer.FacetJSON {
			return answer.FacetJSON{Value: n.Value, Label: l.Value(c, f, n.Value), Count: n.Count}
		})
	}
	return out, nil
}
