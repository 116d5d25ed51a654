package meeting

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bantin/bulletin"

	"github.com/google/go-cmp/cmp"
)

// told is a bulletin of the Front's quarterly briefing, changed by f.
func told(id string, f func(*bulletin.Bulletin)) Reported {
	b := &bulletin.Bulletin{
		ID: id, Kind: bulletin.GiaoBan, Province: "tuyen-quang", Host: "mttq", EventDate: "2020-07-10",
		Title: "Giao ban công tác phối hợp quý II/2020", Period: bulletin.Period{Year: 2020, Quarter: 2, Basis: bulletin.Stated},
		Lead:      "Ngày 10/7, Ban Thường trực Ủy ban MTTQ tỉnh tổ chức giao ban với các tổ chức chính trị - xã hội.",
		Published: time.Date(2020, 7, 13, 8, 0, 0, 0, bulletin.Zone),
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
		f    func(*bulletin.Bulletin)
		want bool
	}{
		{"another's words", func(b *bulletin.Bulletin) {
			b.Title, b.Lead = "Khối Mặt trận đánh giá sáu tháng", "Đồng chí Chủ tịch chủ trì."
		}, true},
		{"another kind", func(b *bulletin.Bulletin) { b.Kind = bulletin.SoKet }, false},
		{"no meeting", func(b *bulletin.Bulletin) { b.Kind = bulletin.Khac }, false},
		{"another province", func(b *bulletin.Bulletin) { b.Province = "ha-giang" }, false},
		{"another body on that day", func(b *bulletin.Bulletin) { b.Host = "ldld" }, false},
		{"a commune's body", func(b *bulletin.Bulletin) { b.Host = "xa-tan-trao.mttq" }, false},
		{"the next day", func(b *bulletin.Bulletin) { b.EventDate = "2020-07-11" }, false},
		{"the second day of the session", func(b *bulletin.Bulletin) {
			b.EventDate, b.Lead = "2020-07-11", "Ngày 11/7, hội nghị bước sang ngày làm việc thứ hai."
		}, true},
		{"a month's beside a quarter's", func(b *bulletin.Bulletin) { b.Title = "Giao ban công tác Mặt trận tháng 7" }, false},
		{"silent on the host, which it names", func(b *bulletin.Bulletin) { b.Host, b.Organizations = "", []string{"ctxh", "mttq"} }, true},
		{"silent on the host and naming others", func(b *bulletin.Bulletin) { b.Host, b.Organizations, b.Lead = "", []string{"ldld"}, "Ngày 10/7." }, false},
		{"silent on the day, of the same quarter", func(b *bulletin.Bulletin) { b.EventDate = "" }, true},
		{"silent on the day, of another quarter", func(b *bulletin.Bulletin) { b.EventDate, b.Period.Quarter = "", 1 }, false},
		{"silent on the day, told half a year later", func(b *bulletin.Bulletin) {
			b.EventDate, b.Published = "", time.Date(2021, 1, 13, 8, 0, 0, 0, bulletin.Zone)
		}, false},
		{"silent on the day, in other words", func(b *bulletin.Bulletin) {
			b.EventDate, b.Title, b.Lead = "", "Kiểm tra phòng chống lụt bão", "Đoàn kiểm tra đã đi thực địa tại ba xã vùng cao."
		}, false},
	} {
		a, b := told("a", nil), told("b", c.f)
		if got := Same(a.Bulletin, b.Bulletin); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if Same(a.Bulletin, b.Bulletin) != Same(b.Bulletin, a.Bulletin) {
			t.Errorf("%s: not symmetric", c.name)
		}
	}
}

// TestMeetings puts bulletins in every order and wants the same meetings.
func TestMeetings(t *testing.T) {
	all := []Reported{
		told("a", nil), told("b", nil),
		told("c", func(b *bulletin.Bulletin) { b.Host = "ldld" }),
		told("d", func(b *bulletin.Bulletin) { b.Host, b.Organizations = "", []string{"mttq"} }),
		told("e", func(b *bulletin.Bulletin) { // fits two: the Front's and the Labour Confederation's
			b.Host, b.Organizations, b.Lead = "", []string{"mttq", "ldld"}, "Ngày 10/7, hội nghị giao ban diễn ra sôi nổi."
		}),
		told("f", func(b *bulletin.Bulletin) { b.EventDate = "" }),
		told("g", func(b *bulletin.Bulletin) {
			b.EventDate, b.Period = "", bulletin.Period{Year: 2020, Quarter: 1, Basis: bulletin.Guessed}
		}),
		told("h", func(b *bulletin.Bulletin) { b.Kind = bulletin.Khac }),
		told("i", func(b *bulletin.Bulletin) { b.Title = "Giao ban tháng 7" }),
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
		for _, m := range All(slices.Clone(all)) {
			got[m.ID] = m.Members
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	}
}
