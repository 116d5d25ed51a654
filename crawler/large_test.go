package crawler

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bantin/crawler/archive"
)

// TestLargePageCosts crawls a page of 5 MB in a process of its own: it takes at
// most 100 MB more than a small one.
func TestLargePageCosts(t *testing.T) {
	if peakMemory() == 0 {
		t.Skip("no /proc/self/status here: needs Linux")
	}
	const most, tries = 100 << 10, 12 // kB
	peak := func(filler string, size int) (kB int) {
		dir, f := t.TempDir(), newFake(t, 3, 3)
		f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
			if r.URL.Path != "/tin/2.html" {
				return false
			}
			page := articlePage("Hội nghị giao ban lớn", 2)
			say(w, strings.Replace(page, "</div></body>", numbered(filler, size)+"</div></body>", 1))
			return true
		}
		saveProfiles(t, dir, []*fake{f})
		saved := 0
		startChild(t, dir, closely).lines(func(line string) {
			saved += strings.Count(line, "saved ")
			if text, ok := strings.CutPrefix(line, "peak "); ok {
				kB, _ = strconv.Atoi(text)
			}
		})
		if saved < 4 || kB == 0 {
			t.Fatalf("%d pages saved, peak %d kB", saved, kB)
		}
		a, err := archive.Open(t.Context(), filepath.Join(dir, "archive.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		longest := 0
		for _, c := range current(t, a) {
			longest = max(longest, len(c.Bulletin.Body))
		}
		if longest < size/2 {
			t.Errorf("of %d bytes %d were read", size, longest)
		}
		return kB
	}
	for name, filler := range map[string]string{
		"short paragraphs": "<p>Kế hoạch %d năm nay của tỉnh</p>\n",
		"paragraphs":       "<p>Số %d. " + strings.Repeat("Ủy ban nhân dân tỉnh thông báo kế hoạch phòng chống bão lụt năm nay. ", 5) + "</p>\n",
		"one text":         "Ủy ban nhân dân tỉnh thông báo kế hoạch %d. ",
	} {
		small, large := peak(filler, 5_000), peak(filler, 5_000_000)
		for try := 1; try < tries && large-small > most; try++ { // when the collector runs is chance: the least counts
			large = min(large, peak(filler, 5_000_000))
		}
		t.Logf("%s: %d MB, %d MB more than a small page", name, large>>10, (large-small)>>10)
		if large-small > most {
			t.Errorf("%s: a page of 5 MB takes %d MB more than a small one", name, (large-small)>>10)
		}
	}
}

// numbered repeats a text with a number in it up to a size.
func numbered(format string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
