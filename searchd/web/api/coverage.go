package api

import (
	"bantin/bulletin"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

type coveragesJSON struct {
	Total     int            `json:"total"`
	Relaxed   *string        `json:"relaxed"` // how the question was widened to find anything
	Quarters  []string       `json:"quarters"`
	Provinces []coverageJSON `json:"provinces"`
}

type coverageJSON struct {
	ID             string     `json:"id"`
	Label          string     `json:"label"`
	Total          int        `json:"total"`
	WithoutQuarter int        `json:"without_quarter"` // of them
	Cells          []cellJSON `json:"cells"`
}

type cellJSON struct {
	Quarter string       `json:"quarter"`
	State   answer.State `json:"state"`
	Count   int          `json:"count"`
	MovedTo *string      `json:"moved_to,omitempty"` // the province that had the land then
}

func (s *API) coverage(c *gin.Context, p answer.Params) (out coveragesJSON, err error) {
	cov, err := s.Coverage(c, p)
	if err != nil {
		return out, err
	}
	rows := []coverageJSON{}
	for _, slug := range cov.Provinces {
		row := coverageJSON{slug, bulletin.ProvinceLabel(slug), cov.Totals[slug], cov.WithoutQuarter(slug), []cellJSON{}}
		for _, q := range cov.Quarters {
			cell := cov.Cell(slug, q)
			row.Cells = append(row.Cells, cellJSON{q, cell.State, cell.Count, answer.Optional(cell.Moved)})
		}
		rows = append(rows, row)
	}
	return coveragesJSON{cov.Found.Result.Total, answer.Optional(cov.Found.Result.Relaxed), answer.OrEmpty(cov.Quarters), rows}, nil
}
