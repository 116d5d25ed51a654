package export

import (
	"strconv"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// Concordance answers with every occurrence of what a question asks for, the
// newest bulletins first, in bounded memory.
func (s *Exports) Concordance(c *gin.Context, p answer.Params) error {
	found, err := s.Search(c, p.Counting())
	if err != nil {
		return err
	}
	q := found.Reading()
	q.Sort, q.Expand = index.Newest, true
	finder, base := answer.NewFinder(found), s.Base(c)
	head := []string{"id", "field", "start", "end", "left", "match", "right", "province", "published", "quarter", "title", "page"}
	return s.table(c, "bantin-concordance.csv", head, func(row func(...string) error) error {
		if finder.Empty() {
			return nil
		}
		return s.Index.Each(c, q, func(d index.Document) error {
			return finder.Each(&d, func(o answer.Occurrence) error {
				return row(o.ID, string(o.Field), strconv.Itoa(o.Start), strconv.Itoa(o.End), o.Left, o.Match, o.Right, o.Province,
					answer.Datetime(o.Published, o.Precision), answer.QuarterValue(o.Period), o.Title, base+"/bulletins/"+o.ID)
			})
		})
	})
}
