package command

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// verdicts are the findings of some parts.
func verdicts(all []finding, parts ...string) map[string]string {
	got := map[string]string{}
	for _, part := range parts {
		for _, f := range all {
			if f.Part == part {
				got[part] = f.Verdict
			}
		}
	}
	return got
}

// TestDoctor spoils one thing after another and expects it to be named.
func TestDoctor(t *testing.T) {
	parts := []string{"rights", "clock", "locale", "archive", "profiles", "proxy", "service", "backup"}
	sound := map[string]string{
		"rights": "ok", "clock": "ok", "locale": "ok", "archive": "ok", "profiles": "ok", "proxy": "ok", "service": "ok", "backup": "ok",
	}
	cases := []struct {
		name  string
		spoil func(t *testing.T, d *doctor)
		part  string
		want  string
	}{
		{"sound", func(*testing.T, *doctor) {}, "rights", "ok"},
		{"data is a file", func(t *testing.T, d *doctor) { d.data = filepath.Join(d.data, "archive.db"); d.db = d.data }, "rights", "wrong"},
		{"no folder", func(t *testing.T, d *doctor) { d.data = filepath.Join(d.data, "none") }, "rights", "advice"},
		{"clock not set", func(_ *testing.T, d *doctor) { d.now = func() time.Time { return time.Unix(86400, 0) } }, "clock", "wrong"},
		{"clock set back", func(t *testing.T, d *doctor) {
			later := time.Now().Add(48 * time.Hour)
			if err := os.Chtimes(d.archiveFile(), later, later); err != nil {
				t.Fatal(err)
			}
		}, "clock", "wrong"},
		{"plain locale", func(t *testing.T, _ *doctor) { t.Setenv("LC_ALL", "POSIX") }, "locale", "advice"},
		{"torn archive", func(t *testing.T, d *doctor) {
			d.db = filepath.Join(t.TempDir(), "a.db")
			if err := os.WriteFile(d.db, []byte("no database at all, whatever its name says"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "archive", "wrong"},
		{"bad profile", func(t *testing.T, d *doctor) { writeProfile(t, d.sitesFolder(), "bad", "id: bad\nlistings: 7\n") }, "profiles", "wrong"},
		{"a proxy", func(t *testing.T, _ *doctor) { t.Setenv("https_proxy", "http://proxy.example:3128") }, "proxy", "advice"},
		{"port taken", func(t *testing.T, d *doctor) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { l.Close() })
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					conn.Close()
				}
			}()
			d.listen = l.Addr().String()
		}, "service", "wrong"},
		{"old backup", func(_ *testing.T, d *doctor) {
			d.now = func() time.Time { return time.Now().Add(30 * 24 * time.Hour) }
		}, "backup", "wrong"},
		{"no backups", func(t *testing.T, d *doctor) { d.backups = t.TempDir() }, "backup", "advice"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
				t.Setenv(name, "")
			}
			t.Setenv("LC_ALL", "C.UTF-8")
			data := t.TempDir()
			ar := openArchive(t, filepath.Join(data, "archive.db"))
			d := &doctor{app: &app{data: data, listen: "127.0.0.1:0"}, offline: true, backups: t.TempDir(), now: time.Now}
			if _, err := (&backups{dir: d.backups, keep: 1}).make(t.Context(), ar, time.Now()); err != nil {
				t.Fatal(err)
			}
			writeProfile(t, d.sitesFolder(), "good", "id: good\nprovince: hue\nfamily: generic\nlistings:\n  - http://a.example/tin\n")
			c.spoil(t, d)
			got := verdicts(d.examine(context.Background()), parts...)
			if got[c.part] != c.want {
				t.Errorf("%s is %s, not %s", c.part, got[c.part], c.want)
			}
			if c.name == "sound" {
				if diff := cmp.Diff(sound, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestDoctorCommand(t *testing.T) {
	data := t.TempDir()
	code, out, errs := bantin(t, "doctor", "--data", data, "--offline", "--json", "--listen", "127.0.0.1:0")
	var all []finding
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != 0 || len(all) < 8 {
		t.Errorf("exit %d, %v: %s %s", code, err, out, errs)
	}
	writeProfile(t, filepath.Join(data, "sites"), "bad", "id: bad\nlistings: 7\n")
	if code, out, _ = bantin(t, "doctor", "--data", data, "--offline"); code != 1 {
		t.Errorf("exit %d: %s", code, out)
	}
	if entries, err := os.ReadDir(data); err != nil || len(entries) != 1 {
		t.Error("doctor left something behind", fmt.Sprint(entries), err)
	}
}
