package opensearch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
)

// impatient is a client of one address that does not wait between attempts.
func impatient(t *testing.T, address string) *Client {
	t.Helper()
	c, err := NewClient(Config{Addresses: []string{address}, Pause: func(ctx context.Context, _ int) error { return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// TestNobodyAnswers: a search of a cluster that is gone is not one that took too long.
func TestNobodyAnswers(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	none, err := NewClient(Config{Addresses: []string{gone.URL}, Pause: func(ctx context.Context, _ int) error { <-ctx.Done(); return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(none.Close)
	ix := &Index{client: none, name: "x", limits: index.Limits{Time: 50 * time.Millisecond}.Filled()}
	ix.show("", 1)
	_, err = ix.Search(t.Context(), index.Query{})
	if slow := (*index.LimitError)(nil); !errors.Is(err, index.ErrUnavailable) || errors.As(err, &slow) {
		t.Errorf("a search of nobody: %v", err)
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
	c := impatient(t, s.URL)
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
	c := impatient(t, s.URL)
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
		ix := &Index{client: impatient(t, s.URL), name: "x", limits: index.Limits{Time: time.Minute}.Filled()}
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
