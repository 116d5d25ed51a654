package answer

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// TestVain: typing is not counted word by word, rare queries stay
// hidden, and a new key forgets them.
func TestVain(t *testing.T) {
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	r := NewVain(3, now, "portal")
	type asked struct {
		text  string
		found bool
	}
	ask := func(visitor int, all ...asked) {
		client := netip.AddrFrom4([4]byte{192, 0, 2, byte(visitor)})
		for _, a := range all {
			now = now.Add(time.Second)
			r.Note("portal", client, a.text, a.found, now)
		}
	}
	thuy := []asked{{"thu", true}, {"thuỷ đ", false}, {"thuỷ điện", false}, {"Thuỷ  Điện ", false}}
	ask(1, thuy...)
	ask(2, thuy...)
	ask(2, asked{"giao ban", true})
	ask(3, asked{"secret", false}, asked{"secre", false}, asked{"giao", true})
	ask(4, asked{"kara", false}, asked{"karaoke", true})
	read := func() SiteReport { return r.read(now).Sites[1] }
	if got := read(); len(got.Unanswered) != 0 || got.Hidden != 2 {
		t.Fatalf("before enough asked: %+v", got)
	}
	ask(3, thuy...)
	now = now.Add(2 * typingTime)
	got := read()
	if len(got.Unanswered) != 1 || got.Unanswered[0] != (QueryCount{"thuỷ điện", 3}) || got.Hidden != 1 {
		t.Errorf("%+v", got)
	}
	now = now.Add(keyTime)
	if got := read(); len(got.Unanswered) != 1 || got.Hidden != 0 {
		t.Errorf("after the key turned: %+v", got)
	}
	r.Note("nobody", netip.Addr{}, "x", false, now)
}

// TestVainIsBounded: no flood of queries or visitors fills the memory.
func TestVainIsBounded(t *testing.T) {
	now := time.Now()
	r := NewVain(3, now, "portal")
	for i := range maxReported + 5000 {
		client := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		r.Note("portal", client, fmt.Sprintf("query %d of many%s", i, strings.Repeat("x", 500)), false, now)
		r.Note("portal", client, "something else", false, now)
		now = now.Add(50 * time.Millisecond)
	}
	if site := r.sites["portal"]; len(site.queries) > maxReported || len(site.typing) > maxTyping {
		t.Error(len(site.queries), len(site.typing))
	}
}
