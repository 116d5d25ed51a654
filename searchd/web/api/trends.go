package api

import (
	"math"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

type trendsJSON struct {
	By        index.Field `json:"by"`
	Questions []trendJSON `json:"questions"`
}

type trendJSON struct {
	Query   string      `json:"query"`
	Total   int         `json:"total"`
	Relaxed *string     `json:"relaxed"` // how the question was widened to find anything
	Apart   int         `json:"apart"`   // of total, those at no point
	Points  []pointJSON `json:"points"`
}

type pointJSON struct {
	Value       string   `json:"value"`
	Label       string   `json:"label"`
	Count       int      `json:"count"`
	Bulletins   int      `json:"bulletins"`    // of any text, under the same filters
	PerThousand *float64 `json:"per_thousand"` // null where there are no bulletins
	Search      string   `json:"search"`
}

func (s *API) trends(c *gin.Context, _ answer.Params) (out trendsJSON, err error) {
	asked, err := answer.ReadTrends(c.Request.URL.Query(), true)
	if err != nil {
		return out, err
	}
	t, err := s.Trends(c, asked)
	if err != nil {
		return out, err
	}
	l, base := s.Labeller(c, s.Language(c)), s.Base(c)
	out = trendsJSON{t.By, []trendJSON{}}
	for i, line := range t.Lines {
		one := trendJSON{t.Texts[i], line.Found.Result.Total, answer.Optional(line.Found.Result.Relaxed), line.Apart, []pointJSON{}}
		for _, v := range t.Values {
			point := pointJSON{Value: v, Label: l.Value(c, t.By, v), Count: line.Counts[v], Bulletins: t.Base[v], Search: base + t.At(t.Texts[i], v).Address("/api/v1/search")}
			if rate, ok := t.PerThousand(line, v); ok {
				rate = math.Round(rate*100) / 100
				point.PerThousand = &rate
			}
			one.Points = append(one.Points, point)
		}
		out.Questions = append(out.Questions, one)
	}
	return out, nil
}
