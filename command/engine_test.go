package command

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/indexer/index/opensearch"
	"bantin/indexer/index/opensearch/opensearchtest"
	"bantin/searchd/eval"
	"bantin/searchd/query"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestEngines puts one archive into both engines and wants the same answers.
func TestEngines(t *testing.T) {
	address := opensearchtest.Address(t)
	name := fmt.Sprintf("command-%d", time.Now().UnixNano())
	t.Cleanup(func() { remove(t, address+"/"+name+"-*") })
	data := t.TempDir()
	var lines strings.Builder
	for i := range 40 {
		fmt.Fprintf(&lines, `{"url":"http://a.example/%d","title":"Hội nghị giao ban quý %d năm 2020 khối Mặt trận","body":"Thường trực Tỉnh ủy Tuyên Quang họp giao ban về Chỉ thị số %d-CT/TW. Các đại biểu của Mặt trận dự hội nghị.","published":"2020-%02d-05T08:00:00+07:00"}`+"\n", i, 1+i%4, i%7+1, 1+i%12)
	}
	file := filepath.Join(data, "in.jsonl")
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	cluster := []string{"--engine", "opensearch", "--engine-url", address, "--engine-index", name, "--engine-replicas", "0"}
	do := func(args ...string) string {
		t.Helper()
		code, out, errs := bantin(t, append(args, "--data", data)...)
		if code != 0 {
			t.Fatalf("%q: exit %d: %s", args, code, errs)
		}
		return out
	}
	do("import", file)
	if code, _, errs := bantin(t, append([]string{"search", "x", "--data", data}, cluster...)...); code != 1 || !strings.Contains(errs, "bantin index") {
		t.Errorf("a search before there is an index: exit %d, %s", code, errs)
	}
	do("index")
	do(append([]string{"index"}, cluster...)...)
	do(append([]string{"index", "--rebuild"}, cluster...)...)
	for _, args := range [][]string{
		{"giao ban mặt trận"},
		{"mat tran"},
		{`"hội nghị giao ban"`},
		{"3-CT/TW"},
		{"giao ban quý 2", "--sort", "newest"},
		{"hội nghị", "--size", "5", "--quarter", "2020-Q1"},
		{"zzz"},
		{"hoij nghij"},
	} {
		args = append([]string{"search", "--json"}, args...)
		one, other := answer(t, do(args...)), answer(t, do(append(args, cluster...)...))
		if d := cmp.Diff(one, other); d != "" {
			t.Errorf("%q: %s", args, d)
		}
	}
}

