package export

import (
	"strconv"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// Trends answers with a comparison of questions as a table, one row for each
// question at each value.
func (s *Exports) Trends(c *gin.Context, _ answer.Params) error {
	asked, err := answer.ReadTrends(c.Request.URL.Query(), true)
	if err != nil {
		return err
	}
	t, err := s.Service.Trends(c, asked)
	if err != nil {
		return err
	}
	l := s.Labeller(c, s.Language(c))
	return s.table(c, "bantin-trends.csv", []string{"query", string(t.By), "label", "count", "bulletins", "per_thousand"}, func(row func(...string) error) error {
		for i, line := range t.Lines {
			for _, v := range t.Values {
				rate := ""
				if r, ok := t.PerThousand(line, v); ok {
					rate = strconv.FormatFloat(r, 'f', 2, 64)
				}
				if err := row(t.Texts[i], v, l.Value(c, t.By, v), strconv.Itoa(line.Counts[v]), strconv.Itoa(t.Base[v]), rate); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
