package indexer

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bantin/indexer/index"
	"bantin/indexer/index/opensearch"
	"bantin/indexer/index/opensearch/opensearchtest"
)

// sharedBuilds are builds in OpenSearch that end with the test.
func sharedBuilds(t *testing.T) *opensearch.Builds {
	t.Helper()
	return sharedBuildsAt(t, opensearchtest.Address(t))
}

func sharedBuildsAt(t *testing.T, address string) *opensearch.Builds {
	t.Helper()
	c, err := opensearch.NewClient(opensearch.Config{Addresses: []string{address}})
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("live-%d", time.Now().UnixNano())
	t.Cleanup(func() {
		defer c.Close()
		req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodDelete, address+"/"+name+"-*", nil)
		if err != nil {
			t.Error(err)
			return
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			return
		}
		resp.Body.Close()
	})
	return opensearch.NewBuilds(c, name, opensearch.Options{Shards: 2})
}

// TestSharedIndex: one process writes and rebuilds an index while another
// searches it; the other sees all of it, and at no time a part or nothing.
func TestSharedIndex(t *testing.T) {
	b, a := sharedBuilds(t), openArchive(t)
	if _, err := Attach(t.Context(), b, quiet); !errors.Is(err, errNone) {
		t.Errorf("attached to nothing: %v", err)
	}
	writer, err := Open(t.Context(), b, a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, writer)
	reader, err := Attach(t.Context(), b, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, reader)
	fill(t, a, 0, 60, "mặt trận")
	catchUp(t, a, writer)
	before := reader.Generation()
	if err := reader.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := total(t, reader, "tran"); n != 60 || reader.Generation() == before {
		t.Errorf("the reader sees %d of 60", n)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			res, err := reader.Search(t.Context(), index.Query{Facets: []index.Field{index.Year}, Size: 3})
			if err != nil || res.Total != 60 || len(res.Hits) != 3 {
				t.Errorf("during a rebuild the reader sees %d, %v", res.Total, err)
				return
			}
		}
	})
	old := reader.now.name
	for range 3 {
		if err := writer.Rebuild(t.Context(), a, nil); err != nil {
			t.Error(err)
		}
		if err := reader.Look(t.Context()); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
	if reader.now.name == old || reader.now.name != writer.now.name {
		t.Errorf("the reader looks in %s, the writer in %s, before it was %s", reader.now.name, writer.now.name, old)
	}
}

// TestSharedIndexOfAnotherArchive: an index in a cluster knows its archive too.
func TestSharedIndexOfAnotherArchive(t *testing.T) {
	b := sharedBuilds(t)
	for i, n := range []int{40, 7} {
		a := openArchive(t)
		fill(t, a, 100*i, 100*i+n, "mặt trận")
		l, err := Open(t.Context(), b, a, quiet)
		if err != nil {
			t.Fatal(err)
		}
		catchUp(t, a, l)
		if got := total(t, l, ""); got != n {
			t.Errorf("archive %d: %d found, want %d", i, got, n)
		}
		closed(t, l)
	}
}

// TestFollowShared: whoever follows the feed also takes up a build that another
// process put in use.
func TestFollowShared(t *testing.T) {
	b, a := sharedBuilds(t), openArchive(t)
	follower, err := Open(t.Context(), b, a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, follower)
	fill(t, a, 0, 20, "mặt trận")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Follow(ctx, a, follower) }()
	other, err := Open(t.Context(), b, a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, other)
	if err := other.Rebuild(t.Context(), a, nil); err != nil {
		t.Fatal(err)
	}
	for taken := false; !taken && t.Context().Err() == nil; { // searches go on all the while
		if got := total(t, follower, ""); got != 0 && got != 20 {
			t.Errorf("%d found meanwhile", got)
		}
		held := follower.hold()
		taken = held.name == other.now.name
		held.users.Done()
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := total(t, follower, ""); got != 20 {
		t.Errorf("%d found", got)
	}
}

// TestFollowThroughAnOutage: an indexer outlives a cluster that fails for a while.
func TestFollowThroughAnOutage(t *testing.T) {
	node, err := url.Parse(opensearchtest.Address(t))
	if err != nil {
		t.Fatal(err)
	}
	var down atomic.Bool
	refused := make(chan struct{}, 1)
	forward := httputil.NewSingleHostReverseProxy(node)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			select {
			case refused <- struct{}{}:
			default:
			}
			return
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	b, a := sharedBuildsAt(t, front.URL), openArchive(t)
	l, err := Open(t.Context(), b, a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, l)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	down.Store(true)
	go func() { done <- Follow(ctx, a, l) }()
	<-refused
	fill(t, a, 0, 20, "mặt trận")
	down.Store(false)
	for found := 0; found != 20 && t.Context().Err() == nil; {
		found = total(t, l, "tran")
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestSharedIndexOfAnotherLayout: an indexer whose version keeps bulletins in another
// way builds beside the index in use, which goes on answering who looks in it.
func TestSharedIndexOfAnotherLayout(t *testing.T) {
	b, a := sharedBuilds(t), openArchive(t)
	old, err := Open(t.Context(), b, a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, old)
	fill(t, a, 0, 30, "mặt trận")
	catchUp(t, a, old)
	first := old.now.name
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, opensearchtest.Address(t)+"/"+first+"/_mapping", strings.NewReader(`{"_meta":{"layout":"another"}}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if _, err := Attach(t.Context(), b, quiet); !errors.Is(err, index.ErrCorrupt) {
		t.Errorf("a service of this version attached to the old one: %v", err)
	}
	next, err := Open(t.Context(), b, a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, next)
	if next.now.name == first {
		t.Error("the old build is in use")
	}
	for which, l := range map[string]*Live{"old": old, "new": next} {
		if n := total(t, l, "tran"); n != 30 {
			t.Errorf("the %s one finds %d", which, n)
		}
	}
}
