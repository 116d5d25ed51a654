package export

import (
	"cmp"
	"strconv"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// citationHead are the columns of a table of citations: the document, how and
// where it is cited, and the bulletin that cites it.
var citationHead = []string{
	"key", "label", "type", "issuer", "document_province", "document_date", "subject", "cite_text", "sentence", "field", "start", "end",
	"id", "title", "event_date", "published", "province", "quarter", "source", "url", "page",
}

// Citations answers with every citation in what a question finds, the newest
// bulletins first; of the documents that it is filtered by where there are any.
func (s *Exports) Citations(c *gin.Context, p answer.Params) error {
	found, err := s.Search(c, p.Counting())
	if err != nil {
		return err
	}
	q := found.Reading()
	q.Sort, q.Expand = index.Newest, true
	base, keys := s.Base(c), q.Filters[index.Cites]
	return s.table(c, "bantin-citations.csv", citationHead, func(row func(...string) error) error {
		return s.Index.Each(c, q, func(d index.Document) error {
			for _, m := range answer.Mentions(&d, keys...) {
				of := answer.DocumentOf(m.Citation)
				err := row(
					m.Key, of.Label, of.Type, of.Issuer, of.Province, of.Date, m.Subject, m.Citation.Text, m.Text, cmp.Or(m.Field, "body"), strconv.Itoa(m.Start), strconv.Itoa(m.End),
					d.ID, d.Title, d.EventDate, answer.Datetime(d.Published, d.PublishedPrecision), d.Province, answer.QuarterValue(d.Period), d.Site, d.URL, base+"/bulletins/"+d.ID,
				)
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}
