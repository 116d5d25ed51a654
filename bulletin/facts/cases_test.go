package facts

import (
	"cmp"
	"fmt"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/cite"
)

// readCitationCase compares labels: text, want, province.
func readCitationCase(c factCase) (want, got []string) {
	for _, cite := range cite.Read("", c["text"], cite.Context{Province: c["province"]}) {
		got = append(got, cite.Label)
	}
	return listed(c["want"]), got
}

// readCitationKeyCase compares keys: text, want, province, published.
func readCitationKeyCase(c factCase) (want, got []string) {
	published, _ := time.ParseInLocation(time.DateOnly, c["published"], bulletin.Zone)
	for _, cite := range cite.Read("", c["text"], cite.Context{Province: c["province"], Published: published}) {
		got = append(got, cite.Key)
	}
	return listed(c["want"]), got
}

// readDateCase reads one printed date by the reader of its kind: published
// (one printed string, a relative or machine one too), page (the head of a
// page), lead, url. The column ref is the day of the fetch or publication.
func readDateCase(c factCase) (want, got []string) {
	ref := momentOf(c["ref"])
	var d PrintedDate
	var ok bool
	switch c["kind"] {
	case "published":
		d.Time, d.Precision, ok = ReadTimestamp(c["text"], ref)
	case "page":
		d, ok = FindPublished(c["text"], Hint{Fetched: ref, URL: c["url"]})
	case "lead":
		d, ok = readEventDateOf(c["text"], ref)
	case "url":
		d, ok = ReadURLDate(c["text"])
	}
	if ok {
		got = []string{d.Time.In(bulletin.Zone).Format("2006-01-02T15:04:05.999") + " " + string(d.Precision)}
	}
	return listed(c["want"]), got
}

func readPeriodCase(c factCase) (want, got []string) {
	day := cmp.Or(momentOf(c["event"]), momentOf(c["published"]))
	if r, _ := readPeriodOf(c["title"], c["text"], bulletin.Kind(c["kind"]), day); r.Year != 0 {
		got = []string{fmt.Sprintf("%d-Q%d %s", r.Year, r.Quarter, r.Basis)}
	}
	return listed(c["want"]), got
}

func readProvinceCase(c factCase) (want, got []string) {
	if slug := readProvinceOf(c["title"], c["lead"], c["body"], c["site"], momentOf(c["published"])); slug != "" {
		got = []string{slug + " " + bulletin.ProvinceNow(slug)}
	}
	return listed(c["want"]), got
}

func readOrganizationCase(c factCase) (want, got []string) {
	for _, m := range FindOrganizations(c["text"], c["province"]) {
		got = append(got, m.ID)
	}
	return listed(c["want"]), got
}

func readHostCase(c factCase) (want, got []string) {
	if m, ok := readHostOf(c["title"], c["lead"], c["province"]); ok {
		got = []string{m.ID}
	}
	return listed(c["want"]), got
}

func readKindCase(c factCase) (want, got []string) {
	return listed(c["want"]), []string{string(readKindOf(c["title"], c["lead"]))}
}

func readBylineCase(c factCase) (want, got []string) {
	if author, _ := ReadByline(c["text"]); author != "" {
		got = []string{author}
	}
	return listed(c["want"]), got
}

// readChairCase compares who presided, "name | role": text, want.
func readChairCase(c factCase) (want, got []string) {
	b := bulletin.Bulletin{Body: c["text"]}
	ReadFacts(&b, Hint{})
	if b.Chair != (bulletin.Chair{}) {
		got = []string{b.Chair.Name + " | " + b.Chair.Role}
	}
	return listed(c["want"]), got
}

// momentOf reads a cell that holds a day or a minute; empty is the zero time.
func momentOf(cell string) time.Time {
	t, _, err := bulletin.ParseTime(cell)
	if err != nil {
		return time.Time{}
	}
	return t
}

func TestFactSpans(t *testing.T) {
	const text = "Sáng ngày 25/9/2020, Uỷ ban MTTQ tỉnh Hà Giang tổ chức giao ban quí III/2020."
	d, _ := readEventDateOf(text, time.Time{})
	_, period := readPeriodOf("", text, "", time.Time{})
	k, _ := findKind(text)
	o := FindOrganizations(text, "")
	places := findPlaces(text)
	if len(o) != 1 || len(places) != 1 {
		t.Fatalf("organizations %v, provinces %v; want one of each", o, places)
	}
	for _, c := range []struct {
		span bulletin.Span
		want string
	}{
		{d.Span, "25/9/2020"},
		{period, "quí III/2020"},
		{k, "giao ban"},
		{o[0].Span, "Uỷ ban MTTQ tỉnh Hà Giang"},
		{places[0], "tỉnh Hà Giang"},
	} {
		if got := text[c.span.Start:c.span.End]; got != c.want {
			t.Errorf("span reads %q, want %q", got, c.want)
		}
	}
}
