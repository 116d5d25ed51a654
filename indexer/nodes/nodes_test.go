package nodes

import (
	"compress/gzip"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"bantin/indexer/index"
)

// impatient is a client that does not wait between attempts.
func impatient(t *testing.T, c Config) *Client {
	t.Helper()
	c.Pause = func(ctx context.Context, _ int) error { return ctx.Err() }
	out, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(out.Close)
	return out
}

// scripted answers with the statuses in turn, then with 200 and {}.
func scripted(t *testing.T, statuses ...int) (address string, requests func() int) {
	t.Helper()
	var mu sync.Mutex
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if n++; n <= len(statuses) {
			w.WriteHeader(statuses[n-1])
		}
		fmt.Fprint(w, "{}")
	}))
	t.Cleanup(s.Close)
	return s.URL, func() int {
		mu.Lock()
		defer mu.Unlock()
		return n
	}
}

func TestRepeats(t *testing.T) {
	for _, c := range []struct {
		name     string
		statuses []int
		requests int
		fails    bool
	}{
		{"at once", nil, 1, false},
		{"full", []int{429, 429, 429}, 4, false},
		{"restarting", []int{502, 503, 504}, 4, false},
		{"a node was lost", []int{500}, 2, false},
		{"an error of its own", []int{500, 500}, 2, true},
		{"a wrong request", []int{400}, 1, true},
		{"not allowed", []int{401}, 1, true},
		{"down", slices.Repeat([]int{503}, 10), attempts, true},
	} {
		address, requests := scripted(t, c.statuses...)
		err := impatient(t, Config{Addresses: []string{address}}).Do(t.Context(), http.MethodGet, "/", nil, nil)
		if (err != nil) != c.fails || requests() != c.requests {
			t.Errorf("%s: %d requests, %v", c.name, requests(), err)
		}
	}
}

// TestFailover: a node that is not there costs nothing but an attempt, and is
// left out after it.
func TestFailover(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	address, requests := scripted(t)
	c := impatient(t, Config{Addresses: []string{gone.URL, address, gone.URL}})
	for range 30 {
		if err := c.Do(t.Context(), http.MethodGet, "/", nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if requests() != 30 {
		t.Errorf("%d requests arrived", requests())
	}
	none := impatient(t, Config{Addresses: []string{gone.URL}})
	if err := none.Do(t.Context(), http.MethodGet, "/", nil, nil); !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("a request to nobody: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Do(ctx, http.MethodGet, "/", nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled request: %v", err)
	}
}

// TestSecrets: TLS by a CA file, who asks by files, large bodies as gzip.
func TestSecrets(t *testing.T) {
	var auth, body string
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		auth = r.Header.Get("Authorization")
		z, err := gzip.NewReader(r.Body)
		if err == nil {
			var data []byte
			data, err = io.ReadAll(z)
			body = string(data)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, "{}")
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	ca := write("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})))
	password, key, empty := write("password", "s3cret\n"), write("key", "abc=\n"), write("empty.pem", "")
	text := strings.Repeat("bản tin ", 1000)
	for _, c := range []struct {
		name   string
		config Config
		auth   string
	}{
		{"password", Config{CAFile: ca, User: "bantin", PasswordFile: password}, "Basic YmFudGluOnMzY3JldA=="},
		{"key", Config{CAFile: ca, APIKeyFile: key}, "ApiKey abc="},
		{"nobody", Config{CAFile: ca}, ""},
	} {
		c.config.Addresses = []string{s.URL}
		if err := impatient(t, c.config).Do(t.Context(), http.MethodPost, "/", text, nil); err != nil || auth != c.auth || len(body) < len(text) {
			t.Errorf("%s: %q, body of %d: %v", c.name, auth, len(body), err)
		}
	}
	if err := impatient(t, Config{Addresses: []string{s.URL}}).Do(t.Context(), http.MethodPost, "/", text, nil); err == nil {
		t.Error("a certificate of an unknown authority was accepted")
	}
	for _, c := range []Config{
		{},
		{Addresses: []string{"localhost:9200"}},
		{Addresses: []string{s.URL}, User: "bantin"},
		{Addresses: []string{s.URL}, CAFile: empty},
		{Addresses: []string{s.URL}, CAFile: "nowhere"},
		{Addresses: []string{s.URL}, APIKeyFile: "nowhere"},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}
