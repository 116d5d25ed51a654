package searchd

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"bantin/crawler/archive"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/web"
)

// config is a service over an empty archive and index.
func config(t *testing.T) Config {
	t.Helper()
	a, err := archive.Open(t.Context(), t.TempDir()+"/archive.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	ix, err := bleveindex.OpenMemory(bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return Config{Listen: "127.0.0.1:0", Web: web.Config{Index: ix, Store: a, Missing: archive.ErrNotFound}}
}

// TestServe starts, answers on both addresses and ends when it is told to.
func TestServe(t *testing.T) {
	cfg := config(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Metrics = free.Addr().String()
	free.Close()
	started := make(chan string, 1)
	cfg.Started = func(addr net.Addr) { started <- addr.String() }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, cfg) }()
	base := "http://" + <-started
	for _, tc := range []struct{ address, want string }{
		{base + "/healthz", "ok"},
		{base + "/", "bantin site add"},
		{"http://" + cfg.Metrics + "/metrics", "bantin_http_requests_total"},
	} {
		res, err := http.Get(tc.address)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || !strings.Contains(string(body), tc.want) {
			t.Errorf("%s: %v %.200s", tc.address, err, body)
		}
	}
	if res, err := http.Get(base + "/metrics"); err != nil || res.StatusCode != http.StatusNotFound {
		t.Error("metrics are for their own listener")
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestAddressTaken: a port in use is one sentence that says what to do.
func TestAddressTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, both := range []bool{false, true} {
		cfg := config(t)
		cfg.Listen = taken.Addr().String()
		if both {
			cfg.Listen, cfg.Metrics = "127.0.0.1:0", taken.Addr().String()
		}
		err := Serve(t.Context(), cfg)
		if err == nil || !strings.Contains(err.Error(), taken.Addr().String()+" is taken") || strings.Contains(err.Error(), "\n") {
			t.Error(err)
		}
	}
}
