package opensearch

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/index/opensearch/opensearchtest"
	"bantin/indexer/nodes"
)

// recorder stands before a node as its security plugin does, with a certificate of its
// own and one user, and notes the requests that pass.
type recorder struct {
	mu  sync.Mutex
	all []recorded
}

type recorded struct{ method, path, body string }

// noted returns the requests since it was asked last.
func (r *recorder) noted() []recorded {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.all
	r.all = nil
	return out
}

// guarded starts a recorder and returns how its user gets in.
func guarded(t *testing.T) (*recorder, Config) {
	t.Helper()
	node, err := url.Parse(opensearchtest.Address(t))
	if err != nil {
		t.Fatal(err)
	}
	r, pass := &recorder{}, httputil.NewSingleHostReverseProxy(node)
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if user, password, _ := req.BasicAuth(); user != "bantin" || password != "s3cret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		data, err := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(data))
		if err == nil && req.Header.Get("Content-Encoding") == "gzip" {
			var z io.Reader
			if z, err = gzip.NewReader(bytes.NewReader(data)); err == nil {
				data, err = io.ReadAll(z)
			}
		}
		if err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		r.all = append(r.all, recorded{req.Method, req.URL.RequestURI(), string(data)})
		r.mu.Unlock()
		pass.ServeHTTP(w, req)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	for name, text := range map[string]string{"ca.pem": string(ca), "password": "s3cret\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return r, Config{Addresses: []string{s.URL}, CAFile: filepath.Join(dir, "ca.pem"), User: "bantin", PasswordFile: filepath.Join(dir, "password")}
}

// record connects by way of a recorder.
func record(t *testing.T) (*Client, *recorder) {
	t.Helper()
	r, config := guarded(t)
	c, err := NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, r
}

// rights are what the role of docs/scale/start-opensearch grants beside all on the
// indexes that are called as ours.
var rights = []struct{ method, path string }{
	{http.MethodGet, "^/_cluster/(health|settings)"}, // cluster_monitor
	{http.MethodGet, "^/_cat/nodes"},
	{http.MethodPost, "^/_(msearch|bulk|aliases)"}, // cluster_composite_ops, then each index that is named
	{http.MethodDelete, "^/_search/point_in_time"},
}

// TestRights: over TLS and with a password an index lives from its making to its
// removal, and a cluster tells its health, within the rights that the role grants.
func TestRights(t *testing.T) {
	c, r := record(t)
	ctx, name := t.Context(), fmt.Sprintf("rights-%d", os.Getpid())
	b := NewBuilds(c, name, Options{Shards: 2})
	for i := range 2 {
		build := must(b.Next(ctx))
		ix := must(b.Open(ctx, build)).(*Index)
		t.Cleanup(func() { _ = ix.Drop(context.WithoutCancel(ctx)) }) // when the test has not come to that
		apply(t, ix, int64(i+1), one("a", "giao ban", "mặt trận"), one("b", "giao ban", "mặt trận"), bulletin.Change{ID: "c"})
		q := index.Query{Root: index.Word{Text: "mat"}, Size: 3, Facets: index.Fields(), Values: 1}
		res, err := ix.Search(ctx, q)
		if err != nil || res.Total != 2 {
			t.Fatal(res.Total, err)
		}
		if err := ix.Each(ctx, q, func(index.Document) error { return nil }); err != nil {
			t.Error(err)
		}
		must(ix.Cross(ctx, q, index.Org, index.Year))
		must(ix.Similar(ctx, "a", 3))
		must(ix.Suggest(ctx, "giao", 3))
		must(ix.Near(ctx, index.Word{Text: "giaoo"}, 1, false, 1))
		if err := b.KeepEpoch(ctx, build, "e"); err != nil {
			t.Error(err)
		}
		must(b.Epoch(ctx, build))
		if err := b.Use(ctx, build); err != nil {
			t.Error(err)
		}
	}
	must(c.Health(ctx))
	now := must(b.Current(ctx))
	for build := range must(b.builds(ctx)) {
		if err := (&Index{client: c, name: build}).Drop(ctx); err != nil {
			t.Error(err)
		}
	}
	if err := b.Clean(ctx, now); err != nil {
		t.Error(err)
	}
	named := regexp.MustCompile(`"_?index":"([^"]*)"`)
	all := r.noted()
	for _, req := range all {
		granted := regexp.MustCompile("^/(_alias/)?" + name).MatchString(req.path)
		for _, right := range rights {
			granted = granted || req.method == right.method && regexp.MustCompile(right.path).MatchString(req.path)
		}
		for _, index := range named.FindAllStringSubmatch(req.body, -1) {
			granted = granted && strings.HasPrefix(index[1], name)
		}
		if !granted {
			t.Errorf("no right to %s %s", req.method, req.path)
		}
	}
	if len(all) < 40 {
		t.Errorf("%d requests", len(all))
	}
}

// TestStranger: who has another password, or does not know the authority, gets
// nothing and is told why at once.
func TestStranger(t *testing.T) {
	r, config := guarded(t)
	wrong := filepath.Join(t.TempDir(), "wrong")
	if err := os.WriteFile(wrong, []byte("guess"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(*Config)
		code   int // of the answer, 0 for none
	}{
		{func(c *Config) { c.PasswordFile = wrong }, http.StatusUnauthorized},
		{func(c *Config) { c.User, c.PasswordFile = "", "" }, http.StatusUnauthorized},
		{func(c *Config) { c.CAFile = "" }, 0},
	} {
		changed := config
		c.change(&changed)
		client, err := NewClient(changed)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		_, err = Open(t.Context(), client, "rights-stranger", Options{})
		if err == nil || c.code != 0 && !nodes.HasCode(err, c.code) {
			t.Errorf("user %q, authorities %q: %v", cmp.Or(changed.User, "nobody"), changed.CAFile, err)
		}
	}
	if passed := r.noted(); len(passed) > 0 {
		t.Errorf("%v passed", passed)
	}
}
