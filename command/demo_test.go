package command

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

// TestDemoShowsItAll: the demonstration has a bulletin of two versions, one
// that is gone, one with an attachment, a portal out of order and a meeting of
// three sources.
func TestDemoShowsItAll(t *testing.T) {
	data := t.TempDir()
	out := &lines{more: make(chan struct{}, 1)}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"up", "--demo", "--data", data, "--listen", "127.0.0.1:0"}, strings.NewReader(""), out, io.Discard)
	}()
	service := out.find(t, `ready: (http://\S+)`)
	ar := openArchive(t, filepath.Join(data, "demo", "archive.db"))
	count := func() (versions, gone, files, sources int) {
		for c, err := range ar.Bulletins(t.Context(), archive.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			all, err := ar.Versions(t.Context(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if len(all) > 1 {
				versions++
			}
			if !c.Gone.IsZero() {
				gone++
			}
			files += len(c.Bulletin.Attachments)
			if c.Bulletin.Province == "binh-dinh" && c.Bulletin.Kind == bulletin.GiaoBan && c.Bulletin.EventDate == "2019-07-05" && c.Bulletin.Host == "ban-dan-van" {
				sources++
			}
		}
		return versions, gone, files, sources
	}
	eventually(t, "all of it", func() bool {
		versions, gone, files, sources := count()
		return versions == 1 && gone == 1 && files == 1 && sources == 3
	})
	eventually(t, "the portal out of order", func() bool {
		all, err := ar.Sites(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		failing := 0
		for _, s := range all {
			if s.State == "failing" {
				failing++
			}
		}
		return failing == 1
	})
	resp, err := http.Get(service + "/status")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(data, "demo", afterwards)); err != nil {
		t.Error("the next start would begin anew:", err)
	}
}
