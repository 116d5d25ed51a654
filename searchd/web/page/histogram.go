package page

import (
	"math"
	"slices"
	"strconv"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// maxBars bounds the quarters that a histogram draws, the newest ones.
const maxBars = 60

// minBars is how many quarters are drawn at least, empty ones before the first
// where need be: few bars neither grow as wide as a page nor huddle at its left.
const minBars = 20

// histogram is the drawing of bulletins by quarter. Its places are in percent
// of the width, its heights in pixels, so that it needs no style of its own.
type histogram struct {
	First, Last string // labels of the outer quarters
	Bars        []bar
	Years       []yearMark
	Peak        int    // bulletins of the tallest bar
	PeakX       string // its middle
	PeakY       int    // its top
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

// axis is the span of quarters that a histogram draws and its tallest count.
type axis struct{ lo, hi, top int }

// newHistogram draws the counts of the quarters; nil when there are fewer than
// two to compare.
func newHistogram(l answer.Labels, counts []index.Count, p answer.Params) *histogram {
	return axisOf(counts).draw(l, counts, p)
}

// axisOf returns the axis on which all of the counts can be drawn.
func axisOf(drawings ...[]index.Count) axis {
	a := axis{lo: math.MaxInt}
	for _, counts := range drawings {
		for q := range byQuarter(counts) {
			a.lo, a.hi = min(a.lo, q), max(a.hi, q)
		}
	}
	a.lo = min(max(a.lo, a.hi-maxBars+1), a.hi-minBars+1)
	for _, counts := range drawings {
		for q, n := range byQuarter(counts) {
			if q >= a.lo {
				a.top = max(a.top, n)
			}
		}
	}
	return a
}

// byQuarter numbers the quarters that have bulletins.
func byQuarter(counts []index.Count) map[int]int {
	out := map[int]int{}
	for _, n := range counts {
		if q, ok := answer.QuarterNumber(n.Value); ok && n.Count > 0 {
			out[q] = n.Count
		}
	}
	return out
}

// draw draws counts; nil when there are fewer than two quarters of them.
func (a axis) draw(l answer.Labels, counts []index.Count, p answer.Params) *histogram {
	count := byQuarter(counts)
	if len(count) < 2 {
		return nil
	}
	h := &histogram{First: l.Quarter(answer.QuarterOf(a.lo)), Last: l.Quarter(answer.QuarterOf(a.hi))}
	width := 100 / float64(a.hi-a.lo+1)
	for q := a.lo; q <= a.hi; q++ {
		value, x := answer.QuarterOf(q), float64(q-a.lo)*width
		b := bar{X: percent(x), W: percent(width), BarX: percent(x + width*.12), BarW: percent(width * .76)}
		if n := count[q]; n > 0 {
			b.URL = p.Toggled(index.Quarter, value).Address("/search")
			b.Label = l.Quarter(value) + ": " + l.N("bulletins", n)
			b.H = max(3, n*barHeight/a.top)
			b.Y = 80 - b.H
			b.On = slices.Contains(p.Filters[index.Quarter], value)
			b.Dim = !b.On && len(p.Filters[index.Quarter]) > 0
		}
		h.Bars = append(h.Bars, b)
		if count[q] > h.Peak {
			h.Peak, h.PeakX, h.PeakY = count[q], percent(x+width/2), b.Y
		}
		if yearShown(q, a.lo, a.hi) {
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

func percent(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
