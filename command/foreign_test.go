//go:build linux

package command

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"bantin/bulletin"
)

// TestNoAnswerCarriesScript: addresses of scripts that an archive holds from
// before they were refused are in no answer.
func TestNoAnswerCarriesScript(t *testing.T) {
	data := t.TempDir()
	ar := openArchive(t, filepath.Join(data, "archive.db"))
	_, err := ar.Import(t.Context(), bulletin.Bulletin{
		ID: "x", URL: "javascript:alert(1)", Title: "Giao ban quý III", Body: "Mặt trận giao ban theo Nghị quyết số 73-NQ/TU ngày 12/5/2019.",
		Province: "tuyen-quang", Cites: []bulletin.Citation{{Key: "73-nq-tu@tuyen-quang~2019-05-12", Text: "73-NQ/TU"}},
		Attachments: []bulletin.Attachment{{URL: "JaVaScript:alert(2)", Name: "Phụ lục"}, {URL: "a.pdf", Name: "Kế hoạch"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := ar.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "index", "--data", data); code != 0 {
		t.Fatal(errs)
	}
	p := startProcess(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	address := <-p.address
	for path, holds := range map[string]string{
		"/api/v1/search?q=giao+ban": `"x"`, "/api/v1/bulletins/x": "a.pdf", "/api/v1/bulletins/x/versions": "Giao ban",
		"/api/v1/documents/73-nq-tu@tuyen-quang~2019-05-12": `"x"`, "/bulletins/x": "Giao ban", "/search.jsonl?q=giao+ban": "a.pdf",
		"/?q=giao+ban": "Giao ban",
	} {
		code, body := fetched(t, address+path)
		if code != http.StatusOK || !strings.Contains(body, holds) || strings.Contains(strings.ToLower(body), "javascript:alert") {
			t.Errorf("%s: %d %.600s", path, code, body)
		}
	}
}
