package command

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestBalancer: with the configuration of docs/scale both services are asked, and
// no visitor notices that one does not know an answer or is gone.
func TestBalancer(t *testing.T) {
	path, dir, port := need(t, "nginx"), t.TempDir(), freePort(t)
	var unready [2]atomic.Bool
	var asked [2]atomic.Int64
	var services [2]*httptest.Server
	for i := range services {
		services[i] = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked[i].Add(1)
			if unready[i].Load() {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			fmt.Fprint(w, r.Host, " ", r.Header.Get("X-Forwarded-For"))
		}))
		t.Cleanup(services[i].Close)
	}
	text, err := os.ReadFile("../docs/scale/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	config := strings.NewReplacer("listen 8080", "listen 127.0.0.1:"+port,
		"service-1:8080", services[0].Listener.Addr().String(), "service-2:8080", services[1].Listener.Addr().String()).Replace(string(text))
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(wholeNginx(dir, config)), 0o600); err != nil {
		t.Fatal(err)
	}
	startProxy(t, dir, path, "-p", dir, "-c", file)
	conn, err := dialUntil(t.Context(), "tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	ask := func(when string) {
		t.Helper()
		for range 20 {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:"+port+"/", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Forwarded-For", "6.6.6.6")
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			said, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if want := "127.0.0.1:" + port + " 127.0.0.1"; err != nil || resp.StatusCode != http.StatusOK || string(said) != want {
				t.Errorf("%s: status %d, %q, %v", when, resp.StatusCode, said, err)
			}
		}
	}
	ask("with both")
	if asked[0].Load() == 0 || asked[1].Load() == 0 {
		t.Errorf("asked %d and %d times", asked[0].Load(), asked[1].Load())
	}
	unready[0].Store(true)
	ask("while one is not ready")
	unready[0].Store(false)
	for before := asked[0].Load(); asked[0].Load() == before && t.Context().Err() == nil; { // until it is asked again
		ask("while one is ready again")
	}
	services[1].CloseClientConnections()
	services[1].Close()
	ask("while one is gone")
}
