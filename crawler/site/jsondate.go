package site

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateKeys are names of dates, those of publication before those of creation.
var dateKeys = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(date_?)?publi\w*|^pub_?date|^ngay_?(dang|xuat_?ban|phat_?hanh)\w*|^post(ed)?_?(date|at|on|time)|^date$`),
	regexp.MustCompile(`(?i)^(display|public|release|start)_?(date|time)|^ngay\w*|^time$|^thoi_?gian\w*|^created\w*|^date_?created|date|time`),
}

// netDate is how ASP.NET writes a date into JSON.
var netDate = regexp.MustCompile(`^/Date\((-?\d+)`)

func (p *Profile) jsonDate(item map[string]any) string {
	if p.JSON.Date != "" {
		return readableDate(textOf(at(item, p.JSON.Date)))
	}
	all := valuesOf(item)
	for _, keys := range dateKeys {
		for _, v := range all {
			if keys.MatchString(v.key()) {
				if s := readableDate(v.text); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// readableDate is a date as it is printed; seconds and milliseconds since 1970
// are written out, what is no date is empty.
func readableDate(s string) string {
	s = strings.TrimSpace(s)
	if m := netDate.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch {
		case n > 8e11 && n < 4e12:
			return time.UnixMilli(n).UTC().Format(time.RFC3339)
		case n > 8e8 && n < 4e9:
			return time.Unix(n, 0).UTC().Format(time.RFC3339)
		}
		return ""
	}
	if !strings.ContainsAny(s, "0123456789") || len(s) > 60 {
		return ""
	}
	return s
}
