package crawler

import (
	"context"
	"fmt"
	"testing"
)

// TestTenThousandPages walks a listing of ten thousand pages to its end, in
// two runs: the second goes on where the first was stopped.
func TestTenThousandPages(t *testing.T) {
	t.Parallel()
	const pages = 10_000
	f := newFake(t, pages, 1)
	p := f.profile(t, "portal")
	p.MaxPages = pages + 1
	a := openArchive(t)
	for _, stop := range []int{pages / 3, pages} {
		ctx, cancel := context.WithCancel(t.Context())
		o := quick(p)
		o.Progress = func(e Event) {
			if e.URL == fmt.Sprintf("%s/list?page=%d", f.URL, stop) {
				cancel() // listings come first: no article was asked for yet
			}
		}
		if _, err := New(a, o).Run(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
	}
	for page := 2; page <= pages; page++ {
		if n := f.times(fmt.Sprintf("/list?page=%d", page)); n != 1 {
			t.Fatalf("page %d was asked for %d times", page, n)
		}
	}
	backlogs, err := a.Backlogs(t.Context(), f.ended)
	if err != nil || len(backlogs) != 1 || backlogs[0].Due != pages {
		t.Errorf("%+v %v, want %d articles due", backlogs, err, pages)
	}
}