// TestJudgedAlike asks both engines every judged question, however it is typed,
// and wants the same reading, total, facets, bulletins and order of both.
func TestJudgedAlike(t *testing.T) {
	address := opensearchtest.Address(t)
	c, err := opensearch.NewClient(opensearch.Config{Addresses: []string{address}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	other, err := opensearch.Open(t.Context(), c, fmt.Sprintf("judged-%d", time.Now().UnixNano()), opensearch.Options{Shards: 3})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Drop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if _, err := eval.Load(t.Context(), other, filepath.Join(judgedDir, "corpus.jsonl")); err != nil {
		t.Fatal(err)
	}
	embedded := openCorpus(t, judgedDir, bleveindex.Options{})
	asked := 0
	err = eval.EachLine(filepath.Join(judgedDir, "queries.jsonl"), func(_ []byte, q eval.Line) error {
		for name, typed := range eval.Typists {
			asked++
			one, err := everything(t.Context(), embedded, typed(q.Text))
			if err != nil {
				return err
			}
			two, err := everything(t.Context(), other, typed(q.Text))
			if err != nil {
				return err
			}
			if d := cmp.Diff(one, two, cmpopts.EquateApprox(0, 1e-4), cmpopts.EquateEmpty()); d != "" {
				t.Errorf("%s %s: %s", q.ID, name, d)
			}
		}
		return nil
	})
	if err != nil || asked == 0 {
		t.Errorf("%d questions: %v", asked, err)
	}
}

// everything is what a question finds, hits of equal score by their ids.
func everything(ctx context.Context, ix index.Index, text string) (index.Result, error) {
	q := query.Parse(text).Query()
	q.Size, q.Facets, q.Snippets = 20, index.Shown(), true
	res, err := index.Run(ctx, ix, q)
	res.Next, res.Took = "", 0
	slices.SortStableFunc(res.Hits, func(a, b index.Hit) int {
		if math.Abs(a.Score-b.Score) < 1e-6 {
			return strings.Compare(a.ID, b.ID)
		}
		return 0
	})
	return res, err
}

// TestProcesses: two indexers and two services on one archive and one cluster. One
// service and the indexer that works are killed; the other indexer takes over, what
// was imported shows all the same, and an index that is rebuilt, by one process alone,
// takes the other's place without a wrong total.
func TestProcesses(t *testing.T) {
	address := opensearchtest.Address(t)
	name := fmt.Sprintf("processes-%d", time.Now().UnixNano())
	t.Cleanup(func() { remove(t, address+"/"+name+"-*") })
	data := t.TempDir()
	with := func(args ...string) []string {
		return append(args, "--data", data, "--engine", "opensearch", "--engine-url", address, "--engine-index", name, "--engine-replicas", "0")
	}
	do := func(args ...string) {
		t.Helper()
		if code, _, errs := bantin(t, args...); code != 0 {
			t.Fatalf("%q: exit %d: %s", args, code, errs)
		}
	}
	batch := 0
	importMore := func() {
		t.Helper()
		var lines strings.Builder
		for i := range 25 {
			fmt.Fprintf(&lines, `{"id":"p%d-%02d","title":"Hội nghị giao ban lần %d","body":"mặt trận họp bàn việc số %d của đợt %d"}`+"\n", batch, i, i, i*i, batch)
		}
		batch++
		file := filepath.Join(data, "in.jsonl")
		if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		do("import", "--data", data, file)
	}
	importMore()
	do(with("index")...)
	indexer := startProcess(t, with("index", "--follow")...)
	for taken := false; !taken && t.Context().Err() == nil; {
		code, _, errs := bantin(t, with("index")...)
		taken = code == 1 && strings.Contains(errs, "another process")
	}
	standBy := startProcess(t, with("index", "--follow")...)
	serve := func() (*upProcess, string) {
		p := startProcess(t, with("serve", "--listen", "127.0.0.1:0", "--rate", "0")...)
		return p, <-p.address
	}
	first, a := serve()
	_, b := serve()
	await := func(where string, want int) {
		t.Helper()
		limit := time.Now().Add(2 * time.Minute)
		for seen := -1; seen != want; {
			if time.Now().After(limit) {
				t.Fatalf("%d found, never %d", seen, want)
			}
			if seen = totalOf(t, where); seen%25 != 0 || seen > want {
				t.Fatalf("%d found on the way to %d", seen, want)
			}
		}
	}
	await(a, 25)
	importMore()
	await(a, 50)
	await(b, 50)
	for _, p := range []*upProcess{first, indexer} {
		_ = p.Process.Kill()
		_ = p.Wait()
	}
	importMore()
	await(b, 75)
	up := startProcess(t, with("up", "--listen", "127.0.0.1:0")...) // another one that stands by
	c := <-up.address
	for asked := false; !asked; { // until then the one that was killed may seem to have the right
		code, out, errs := bantin(t, with("index", "--rebuild")...)
		if asked = strings.Contains(out, "builds a new one"); code != 0 {
			t.Fatalf("exit %d: %s", code, errs)
		}
	}
	importMore()
	await(b, 100)
	limit := time.Now().Add(2 * time.Minute)
	for build := ""; build != name+"-0002"; {
		if time.Now().After(limit) {
			t.Fatalf("%q is in use for ever", build)
		}
		if build = buildInUse(t, address, name); build != name+"-0001" && build != name+"-0002" {
			t.Fatalf("%q is in use: more than one process rebuilt", build)
		}
	}
	await(b, 100)
	_ = standBy.Process.Kill()
	importMore()
	await(b, 125)
	await(c, 125)
}

// buildInUse is the index behind an alias.
func buildInUse(t *testing.T, address, name string) string {
	t.Helper()
	resp, err := http.Get(address + "/_alias/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got := map[string]any{}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || len(got) != 1 {
		t.Fatalf("alias %s: %v, %v", name, got, err)
	}
	return slices.Collect(maps.Keys(got))[0]
}

// totalOf is the total of a search that finds every bulletin of TestProcesses.
func totalOf(t *testing.T, address string) int {
	t.Helper()
	resp, err := http.Get(address + "/api/v1/search?q=mat+tran&size=0")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct{ Total int }
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v", resp.StatusCode, err)
	}
	return got.Total
}

// answer is what a search printed, without what differs from one to the next.
func answer(t *testing.T, text string) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for _, changing := range []string{"took_ms", "next", "took"} {
		delete(out, changing)
	}
	return rounded(out).(map[string]any)
}

// rounded makes numbers that are equal within a thousandth the same.
func rounded(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = rounded(v[k])
		}
	case []any:
		for i := range v {
			v[i] = rounded(v[i])
		}
	case float64:
		return fmt.Sprintf("%.3f", v)
	}
	return v
}

func remove(t *testing.T, address string) {
	req, err := http.NewRequest(http.MethodDelete, address, nil)
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
}

// TestClusterComesBack: while no node answers, the service says that it is not ready
// and what comes waits; when the node is back all goes on, without a new start.
func TestClusterComesBack(t *testing.T) {
	nodes := opensearchtest.Start(t, 1)
	db := filepath.Join(t.TempDir(), "archive.db")
	r := runUp(t, "--db", db, "--engine", "opensearch", "--engine-url", nodes.Addresses[0], "--engine-replicas", "0")
	bring := func(from, to int) {
		t.Helper()
		if code, out, errs := bantin(t, "import", bulletins(t, from, to), "--db", db, "--data", t.TempDir()); code != 0 {
			t.Fatal(out, errs)
		}
	}
	finds := func(n int) func() bool {
		return func() bool {
			got, err := (&plant{T: t}).ask(r.service, "giao ban", 1)
			return err == nil && got.Total == n
		}
	}
	bring(0, 20)
	eventually(t, "indexed", finds(20))
	nodes.Kill(nodes.Addresses[0])
	eventually(t, "not ready", func() bool { return r.readiness(t) == http.StatusServiceUnavailable })
	bring(20, 25)
	nodes.Restart(nodes.Addresses[0])
	eventually(t, "ready", func() bool { return r.readiness(t) == http.StatusOK })
	eventually(t, "indexed after the restart", finds(25))
}
