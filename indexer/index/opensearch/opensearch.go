// Package opensearch is the distributed engine: an index.Index kept by a cluster
// of OpenSearch, any number of processes at once. It owns how bulletins become
// documents of OpenSearch, how queries become its requests and how its answers
// become results. Our own analysis runs on this side, OpenSearch gets tokens; our
// own statistics and formula score. It leaves machines, copies and disks to the
// cluster.
package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/nodes"
)

// Config says where a cluster is and how to get in.
type Config = nodes.Config

// Client talks to a cluster. All requests of this package may be repeated. It may
// be used concurrently.
type Client struct{ *nodes.Client }

// NewClient makes a client; it connects at the first request.
func NewClient(c Config) (*Client, error) {
	all, err := nodes.New(c)
	if err != nil {
		return nil, fmt.Errorf("OpenSearch: %w", err)
	}
	return &Client{all}, nil
}

// Options are the choices of an index; the zero value means the defaults.
type Options struct {
	Weights  *index.Weights // nil means index.DefaultWeights
	Limits   index.Limits   // Expansion is not kept: OpenSearch lists no vocabulary
	Shards   int            // of a new index, 1 when zero
	Replicas int            // copies of each shard of a new index
}

// Index is an index.Index in OpenSearch. Batches are seen whole: who writes
// publishes a point in time after each, in which all searches look. When a
// machine that has a part of it fails, each process opens one of its own until
// the next batch.
type Index struct {
	client  *Client
	name    string
	weights index.Weights
	limits  index.Limits

	writing    sync.Mutex // one Apply at a time
	view       atomic.Pointer[view]
	generation atomic.Uint64
	published  []publication // what was opened here and may still be open, oldest first; guarded by writing
}

var _ index.Index = (*Index)(nil)

// view is one state of the index, as far as it is known here.
type view struct {
	version    int64       // of the state document
	pit        string      // point in time, empty for none
	lost       atomic.Bool // the point in time cannot be used any more
	statistics statistics
}

// What makes names of that of an index: of the index that holds its feed position
// and point in time, and of the alias that is written to. A write to something that
// is no alias is refused; to an index that was removed it would make a new one.
const (
	stateSuffix = ".state"
	writeSuffix = ".write"
)

// state is the one document of that index.
type state struct {
	Position int64  `json:"position"`
	PIT      string `json:"pit"`
}

// Open opens the index of a name, or makes one. One of another layout is
// index.ErrCorrupt.
func Open(ctx context.Context, c *Client, name string, o Options) (*Index, error) {
	ix := &Index{client: c, name: name, weights: index.DefaultWeights, limits: o.Limits.Filled()}
	if o.Weights != nil {
		ix.weights = *o.Weights
	}
	ix.generation.Store(uint64(time.Now().UnixNano()))
	err := ix.inspect(ctx)
	if nodes.HasCode(err, http.StatusNotFound) {
		err = ix.create(ctx, max(1, o.Shards), o.Replicas)
	}
	if err == nil {
		err = ix.Refresh(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", name, err)
	}
	return ix, nil
}

// inspect looks whether the index is there and of this layout.
func (ix *Index) inspect(ctx context.Context) error {
	var got map[string]struct {
		Mappings struct {
			Meta struct{ Layout string } `json:"_meta"`
		}
	}
	if err := ix.client.Do(ctx, http.MethodGet, "/"+ix.name+"/_mapping", nil, &got); err != nil {
		return err
	}
	for _, one := range got {
		if l := one.Mappings.Meta.Layout; l != layout() {
			return fmt.Errorf("%w: its layout is %q, not %q", index.ErrCorrupt, l, layout())
		}
	}
	return nil
}

func (ix *Index) create(ctx context.Context, shards, replicas int) error {
	docs := definition(shards, replicas, ix.limits.Depth)
	docs["aliases"] = m{ix.name + writeSuffix: m{}}
	states := m{
		"settings": m{"index": m{"number_of_shards": 1, "number_of_replicas": replicas}},
		"mappings": m{"enabled": false},
	}
	for name, body := range map[string]m{ix.name + stateSuffix: states, ix.name: docs} {
		err := ix.client.Do(ctx, http.MethodPut, "/"+name, body, nil)
		if err != nil && !strings.Contains(err.Error(), "resource_already_exists") { // another process was quicker
			return err
		}
	}
	return ix.inspect(ctx)
}

// Drop removes the index for good.
func (ix *Index) Drop(ctx context.Context) error {
	return ix.client.Do(ctx, http.MethodDelete, "/"+ix.name+","+ix.name+stateSuffix+"?ignore_unavailable=true", nil, nil)
}

// Close implements index.Index. The cluster keeps the index.
func (ix *Index) Close() error { return nil }

// Generation implements index.Index: it follows what this process wrote, and
// what others did when Refresh is called.
func (ix *Index) Generation() uint64 { return ix.generation.Load() }

// Position implements index.Index.
func (ix *Index) Position(ctx context.Context) (int64, error) {
	s, _, err := ix.state(ctx)
	return s.Position, err
}

func (ix *Index) state(ctx context.Context) (s state, version int64, err error) {
	version, err = ix.client.get(ctx, ix.statePath(), &s)
	return s, version, err
}

// get reads a document, which is left as it is and of version 0 where there is none.
func (c *Client) get(ctx context.Context, path string, doc any) (version int64, err error) {
	got := struct {
		Version int64 `json:"_version"`
		Source  any   `json:"_source"`
	}{Source: doc}
	if err = c.Do(ctx, http.MethodGet, path, nil, &got); nodes.HasCode(err, http.StatusNotFound) {
		return 0, nil
	}
	return got.Version, err
}

func (ix *Index) statePath() string { return "/" + ix.name + stateSuffix + "/_doc/state" }

// Refresh looks for what other processes wrote.
func (ix *Index) Refresh(ctx context.Context) error {
	s, version, err := ix.state(ctx)
	if err != nil {
		return err
	}
	ix.show(s.PIT, version)
	return nil
}

// show makes searches look at a state, unless they look at a later one.
func (ix *Index) show(pit string, version int64) {
	for {
		now := ix.view.Load()
		if now != nil && now.version >= version {
			return
		}
		if ix.view.CompareAndSwap(now, &view{version: version, pit: pit}) {
			ix.generation.Add(1)
			return
		}
	}
}

// Apply implements index.Index.
func (ix *Index) Apply(ctx context.Context, changes []bulletin.Change, position int64) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	items, err := ix.items(changes, position)
	if err == nil {
		err = ix.client.write(ctx, items)
	}
	if err == nil && len(items) > 0 {
		err = ix.refreshShards(ctx)
	}
	if err == nil {
		err = ix.publish(ctx, position)
	}
	if err != nil {
		return fmt.Errorf("index %s: %w", ix.name, err)
	}
	return nil
}

