package bulletin

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"bantin/analyzers/vi"
)

// A meeting is one event that bulletins report. Its bulletins agree in kind
// and province, and in who held it and when as far as they say so.

// IsMeeting reports whether a kind of event is a meeting; Khac is none.
func (k Kind) IsMeeting() bool {
	return slices.Contains([]Kind{GiaoBan, SoKet, TongKet, HopBao, PhienHop, DoiThoai}, k)
}

// MeetingHost is the body that held the meeting, below the province with its
// unit; empty when unknown, as "Huyện ủy" alone is in a province of many.
func (b *Bulletin) MeetingHost() string {
	if o, _ := OrganizationByID(b.Host); o.BelowProvince() {
		return b.HostUnit
	}
	return cmp.Or(b.HostUnit, b.Host)
}

// MeetingDay is the first day of the meeting that b reports, YYYY-MM-DD, empty
// when unknown: a report from "ngày làm việc thứ hai" is of the day before.
func (b *Bulletin) MeetingDay() string {
	day, err := time.Parse(time.DateOnly, b.EventDate)
	if err != nil {
		return ""
	}
	later := cmp.Or(sessionDay(b.Title), sessionDay(b.Lead), 1)
	return day.AddDate(0, 0, 1-later).Format(time.DateOnly)
}

// sessions finds which day of a session a text reports.
var sessions = regexp.MustCompile(`\bngay (?:lam viec|hop) thu (nhat|hai|ba|tu|nam|[1-5])\b`)

var ordinals = map[string]int{"nhat": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3, "tu": 4, "4": 4, "nam": 5, "5": 5}

// sessionDay reads which day of a session a text reports, 0 when it says none.
func sessionDay(text string) int {
	m := sessions.FindStringSubmatch(folded(vi.Words(text)))
	if m == nil {
		return 0
	}
	return ordinals[m[1]]
}

// folded are words without diacritics, parted by spaces, as patterns read them.
func folded(words []vi.Word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.Fold + " ")
	}
	return b.String()
}

// cadence is how long a stretch the meeting reviews: a week, a named month, or a
// quarter and more; empty when the text does not say.
func (b *Bulletin) cadence() string {
	lead := vi.Words(b.Lead)
	return cmp.Or(cadenceOf(folded(vi.Words(b.Title))), cadenceOf(folded(lead[:min(len(lead), 60)])))
}

var (
	meetingWord = regexp.MustCompile(`\b(?:ban|bao|ket|ky)\b`)
	// stretches finds a plan for the next meeting, a week, a quarter (by its
	// number, or by the half year or nine months that it ends), a month; and
	// other months, of days and counts, which say nothing.
	stretches = regexp.MustCompile(` (?:(nhiem vu|phuong huong|trien khai)|(tuan)` +
		`|(qui (?:i{1,3}|iv|[1-4]|mot|nhat|hai|ba|tu|bon)|0*[69] thang)|0*[1-9]\d* thang|thang 0*([1-9]|1[0-2]))\b`)
)

// cadenceOf is the first stretch named behind the word for the meeting, before
// any plan for the next.
func cadenceOf(words string) string {
	at := meetingWord.FindStringIndex(words)
	if len(at) == 0 || at[0] == 0 {
		return ""
	}
	for _, m := range stretches.FindAllStringSubmatch(words[at[0]:], -1) {
		switch {
		case m[1] != "":
			return ""
		case m[2] != "":
			return "week"
		case m[3] != "":
			return "quarter"
		case m[4] != "":
			return "month " + m[4]
		}
	}
	return ""
}
