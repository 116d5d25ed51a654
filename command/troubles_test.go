package command

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/alert"

	"github.com/google/go-cmp/cmp"
)

func TestPortalTroubles(t *testing.T) {
	got := portalTroubles([]bulletin.SiteStatus{
		{ID: "well", State: "ok"},
		{ID: "down", Name: "Cổng", State: "failing", Alarm: "listing: 503 Service Unavailable"},
		{ID: "still", State: "failing", Alarm: "nothing new since 2026-01-05"},
		{ID: "asleep", State: "paused", Alarm: "listing: 503 Service Unavailable"},
	})
	want := []alert.Trouble{
		{Kind: alert.Failing, About: "down", Name: "Cổng", Detail: "listing: 503 Service Unavailable"},
		{Kind: alert.Yield, About: "still", Detail: "nothing new since 2026-01-05"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func kinds(all []alert.Trouble) (k []alert.Kind) {
	for _, one := range all {
		k = append(k, one.Kind)
	}
	return k
}

func TestTroubles(t *testing.T) {
	data := t.TempDir()
	lines := filepath.Join(data, "in.jsonl")
	if err := os.WriteFile(lines, []byte(`{"url":"http://a.example/1","title":"Hội nghị giao ban","body":"Các đại biểu dự hội nghị."}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "import", lines, "--data", data); code != 0 {
		t.Fatal(errs)
	}
	ar := openArchive(t, filepath.Join(data, "archive.db"))
	ix, err := bleveindex.Open(filepath.Join(t.TempDir(), "index"), bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	b := &backups{dir: t.TempDir(), keep: 1}
	look := &troubles{archive: ar, index: ix, folders: []string{data}, leastMB: 1 << 40, backups: b, days: 2}
	found, err := look.find(t.Context())
	if diff := cmp.Diff([]alert.Kind{alert.Disk, alert.Backup}, kinds(found)); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if _, err := b.make(t.Context(), ar, time.Now()); err != nil {
		t.Fatal(err)
	}
	look.leastMB = 0
	look.marked = look.marked.Add(-behindAfter)
	look.profiles = func() map[string]string { return map[string]string{"x.yaml": "bad"} }
	found, err = look.find(t.Context())
	if diff := cmp.Diff([]alert.Kind{alert.Profile, alert.Behind}, kinds(found)); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestAlarmsWithoutTheirSecret(t *testing.T) {
	data := t.TempDir()
	short := filepath.Join(data, "short")
	if err := os.WriteFile(short, []byte("c2hvcnQ=\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"--alert-webhook", "http://a.example/"},
		{"--alert-webhook", "http://a.example/", "--alert-webhook-secret-file", filepath.Join(data, "none")},
		{"--alert-webhook", "http://a.example/", "--alert-webhook-secret-file", short},
		{"--alert-mail", "a@b.example"},
		{"--alert-mail", "a@b.example", "--smtp", "127.0.0.1:25"},
		{"--backup-dir", data, "--backup-keep", "0"},
	} {
		if code, _, _ := bantin(t, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, args...)...); code == 0 {
			t.Errorf("%q: taken", args)
		}
	}
}
