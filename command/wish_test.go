package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/crawler/archive/archivetest"
)

// TestWishesByHand does to a portal what an operator may, and looks at what
// search and list say, over both stores.
func TestWishesByHand(t *testing.T) {
	t.Run("file", wishesByHand)
	t.Run("postgres", func(t *testing.T) {
		t.Setenv("BANTIN_DB", archivetest.Postgres(t).Place(t))
		wishesByHand(t)
	})
}

func wishesByHand(t *testing.T) {
	t.Helper()
	server, data := village(t), t.TempDir()
	profile := filepath.Join(data, "sites", "lang.yaml")
	steps := []struct {
		args  []string
		stdin string
		code  int
		says  string
		total int // bulletins that a search finds afterwards, -1 for not asked
	}{
		{[]string{"site", "pause", "lang"}, "", 2, "there is no site", -1},
		{[]string{"site", "add", server.URL + "/tin", "--province", "tuyen-quang", "--allow-private", "--pause", "1ms", "--id", "lang"}, "", 0, "wrote", -1},
		{[]string{"site", "pause", "lang"}, "", 0, "paused", -1},
		{[]string{"crawl", "--allow-private"}, "", 0, "", 0},
		{[]string{"site", "list"}, "", 0, "paused", 0},
		{[]string{"site", "resume", "lang"}, "", 0, "resumed", 0},
		{[]string{"crawl", "--allow-private"}, "", 0, "4 new", 4},
		{[]string{"site", "crawl", "lang"}, "", 0, "now", 4},
		{[]string{"crawl", "--allow-private"}, "", 0, "4 found", 4},
		{[]string{"site", "recheck", "lang"}, "", 0, "again", 4},
		{[]string{"site", "remove", "lang"}, "", 1, "4 bulletins will leave", 4},
		{[]string{"site", "remove", "lang"}, "no\n", 1, "nothing was removed", 4},
		{[]string{"site", "remove", "lang"}, "yes\n", 0, "removed", 0},
		{[]string{"site", "remove", "lang", "--yes"}, "", 0, "removed already", 0},
		{[]string{"site", "resume", "lang"}, "", 0, "resumed", 4},
		{[]string{"site", "remove", "lang", "--yes", "--purge"}, "", 0, "for good", 0},
		{[]string{"site", "resume", "lang"}, "", 0, "resumed", 0},
		{[]string{"crawl", "--allow-private"}, "", 0, "4 new", 4},
		{[]string{"site", "pause", "none"}, "", 2, "there is no site", 4},
	}
	for i, step := range steps {
		var out, errs bytes.Buffer
		err := run(t.Context(), append(step.args, "--data", data), strings.NewReader(step.stdin), &out, &errs)
		code := report(&errs, err)
		if text := out.String() + errs.String(); code != step.code || !strings.Contains(text, step.says) {
			t.Fatalf("%d %q: exit %d\n%s", i, step.args, code, text)
		}
		if step.args[1] == "add" {
			quicken(t, profile)
		}
		if step.total < 0 {
			continue
		}
		if code, _, errs := bantin(t, "index", "--data", data); code != 0 {
			t.Fatal(errs)
		}
		if got := search(t, data, "mặt trận").Total; got != step.total {
			t.Fatalf("%d %q: a search finds %d, not %d", i, step.args, got, step.total)
		}
	}
	if _, err := os.Stat(profile); err != nil {
		t.Error(err)
	}
}
