package opensearch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
)

func one(id, title, body string) bulletin.Change {
	return bulletin.Change{ID: id, Bulletin: &bulletin.Bulletin{ID: id, Title: title, Body: body}}
}

func apply(t *testing.T, ix *Index, position int64, changes ...bulletin.Change) {
	t.Helper()
	if err := ix.Apply(t.Context(), changes, position); err != nil {
		t.Fatal(err)
	}
}

func total(t *testing.T, ix *Index, root index.Node) int {
	t.Helper()
	res, err := ix.Search(t.Context(), index.Query{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

// TestWire: OpenSearch gives back our tokens where we put them: several at one
// position, gaps one wide, joined forms apart from all others.
func TestWire(t *testing.T) {
	ix := open(t, connect(t), Options{})
	var got struct {
		Tokens []struct {
			Token    string
			Position int
		}
	}
	text := wired(vi.AnalyzeOnly("Mặt trận họp khóa XIII. Covid-19 lùi", vi.WantSyl).Syl)
	err := ix.client.do(t.Context(), http.MethodPost, "/"+ix.name+"/_analyze", m{"analyzer": "wire", "text": text}, &got)
	if err != nil {
		t.Fatal(err)
	}
	var tokens []string
	for _, tok := range got.Tokens {
		tokens = append(tokens, fmt.Sprintf("%s@%d", tok.Token, tok.Position))
	}
	want := "mặt@0 trận@1 họp@2 khoá@3 xiii@4 13@4 covid@6 19@7 lùi@8 covid19@10"
	if s := strings.Join(tokens, " "); s != want {
		t.Errorf("%q came back as %q, want %q", text, s, want)
	}
}

// TestBigramFrequency: the frequency of a phrase counts once for each of its
// words, and whole numbers reach a script as integers.
func TestBigramFrequency(t *testing.T) {
	w := index.Weights{Title: 1, Bigram: 1, Fresh: 1, HalfLife: 4 * time.Second}
	ix := open(t, connect(t), Options{Weights: &w, Shards: 3})
	a, b := one("a", "", "mặt trận và mặt trận"), one("b", "", "mặt trận")
	a.Bulletin.Published = time.Unix(1_600_000_000, 0)
	b.Bulletin.Published = a.Bulletin.Published.Add(-6 * time.Second)
	apply(t, ix, 1, a, b)
	res, err := ix.Search(t.Context(), index.Query{Size: 2, Root: index.And{index.Word{Text: "mặt", Accented: true}, index.Word{Text: "trận", Accented: true}}})
	if err != nil || len(res.Hits) != 2 {
		t.Fatalf("%v, %v", res.Hits, err)
	}
	bm := index.DefaultBM25
	for i, tf := range []float64{2, 1} {
		length, age := []float64{4, 1}[i], []float64{0, 6}[i]
		want := bm.IDF(2, 2)*bm.TF(tf, length, 2.5) + math.Exp2(-age/4)
		if got := res.Hits[i].Score; math.Abs(got-want) > 1e-6 {
			t.Errorf("hit %d scores %g, want %g", i, got, want)
		}
	}
}

// TestVersions: an older change that comes late, from whichever writer, does not
// overwrite a newer one nor bring back what is gone.
func TestVersions(t *testing.T) {
	c := connect(t)
	ix := open(t, c, Options{})
	other, err := Open(t.Context(), c, ix.name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	late := one("a", "cũ", "")
	late.Seq = 5
	for _, step := range []struct {
		ix    *Index
		seq   int64
		title string // empty for a deletion
		want  string // title afterwards, empty for none
	}{
		{ix, 7, "mới", "mới"},
		{other, 5, "cũ", "mới"},
		{other, 7, "mới lại", "mới lại"},
		{ix, 9, "", ""},
		{other, 8, "muộn", ""},
		{other, 9, "", ""},
		{ix, 10, "sau", "sau"},
	} {
		change := bulletin.Change{ID: "a", Seq: step.seq}
		if step.title != "" {
			change.Bulletin = &bulletin.Bulletin{ID: "a", Title: step.title}
		}
		apply(t, step.ix, step.seq, change)
		d, err := step.ix.Get(t.Context(), "a")
		if step.want == "" && !errors.Is(err, index.ErrNotFound) || step.want != d.Title {
			t.Errorf("after %d: %q, %v; want %q", step.seq, d.Title, err, step.want)
		}
	}
}

// TestOthersWrite: what another process wrote shows after Refresh, and changes
// the generation.
func TestOthersWrite(t *testing.T) {
	c := connect(t)
	writer := open(t, c, Options{Shards: 3})
	apply(t, writer, 1, one("a", "một", ""))
	reader, err := Open(t.Context(), c, writer.name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := reader.Generation()
	apply(t, writer, 2, one("b", "hai", ""))
	if n := total(t, reader, nil); n != 1 || reader.Generation() != before {
		t.Errorf("%d before it looked", n)
	}
	for _, want := range []bool{true, false} { // the second time there is nothing new
		before := reader.Generation()
		if err := reader.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, p := total(t, reader, nil), must(reader.Position(t.Context())); n != 2 || p != 2 || (reader.Generation() != before) != want {
			t.Errorf("%d at position %d, generation changed: %v", n, p, reader.Generation() != before)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestPointInTimeLost: when the point in time is gone, searches look at the
// index as it is, whole, and the next batch is seen whole again.
func TestPointInTimeLost(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 3})
	apply(t, ix, 1, one("a", "một", ""), one("b", "hai", ""))
	lose := func() {
		for _, p := range ix.published {
			ix.closePIT(t.Context(), p.pit)
		}
	}
	lose()
	first := ix.view.Load()
	if n := total(t, ix, nil); n != 2 || !first.lost.Load() {
		t.Errorf("%d without the point in time; noticed: %v", n, first.lost.Load())
	}
	apply(t, ix, 2, one("c", "ba", ""))
	if v := ix.view.Load(); total(t, ix, nil) != 3 || v == first || v.lost.Load() {
		t.Error("the next batch has no point in time")
	}
	lose()
	before := ix.view.Load().version
	apply(t, ix, 3, one("d", "bốn", ""))
	if v := ix.view.Load(); v.version != before+2 {
		t.Errorf("version %d after %d: the lost point in time was not replaced before the batch", v.version, before)
	}
}

// recorder notes the requests that pass.
type recorder struct {
	mu   sync.Mutex
	next http.RoundTripper
	all  []recorded
}

type recorded struct{ method, path, body string }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	var data []byte
	if req.Body != nil {
		data, _ = io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(data))
		if req.Header.Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				return nil, err
			}
			data, _ = io.ReadAll(z)
		}
	}
	r.mu.Lock()
	r.all = append(r.all, recorded{req.Method, req.URL.RequestURI(), string(data)})
	r.mu.Unlock()
	return r.next.RoundTrip(req)
}

// TestNeverInPart: no request lets the cluster answer without a part of the
// index, and every search ends in time.
func TestNeverInPart(t *testing.T) {
	c := connect(t)
	r := &recorder{next: c.http.Transport}
	c.http.Transport = r
	ix := open(t, c, Options{Shards: 3})
	apply(t, ix, 1, one("a", "giao ban", "mặt trận"), one("b", "giao ban", "mặt trận"))
	q := index.Query{Root: index.Word{Text: "mat"}, Size: 3, Facets: index.Fields()}
	_, err := ix.Search(t.Context(), q)
	err = errors.Join(err, ix.Each(t.Context(), q, func(index.Document) error { return nil }))
	_, cross := ix.Cross(t.Context(), q, index.Org, index.Year)
	_, similar := ix.Similar(t.Context(), "a", 3)
	_, suggest := ix.Suggest(t.Context(), "giao", 3)
	_, correct := ix.Correct(t.Context(), "giaoo", 3)
	if err := errors.Join(err, cross, similar, suggest, correct); err != nil {
		t.Fatal(err)
	}
	searches, timed := 0, 0
	for _, req := range r.all {
		switch {
		case strings.HasSuffix(req.path, "/_msearch"):
			for i, line := range strings.Split(strings.TrimSpace(req.body), "\n") {
				if i%2 == 0 && !strings.Contains(line, `"allow_partial_search_results":false`) {
					t.Errorf("a search that may be answered in part: %s", line)
				}
				searches++
				if strings.Contains(line, `"timeout":"`) {
					timed++
				}
			}
		case strings.Contains(req.path, "/point_in_time"):
			if req.method == http.MethodPost && !strings.Contains(req.path, "allow_partial_pit_creation=false") {
				t.Errorf("a point in time of a part: %s", req.path)
			}
		case strings.Contains(req.path, "_search"):
			t.Errorf("a search of another kind: %s", req.path)
		}
	}
	if searches < 8 || timed < 3 {
		t.Errorf("%d lines of searches, %d with a time", searches, timed)
	}
}

// TestDefinition: deletions are remembered and nothing refreshes by itself.
func TestDefinition(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 2})
	var got map[string]struct {
		Settings map[string]any
	}
	if err := ix.client.do(t.Context(), http.MethodGet, "/"+ix.name+"/_settings?flat_settings=true", nil, &got); err != nil {
		t.Fatal(err)
	}
	s := got[ix.name].Settings
	for name, want := range map[string]string{"index.gc_deletes": "1h", "index.refresh_interval": "-1", "index.number_of_shards": "2"} {
		if s[name] != want {
			t.Errorf("%s is %q", name, s[name])
		}
	}
	if err := ix.client.do(t.Context(), http.MethodPut, "/"+ix.name+"/_mapping", m{"_meta": m{"layout": "older"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), ix.client, ix.name, Options{}); !errors.Is(err, index.ErrCorrupt) {
		t.Errorf("an index of another layout: %v", err)
	}
}

// citing makes bulletins that cite values of a skewed choice, and counts them.
func citing(bulletins, each, values int) ([]bulletin.Change, map[string]int) {
	counts := map[string]int{}
	var out []bulletin.Change
	next := uint64(1)
	for i := range bulletins {
		c := one(fmt.Sprintf("b%05d", i), "giao ban", "mặt trận")
		seen := map[string]bool{}
		for range each {
			next = next*6364136223846793005 + 1442695040888963407
			x := float64(next>>11) / (1 << 53)
			key := fmt.Sprintf("%05d-nq-tw", int(x*x*float64(values)))
			if !seen[key] {
				seen[key] = true
				counts[key]++
				c.Bulletin.Cites = append(c.Bulletin.Cites, bulletin.Citation{Key: key})
			}
		}
		out = append(out, c)
	}
	return out, counts
}

// TestManyValues: facets of more values than a shard gives are exact all the
// same, whether the most frequent stand out or not.
func TestManyValues(t *testing.T) {
	c := connect(t)
	for _, tc := range []struct {
		name                    string
		bulletins, each, values int
		wanted                  int
	}{
		{"skewed", 900, 20, 6000, 20},
		{"flat", 300, 20, 10_000_000, 20},
		{"all", 1100, 20, 10_000_000, 0},
	} {
		changes, counts := citing(tc.bulletins, tc.each, tc.values)
		ix := open(t, c, Options{Shards: 3})
		apply(t, ix, 1, changes...)
		q := index.Query{Facets: []index.Field{index.Cites}, Values: tc.wanted}
		if tc.wanted > 0 {
			q.Filters = map[index.Field][]string{index.Cites: {changes[0].Bulletin.Cites[0].Key}}
		}
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got := res.Facets[index.Cites]
		if n := len(got); tc.wanted == 0 && n != len(counts) || tc.wanted > 0 && n != tc.wanted && n != tc.wanted+1 {
			t.Errorf("%s: %d values of %d", tc.name, n, len(counts))
		}
		shown := map[string]bool{}
		for _, c := range got {
			shown[c.Value] = true
			if counts[c.Value] != c.Count {
				t.Errorf("%s: %s has %d, want %d", tc.name, c.Value, c.Count, counts[c.Value])
			}
		}
		for value, n := range counts {
			if last := got[min(len(got), max(1, tc.wanted))-1]; !shown[value] && n > last.Count {
				t.Errorf("%s: %s with %d is left out, the last shown has %d", tc.name, value, n, last.Count)
			}
		}
	}
}

// TestCachedFacets: what was counted is answered from the cache on every other
// page, and again in another order.
func TestCachedFacets(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 3})
	changes, _ := citing(60, 3, 50)
	apply(t, ix, 1, changes...)
	hits := func() int {
		var got struct {
			All struct {
				Total struct {
					Cache struct {
						Hits int `json:"hit_count"`
					} `json:"request_cache"`
				}
			} `json:"_all"`
		}
		if err := ix.client.do(t.Context(), http.MethodGet, "/"+ix.name+"/_stats/request_cache", nil, &got); err != nil {
			t.Fatal(err)
		}
		return got.All.Total.Cache.Hits
	}
	q := index.Query{Root: index.Word{Text: "mat"}, Size: 5, Facets: index.Shown(), Filters: map[index.Field][]string{index.Year: {"2020"}}, Expand: true}
	for i, order := range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
		before := hits()
		q.Sort = order
		if _, err := ix.Search(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		if n := hits() - before; i > 0 && n < 3 {
			t.Errorf("by %s: %d shards answered from the cache", order, n)
		}
	}
}

