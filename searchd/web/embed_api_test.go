package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"
	"unicode/utf8"

	"bantin/searchd/web/embed"
)

func TestEmbedAPI(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct {
		query                string
		total                int
		suggestions, results string // of the first one
	}{
		{"q=", 0, "", ""},
		{"q=giao+ban+q", 48, "", "/bulletins/"},
		{"q=tuyen+quang&mode=suggest", 0, "/search?province=tuyen-quang", ""},
		{"q=35-ct&mode=suggest", 0, "/documents/35-ct-tw", ""},
		{"q=giao+b&mode=suggest", 0, "/bulletins/", ""},
		{"q=giao+b&mode=suggest&province=ha-giang", 0, "/bulletins/", ""},
		{"q=tuyen+quang&mode=suggest&province=ha-giang", 0, "", ""},
		{"q=mat+tr&mode=results&province=ha-giang", 12, "", "/bulletins/"},
		{"q=73-nq&mode=suggest&province=ha-giang", 0, "/documents/73-nq-tu@ha-giang", ""},
		{"q=zzzz", 0, "", ""},
		{"q=zzzz&mode=suggest", 0, "", ""},
		{"meeting=" + toldMeeting, 1, "", "/bulletins/"},
		{"meeting=tuyen-quang/mttq/so-ket", 3, "", "/meetings/tuyen-quang-mttq-so-ket-20"},
		{"meeting=tuyen-quang/ubnd/hop-bao", 0, "", ""},
	} {
		t.Run(tc.query, func(t *testing.T) {
			got := askEmbed(t, s, tc.query)
			if got.Total != tc.total || !begins(got.Suggestions, tc.suggestions) || !begins(got.Results, tc.results) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestEmbedMeeting: who reports a meeting, under an id of before too, and the
// last meetings of a series, in the language asked for.
func TestEmbedMeeting(t *testing.T) {
	s := demo(t, Config{})
	s.add(t, retold()...)
	got := askEmbed(t, s, "lang=vi&size=3&meeting="+toldMeeting)
	if got.Total != 4 || len(got.Results) != 3 || got.Page != "/meetings/"+toldMeeting || !strings.Contains(got.Meeting, "24/6/2019") {
		t.Errorf("%+v", got)
	}
	if note := got.Results[1].Note; got.Results[1].URL != "/bulletins/party" || !strings.HasSuffix(note, "25/6/2019") {
		t.Errorf("%q of %+v", note, got.Results[1])
	}
	series := askEmbed(t, s, "lang=en&size=1&meeting=tuyen-quang/mttq/so-ket")
	if !strings.Contains(series.Meeting, "Tuyên Quang") || len(series.Results) != 1 || series.Page != "/meetings?province=tuyen-quang&host=mttq&kind=so-ket" {
		t.Errorf("%+v", series)
	}
	for query, want := range map[string]int{
		"meeting=nobody-knows-it": http.StatusNotFound, "meeting=atlantis/mttq/so-ket": http.StatusBadRequest, "meeting=tuyen-quang/mttq/khac": http.StatusBadRequest,
		"meeting=tuyen-quang/mttq": http.StatusBadRequest, "q=a&meeting=" + toldMeeting: http.StatusConflict, "kind=so-ket&meeting=" + toldMeeting: http.StatusConflict,
	} {
		if w := s.get(t, embed.API+"?"+query); w.Code != want {
			t.Errorf("%s: %d, want %d: %s", query, w.Code, want, w.Body)
		}
	}
}

func askEmbed(t *testing.T, s *service, query string) embed.AnswerJSON {
	t.Helper()
	w := s.get(t, embed.API+"?"+query)
	var got embed.AnswerJSON
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatal(w.Code, err, w.Body)
	}
	return got
}

func begins(items []embed.ItemJSON, prefix string) bool {
	if prefix == "" || len(items) == 0 {
		return prefix == "" && len(items) == 0
	}
	return strings.HasPrefix(items[0].URL, prefix)
}

// TestEmbedAnswerIsLean: 8 results with the longest titles, every word marked.
func TestEmbedAnswerIsLean(t *testing.T) {
	all := testBulletins()
	for i := range all {
		all[i].Title = fmt.Sprintf("%s số %d", strings.Repeat("Đẩy mạnh tuyên truyền, ", 20), i)
		all[i].Cites = nil
		all[i].Body = all[i].Lead // no two alike, or the list would collapse them
		for n := range 80 {
			all[i].Body += fmt.Sprintf(" %d", (i+1)*1000+n)
		}
	}
	s := newService(t, Config{}, all...)
	for _, mode := range embed.Modes {
		w := s.get(t, embed.API+"?mode="+mode+"&q="+url.QueryEscape("đẩy mạnh tuyên truyền"))
		var got embed.AnswerJSON
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if n := len(got.Suggestions) + len(got.Results); n < 8 || w.Body.Len() > 3<<10 {
			t.Errorf("%s: %d lines in %d bytes", mode, n, w.Body.Len())
		}
		for _, item := range append(got.Results, got.Suggestions...) {
			if text := strings.Join(item.Text, ""); !utf8.ValidString(text) || len(text) > 160 {
				t.Errorf("%q", text)
			}
		}
	}
}

func TestEmbedMarks(t *testing.T) {
	s := demo(t, Config{})
	got := askEmbed(t, s, "mode=results&size=1&q=giao+ban+ma")
	if len(got.Results) != 1 {
		t.Fatal(got)
	}
	marked := ""
	for i, p := range got.Results[0].Text {
		if i%2 == 1 {
			marked += p + "|"
		}
	}
	if !strings.HasPrefix(marked, "Giao ban|Mặt|") {
		t.Errorf("%q of %q", marked, got.Results[0].Text)
	}
}

func TestEmbedRefusesParameters(t *testing.T) {
	s := demo(t, Config{})
	for query, parameter := range map[string]string{
		"mode=all": "mode", "size=21": "size", "size=-1": "size", "province=atlantis": "province", "utm=1": "utm", "q=a&q=b": "q",
	} {
		w := s.get(t, embed.API+"?"+query, "Origin", "https://portal.example")
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"parameter":"`+parameter+`"`) || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Error(query, w.Code, w.Body, w.Header())
		}
	}
}

// BenchmarkSuggest asks what people begin to type; "new" varies the letters'
// case so that no answer is in memory.
func BenchmarkSuggest(b *testing.B) {
	s := demo(b, Config{})
	queries := []string{
		"giao ban cong tac m", "mat tran to quoc t", "mặt trận tổ quốc t", "tuyen quang giao ban", "so ket sau thang d", "thua thien hue giao",
		"uy ban mat tran to q", "khong co gi nhu the", "chi thi so bo chinh tri",
	}
	for _, bc := range []struct {
		name, address string
		varied        bool
	}{
		{"api", "/api/v1/suggest?size=8&q=", true},
		{"box", embed.API + "?mode=suggest&province=tuyen-quang&q=", false},
		{"box new", embed.API + "?mode=suggest&q=", true},
		{"box new in province", embed.API + "?mode=suggest&province=tuyen-quang&q=", true},
		{"box new with results", embed.API + "?province=tuyen-quang&q=", true},
	} {
		b.Run(bc.name, func(b *testing.B) {
			var asked atomic.Uint64
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					n := asked.Add(1)
					q := queries[n%uint64(len(queries))]
					if bc.varied {
						q = recased(q, n/uint64(len(queries)))
					}
					w := s.get(b, bc.address+url.QueryEscape(q))
					if w.Code != http.StatusOK {
						b.Error(w.Code, w.Body)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}

// recased writes the letters of s in capitals where n has a bit set.
func recased(s string, n uint64) string {
	runes := []rune(s)
	for i := range runes {
		if n>>i&1 == 1 {
			runes[i] = unicode.ToUpper(runes[i])
		}
	}
	return string(runes)
}
