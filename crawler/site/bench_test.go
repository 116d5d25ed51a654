package site

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkListing reads a listing of ten times the usual size.
func BenchmarkListing(b *testing.B) {
	var page strings.Builder
	for n := 1; n <= 20; n++ {
		page.WriteString(panel(n%3 + 1))
	}
	body := fmt.Appendf(nil, panelPage, page.String())
	p := &Profile{Family: "webforms"}
	at, ok := resolve(nil, "https://a.vn/Tin.aspx")
	if !ok {
		b.Fatal("no address")
	}
	for b.Loop() {
		if _, err := p.Listing(at, body); err != nil {
			b.Fatal(err)
		}
	}
}