// refreshShards makes what was written visible, shard after shard.
func (ix *Index) refreshShards(ctx context.Context) error {
	return ix.client.Do(ctx, http.MethodPost, "/"+ix.name+"/_refresh", nil, nil)
}

// How long a point in time lives after its last use, and for how long a writer
// leaves it open for searches that know no later one, but no more than so many: a
// node keeps 300 of its shards' open.
const (
	keepAlive = "5m"
	stayOpen  = 10 * time.Second
	mostOpen  = 20
)

// publication is a point in time that a writer opened.
type publication struct {
	pit string
	at  time.Time
}

// publish opens a point in time on what is visible and writes it down with the
// position.
func (ix *Index) publish(ctx context.Context, position int64) error {
	pit, err := ix.openPIT(ctx)
	if err != nil {
		return err
	}
	ix.published = append(ix.published, publication{pit, time.Now()})
	var put struct {
		Version int64 `json:"_version"`
	}
	if err := ix.client.Do(ctx, http.MethodPut, ix.statePath(), state{position, pit}, &put); err != nil {
		return err
	}
	ix.show(pit, put.Version)
	for len(ix.published) > 1 && (len(ix.published) > mostOpen || time.Since(ix.published[0].at) > stayOpen) {
		ix.closePIT(ctx, ix.published[0].pit)
		ix.published = ix.published[1:]
	}
	return nil
}

// reopen gives this process a point in time of its own in the place of one that is
// lost, until a writer publishes the next: what is searched of one generation is one
// state.
func (ix *Index) reopen(ctx context.Context, v *view) {
	pit, err := ix.openPIT(ctx)
	if err != nil {
		v.lost.Store(false) // the next search tries again
		return
	}
	if ix.view.CompareAndSwap(v, &view{version: v.version, pit: pit}) {
		ix.generation.Add(1)
		return
	}
	ix.closePIT(ctx, pit) // there is a later state by now
}

func (ix *Index) openPIT(ctx context.Context) (string, error) {
	var opened struct {
		ID string `json:"pit_id"`
	}
	path := "/" + ix.name + "/_search/point_in_time?allow_partial_pit_creation=false&keep_alive=" + keepAlive
	err := ix.client.Do(ctx, http.MethodPost, path, nil, &opened)
	return opened.ID, err
}

// closePIT frees what a point in time holds; one that is left ends by itself.
func (ix *Index) closePIT(ctx context.Context, id string) {
	_ = ix.client.Do(ctx, http.MethodDelete, "/_search/point_in_time", m{"pit_id": []string{id}}, nil)
}

// Compact implements index.Index. OpenSearch merges by itself; forcing it would
// stop an index in use.
func (ix *Index) Compact(ctx context.Context) error { return ctx.Err() }

// Get implements index.Index.
func (ix *Index) Get(ctx context.Context, id string) (index.Document, error) {
	var got found
	err := ix.client.Do(ctx, http.MethodGet, "/"+ix.name+"/_doc/"+url.PathEscape(id)+"?realtime=false&_source="+docField, nil, &got)
	if nodes.HasCode(err, http.StatusNotFound) {
		return index.Document{}, index.ErrNotFound
	}
	return got.document(), err
}