// TestLargeQueries: what our limits allow, OpenSearch takes.
func TestLargeQueries(t *testing.T) {
	ix := open(t, connect(t), Options{})
	apply(t, ix, 1, one("a", "giao ban", "w0 w1 w2"))
	var words index.And
	for i := range index.DefaultLimits.Clauses - 1 {
		words = append(words, index.Word{Text: fmt.Sprintf("w%d", i), Accented: true})
	}
	deep := index.Node(index.Word{Text: "w0"})
	for range index.DefaultLimits.Nesting - 1 {
		deep = index.Not{Child: deep}
	}
	var values []string
	for i := range index.DefaultLimits.Values {
		values = append(values, fmt.Sprint(i))
	}
	for _, c := range []struct {
		name string
		q    index.Query
		want int
	}{
		{"all of many words", index.Query{Root: words, Size: 5}, 0},
		{"any of many words", index.Query{Root: index.Or{Children: words, Min: 2}, Size: 5}, 1},
		{"deep", index.Query{Root: deep, Size: 5}, 0},
		{"many values", index.Query{Filters: map[index.Field][]string{index.Cites: values}, Facets: index.Fields()}, 0},
	} {
		res, err := ix.Search(t.Context(), c.q)
		if err != nil || res.Total != c.want {
			t.Errorf("%s: %d, %.300v", c.name, res.Total, err)
		}
	}
}

