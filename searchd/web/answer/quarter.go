package answer

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
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
