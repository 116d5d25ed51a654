package crawler

import (
	"fmt"
	"testing"

	"bantin/crawler/archive"
)

// TestRepeats walks listings that come round in every way and counts the pages
// until it is noticed.
func TestRepeats(t *testing.T) {
	for _, test := range []struct {
		name  string
		page  func(i int) int // what page i holds, from 1
		after int             // noticed at this page at the latest; 0: never
	}{
		{"every page another", func(i int) int { return i }, 0},
		{"the last page again and again", func(i int) int { return min(i, 7) }, 16},
		{"back to the first", func(i int) int { return (i - 1) % 5 }, 6},
		{"the first page has two addresses", func(i int) int { return max(i-1, 1) }, 0},
		{"a cycle that leaves the first out", func(i int) int { return max(i, 100+i%3) }, 256},
		{"a long cycle", func(i int) int { return i % 1000 }, 1001},
		{"one page for all", func(int) int { return 1 }, 3},
	} {
		w, noticed := walk{Page: 1}, 0
		for ; w.Page <= 3000 && noticed == 0; w.Page++ {
			again := readWalk(&archive.Claim{Request: archive.Request{URL: "u", Memo: memoOf(walk{Root: "u", Page: w.Page, First: w.First, Mark: w.Mark})}})
			if again.repeats(fmt.Sprint(test.page(w.Page))) {
				noticed = w.Page
			}
			w.First, w.Mark = again.First, again.Mark
		}
		if (test.after == 0) != (noticed == 0) || noticed > test.after {
			t.Errorf("%s: noticed at page %d, want %d at the latest", test.name, noticed, test.after)
		}
	}
}

func FuzzReadWalk(f *testing.F) {
	f.Add(`{"page":3,"root":"http://h/","full":true}`)
	f.Add(`{"page":-1}`)
	f.Add("{")
	f.Fuzz(func(t *testing.T, memo string) {
		w := readWalk(&archive.Claim{Request: archive.Request{URL: "http://h/", Memo: memo}})
		if w.Root == "" || w.Page < 1 {
			t.Errorf("%q: %+v", memo, w)
		}
	})
}
