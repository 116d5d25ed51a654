//go:build linux && !race

package extract

import (
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// largeShapes are pages of any size, by what they are made of.
var largeShapes = map[string]string{
	"paragraphs": "<p>" + strings.Repeat("Ủy ban nhân dân tỉnh thông báo kế hoạch phòng chống bão lụt năm nay. ", 5) + "</p>\n",
	"sentences":  strings.Repeat("Ủy ban nhân dân tỉnh thông báo kế hoạch phòng chống bão lụt năm nay. ", 5),
	"nesting":    strings.Repeat("<div>", 100) + "<p>Ủy ban nhân dân tỉnh thông báo kế hoạch phòng chống bão lụt.</p>" + strings.Repeat("</div>", 100) + strings.Repeat(" ", 3000),
	"table":      "<tr>" + strings.Repeat("<td>Kế hoạch phòng chống bão lụt năm nay của tỉnh</td>", 5) + "</tr>",
	"spans":      "<p>" + strings.Repeat("<span style='font-size: 14px; font-family: Times'><b>kế hoạch phòng chống bão lụt</b></span> ", 10) + "</p>",
	"links":      "<li><a href='/tin/1.html'>Kế hoạch phòng chống bão lụt năm nay của tỉnh</a></li>",
}

func shapedPage(shape string, size int) []byte {
	body := strings.Repeat(largeShapes[shape], max(1, size/len(largeShapes[shape])))
	if shape == "table" {
		body = "<table>" + body + "</table>"
	}
	return []byte("<!DOCTYPE html><title>Kế hoạch phòng chống bão lụt năm nay</title><body><h1>Kế hoạch phòng chống bão lụt năm nay</h1><div class=content>" + body + "</div>")
}

// TestMemory measures what reading a page of 5 MB takes in a process of its
// own beyond one that reads a small page.
func TestMemory(t *testing.T) {
	const most = 100 << 20
	if shape, whole, ok := strings.Cut(os.Getenv("BANTIN_TEST_SHAPE"), " "); ok {
		size := 1 << 10
		if whole == "large" {
			size = 5 << 20
		}
		_, err := Article(nil, &url.URL{Scheme: "https", Host: "x.gov.vn", Path: "/a-1.html"}, shapedPage(shape, size), time.Now())
		t.Log(err)
		return
	}
	for shape := range largeShapes {
		small, large := peakOf(t, shape+" small"), peakOf(t, shape+" large")
		t.Logf("%s: %d MB, %d MB more than a small page", shape, large>>20, (large-small)>>20)
		if large-small > most {
			t.Errorf("%s: a page of 5 MB takes %d MB more than a small one", shape, (large-small)>>20)
		}
	}
}

// peakOf is the most memory, in bytes, of a child that reads one page.
func peakOf(t *testing.T, page string) int64 {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMemory$")
	child.Env = append(os.Environ(), "BANTIN_TEST_SHAPE="+page)
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", page, err, out)
	}
	return child.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
}
