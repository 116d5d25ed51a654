package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bantin/indexer/index"
	"bantin/indexer/nodes"
)

// Builds are the builds of an index in a cluster, each an index of its own:
// NAME-0001 and so on, of which the alias NAME is the one in use. Any number of
// processes may have them; one at a time should write.
type Builds struct {
	client  *Client
	name    string
	options Options
}

// NewBuilds returns the builds of a name: lower-case letters and hyphens.
func NewBuilds(c *Client, name string, o Options) *Builds { return &Builds{c, name, o} }

// retiredMark is in an alias of a build that was replaced: NAME.retired-TIME.
// It stays for as long as a point in time in it may be searched.
const (
	retiredMark = ".retired-"
	retiredStay = 5 * time.Minute
	copyTime    = 12 * time.Hour // for copies of the shards to be made: a node takes 40 MB a second unless it is told otherwise
)

// builds returns the aliases of each build.
func (b *Builds) builds(ctx context.Context) (map[string][]string, error) {
	var got map[string]struct{ Aliases map[string]any }
	if err := b.client.Do(ctx, http.MethodGet, "/"+b.name+"-*/_alias", nil, &got); err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for name, one := range got {
		if strings.HasSuffix(name, stateSuffix) {
			continue
		}
		out[name] = nil
		for alias := range one.Aliases {
			out[name] = append(out[name], alias)
		}
	}
	return out, nil
}

// Current returns the build in use, empty when there is none.
func (b *Builds) Current(ctx context.Context) (string, error) {
	var got map[string]any
	err := b.client.Do(ctx, http.MethodGet, "/_alias/"+b.name, nil, &got)
	if nodes.HasCode(err, http.StatusNotFound) {
		return "", nil
	}
	for name := range got {
		return name, err
	}
	return "", err
}

// Next returns the name of a build that does not exist yet.
func (b *Builds) Next(ctx context.Context) (string, error) {
	all, err := b.builds(ctx)
	last := 0
	for name := range all {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, b.name+"-")); err == nil {
			last = max(last, n)
		}
	}
	return fmt.Sprintf("%s-%04d", b.name, last+1), err
}

// Open opens a build, empty when it is new. It has no copies before it is used.
func (b *Builds) Open(ctx context.Context, name string) (index.Index, error) {
	o := b.options
	o.Replicas = 0
	ix, err := Open(ctx, b.client, name, o)
	if err != nil {
		return nil, err // not a nil *Index as an index.Index
	}
	return ix, nil
}

// Use has the copies of a build made and moves the alias to it in one step.
func (b *Builds) Use(ctx context.Context, name string) error {
	copies := m{"index": m{"number_of_replicas": b.options.Replicas}}
	if err := b.client.Do(ctx, http.MethodPut, "/"+name+","+name+stateSuffix+"/_settings", copies, nil); err != nil {
		return err
	}
	if err := b.copied(ctx, name); err != nil {
		return fmt.Errorf("copies of %s: %w", name, err)
	}
	old, err := b.Current(ctx)
	if err != nil {
		return err
	}
	actions := []m{{"add": m{"index": name, "alias": b.name}}}
	if old != "" && old != name {
		retired := fmt.Sprint(b.name, retiredMark, time.Now().Unix())
		actions = append(actions, m{"remove": m{"index": old, "alias": b.name, "must_exist": false}}, m{"add": m{"index": old, "alias": retired}})
	}
	return b.client.Do(ctx, http.MethodPost, "/_aliases", m{"actions": actions}, nil)
}

// copied waits for copies that are being made, but for those that no machine has
// room for.
func (b *Builds) copied(ctx context.Context, name string) error {
	ctx, stop := context.WithTimeout(ctx, copyTime)
	defer stop()
	path := "/_cluster/health/" + name + "?wait_for_no_initializing_shards=true&wait_for_status=yellow&timeout=20s"
	for {
		if err := b.client.Do(ctx, http.MethodGet, path, nil, nil); !nodes.HasCode(err, http.StatusRequestTimeout) {
			return err
		}
	}
}

// Clean removes the builds but the one to keep and those that were in use until
// a short time ago.
func (b *Builds) Clean(ctx context.Context, keep string) error {
	all, err := b.builds(ctx)
	for name, aliases := range all {
		if name != keep && !inUse(aliases, b.name, time.Now()) {
			err = errors.Join(err, (&Index{client: b.client, name: name}).Drop(ctx))
		}
	}
	return err
}

// inUse tells whether a build of some aliases is searched, or was a while ago.
func inUse(aliases []string, name string, now time.Time) bool {
	for _, a := range aliases {
		since, retired := strings.CutPrefix(a, name+retiredMark)
		n, err := strconv.ParseInt(since, 10, 64)
		if a == name || retired && err == nil && now.Sub(time.Unix(n, 0)) < retiredStay {
			return true
		}
	}
	return false
}

// Epoch returns what KeepEpoch kept for a build, empty for nothing.
func (b *Builds) Epoch(ctx context.Context, name string) (string, error) {
	var got struct{ Epoch string }
	_, err := b.client.get(ctx, "/"+name+stateSuffix+"/_doc/epoch", &got)
	return got.Epoch, err
}

// KeepEpoch keeps the epoch of the archive that a build follows.
func (b *Builds) KeepEpoch(ctx context.Context, name, epoch string) error {
	return b.client.Do(ctx, http.MethodPut, "/"+name+stateSuffix+"/_doc/epoch", m{"epoch": epoch}, nil)
}
