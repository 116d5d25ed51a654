package answer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// quarterAt is the number of the quarter of a time.
func quarterAt(t time.Time) int {
	t = t.In(bulletin.Zone)
	return t.Year()*4 + (int(t.Month())-1)/3
}

// QuarterNumber counts quarters since year 0.
func QuarterNumber(v string) (int, bool) {
	y, q, ok := strings.Cut(v, "-Q")
	year, err1 := strconv.Atoi(y)
	quarter, err2 := strconv.Atoi(q)
	return year*4 + quarter - 1, ok && cmp.Or(err1, err2) == nil
}

// QuarterOf writes the quarter of a number as 2020-Q3.
func QuarterOf(n int) string { return strconv.Itoa(n/4) + "-Q" + strconv.Itoa(n%4+1) }

// QuarterValue is the facet's value of a period.
func QuarterValue(p bulletin.Period) string {
	if p.Year == 0 {
		return ""
	}
	return fmt.Sprintf("%d-Q%d", p.Year, p.Quarter)
}

// quarterStart is the moment at which the quarter of a number begins.
func quarterStart(n int) time.Time {
	return time.Date(n/4, time.Month(n%4*3+1), 1, 0, 0, 0, 0, bulletin.Zone)
}

// quarterRange are the quarters that a question can find something of.
type quarterRange struct {
	from, to int
	only     []string // nil for all between
}

// quartersAsked reads the filters on periods and on days of publication. What
// is published reports its own quarter or the one before.
func quartersAsked(q index.Query) quarterRange {
	r := quarterRange{to: math.MaxInt, only: q.Filters[index.Quarter]}
	if !q.From.IsZero() {
		r.from = quarterAt(q.From) - 1
	}
	if !q.To.IsZero() {
		r.to = quarterAt(q.To.Add(-time.Second))
	}
	if years := q.Filters[index.Year]; len(years) > 0 {
		if first, err := strconv.Atoi(slices.Min(years)); err == nil {
			r.from = max(r.from, first*4-1)
		}
		if last, err := strconv.Atoi(slices.Max(years)); err == nil {
			r.to = min(r.to, last*4+3)
		}
	}
	return r
}

func (r quarterRange) holds(q int) bool {
	return r.from <= q && q <= r.to && (len(r.only) == 0 || slices.Contains(r.only, QuarterOf(q)))
}
