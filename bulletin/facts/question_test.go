package facts

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// read writes what a question names as "field=values@text; …".
func read(q string) string {
	var out []string
	for _, n := range ReadQuestion(q) {
		out = append(out, fmt.Sprintf("%s=%s@%s", n.Field, strings.Join(n.Values, ","), q[n.Start:n.End]))
	}
	return strings.Join(out, "; ")
}

func TestReadQuestion(t *testing.T) {
	for _, c := range []struct{ question, want string }{
		{"giao ban tuyen quang quý hai 2020", "kind=giao-ban@giao ban; province=tuyen-quang@tuyen quang; quarter=2020-Q2@quý hai 2020"},
		{"Giao ban tỉnh Tuyên Quang", "kind=giao-ban@Giao ban; province=tuyen-quang@tỉnh Tuyên Quang"},
		{"giaoban mttq hưng yên", "kind=giao-ban@giaoban; org=mttq@mttq; province=hung-yen@hưng yên"},
		{"2020-Q2", "quarter=2020-Q2@2020-Q2"},
		{"quy 3 2021", "quarter=2021-Q3@quy 3 2021"},
		{"quý tư năm 2019", "quarter=2019-Q4@quý tư năm 2019"},
		{"6 tháng đầu năm 2021", "quarter=2021-Q1,2021-Q2@6 tháng đầu năm 2021"},
		{"từ 2019 đến 2021", "from=2019-01-01@từ 2019 đến 2021; to=2021-12-31@từ 2019 đến 2021"},
		{"from 2019 to 2021", "from=2019-01-01@from 2019 to 2021; to=2021-12-31@from 2019 to 2021"},
		{"thang 4 nam 2021", "day=2021-04@thang 4 nam 2021"},
		{"1-2006", "day=2006-01@1-2006"},
		{"ngày 8-4-2021", "day=2021-04-08@ngày 8-4-2021"},
		{"năm 2022", "day=2022@năm 2022"},
		{"gialai", "province=gia-lai@gialai"},
		{"TP.HCM", "province=ho-chi-minh@TP.HCM"},
		{"BR-VT", "province=ba-ria-vung-tau@BR-VT"},
		{"TT-Huế", "province=thua-thien-hue@TT-Huế"},
		{"tp Huế", "province=hue@tp Huế"},
		{"ldlđ", "org=ldld@ldlđ"},
		{"fatherland front briefing quarter 2 2020", "org=mttq@fatherland front; kind=giao-ban@briefing; quarter=2020-Q2@quarter 2 2020"},
		{"women's union", "org=hlhpn@women's union"},
		{"ubnd xã tân trào", ""},
		{"những điều quý nhất", ""},
		{"nông thôn mới y tế du lịch cao su", ""},
	} {
		if got := read(c.question); got != c.want {
			t.Errorf("%q: %q, want %q", c.question, got, c.want)
		}
	}
}

func TestStretch(t *testing.T) {
	for text, want := range map[string]string{
		"2020": "2020-01-01 2020-12-31", "quý III/2020": "2020-07-01 2020-09-30", "9/2020": "2020-09-01 2020-09-30",
		"2020-9": "2020-09-01 2020-09-30", "25.9.2020": "2020-09-25 2020-09-25", "hôm qua": "", "2020 và nữa": "", "31/2/2020": "",
	} {
		from, to, ok := Stretch(text)
		got := ""
		if ok {
			got = from.Format("2006-01-02") + " " + to.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzReadQuestion(f *testing.F) {
	for _, q := range []string{"giao ban quý 3/2020", "từ 2019 đến", "TP.HCM - - (UBND) xã", "\xff quý", "6 tháng", "tháng 13/2020"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		end := 0
		for _, n := range ReadQuestion(q) {
			if n.Start < end && n.Field != "to" || n.End > len(q) || n.Start >= n.End || len(n.Values) == 0 {
				t.Fatalf("%q: %v", q, n)
			}
			if utf8.ValidString(q) && !utf8.ValidString(q[n.Start:n.End]) {
				t.Fatalf("%q: %v cuts a character", q, n)
			}
			end = n.End
		}
	})
}
