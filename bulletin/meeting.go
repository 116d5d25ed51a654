package bulletin

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"bantin/analyzers/sketch"
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

// Account is a bulletin as it is compared with others that may report the same
// meeting.
type Account struct {
	Report
	b     *Bulletin
	words sketch.Sample // of title and lead
}

// AccountOf is the account that a bulletin gives; ok is false for one that
// reports no meeting, or none of a known province. The bulletin must not change
// while the account is used.
func AccountOf(b *Bulletin) (a *Account, ok bool) {
	r, ok := ReportOf(b)
	if !ok {
		return nil, false
	}
	return &Account{r, b, sketch.NewSample(vi.Shingles(b.Title+"\n\n"+b.Lead, 2))}, true
}

// SameMeeting tells whether two bulletins report one meeting. It is a pure
// function, and SameMeeting(a, b) is SameMeeting(b, a). Different days, hosts
// or cadences part them, whatever the words; a silent bulletin is joined to
// one whose host it names, or whose period and words it shares.
func SameMeeting(a, b *Bulletin) bool {
	x, one := AccountOf(a)
	y, two := AccountOf(b)
	return one && two && x.Same(y)
}

// Same is [SameMeeting] of two bulletins. Their bodies count only when both say
// no host, or one says none and neither says a day.
func (a *Account) Same(o *Account) bool {
	if a.Kind != o.Kind || a.Province != o.Province || !a.sameHost(o) {
		return false
	}
	if a.Day != "" && o.Day != "" {
		return a.Day == o.Day && a.sameCadence(o)
	}
	if a.Day == "" && o.Day == "" && (a.Host == "" || o.Host == "") {
		return a.sameCadence(o) && sketch.Alike(a.b.Body, o.b.Body)
	}
	return a.Period.same(o.Period) && a.inTime(o) && a.sameCadence(o) && a.wordsAgree(o)
}

// same tells whether two periods that are known are of one quarter.
func (p Period) same(q Period) bool {
	return p.Year != 0 && p.Year == q.Year && p.Quarter == q.Quarter
}

// sameHost tells whether the hosts agree, or one bulletin is silent and names
// the other's, or both are silent and copies of each other.
func (a *Account) sameHost(o *Account) bool {
	switch {
	case a.Host == "" && o.Host == "":
		return sketch.Alike(a.b.Body, o.b.Body)
	case a.Host == "":
		return a.b.names(o.b)
	case o.Host == "":
		return o.b.names(a.b)
	}
	return a.Host == o.Host
}

// names tells whether a bulletin that says no host names another's, which is
// one of the province: the bodies below it are known by their units alone.
func (b *Bulletin) names(other *Bulletin) bool {
	return b.Host == "" && other.HostUnit == "" && slices.Contains(b.Organizations, other.Host)
}

// inTime refuses a bulletin of no day that was published long before or after
// the meeting of the other.
func (a *Account) inTime(o *Account) bool {
	const before, after = 21 * 24 * time.Hour, 45 * 24 * time.Hour
	at, err := time.ParseInLocation(time.DateOnly, a.Day+o.Day, Zone) // one of them is empty
	told := a.b.Published
	if a.b.EventDate != "" {
		told = o.b.Published
	}
	if err != nil || told.IsZero() {
		return true
	}
	return told.After(at.Add(-before)) && told.Before(at.Add(after))
}

func (a *Account) sameCadence(o *Account) bool {
	return a.Cadence == "" || o.Cadence == "" || a.Cadence == o.Cadence
}

// wordsAgree tells whether titles and leads say the same: a fifth of the
// two-word shingles of the shorter stand in the other.
func (a *Account) wordsAgree(o *Account) bool {
	const least = 0.2
	n, m, shared := a.words.Common(o.words)
	return float64(shared) >= least*float64(max(min(n, m), 1))
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
