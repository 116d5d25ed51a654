package facts

import (
	"net/http"
	"regexp"
	"strings"
	"time"

	"bantin/bulletin"
)

// PrintedDate is a date read out of a text. Each kind of text has one reader:
// ReadTimestamp for one printed publication date, relative and machine-made
// ones too; FindPublished for a page's head, where a clock may stand;
// eventDate for a lead; ReadURLDate for an address.
type PrintedDate struct {
	bulletin.Span
	Time      time.Time // +07:00; midnight when no time of day was printed
	Precision bulletin.Precision
	Labelled  bool // a label such as "Cập nhật:" or "Ngày đăng:" stood before it
}

// ReadTimestamp reads one printed publication date, with whatever a portal
// glues around it: "Cập nhật:25/09/2020 1:35:49 CH", "20:55, 22/06/2022",
// "Thứ ba, 18 Tháng 8 2015 16:06", "4 giờ trước" against ref, the values of
// datetime attributes and NukeViet's malformed ones. It is false where there
// is no date, where the weekday printed beside it is another, and for a
// relative date with a zero ref.
func ReadTimestamp(s string, ref time.Time) (time.Time, bulletin.Precision, bool) {
	if t, p, ok := readMachineTime(strings.TrimSpace(s)); ok {
		return t, p, true
	}
	sc := newScan(cutText(s, maxLead))
	if d, ok := bestDate(sc.publicationDates(true)); ok {
		return d.Time, d.Precision, true
	}
	d, ok := sc.relativeDate(ref)
	return d.Time, d.Precision, ok
}

// bestDate prefers a labelled date to the first, a posting to an update.
func bestDate(dates []publication) (publication, bool) {
	best, found := publication{}, false
	for _, d := range dates {
		if d.mismatch || d.label == labelOther {
			continue
		}
		if !found || d.rank() > best.rank() {
			best, found = d, true
		}
	}
	return best, found
}

// malformed is PHP's date('Y-m-dTH:i:s'): the unescaped T prints the zone.
var malformed = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[+-]\d{2}(?::\d{2})?|[A-Z]{2,5})(\d{2}:\d{2}:\d{2})(?:Z|[+-]\d{2}:?\d{2})?$`)

// readMachineTime reads what programs print for programs.
func readMachineTime(s string) (time.Time, bulletin.Precision, bool) {
	if len(s) > 64 {
		return time.Time{}, "", false
	}
	if t, p, err := bulletin.ParseTime(s); err == nil {
		return t, p, plausible(t)
	}
	if m := malformed.FindStringSubmatch(s); m != nil {
		s = m[1] + "T" + m[2]
	}
	for _, layout := range []string{
		"2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700", "20060102T150405Z0700", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05Z07:00",
		time.RFC1123Z, time.RFC1123, http.TimeFormat, time.RFC850, time.ANSIC, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
	} {
		if t, err := time.ParseInLocation(layout, s, bulletin.Zone); err == nil {
			return t.In(bulletin.Zone), bulletin.Second, plausible(t)
		}
	}
	return time.Time{}, "", false
}

// plausible bounds the years in which a bulletin can have been printed.
func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() < 2100 }

const firstYear = 1976
