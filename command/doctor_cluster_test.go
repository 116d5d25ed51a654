package command

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/indexer/index/opensearch"
	"bantin/indexer/index/opensearch/opensearchtest"
)

// TestDoctorOfACluster follows an index from nothing to one that is written.
func TestDoctorOfACluster(t *testing.T) {
	address := opensearchtest.Address(t)
	name := fmt.Sprintf("doctor-%d", time.Now().UnixNano())
	node := address
	t.Cleanup(func() { remove(t, node+"/"+name+"-*") })
	data := t.TempDir()
	with := func(args ...string) []string {
		return append(args, "--data", data, "--engine", "opensearch", "--engine-url", address, "--engine-index", name, "--engine-replicas", "0")
	}
	doctor := func() map[string]finding {
		t.Helper()
		_, out, errs := bantin(t, with("doctor", "--offline", "--json", "--listen", "127.0.0.1:0")...)
		var all []finding
		if err := json.Unmarshal([]byte(out), &all); err != nil {
			t.Fatalf("%v: %s%s", err, out, errs)
		}
		byPart := map[string]finding{}
		for _, f := range all {
			byPart[f.Part] = f
		}
		return byPart
	}
	want := func(when, part, verdict, says string) {
		t.Helper()
		f := doctor()[part]
		if f.Verdict != verdict || !strings.Contains(f.Says, says) || (f.Do == "") != (verdict == "ok") {
			t.Errorf("%s: %s is %+v, want %s: %s", when, part, f, verdict, says)
		}
	}
	take := func(id string) {
		t.Helper()
		file := filepath.Join(data, "in.jsonl")
		if err := os.WriteFile(file, []byte(`{"id":"`+id+`","title":"giao ban"}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := bantin(t, "import", "--data", data, file); code != 0 {
			t.Fatal(errs)
		}
	}
	healthy := func(want bool) {
		t.Helper()
		for _, what := range []string{"--cluster", "--archive"} {
			if code, _, errs := bantin(t, with("healthcheck", what)...); (code == 0) != (want || what == "--archive") {
				t.Errorf("healthcheck %s: exit %d: %s", what, code, errs)
			}
		}
	}
	take("a")
	want("before there is an index", "index", "advice", "none yet")
	want("one node", "cluster", "advice", "1 node")
	want("one node", "nodes", "ok", "OpenSearch ")
	if f := doctor()["disks"]; !strings.Contains(f.Says, " %") { // its verdict is of this machine's disk
		t.Errorf("one node: disks is %+v", f)
	}
	if code, _, errs := bantin(t, with("index")...); code != 0 {
		t.Fatal(errs)
	}
	want("after bantin index", "index", "advice", "nobody writes it")
	healthy(true)
	take("b")
	want("when more has come", "index", "wrong", "change 1 of 2, and nobody writes it")
	healthy(false)
	ar := openArchive(t, filepath.Join(data, "archive.db"))
	right, err := ar.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want("while it is written", "index", "advice", "change 1 of 2")
	if err := right.Close(); err != nil {
		t.Fatal(err)
	}
	address = "http://127.0.0.1:1"
	want("without a cluster", "cluster", "wrong", "refused")
	healthy(false)
}

func TestColoursAndReleases(t *testing.T) {
	node := func(version, over string) opensearch.Node {
		return opensearch.Node{Name: "n", Version: version, Disk: 0.9, Over: over}
	}
	three := []opensearch.Node{node("3.9.0", ""), node("3.9.0", ""), node("3.9.0", "")}
	for _, c := range []struct {
		name string
		got  finding
		want string
	}{
		{"green", colour(opensearch.Health{Status: "green", Nodes: three}), "ok"},
		{"yellow", colour(opensearch.Health{Status: "yellow", Nodes: three, Unassigned: 2}), "advice"},
		{"red", colour(opensearch.Health{Status: "red", Nodes: three}), "wrong"},
		{"two nodes", colour(opensearch.Health{Status: "green", Nodes: three[:2]}), "advice"},
		{"one version", releases(three), "ok"},
		{"two versions", releases([]opensearch.Node{node("2.19.6", ""), node("3.9.0", "")}), "advice"},
		{"an old version", releases([]opensearch.Node{node("2.18.0", "")}), "wrong"},
		{"an older one", releases([]opensearch.Node{node("1.3.1", "")}), "wrong"},
		{"a later one", releases([]opensearch.Node{node("10.0", "")}), "ok"},
		{"room", disks(three)[0], "ok"},
		{"low", disks([]opensearch.Node{node("", "low")})[0], "advice"},
		{"high", disks([]opensearch.Node{node("", "high")})[0], "wrong"},
		{"full", disks([]opensearch.Node{node("", "flood_stage")})[0], "wrong"},
	} {
		if c.got.Verdict != c.want {
			t.Errorf("%s: %+v", c.name, c.got)
		}
	}
}
