package bulletin

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// told is a bulletin of the Front's quarterly briefing, changed by f.
func told(id string, f func(*Bulletin)) Reported {
	b := &Bulletin{
		ID: id, Kind: GiaoBan, Province: "tuyen-quang", Host: "mttq", EventDate: "2020-07-10",
		Title: "Giao ban công tác phối hợp quý II/2020", Period: Period{2020, 2, Stated},
		Lead:      "Ngày 10/7, Ban Thường trực Ủy ban MTTQ tỉnh tổ chức giao ban với các tổ chức chính trị - xã hội.",
		Published: time.Date(2020, 7, 13, 8, 0, 0, 0, Zone),
	}
	if f != nil {
		f(b)
	}
	b.Body = b.Lead
	return Reported{b, id}
}

func TestSameMeeting(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(*Bulletin)
		want bool
	}{
		{"another's words", func(b *Bulletin) {
			b.Title, b.Lead = "Khối Mặt trận đánh giá sáu tháng", "Đồng chí Chủ tịch chủ trì."
		}, true},
		{"another kind", func(b *Bulletin) { b.Kind = SoKet }, false},
		{"no meeting", func(b *Bulletin) { b.Kind = Khac }, false},
		{"another province", func(b *Bulletin) { b.Province = "ha-giang" }, false},
		{"another body on that day", func(b *Bulletin) { b.Host = "ldld" }, false},
		{"a commune's body", func(b *Bulletin) { b.Host = "xa-tan-trao.mttq" }, false},
		{"the next day", func(b *Bulletin) { b.EventDate = "2020-07-11" }, false},
		{"the second day of the session", func(b *Bulletin) {
			b.EventDate, b.Lead = "2020-07-11", "Ngày 11/7, hội nghị bước sang ngày làm việc thứ hai."
		}, true},
		{"a month's beside a quarter's", func(b *Bulletin) { b.Title = "Giao ban công tác Mặt trận tháng 7" }, false},
		{"silent on the host, which it names", func(b *Bulletin) { b.Host, b.Organizations = "", []string{"ctxh", "mttq"} }, true},
		{"silent on the host and naming others", func(b *Bulletin) { b.Host, b.Organizations, b.Lead = "", []string{"ldld"}, "Ngày 10/7." }, false},
		{"silent on the day, of the same quarter", func(b *Bulletin) { b.EventDate = "" }, true},
		{"silent on the day, of another quarter", func(b *Bulletin) { b.EventDate, b.Period.Quarter = "", 1 }, false},
		{"silent on the day, told half a year later", func(b *Bulletin) {
			b.EventDate, b.Published = "", time.Date(2021, 1, 13, 8, 0, 0, 0, Zone)
		}, false},
		{"silent on the day, in other words", func(b *Bulletin) {
			b.EventDate, b.Title, b.Lead = "", "Kiểm tra phòng chống lụt bão", "Đoàn kiểm tra đã đi thực địa tại ba xã vùng cao."
		}, false},
	} {
		a, b := told("a", nil), told("b", c.f)
		if got := SameMeeting(a.Bulletin, b.Bulletin); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if SameMeeting(a.Bulletin, b.Bulletin) != SameMeeting(b.Bulletin, a.Bulletin) {
			t.Errorf("%s: not symmetric", c.name)
		}
	}
}

// TestMeetings puts bulletins in every order and wants the same meetings.
func TestMeetings(t *testing.T) {
	all := []Reported{
		told("a", nil), told("b", nil),
		told("c", func(b *Bulletin) { b.Host = "ldld" }),
		told("d", func(b *Bulletin) { b.Host, b.Organizations = "", []string{"mttq"} }),
		told("e", func(b *Bulletin) { // fits two: the Front's and the Labour Confederation's
			b.Host, b.Organizations, b.Lead = "", []string{"mttq", "ldld"}, "Ngày 10/7, hội nghị giao ban diễn ra sôi nổi."
		}),
		told("f", func(b *Bulletin) { b.EventDate = "" }),
		told("g", func(b *Bulletin) { b.EventDate, b.Period = "", Period{2020, 1, Guessed} }),
		told("h", func(b *Bulletin) { b.Kind = Khac }),
		told("i", func(b *Bulletin) { b.Title = "Giao ban tháng 7" }),
	}
	want := map[string][]string{
		"tuyen-quang-mttq-giao-ban-2020-07-10":   {"a", "b", "d", "f"},
		"tuyen-quang-ldld-giao-ban-2020-07-10":   {"c"},
		"tuyen-quang-mttq-giao-ban-2020-07-10-2": {"i"},
		"tuyen-quang-giao-ban-2020-07-10":        {"e"},
		"tuyen-quang-mttq-giao-ban-2020-q1":      {"g"},
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got := map[string][]string{}
		for _, m := range Meetings(slices.Clone(all)) {
			got[m.ID] = m.Members
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	}
}
