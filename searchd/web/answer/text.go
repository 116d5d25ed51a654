package answer

import (
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Optional is s, or nil when empty: null in JSON.
func Optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Moment writes a time as in RFC 3339 in Vietnam, nil for the zero time.
func Moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return Optional(t.In(bulletin.Zone).Format(time.RFC3339))
}

// Day writes a day as YYYY-MM-DD in Vietnam, nil for the zero time.
func Day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return Optional(t.In(bulletin.Zone).Format(time.DateOnly))
}

// OrEmpty is s, or an empty slice for nil: [] in JSON.
func OrEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Each is what f makes of every element, in order and never nil: [] in JSON.
func Each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

// Trimmed shortens s to at most n runes, at a space where there is one.
func Trimmed(s string, n int) string {
	for at := range s {
		if n == 0 {
			return CutAt(s, at)
		}
		n--
	}
	return s
}

// CutAt cuts s at a byte, or at a space not far before it.
func CutAt(s string, at int) string {
	s = s[:at]
	if i := strings.LastIndexByte(s, ' '); i > at/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:–-") + "…"
}

// Datetime is the machine's form of a time as precise as it is known.
func Datetime(t time.Time, p bulletin.Precision) string {
	t = t.In(bulletin.Zone)
	switch {
	case t.Year() <= 1:
		return ""
	case p == bulletin.Year:
		return t.Format("2006")
	case p == bulletin.Month:
		return t.Format("2006-01")
	case p == bulletin.Second || p == bulletin.Minute:
		return t.Format(time.RFC3339)
	default:
		return t.Format(time.DateOnly)
	}
}

// ByTime orders counts of quarters or years, the newest first.
func ByTime(counts []index.Count) []index.Count {
	return slices.SortedFunc(slices.Values(counts), func(a, b index.Count) int { return strings.Compare(b.Value, a.Value) })
}

// CountsOf are the counts of a facet by value.
func CountsOf(counts []index.Count) map[string]int {
	out := make(map[string]int, len(counts))
	for _, n := range counts {
		out[n.Value] = n.Count
	}
	return out
}

// Joined joins what is not empty.
func Joined(sep string, parts ...string) string {
	out := ""
	for _, s := range parts {
		if s != "" && out != "" {
			out += sep
		}
		out += s
	}
	return out
}

// OneLine makes text safe for a format whose records are lines.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ProvinceName is a province's name, or nothing for an unknown one.
func ProvinceName(slug string) string {
	if slug == "" {
		return ""
	}
	return bulletin.ProvinceLabel(slug)
}

// Fits tells whether a span is not empty and lies between two bytes.
func Fits(s bulletin.Span, from, to int) bool {
	return s.Start >= from && s.Start < s.End && s.End <= to
}

// WebAddress returns an address that is safe to link: http or https, else
// nothing.
func WebAddress(s string) string {
	lower := strings.ToLower(s)
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return s
	}
	return ""
}
