package api

import (
	"strconv"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

type concordanceJSON struct {
	Total       int              `json:"total"`       // bulletins
	Relaxed     *string          `json:"relaxed"`     // how the question was widened to find anything
	Considered  *int             `json:"considered"`  // occurrences that were put in order, null by date
	Capped      bool             `json:"capped"`      // there are older ones that were not
	Occurrences []occurrenceJSON `json:"occurrences"` // of this page
	Next        *string          `json:"next"`
}

type occurrenceJSON struct {
	ID        string    `json:"id"` // of the bulletin
	Title     string    `json:"title"`
	Published *string   `json:"published"`
	Province  *labelled `json:"province"`
	Quarter   *string   `json:"quarter"`
	Field     string    `json:"field"` // title or body
	Start     int       `json:"start"` // bytes of the field
	End       int       `json:"end"`
	Left      string    `json:"left"`
	Match     string    `json:"match"`
	Right     string    `json:"right"`
	Page      string    `json:"page"`
}

func (s *API) concordance(c *gin.Context, p answer.Params) (out concordanceJSON, err error) {
	order, from, err := answer.ReadOrder(c.Query("order"), p.After)
	if err != nil {
		return out, err
	}
	p.After = ""
	found, err := s.Concordance(c, p, order, from, p.Size)
	if err != nil {
		return out, err
	}
	base := s.Base(c)
	out = concordanceJSON{
		Total: found.Found.Result.Total, Relaxed: answer.Optional(found.Found.Result.Relaxed), Capped: found.Capped, Occurrences: []occurrenceJSON{},
	}
	if order != answer.ByDate {
		out.Considered = &found.Considered
	}
	for _, o := range found.Occurrences {
		one := occurrenceJSON{
			ID: o.ID, Title: o.Title, Published: answer.Optional(answer.Datetime(o.Published, o.Precision)), Province: placeJSON(o.Province),
			Quarter: answer.Optional(answer.QuarterValue(o.Period)), Field: string(o.Field), Start: o.Start, End: o.End,
			Left: o.Left, Match: o.Match, Right: o.Right, Page: base + "/bulletins/" + o.ID,
		}
		out.Occurrences = append(out.Occurrences, one)
	}
	if found.More && p.Size > 0 {
		out.Next = answer.Optional(strconv.Itoa(from + p.Size))
	}
	return out, nil
}
