package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/searchd/web/api"

	"github.com/google/go-cmp/cmp"
)

// toldMeeting is a meeting of the test corpus.
const toldMeeting = "tuyen-quang-mttq-so-ket-2019-06-24"

// retold are further reports of that meeting: one of other words, another
// chair and another quarter, one that says no host, and a copy of the first.
func retold() []bulletin.Bulletin {
	first := testBulletins()[0]
	party := bulletin.Bulletin{
		ID: "party", URL: "http://tinh-uy.example.vn/1", Site: "tinh-uy", Title: "Đánh giá công tác phối hợp sáu tháng",
		Lead:      "Chiều 24/6, tại trụ sở Tỉnh ủy, các đoàn thể tổ chức hội nghị nhìn lại nửa năm thực hiện quy chế.",
		Published: first.Published.Add(time.Hour), PublishedPrecision: bulletin.Minute, Province: first.Province, ProvinceNow: first.ProvinceNow,
		Kind: first.Kind, Host: "mttq", EventDate: first.EventDate, Organizations: []string{"mttq"},
		Period: bulletin.Period{Year: 2019, Quarter: 3, Basis: bulletin.Guessed}, Chair: bulletin.Chair{Name: "Nguyễn Hưng", Role: "Phó Bí thư"},
	}
	const cited = "Nghị quyết số 73-NQ/TU"
	party.Body = party.Lead + "\n\nHội nghị thống nhất bám sát " + cited + " trong quý tới."
	party.Cites = []bulletin.Citation{citing(party.Body, cited, bulletin.Citation{Key: "73-nq-tu@tuyen-quang", Label: "73-NQ/TU", Type: "Nghị quyết", Issuer: "TU", Province: "tuyen-quang"})}
	silent := party
	silent.ID, silent.URL, silent.Host, silent.Chair, silent.Cites = "silent", "http://bao.example.vn/1", "", bulletin.Chair{Name: "Lê Bình", Role: "Chủ tịch"}, nil
	silent.Lead = "Một buổi làm việc nữa của khối đoàn thể vừa khép lại với nhiều đề xuất mới về an sinh."
	silent.Body = silent.Lead
	twin := first
	twin.ID, twin.URL, twin.Published = "twin", "http://bao.example.vn/2", first.Published.Add(2*time.Hour)
	return []bulletin.Bulletin{party, silent, twin}
}