// TestOddDocuments: what is too long for OpenSearch does not stop a batch.
func TestOddDocuments(t *testing.T) {
	ix := open(t, connect(t), Options{})
	long := one("a", strings.Repeat("x", 40_000), strings.Repeat("đ", 40_000)+" giao ban")
	long.Bulletin.Cites = []bulletin.Citation{{Key: strings.Repeat("k", 40_000), Label: strings.Repeat("n", 40_000)}}
	long.Bulletin.Organizations = []string{strings.Repeat("o", 40_000)}
	odd := one("b/c ?#%", "giao ban", "~ | _ \" \\ \x01 ﷺ 🙂 giao ban")
	apply(t, ix, 1, long, odd)
	if n := total(t, ix, index.Phrase{Words: []index.Word{{Text: "giao"}, {Text: "ban"}}}); n != 2 {
		t.Errorf("%d of 2 found", n)
	}
	d, err := ix.Get(t.Context(), odd.ID)
	if diff := cmp.Diff(odd.Bulletin.Body, d.Body); err != nil || diff != "" {
		t.Errorf("%v: %s", err, diff)
	}
}

// TestDocument: a document is sent once as text for people and twice as tokens,
// without bigrams.
func TestDocument(t *testing.T) {
	raw, err := source(one("a", "Mặt trận họp khóa XIII. Covid-19 lùi.", ""))
	if err != nil {
		t.Fatal(err)
	}
	var got m
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	delete(got, docField)
	want := m{
		"id": "a", "group": "a", "cluster": "a", "t_s": " mặt trận họp khoá xiii|13 ~ covid 19 lùi ~ covid19", "t_f": " mat tran hop khoa xiii|13 ~ covid 19 lui ~ covid19",
		"t_k": "19", "t_nw": 10., "t_nb": 7., "t_nk": 1.,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestRemoved: an index that was removed is not made again by a late write, and
// says so.
func TestRemoved(t *testing.T) {
	ix := open(t, connect(t), Options{})
	apply(t, ix, 1, one("a", "một", ""))
	if err := ix.Drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := ix.Apply(t.Context(), []bulletin.Change{one("b", "hai", "")}, 2); err == nil {
		t.Error("an index that is gone was written to")
	}
	for _, name := range []string{ix.name, ix.name + stateSuffix, ix.name + writeSuffix} {
		if err := ix.client.do(t.Context(), http.MethodHead, "/"+name, nil, nil); !hasCode(err, http.StatusNotFound) {
			t.Errorf("%s is there: %v", name, err)
		}
	}
}

// TestBuilds: a build takes another's place in one step, what searches look in
// stays for a while, and what nobody used goes.
func TestBuilds(t *testing.T) {
	c, ctx := connect(t), t.Context()
	b := NewBuilds(c, fmt.Sprintf("builds-%d", time.Now().UnixNano()), Options{Shards: 2, Replicas: 1})
	t.Cleanup(func() {
		if err := c.do(context.WithoutCancel(ctx), http.MethodDelete, "/"+b.name+"-*", nil, nil); err != nil {
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
