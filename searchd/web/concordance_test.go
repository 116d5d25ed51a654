package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/searchd/web/answer"

	"github.com/google/go-cmp/cmp"
)

// concorded is the answer of /api/v1/concordance as the tests read it.
type concorded struct {
	Total       int
	Considered  *int
	Capped      bool
	Occurrences []struct {
		ID, Title, Field   string
		Start, End         int
		Left, Match, Right string
		Published          string
		Province           *struct{ ID string }
	}
	Next string
}

func concordance(t *testing.T, s *service, query string) concorded {
	t.Helper()
	w := s.get(t, "/api/v1/concordance?"+query)
	var got concorded
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatal(query, w.Code, err, w.Body)
	}
	return got
}

func rows(t *testing.T, s *service, address string) [][]string {
	t.Helper()
	w := s.get(t, address)
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\uFEFF"))).ReadAll()
	if err != nil || w.Code != http.StatusOK {
		t.Fatal(address, w.Code, err)
	}
	return all[1:]
}

// TestConcordance: the table has every occurrence in every bulletin found, each
// where its bytes say with the words around it; the pages have the same.
func TestConcordance(t *testing.T) {
	s := demo(t, Config{})
	texts := map[string]bulletin.Bulletin{}
	for _, b := range testBulletins() {
		texts[b.ID] = b
	}
	for _, query := range []string{"q=an+sinh", "q=%22giao+ban%22&province=tuyen-quang", "q=35-CT%2FTW&from=2021-01-01", "q=giam+sat", "q=zzzz", "cites=73-nq-tu@quang-tri", "cites=35-ct-tw"} {
		all := rows(t, s, "/concordance.csv?"+query)
		want := 0
		for line := range strings.Lines(s.get(t, "/search.jsonl?"+query).Body.String()) {
			var found struct{ ID string }
			if err := json.Unmarshal([]byte(line), &found); err != nil {
				t.Fatal(err)
			}
			b := texts[found.ID]
			if text, ok := strings.CutPrefix(query, "q="); ok {
				text, _, _ = strings.Cut(strings.NewReplacer("+", " ", "%22", `"`, "%2F", "/").Replace(text), "&")
				m := answer.Matches(text)
				want += len(m.In(b.Title, "title")) + len(m.In(b.Body, "body"))
			} else {
				want++ // every bulletin of the corpus cites each of its documents once
			}
		}
		if len(all) != want || (want == 0) != (query == "q=zzzz") {
			t.Errorf("%s: %d occurrences, want %d", query, len(all), want)
		}
		for _, r := range all {
			start, _ := strconv.Atoi(r[2])
			end, _ := strconv.Atoi(r[3])
			text := texts[r[0]].Body
			if r[1] == "title" {
				text = texts[r[0]].Title
			}
			if end > len(text) || text[start:end] != r[5] || !strings.HasSuffix(text[:start], r[4]) || !strings.HasPrefix(text[end:], r[6]) || strings.Contains(r[4]+r[6], "\n") {
				t.Errorf("%s: %q does not stand there", query, r)
			}
		}
		var paged [][]string
		for next := "0"; next != ""; {
			got := concordance(t, s, query+"&size=7&after="+next)
			for _, o := range got.Occurrences {
				paged = append(paged, []string{o.ID, o.Field, strconv.Itoa(o.Start), strconv.Itoa(o.End), o.Left, o.Match, o.Right})
			}
			next = got.Next
		}
		var table [][]string
		for _, r := range all {
			table = append(table, r[:7])
		}
		if d := cmp.Diff(table, paged); d != "" {
			t.Errorf("%s: pages and table differ: %s", query, d)
		}
	}
}

// TestConcordanceOrders: lines are in the order of the words beside the match,
// as a Vietnamese dictionary has it, and none is lost by it.
func TestConcordanceOrders(t *testing.T) {
	var all []bulletin.Bulletin
	for i, words := range []string{"da trời giao ban sáng", "đá trời giao ban Ân", "dạ trời giao ban ăn", "Dà trời giao ban an", "đa trời giao ban ấn", "e trời giao ban ận"} {
		b := bulletin.Bulletin{Title: "Tin " + strconv.Itoa(i), Body: words, Province: places[i%4].province}
		b.ID = bulletin.NewID(b.Title)
		all = append(all, b)
	}
	s := newService(t, Config{}, all...)
	for order, want := range map[string]string{
		"left": "da|Dà|dạ|đa|đá|e", "right": "an|ăn|Ân|ấn|ận|sáng", "province": "Hà Giang|Hà Giang|Quảng Trị|Thừa Thiên Huế|Tuyên Quang|Tuyên Quang",
	} {
		got := concordance(t, s, "q=%22giao+ban%22&order="+order)
		var words []string
		for _, o := range got.Occurrences {
			switch order {
			case "left":
				words = append(words, strings.Fields(o.Left)[0])
			case "right":
				words = append(words, strings.Fields(o.Right)[0])
			default:
				words = append(words, bulletin.ProvinceLabel(o.Province.ID))
			}
		}
		if strings.Join(words, "|") != want {
			t.Errorf("%s: %s, want %s", order, strings.Join(words, "|"), want)
		}
		if got.Considered == nil || *got.Considered != len(all) || got.Capped {
			t.Errorf("%s: %v considered, capped %v", order, got.Considered, got.Capped)
		}
	}
	for _, bad := range []string{"order=up", "after=x", "after=-1", "after=10001", "sort=newest"} {
		if w := s.get(t, "/api/v1/concordance?q=a&"+bad); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// TestConcordanceIsBounded: the newest ten thousand are put in order and the
// page says so; the table has all.
func TestConcordanceIsBounded(t *testing.T) {
	var all []bulletin.Bulletin
	for i := range 3 {
		b := testBulletin(places[i], 2020+i, 1)
		b.Title, b.Lead, b.Cites, b.Body = "Tin "+strconv.Itoa(i), "", nil, strings.Repeat("giao ban x ", 4000)
		all = append(all, b)
	}
	s := newService(t, Config{}, all...)
	got := concordance(t, s, "q=%22giao+ban%22&order=right&size=100")
	if got.Considered == nil || *got.Considered != answer.MaxOccurrences || !got.Capped {
		t.Errorf("%v considered, capped %v", got.Considered, got.Capped)
	}
	if page := s.get(t, "/concordance?q=%22giao+ban%22&order=right&lang=vi").Body.String(); !strings.Contains(page, "Đã sắp xếp 10.000 lần xuất hiện mới nhất") {
		t.Error("the page does not say that there are more")
	}
	last := concordance(t, s, "q=%22giao+ban%22&size=100&after=9950")
	if len(last.Occurrences) != 50 || last.Next != "" || !last.Capped {
		t.Errorf("the last page has %d, next %q, capped %v", len(last.Occurrences), last.Next, last.Capped)
	}
	table := rows(t, s, "/concordance.csv?q=%22giao+ban%22")
	newest := slices.IndexFunc(table, func(r []string) bool { return r[0] != table[0][0] })
	if len(table) != 12_000 || newest != 4000 || table[0][0] != all[2].ID {
		t.Errorf("%d rows, the first %d of %s", len(table), newest, table[0][0])
	}
}
