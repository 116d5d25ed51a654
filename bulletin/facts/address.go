package facts

import (
	"regexp"
	"strconv"
	"time"

	"bantin/bulletin"
)

// urlForms are the dates that portals put into addresses, the surest first.
var urlForms = []struct {
	expr      *regexp.Regexp
	layout    string
	precision bulletin.Precision
}{
	{regexp.MustCompile(`/((?:19|20)\d\d[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01]))(?:[/?#-]|$)`), "2006-01-02", bulletin.Day},
	{regexp.MustCompile(`/((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))/`), "20060102", bulletin.Day},
	{regexp.MustCompile(`/((?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2]))/`), "200601", bulletin.Month},
	{regexp.MustCompile(`(?:^|[/_-])[a-z]?((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{0,3})(?:\D|$)`), "20060102150405", bulletin.Second},
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
		if t, ok := parseDigits(f.layout, url[m[2]:m[3]]); ok {
			return PrintedDate{Span: bulletin.Span{Start: m[2], End: m[3]}, Time: t, Precision: f.precision}, true
		}
	}
	m := urlUnix.FindStringSubmatchIndex(url)
	if m == nil {
		return PrintedDate{}, false
	}
	end := max(m[3], m[5])
	n, err := strconv.ParseInt(url[m[2]:m[3]], 10, 64)
	if t := time.Unix(n, 0).In(bulletin.Zone); err == nil && t.Year() >= 2000 && t.Year() < 2038 {
		return PrintedDate{Span: bulletin.Span{Start: m[2], End: end}, Time: t, Precision: bulletin.Second}, true
	}
	return PrintedDate{}, false
}

// parseDigits parses digits by a layout of digits, marks in either ignored;
// what is beyond the seconds is a fraction.
func parseDigits(layout, s string) (time.Time, bool) {
	digits := onlyDigits(s)
	layout = onlyDigits(layout)
	frac := digits[min(len(digits), len(layout)):]
	t, err := time.ParseInLocation(layout, digits[:len(digits)-len(frac)], bulletin.Zone)
	if err != nil || !plausible(t) {
		return time.Time{}, false
	}
	for n, unit := range []int{100, 10, 1} {
		if n < len(frac) {
			t = t.Add(time.Duration(int(frac[n]-'0')*unit) * time.Millisecond)
		}
	}
	return t, true
}

func onlyDigits(s string) string {
	var out []byte
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			out = append(out, s[i])
		}
	}
	return string(out)
}
