package site

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// Hostile listings end with an answer that is bounded.
func TestHostileListing(t *testing.T) {
	var articles, numbers, calendar strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&articles, `<div><a href="/tin/bai-viet-so-%d.html">Một tiêu đề bài viết khá dài số %d</a></div>`, i, i)
		if i >= 20_000 {
			continue
		}
		fmt.Fprintf(&numbers, `<a href="?page=%d">%d</a>`, i, i)
		fmt.Fprintf(&calendar, `<td><a href="?ngay=%d">%d</a></td>`, i, i%31)
	}
	for name, page := range map[string]string{
		"100,000 items":    articles.String(),
		"20,000 numbers":   numbers.String(),
		"endless calendar": "<table>" + calendar.String() + "</table>",
		"deep":             strings.Repeat("<div><ul><li>", 50_000) + articles.String()[:10_000],
		"deep links":       strings.Repeat("<a href='?page=2'>2", 50_000),
		"deep lists":       strings.Repeat("<ul><li><a href=/tin/mot-bai-viet-kha-dai.html>Một tiêu đề bài viết khá dài</a>", 5000),
	} {
		l, err := (&Profile{Family: Generic}).Listing(mustURL(t, "https://a.vn/tin"), []byte("<html><body>"+page))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(l.Items) > maxItems {
			t.Errorf("%s: %d items", name, len(l.Items))
		}
	}
	if _, err := new(Profile).Listing(mustURL(t, "https://a.vn/"), make([]byte, 50<<20)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("50 MB: %v", err)
	}
}
