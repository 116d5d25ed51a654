package web

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	chipForm    = regexp.MustCompile(`<li><a href="([^"]*)"[^>]*><span>([^<]*)</span><span class="x"`)
	withoutForm = regexp.MustCompile(`<li><a href="([^"]*)">([^<]*)</a><span class="n">([^<]*)</span>`)
)

// chipsOf lists the chips of a page as text and the address that each leads to.
func chipsOf(page string) []string {
	var out []string
	for _, m := range chipForm.FindAllStringSubmatch(page, -1) {
		to, err := url.QueryUnescape(html.UnescapeString(m[1]))
		out = append(out, fmt.Sprint(html.UnescapeString(m[2])+" → "+to, map[bool]string{true: " " + fmt.Sprint(err)}[err != nil]))
	}
	return out
}

// TestTypedFiltersHaveChips: what is written as a filter in the text can be
// taken away like any other, and only that.
func TestTypedFiltersHaveChips(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct{ query, want string }{
		{"q=an sinh", ""},
		{"q=tỉnh:hà-giang  an sinh", "Tỉnh, thành: Hà Giang → /search?q=an sinh"},
		{"q=an sinh province:ha-giang&lang=en", "Province: Hà Giang → /search?q=an sinh&lang=en"},
		{"q=an sinh -tỉnh:hà-giang", "Tỉnh, thành: trừ Hà Giang → /search?q=an sinh"},
		{"q=an sinh NOT tỉnh:hà-giang&lang=en", "Province: except Hà Giang → /search?q=an sinh&lang=en"},
		{"q=quý:III/2020 org:mttq từ:2020 đến:2020", "Kỳ: Quý III/2020 → /search?q=org:mttq từ:2020 đến:2020|" +
			"Cơ quan: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh → /search?q=quý:III/2020 từ:2020 đến:2020|" +
			"Từ: 1/1/2020 → /search?q=quý:III/2020 org:mttq đến:2020|Đến: 31/12/2020 → /search?q=quý:III/2020 org:mttq từ:2020"},
		{"q=kind:so-ket sinh source:quang-tri&year=2020", "Năm đăng: 2020 → /search?q=kind:so-ket sinh source:quang-tri|" +
			"Loại: Sơ kết → /search?q=sinh source:quang-tri&year=2020|Nguồn: Tỉnh ủy Quảng Trị → /search?q=kind:so-ket sinh&year=2020"},
		{"q=sinh cites:73-nq-tu", "Văn bản: 73-NQ/TU → /search?q=sinh"},
		{"q=tỉnh:hà-giang OR tỉnh:quảng-trị", "Tỉnh, thành: Hà Giang → /search?q=tỉnh:quảng-trị|Tỉnh, thành: Quảng Trị → /search?q=tỉnh:hà-giang"},
		{"q=tỉnh:hà-giang sinh province:ha-giang&sort=newest", "Tỉnh, thành: Hà Giang → /search?q=sinh&sort=newest"},
		{"q=tỉnh:hà-giang sinh&province=ha-giang", "Tỉnh, thành: Hà Giang → /search?q=sinh"},
	} {
		q, err := url.ParseQuery(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		page := s.get(t, "/search?"+q.Encode()).Body.String()
		if got := strings.Join(chipsOf(page), "|"); got != tc.want {
			t.Errorf("%s: %s\nwant %s", tc.query, got, tc.want)
		}
	}
}

// TestTypedFacetsWiden: choosing a further value beside a typed one asks for
// either, and choosing the typed one takes it out of the text.
func TestTypedFacetsWiden(t *testing.T) {
	s := demo(t, Config{})
	page := s.get(t, "/search?q=t%E1%BB%89nh:h%C3%A0-giang+an+sinh").Body.String()
	for _, want := range []string{
		`<a href="/search?q=an+sinh&amp;province=ha-giang&amp;province=quang-tri" rel="nofollow"><span>Quảng Trị</span><span class="n">12</span>`,
		`<a href="/search?q=an+sinh" rel="nofollow" class="on" aria-current="true"><span>Hà Giang</span><span class="n">12</span>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if !strings.Contains(s.get(t, "/search?q=qu%C3%BD:III/2020").Body.String(), `<a href="/search?quarter=2020-Q3&amp;quarter=`) {
		t.Error("the histogram asks for two quarters at once")
	}
}

// TestNothingFoundCountsTypedFilters: every filter's removal is offered with
// what it leads to.
func TestNothingFoundCountsTypedFilters(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct{ query, want string }{
		{"q=an sinh tỉnh:lai-châu quý:III/2020", "Bỏ “Lai Châu” 2 bản tin|Bỏ mọi bộ lọc 48 bản tin"},
		{"q=an sinh tỉnh:lai-châu&lang=en", "Without “Lai Châu” 48 bulletins"},
		{"q=an sinh tỉnh:hà-giang -tỉnh:hà-giang&year=2020", "Bỏ “Hà Giang” 6 bản tin|Bỏ “trừ Hà Giang” 2 bản tin|Bỏ mọi bộ lọc 48 bản tin"},
		{"q=từ:2030 đến:2031", "Bỏ “Từ 1/1/2030” 48 bản tin|Bỏ mọi bộ lọc 48 bản tin"},
	} {
		q, err := url.ParseQuery(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		page := s.get(t, "/search?"+q.Encode()).Body.String()
		_, page, _ = strings.Cut(page, `<ul class="counts">`)
		page, _, _ = strings.Cut(page, "</ul>")
		var got []string
		for _, m := range withoutForm.FindAllStringSubmatch(page, -1) {
			got = append(got, html.UnescapeString(m[2])+" "+m[3])
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("%s: %s\nwant %s", tc.query, strings.Join(got, "|"), tc.want)
		}
	}
}
