package opensearch

import (
	"net/http"
	"testing"
)

// TestHealth: a cluster says how it is, which versions its nodes have and which
// watermarks their disks have passed.
func TestHealth(t *testing.T) {
	c := connect(t)
	h, err := c.Health(t.Context())
	if err != nil || h.Status == "" || len(h.Nodes) == 0 {
		t.Fatalf("%+v, %v", h, err)
	}
	for _, n := range h.Nodes {
		if n.Name == "" || n.Version == "" || n.Disk <= 0 || n.Disk >= 1 {
			t.Errorf("%+v", n)
		}
	}
	setting := func(value any) {
		t.Helper()
		if err := c.Do(t.Context(), http.MethodPut, "/_cluster/settings", m{"transient": m{watermark + ".low": value, watermark + ".high": value, watermark + ".flood_stage": value}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	setting("1%")
	h, err = c.Health(t.Context())
	setting(nil)
	if err != nil || h.Nodes[0].Over != "flood_stage" {
		t.Errorf("above all watermarks: %+v, %v", h.Nodes, err)
	}
}

func TestPassed(t *testing.T) {
	const gb = 1 << 30
	for _, c := range []struct {
		mark       string
		used, free float64
		want       bool
	}{
		{"85%", 0.84, 0, false},
		{"85%", 0.85, 0, true},
		{"0.9", 0.89, 0, false},
		{"0.9", 0.95, 0, true},
		{"10gb", 0.5, 11 * gb, false},
		{"10gb", 0.5, 9 * gb, true},
		{"500mb", 0.5, gb, false},
		{"10b", 0.5, 9, true},
		{"?", 1, 0, false},
	} {
		if got := passed(c.mark, c.used, c.free); got != c.want {
			t.Errorf("%s with %g used and %g free: %v", c.mark, c.used, c.free, got)
		}
	}
}
