package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"bantin/indexer/index"
)

// maxBars bounds the quarters that a histogram draws, the newest ones.
const maxBars = 60

// minBars keeps few bars from growing as wide as a page.
const minBars = 20

// histogram is the drawing of bulletins by quarter. Its places are in percent
// of the width, its heights in pixels, so that it needs no style of its own.
type histogram struct {
	First, Last string // labels of the outer quarters
	Bars        []bar
	Years       []yearMark
}

type bar struct {
	URL        string // empty for a quarter without bulletins
	Label      string
	X, W       string
	BarX, BarW string
	Y, H       int
	On         bool // its quarter is selected
	Dim        bool // another one is
}

type yearMark struct{ X, Text string }

// barHeight is the height of the tallest bar.
const barHeight = 76

// newHistogram draws the counts of the quarters; nil when there are fewer than
// two to compare.
func newHistogram(l labeller, counts []index.Count, p params) *histogram {
	byQuarter := map[int]int{}
	lo, hi, top := math.MaxInt, 0, 0
	for _, n := range counts {
		q, ok := quarterNumber(n.Value)
		if !ok {
			continue
		}
		byQuarter[q] = n.Count
		lo, hi, top = min(lo, q), max(hi, q), max(top, n.Count)
	}
	if len(byQuarter) < 2 {
		return nil
	}
	lo = max(lo, hi-maxBars+1)
	h := &histogram{First: l.Quarter(quarterOf(lo)), Last: l.Quarter(quarterOf(hi))}
	width := 100 / float64(max(hi-lo+1, minBars))
	for q := lo; q <= hi; q++ {
		value, x := quarterOf(q), float64(q-lo)*width
		b := bar{X: percent(x), W: percent(width), BarX: percent(x + width*.12), BarW: percent(width * .76)}
		if n := byQuarter[q]; n > 0 {
			b.URL = p.toggled(index.Quarter, value).address("/search")
			b.Label = l.Quarter(value) + ": " + l.N("bulletins", n)
			b.H = max(3, n*barHeight/top)
			b.Y = 80 - b.H
			b.On = slices.Contains(p.Filters[index.Quarter], value)
			b.Dim = !b.On && len(p.Filters[index.Quarter]) > 0
		}
		h.Bars = append(h.Bars, b)
		if yearShown(q, lo, hi) {
			h.Years = append(h.Years, yearMark{percent(x), strconv.Itoa(q / 4)})
		}
	}
	return h
}

// yearShown tells the quarters under which there is room for their year: the
// first of a year or of the drawing, not too near to the next or to the edge.
func yearShown(q, lo, hi int) bool {
	every := 1 + (hi-lo)/24
	first := q%4 == 0 || (q == lo && q%4 < 2)
	return first && (q/4)%every == 0 && (hi-q)*20 > hi-lo
}

// quarterNumber counts quarters since year 0.
func quarterNumber(v string) (int, bool) {
	y, q, ok := strings.Cut(v, "-Q")
	year, err1 := strconv.Atoi(y)
	quarter, err2 := strconv.Atoi(q)
	return year*4 + quarter - 1, ok && cmp.Or(err1, err2) == nil
}

func quarterOf(n int) string { return strconv.Itoa(n/4) + "-Q" + strconv.Itoa(n%4+1) }

func percent(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
