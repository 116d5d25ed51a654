package bleveindex

import (
	"testing"
	"time"

	"bantin/indexer/index"
)

// BenchmarkCross measures the map of a question: bulletins by province and
// quarter, of all and of what a word and a phrase find.
func BenchmarkCross(b *testing.B) {
	ix := benchIndex(b, *benchCount)
	for _, c := range []struct {
		name string
		root index.Node
	}{
		{"all", nil},
		{"word", index.Word{Text: "hoi"}},
		{"phrase", index.Phrase{Words: []index.Word{{Text: "giao"}, {Text: "ban"}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var wall, cpu []time.Duration
			for b.Loop() {
				start, used := time.Now(), cpuTime()
				counts, err := ix.Cross(b.Context(), index.Query{Root: c.root}, index.Province, index.Quarter)
				if err != nil || len(counts) == 0 {
					b.Fatal(len(counts), err)
				}
				wall, cpu = append(wall, time.Since(start)), append(cpu, cpuTime()-used)
			}
			report(b, wall, cpu)
		})
	}
}
