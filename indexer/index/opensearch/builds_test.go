package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"bantin/indexer/index"
)

// TestDefinition: deletions are remembered and nothing refreshes by itself.
func TestDefinition(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 2})
	var got map[string]struct {
		Settings map[string]any
	}
	if err := ix.client.Do(t.Context(), http.MethodGet, "/"+ix.name+"/_settings?flat_settings=true", nil, &got); err != nil {
		t.Fatal(err)
	}
	s := got[ix.name].Settings
	for name, want := range map[string]string{"index.gc_deletes": "1h", "index.refresh_interval": "-1", "index.number_of_shards": "2"} {
		if s[name] != want {
			t.Errorf("%s is %q", name, s[name])
		}
	}
	if err := ix.client.Do(t.Context(), http.MethodPut, "/"+ix.name+"/_mapping", m{"_meta": m{"layout": "older"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), ix.client, ix.name, Options{}); !errors.Is(err, index.ErrCorrupt) {
		t.Errorf("an index of another layout: %v", err)
	}
}

// TestBuilds: a build takes another's place in one step, what searches look in
// stays for a while, and what nobody used goes.
func TestBuilds(t *testing.T) {
	c, ctx := connect(t), t.Context()
	b := NewBuilds(c, fmt.Sprintf("builds-%d", time.Now().UnixNano()), Options{Shards: 2, Replicas: 1})
	t.Cleanup(func() {
		if err := c.Do(context.WithoutCancel(ctx), http.MethodDelete, "/"+b.name+"-*", nil, nil); err != nil {
			t.Error(err)
		}
	})
	if now := must(b.Current(ctx)); now != "" {
		t.Errorf("%q is in use before there is any", now)
	}
	var builds []*Index
	for i := range 3 {
		name := must(b.Next(ctx))
		if want := fmt.Sprintf("%s-%04d", b.name, i+1); name != want {
			t.Errorf("build %q, want %q", name, want)
		}
		ix := must(b.Open(ctx, name)).(*Index)
		apply(t, ix, int64(i+1), one("a", fmt.Sprint("bản ", i), ""))
		builds = append(builds, ix)
	}
	for i, ix := range builds[:2] {
		if err := b.Use(ctx, ix.name); err != nil {
			t.Fatal(err)
		}
		if now := must(b.Current(ctx)); now != ix.name {
			t.Errorf("%q is in use, want build %d", now, i+1)
		}
	}
	if err := b.Clean(ctx, builds[1].name); err != nil {
		t.Fatal(err)
	}
	all := must(b.builds(ctx))
	if _, third := all[builds[2].name]; len(all) != 2 || third {
		t.Errorf("after cleaning there are %v", all)
	}
	for _, ix := range builds[:2] {
		if n := total(t, ix, nil); n != 1 {
			t.Errorf("%s: %d found", ix.name, n)
		}
	}
	retired := all[builds[0].name]
	if !inUse(retired, b.name, time.Now()) || inUse(retired, b.name, time.Now().Add(retiredStay+time.Second)) {
		t.Errorf("the build that was replaced has aliases %v", retired)
	}
	if e := must(b.Epoch(ctx, builds[1].name)); e != "" {
		t.Errorf("epoch %q before any", e)
	}
	if err := b.KeepEpoch(ctx, builds[1].name, "e1"); err != nil || must(b.Epoch(ctx, builds[1].name)) != "e1" {
		t.Errorf("the epoch is not kept: %v", err)
	}
}
