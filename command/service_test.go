package command

import (
	"context"
	"crypto"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/searchd/web"
)

func marshalKey(key crypto.PrivateKey) ([]byte, error) { return x509.MarshalPKCS8PrivateKey(key) }

// startService serves one bulletin under the public address of the proxies'
// documentation, and hands out every request as it arrived.
func startService(t *testing.T, seen chan<- *http.Request) (address string) {
	t.Helper()
	data := t.TempDir()
	lines := filepath.Join(data, "in.jsonl")
	if err := os.WriteFile(lines, []byte(`{"url":"http://a.example/1","title":"Hội nghị giao ban khối Mặt trận","body":"Các đại biểu của Mặt trận dự hội nghị."}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"import", lines}, {"index"}} {
		if code, _, errs := bantin(t, append(command, "--data", data)...); code != 0 {
			t.Fatal(errs)
		}
	}
	a := &app{data: data, engine: engine{kind: embedded}, log: slog.New(slog.DiscardHandler)}
	ar := openArchive(t, a.archiveFile())
	ix, err := a.openIndex(t.Context(), ar)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return serveHandler(t, webHandler(t, ar, ix), seen)
}

func webHandler(t *testing.T, ar *archive.Archive, ix *indexer.Live) http.Handler {
	t.Helper()
	h, err := web.New(web.Config{Index: ix, Store: ar, Missing: archive.ErrNotFound, PublicURL: "https://bantin.example.vn"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func serveHandler(t *testing.T, h http.Handler, seen chan<- *http.Request) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case seen <- r.Clone(context.Background()):
		default:
		}
		h.ServeHTTP(w, r)
	})}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close(); <-done })
	return l.Addr().String()
}
