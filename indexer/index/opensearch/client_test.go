package opensearch

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
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
)

// impatient is a client that does not wait between attempts.
func impatient(t *testing.T, c Config) *Client {
	t.Helper()
	out, err := NewClient(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(out.Close)
	out.pause = func(ctx context.Context, _ int) error { return ctx.Err() }
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
		err := impatient(t, Config{Addresses: []string{address}}).do(t.Context(), http.MethodGet, "/", nil, nil)
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
		if err := c.do(t.Context(), http.MethodGet, "/", nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if requests() != 30 {
		t.Errorf("%d requests arrived", requests())
	}
	none := impatient(t, Config{Addresses: []string{gone.URL}})
	if err := none.do(t.Context(), http.MethodGet, "/", nil, nil); !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("a request to nobody: %v", err)
	}
	ix := &Index{client: none, name: "x", limits: index.Limits{Time: 50 * time.Millisecond}.Filled()}
	ix.show("", 1)
	none.pause = func(ctx context.Context, _ int) error { <-ctx.Done(); return ctx.Err() }
	_, err := ix.Search(t.Context(), index.Query{})
	if slow := (*index.LimitError)(nil); !errors.Is(err, index.ErrUnavailable) || errors.As(err, &slow) {
		t.Errorf("a search of nobody: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.do(ctx, http.MethodGet, "/", nil, nil); !errors.Is(err, context.Canceled) {
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
		if err := impatient(t, c.config).do(t.Context(), http.MethodPost, "/", text, nil); err != nil || auth != c.auth || len(body) < len(text) {
			t.Errorf("%s: %q, body of %d: %v", c.name, auth, len(body), err)
		}
	}
	if err := impatient(t, Config{Addresses: []string{s.URL}}).do(t.Context(), http.MethodPost, "/", text, nil); err == nil {
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
		if _, err := NewClient(c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}

// TestBulkRefusals: only what the cluster had no room for is sent again; a newer
// version that is there, or a deletion of nothing, is no error.
func TestBulkRefusals(t *testing.T) {
	var sent []string
	answers := []string{
		`{"items":[{"index":{"status":201}},{"index":{"status":429,"error":{}}},{"delete":{"status":404}},{"index":{"status":409,"error":{}}},{"index":{"status":503,"error":{}}}]}`,
		`{"items":[{"index":{"status":200}},{"index":{"status":429,"error":{}}}]}`,
		`{"items":[{"index":{"status":200}}]}`,
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		sent = append(sent, string(data))
		fmt.Fprint(w, answers[len(sent)-1])
	}))
	t.Cleanup(s.Close)
	c := impatient(t, Config{Addresses: []string{s.URL}})
	var items []item
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		items = append(items, item{id, []byte(id + "\n")})
	}
	if err := c.write(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a\nb\nc\nd\ne\n", "b\ne\n", "e\n"}, sent); d != "" {
		t.Error(d)
	}
	sent, answers = nil, []string{`{"items":[{"index":{"status":400,"error":{"type":"mapper_parsing_exception"}}}]}`}
	if err := c.write(t.Context(), items[:1]); err == nil || !strings.Contains(err.Error(), "bulletin a") {
		t.Errorf("a document that cannot be read: %v", err)
	}
}

// TestBulkParts: a batch is parted by number and by size.
func TestBulkParts(t *testing.T) {
	var mu sync.Mutex
	var lines []int
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		data, _ := io.ReadAll(z)
		n := strings.Count(string(data), "\n")
		mu.Lock()
		lines = append(lines, n)
		mu.Unlock()
		fmt.Fprintf(w, `{"items":[%s{"index":{"status":200}}]}`, strings.Repeat(`{"index":{"status":200}},`, n-1))
	}))
	t.Cleanup(s.Close)
	c := impatient(t, Config{Addresses: []string{s.URL}})
	var items []item
	for range 1200 {
		items = append(items, item{"a", []byte("some bulletin\n")})
	}
	for range 3 {
		items = append(items, item{"a", []byte(strings.Repeat("x", bulkBytes/2+1) + "\n")})
	}
	if err := c.write(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	if d := cmp.Diff([]int{1, 1, 201, 500, 500}, lines); d != "" {
		t.Error(d)
	}
}

// TestTimedOut: a search that the cluster gave up is the limit of time, whichever
// way it says so, and its hits are not taken.
func TestTimedOut(t *testing.T) {
	for _, answer := range []string{
		`{"responses":[{"timed_out":true,"hits":{"total":{"value":3}}}]}`,
		`{"responses":[{"status":500,"error":{"reason":"Time exceeded"}}]}`,
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }))
		t.Cleanup(s.Close)
		ix := &Index{client: impatient(t, Config{Addresses: []string{s.URL}}), name: "x", limits: index.Limits{Time: time.Minute}.Filled()}
		ix.show("pit", 1)
		res, err := ix.Search(t.Context(), index.Query{})
		var limit *index.LimitError
		if !errors.As(err, &limit) || limit.Limit != "time" || res.Total != 0 {
			t.Errorf("%s: %d, %v", answer, res.Total, err)
		}
	}
}

// TestItems: the last change of each bulletin goes, with its own position as
// version.
func TestItems(t *testing.T) {
	ix := &Index{name: "x"}
	b := &bulletin.Bulletin{ID: "a"}
	items, err := ix.items([]bulletin.Change{{ID: "a", Seq: 3, Bulletin: b}, {ID: "b", Seq: 4}, {ID: "a", Seq: 7}, {ID: "c"}}, 9)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		got = append(got, string(i.text))
	}
	want := []string{
		`{"delete":{"_id":"b","_index":"x.write","version":4,"version_type":"external_gte"}}` + "\n",
		`{"delete":{"_id":"a","_index":"x.write","version":7,"version_type":"external_gte"}}` + "\n",
		`{"delete":{"_id":"c","_index":"x.write","version":9,"version_type":"external_gte"}}` + "\n",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if _, err := ix.items([]bulletin.Change{{Bulletin: b}}, 1); err == nil {
		t.Error("a change without an id was taken")
	}
}
