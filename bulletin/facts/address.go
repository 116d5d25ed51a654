package facts

import (
	"regexp"
	"strconv"
	"time"

	"bantin/bulletin"
)

// urlForms are the dates that portals put into addresses, the surest first:
// year, month, day, hour, minute, second, millisecond as far as they go.
var urlForms = []struct {
	expr      *regexp.Regexp
	precision bulletin.Precision
}{
	{regexp.MustCompile(`/((?:19|20)\d\d)[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])(?:[/?#-]|$)`), bulletin.Day},
	{regexp.MustCompile(`/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/`), bulletin.Day},
	{regexp.MustCompile(`/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])/`), bulletin.Month},
	{regexp.MustCompile(`(?:^|[/_-])[a-z]?((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)(\d{0,3})(?:\D|$)`), bulletin.Second},
}

var urlUnix = regexp.MustCompile(`[-_/=]([12]\d{9}|9[5-9]\d{7})(\d{3})?(?:\.[a-z]+)?(?:[/?#&]|$)`)

// ReadURLDate reads the date in an address: a month (/201610/), a day
// (/2023-01-30/), or an id that is a time (d20161020034921427, Unix seconds or
// milliseconds). A month or day bounds the publication; an id tells when the
// record was made, which can be months apart.
func ReadURLDate(url string) (PrintedDate, bool) {
	const maxURL = 4096
	url = url[:min(len(url), maxURL)]
	for _, f := range urlForms {
		m := f.expr.FindStringSubmatchIndex(url)
		if m == nil {
			continue
		}
		of := [7]int{2: 1}
		for k := range len(m)/2 - 1 {
			of[k], _ = strconv.Atoi(url[m[2*k+2]:m[2*k+3]])
		}
		t := time.Date(of[0], time.Month(of[1]), of[2], of[3], of[4], of[5], of[6]*int(time.Millisecond), bulletin.Zone)
		if t.Day() == of[2] && plausible(t) {
			return PrintedDate{Span: bulletin.Span{Start: m[2], End: m[len(m)-1]}, Time: t, Precision: f.precision}, true
		}
	}
	m := urlUnix.FindStringSubmatchIndex(url)
	if m == nil {
		return PrintedDate{}, false
	}
	n, err := strconv.ParseInt(url[m[2]:m[3]], 10, 64)
	t := time.Unix(n, 0).In(bulletin.Zone)
	return PrintedDate{Span: bulletin.Span{Start: m[2], End: max(m[3], m[5])}, Time: t, Precision: bulletin.Second}, err == nil && t.Year() >= 2000 && t.Year() < 2038
}
