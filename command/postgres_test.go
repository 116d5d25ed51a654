package command

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/crawler/archive/archivetest"
	"bantin/searchd/web/admin"

	"github.com/google/go-cmp/cmp"
)

// TestOverPostgres runs the commands that know the archive's file with an
// archive in PostgreSQL: each works or names the tool that does.
func TestOverPostgres(t *testing.T) {
	server := archivetest.Postgres(t)
	db, data := server.Place(t), t.TempDir()
	over := func(want int, args ...string) (out, errs string) {
		t.Helper()
		code, out, errs := bantin(t, append(args, "--data", data, "--db", db)...)
		if code != want {
			t.Errorf("%v ended with %d: %s %s", args, code, out, errs)
		}
		return out, errs
	}
	over(0, "import", bulletins(t, 0, 300))
	dir := filepath.Join(data, "backup")
	for _, args := range [][]string{{"backup", dir}, {"restore", data}} {
		if _, errs := over(1, args...); !strings.Contains(errs, "pg_dump") || !strings.Contains(errs, "export --format archive") {
			t.Errorf("%v: %s", args, errs)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a backup that cannot be left a folder")
	}
	if _, errs := over(2, "serve", "--backup-dir", dir, "--listen", "127.0.0.1:0"); !strings.Contains(errs, "pg_dump") {
		t.Error(errs)
	}
	out, _ := over(0, "doctor", "--offline", "--json", "--listen", "127.0.0.1:0")
	checkDoctorOver(t, out)
	checkMoves(t, server, data, db)
	checkServed(t, server, data, db)
}

func checkDoctorOver(t *testing.T, out string) {
	t.Helper()
	var all []finding
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"archive": "ok", "rights": "ok", "clock": "ok", "backup": "advice"}
	if d := cmp.Diff(want, verdicts(all, "archive", "rights", "clock", "backup")); d != "" {
		t.Error(d)
	}
	for _, f := range all {
		if f.Part == "archive" && !strings.Contains(f.Says, "portal") || f.Part == "backup" && !strings.Contains(f.Do, "pg_dump") {
			t.Errorf("%+v", f)
		}
	}
	d := doctor{app: &app{data: t.TempDir(), db: "postgres://nobody:geheim@127.0.0.1:1/none"}, now: time.Now}
	found := d.archived(t.Context())
	if len(found) != 1 || found[0].Verdict != "wrong" || !strings.Contains(found[0].Do, "PostgreSQL") || strings.Contains(found[0].Says, "geheim") {
		t.Errorf("a server that is not there: %+v", found)
	}
}

// checkMoves moves the archive to a file and into another schema.
func checkMoves(t *testing.T, server *archivetest.Server, data, db string) {
	t.Helper()
	dump, moved := filepath.Join(data, "dump"), t.TempDir()
	second, third := server.Place(t), t.TempDir()
	for _, args := range [][]string{
		{"export", "--format", "archive", "-o", dump, "--data", data, "--db", db},
		{"backup", "--verify", dump},
		{"restore", dump, "--data", moved},
		{"export", "--format", "archive", "-o", dump + "2", "--data", moved},
		{"restore", dump + "2", "--data", third, "--db", second},
		{"index", "--data", moved},
		{"index", "--data", third, "--db", second},
	} {
		if code, out, errs := bantin(t, args...); code != 0 {
			t.Fatalf("%v: %s %s", args, out, errs)
		}
	}
	if code, _, errs := bantin(t, "restore", dump, "--data", moved); code != 1 || !strings.Contains(errs, "there already") {
		t.Errorf("an archive was overwritten: %s", errs)
	}
	_, file, errs := bantin(t, "export", "--data", moved)
	_, remote, _ := bantin(t, "export", "--data", third, "--db", second)
	if strings.Count(file, "\n") != 300 || file != remote {
		t.Errorf("%d bulletins in the file, %d in PostgreSQL %s", strings.Count(file, "\n"), strings.Count(remote, "\n"), errs)
	}
	torn := filepath.Join(data, "torn")
	whole, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(torn, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"backup", "--verify", torn}, {"restore", torn, "--data", t.TempDir()}} {
		if code, _, errs := bantin(t, args...); code != 1 || !strings.Contains(errs, "no whole dump") {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}

// checkServed serves the archive; service and desk are well. While the server is gone
// the service says so; afterwards all goes on, without a new start.
func checkServed(t *testing.T, server *archivetest.Server, data, db string) {
	t.Helper()
	r := runUp(t, "--data", data, "--db", db, "--backup-dir", "")
	var s admin.State
	if code := r.call(t, http.MethodGet, "state", nil, &s); code != http.StatusOK || s.Disk.Archive < 100<<10 || s.Backups.Folder != "" {
		t.Errorf("state %d: %+v", code, s)
	}
	eventually(t, "indexed", func() bool { return r.total(t, "q=giao+ban") == 300 })
	if code, _, errs := bantin(t, "healthcheck", "--listen", strings.TrimPrefix(r.service, "http://")); code != 0 {
		t.Error(errs)
	}
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "not ready", func() bool { return r.readiness(t) == http.StatusServiceUnavailable })
	if n := r.total(t, "q=giao+ban"); n != 300 {
		t.Errorf("%d found without the archive", n)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := bantin(t, "import", bulletins(t, 300, 310), "--data", data, "--db", db); code != 0 {
		t.Fatal(out, errs)
	}
	eventually(t, "indexed after the restart", func() bool { return r.total(t, "q=giao+ban") == 310 })
	eventually(t, "ready", func() bool { return r.readiness(t) == http.StatusOK })
}

// readiness is the status of /readyz.
func (r running) readiness(t *testing.T) int {
	t.Helper()
	resp, err := http.Get(r.service + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
