//go:build linux

package command

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestKilledImports kills imports and indexings at random moments. What stood
// in the archive once is never missing again, and the last import, left alone,
// ends with everything there once and found.
func TestKilledImports(t *testing.T) {
	const kills, all = 12, 3000
	data, file := t.TempDir(), bulletins(t, 0, all)
	r := rand.New(rand.NewPCG(2, 2))
	before := 0
	for i := range kills {
		args := []string{"import", "--data", data, file}
		if i%3 == 2 {
			args = []string{"index", "--data", data}
		}
		cmd, _ := process(t, nil, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(50+r.IntN(700))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		kill.Stop()
		if n := countBulletins(t, data); n < before {
			t.Errorf("after kill %d: %d bulletins of %d", i, n, before)
		} else {
			before = n
		}
	}
	for _, args := range [][]string{{"import", file}, {"index"}} {
		if code, out, errs := bantin(t, append(args, "--data", data)...); code != 0 {
			t.Fatalf("%v: %s%s", args, out, errs)
		}
	}
	_, out, errs := bantin(t, "search", "--data", data, "--json", "giao ban")
	if n := countBulletins(t, data); n != all || !strings.Contains(out, `"total":3000`) {
		t.Errorf("%d bulletins, found %.80s %s", n, out, errs)
	}
	t.Logf("%d kills of imports and indexings, %d of %d bulletins found", kills, before, all)
}
