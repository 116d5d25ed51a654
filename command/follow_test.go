package command

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"bantin/testdata/mailbox"
)

// TestWebhooksReachNothingPrivate asks the running service to post to addresses
// of its own machine, by number and by name: it opens no connection there, unless
// it is told to, and follows no redirect then.
func TestWebhooksReachNothingPrivate(t *testing.T) {
	var asked, beyond atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { beyond.Add(1) }))
	defer elsewhere.Close()
	hook := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var got struct{ Challenge string }
		_ = json.NewDecoder(r.Body).Decode(&got)
		if r.URL.Path == "/away" {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
			return
		}
		_, _ = io.WriteString(w, got.Challenge)
	}))
	hook.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			asked.Add(1)
		}
	}
	hook.Start()
	defer hook.Close()
	_, port, err := net.SplitHostPort(hook.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	post := mailbox.New(t, false)
	follow := func(r running, address string) (status int, text string) {
		t.Helper()
		body, err := json.Marshal(map[string]string{"webhook": address})
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.Post(r.service+"/api/v1/follow?q=giao+ban", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		told, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(told)
	}
	with := []string{"--follow", "--smtp", post.Address, "--smtp-security", "none", "--smtp-from", "bantin@example.org", "--public-url", "http://bantin.example.vn"}
	guarded := runUp(t, append([]string{"--allow-private=false"}, with...)...)
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0"} {
		if status, told := follow(guarded, "http://"+host+":"+port+"/"); status != http.StatusConflict && status != http.StatusBadRequest || strings.Contains(told, "secret") {
			t.Errorf("%s: %d %s", host, status, told)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d connections to the service's own machine", n)
	}
	open := runUp(t, with...)
	if status, told := follow(open, hook.URL+"/away"); status != http.StatusConflict || beyond.Load() != 0 {
		t.Errorf("a redirect: %d %s, followed %d times", status, told, beyond.Load())
	}
	if status, told := follow(open, hook.URL); status != http.StatusOK || asked.Load() != 2 {
		t.Errorf("allowed: %d %s, %d connections", status, told, asked.Load())
	}
}