func decoded[T any](t *testing.T, s *service, address string) (got T) {
	t.Helper()
	w := s.get(t, address)
	if w.Code != http.StatusOK {
		t.Fatal(address, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestMeeting(t *testing.T) {
	s := demo(t, Config{})
	s.add(t, retold()...)
	first := testBulletins()[0].ID
	m := decoded[api.MeetingJSON](t, s, "/api/v1/meetings/"+toldMeeting)
	var ids []string
	for _, r := range m.Reports {
		ids = append(ids, r.ID)
	}
	if d := cmp.Diff([]string{first, "party", "silent", "twin"}, ids); d != "" {
		t.Error(d)
	}
	if m.Reports[3].Group != m.Reports[0].Group || m.Meeting.Sources != 4 || m.Meeting.Period.Quarter != 2 || m.Chair.Name != "Nguyễn Hưng" {
		t.Errorf("%+v %+v %+v", m.Meeting, m.Chair, m.Reports)
	}
	if v := m.Venue; v == nil || v.Text != "trụ sở Tỉnh ủy" || v.Bulletin != "party" || !strings.HasPrefix(v.Sentence, "Chiều 24/6") {
		t.Errorf("the venue is %+v", v)
	}
	var told []string
	for _, d := range m.Differences {
		for _, v := range d.Told {
			told = append(told, d.Fact+" "+v.Value+" "+strings.Join(v.By, "+"))
		}
	}
	want := []string{"period 2019-Q2 " + first + "+twin", "period 2019-Q3 party+silent", "chair Nguyễn Hưng party", "chair Lê Bình silent"}
	if d := cmp.Diff(want, told); d != "" {
		t.Error(d)
	}
	for _, d := range m.Documents {
		if d.Key == "73-nq-tu@tuyen-quang" && (len(d.By) != 3 || len(d.Sentences) != 3 || !strings.Contains(d.Sentences[1].Text, "bám sát")) {
			t.Errorf("%+v", d)
		}
	}
	if m.Before != nil || m.After == nil || *m.After != "tuyen-quang-mttq-so-ket-2021-06-24" {
		t.Errorf("before %v, after %v", m.Before, m.After)
	}
	page := s.get(t, "/meetings/"+toldMeeting+"?lang=vi").Body.String()
	for _, want := range []string{"4 nguồn", "Nguyễn Hưng", "Phó Bí thư", "gần trùng với nguồn 1", "bám sát", "đoán theo ngày", "Lê Bình", `<dd lang="vi">trụ sở Tỉnh ủy<br><q class="soft small">Chiều 24/6`, "/meetings.atom?province=tuyen-quang&amp;host=mttq&amp;kind=so-ket", "urldate", "archived copy"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if !strings.Contains(s.get(t, "/bulletins/party").Body.String(), "/meetings/"+toldMeeting) {
		t.Error("a bulletin does not lead to its meeting")
	}
}

// TestMeetingOfAUnit: who held a meeting below the province is called as
// printed, and its feed, table and page agree.
func TestMeetingOfAUnit(t *testing.T) {
	b := testBulletin(places[0], 2020, 3)
	b.Host, b.HostUnit, b.Lead = "huyen-uy", "huyen-yen-son.huyen-uy", "Ngày 24/9/2020, Ban Thường vụ Huyện ủy Yên Sơn tổ chức hội nghị giao ban."
	s := newService(t, Config{}, b)
	const id, printed = "tuyen-quang-huyen-yen-son-huyen-uy-giao-ban-2020-09-24", "Ban Thường vụ Huyện ủy Yên Sơn"
	if m := decoded[api.MeetingJSON](t, s, "/api/v1/meetings/"+id).Meeting; m.Host == nil || m.Host.ID != b.HostUnit || m.Host.Label != printed {
		t.Errorf("%+v", m.Host)
	}
	for _, path := range []string{"/meetings/" + id, "/meetings.csv?province=tuyen-quang", "/meetings.atom?province=tuyen-quang", "/meetings.ics?province=tuyen-quang"} {
		text := strings.ReplaceAll(s.get(t, path).Body.String(), "\r\n ", "") // lines of a calendar are folded
		if !strings.Contains(text, printed) {
			t.Errorf("%s does not say who held it", path)
		}
	}
}

// TestMeetingOnce: a search lists a meeting once and counts its bulletins.
func TestMeetingOnce(t *testing.T) {
	s := demo(t, Config{})
	s.add(t, retold()...)
	got := decoded[struct {
		Total int
		Hits  []struct {
			ID, Meeting         string
			Sources, Duplicates int
		}
	}](t, s, "/api/v1/search?province=tuyen-quang&kind=so-ket&size=50")
	if got.Total != 6 || len(got.Hits) != 3 {
		t.Errorf("%d hits of %d", len(got.Hits), got.Total)
	}
	found := 0
	for _, h := range got.Hits {
		if h.Meeting == toldMeeting {
			found++
			if h.Sources != 4 {
				t.Errorf("%+v", h)
			}
		}
	}
	if found != 1 {
		t.Errorf("the meeting is listed %d times", found)
	}
	if page := s.get(t, "/search?province=tuyen-quang&kind=so-ket&lang=vi").Body.String(); !strings.Contains(page, `<a href="/meetings/`+toldMeeting+`?lang=vi">Cuộc họp này có 4 nguồn</a>`) {
		t.Error("the list does not lead to the meeting")
	}
}

// TestMeetingRedirects: an id that a meeting had leads to the one that it has.
func TestMeetingRedirects(t *testing.T) {
	b := testBulletin(places[0], 2020, 3)
	b.Host = ""
	s := newService(t, Config{}, b)
	const old, now = "tuyen-quang-giao-ban-2020-09-24", "tuyen-quang-mttq-giao-ban-2020-09-24"
	if w := s.get(t, "/meetings/"+old); w.Code != http.StatusOK {
		t.Fatal(w.Code)
	}
	b.Host = "mttq"
	s.add(t, b)
	for from, to := range map[string]string{"/meetings/" + old + "?lang=en": "/meetings/" + now + "?lang=en", "/api/v1/meetings/" + old: "/api/v1/meetings/" + now} {
		if w := s.get(t, from); w.Code != http.StatusFound || w.Header().Get("Location") != to {
			t.Errorf("%s: %d %s", from, w.Code, w.Header().Get("Location"))
		}
	}
	if got := askEmbed(t, s, "meeting="+old); got.Page != "/meetings/"+now || len(got.Results) != 1 {
		t.Errorf("a box that names the id of before: %+v", got)
	}
	for _, path := range []string{"/meetings/none", "/api/v1/meetings/none", "/meetings/%22%3E%3Cscript%3E"} {
		if w := s.get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// TestSeries: a series has every quarter, those without a meeting with the
// reason, in all of its forms.
func TestSeries(t *testing.T) {
	s := demo(t, Config{})
	s.add(t, retold()...)
	const asked = "?province=tuyen-quang&host=mttq&kind=so-ket"
	got := decoded[api.SeriesJSON](t, s, "/api/v1/meetings"+asked)
	var line []string
	for _, q := range got.Quarters {
		line = append(line, *q.Quarter+" "+string(q.State)+" "+strings.Join(q.Meetings, "+"))
	}
	if at := slices.Index(line, "2019-Q2 found "+toldMeeting); at < 8 || !strings.HasPrefix(line[at-1], "2019-Q3 ") || strings.HasPrefix(line[at-1], "2019-Q3 found tuyen") {
		t.Errorf("%q", line)
	}
	if !slices.IsSortedFunc(line, func(a, b string) int { return strings.Compare(b, a) }) || len(got.Meetings) != 3 {
		t.Errorf("%d meetings, %q", len(got.Meetings), line)
	}
	table := s.get(t, "/meetings.csv"+asked)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.Body.String(), "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != len(line)+1 {
		t.Errorf("%d rows for %d quarters, %v", len(rows), len(line), err)
	}
	var feed struct {
		Entries []struct {
			ID string `xml:"id"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(s.get(t, "/meetings.atom"+asked).Body.Bytes(), &feed); err != nil || len(feed.Entries) != 3 {
		t.Errorf("%d entries, %v", len(feed.Entries), err)
	}
	calendar := s.get(t, "/meetings.ics"+asked).Body.String()
	if strings.Count(calendar, "BEGIN:VEVENT\r\n") != 3 || !strings.Contains(calendar, "DTSTART;VALUE=DATE:20190624\r\n") {
		t.Error(calendar)
	}
	for l := range strings.SplitSeq(calendar, "\r\n") {
		if len(l) > 75 {
			t.Errorf("a line of %d bytes: %s", len(l), l)
		}
	}
	page := s.get(t, "/meetings"+asked+"&lang=vi").Body.String()
	for _, want := range []string{toldMeeting, "4 nguồn", "Chưa thu thập", "/meetings.ics?province=tuyen-quang"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	for _, bad := range []string{"?province=atlantis", "?zzz=1"} {
		if w := s.get(t, "/api/v1/meetings"+bad); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}
