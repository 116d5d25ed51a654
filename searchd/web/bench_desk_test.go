package web

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// BenchmarkDesk measures what a researcher asks, each question asked for the
// first time, pages and JSON whole, and reports CPU. WORD stands for a common
// word. The bulletins are those of BenchmarkLoad.
func BenchmarkDesk(b *testing.B) {
	s, v := loaded(b)
	for _, c := range []struct{ name, address string }{
		{"coverage", "/coverage?q=WORD"},
		{"coverage-json", "/api/v1/coverage?q=WORD"},
		{"trends", "/trends?q=WORD"},
		{"trends-five", "/api/v1/trends?q=WORD&q=WORD&q=WORD&q=WORD&q=WORD"},
		{"map", "/trends?by=province_now&q=WORD"},
		{"concordance", "/concordance?q=WORD"},
		{"concordance-two", "/concordance?q=WORD+WORD"},
		{"concordance-sorted", "/concordance?order=left&q=WORD"},
		{"document", "/documents/35-ct-tw"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var times []time.Duration
			for n := 0; b.Loop(); n++ {
				address := c.address
				for strings.Contains(address, "WORD") {
					address = strings.Replace(address, "WORD", v.words(1), 1)
				}
				if c.name != "document" { // another span of days makes another question of the same size
					address += "&from=" + time.Date(2001, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
				}
				used := cpuTime()
				w := s.get(b, address)
				times = append(times, cpuTime()-used)
				if w.Code != http.StatusOK {
					b.Fatal(address, w.Code)
				}
			}
			report(b, "", times)
		})
	}
}
