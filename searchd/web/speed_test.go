package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// cpuTime is what this process has used so far, of all processors.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRare asks the API for words that few bulletins hold, each once, with
// facets, snippets and JSON, showing all that were found, up to ten, or one of them:
// what is left is what any search costs over its matches. It reports CPU. The
// bulletins are those of BenchmarkLoad.
func BenchmarkRare(b *testing.B) {
	s, v := loaded(b)
	rare := rareWords(b, s.index, v, 6000)
	for i, size := range []int{10, 1} {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			timeAll(b, s, rare[i*3000:][:3000], func(word string) string {
				return fmt.Sprintf("/api/v1/search?size=%d&q=%s", size, url.QueryEscape(word))
			})
		})
	}
}

// BenchmarkDeep asks for the first page of common words and for that behind the
// cursor of a page far behind it, in turn, and reports the CPU of both.
func BenchmarkDeep(b *testing.B) {
	s, v := loaded(b)
	for _, sort := range []string{"relevance", "newest"} {
		b.Run(sort, func(b *testing.B) {
			var first, deep []time.Duration
			for i := 0; b.Loop(); i++ {
				address := fmt.Sprintf("/api/v1/search?sort=%s&size=50&facets=quarter&q=%s", sort, v.words(1))
				used := cpuTime()
				w := s.get(b, address)
				first = append(first, cpuTime()-used)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
				for range 19 {
					var page struct{ Next string }
					if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || page.Next == "" {
						break
					}
					used = cpuTime()
					w = s.get(b, address+"&after="+url.QueryEscape(page.Next))
					deep = append(deep, cpuTime()-used)
				}
			}
			report(b, "first", first)
			report(b, "deep", deep)
		})
	}
}

// timeAll asks for each once and reports the CPU of the answers.
func timeAll(b *testing.B, s *service, of []string, address func(string) string) {
	b.Helper()
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		used := cpuTime()
		w := s.get(b, address(of[i%len(of)]))
		times = append(times, cpuTime()-used)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code, w.Body)
		}
	}
	report(b, "", times)
}

func report(b *testing.B, name string, times []time.Duration) {
	b.Helper()
	slices.Sort(times)
	if len(times) == 0 {
		return
	}
	var sum time.Duration
	for _, t := range times {
		sum += t
	}
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), name+"p50-cpu-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), name+"p99-cpu-µs")
	b.ReportMetric(float64(sum.Microseconds())/float64(len(times)), name+"mean-cpu-µs")
	b.ReportMetric(0, "ns/op")
}

// rareWords are words of the bulletins that at most 20 of them hold.
func rareWords(b *testing.B, ix index.Index, v reader, n int) []string {
	b.Helper()
	var out []string
	for i := 0; len(out) < n; i++ {
		var words []string
		var nodes []index.Node
		for _, t := range vi.Analyze(v.g.Bulletin(v.IntN(v.n)).Body).Syl {
			words = append(words, t.Text)
			nodes = append(nodes, index.Word{Text: t.Text, Accented: true})
		}
		counts, err := ix.Counts(b.Context(), nodes)
		if err != nil {
			b.Fatal(err)
		}
		for j, c := range counts {
			if c > 0 && c <= 20 && !slices.Contains(out, words[j]) && !strings.ContainsAny(words[j], "0123456789") {
				out = append(out, words[j])
			}
		}
	}
	return out[:n]
}
