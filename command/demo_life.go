package command

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"bantin/crawler/archive"
	"bantin/searchd/ask"
	"bantin/testdata/sites"
)

// What the demonstration shows beside saved pages: on one portal a bulletin
// that is edited after its first reading, one that is taken away then, and one
// with an attachment; and a portal that is out of order.
const (
	livePortal  = "nukeviet-quang-tri"
	liveID      = "mau-quang-tri"
	edited      = "-5011.html"
	takenAway   = "-5344.html"
	withFile    = "-5566.html"
	attached    = "/uploads/mat-tran/bao-cao-quy.docx"
	afterwards  = "demo-later" // is there once the first reading is over
	brokenName  = "hong-lam-dong"
	brokenSite  = "id: mau-lam-dong\nname: Trang mẫu Lâm Đồng (đang hỏng)\nprovince: lam-dong\nfamily: generic\nsample: true\nlistings:\n  - http://hong-lam-dong.localhost/tin\n"
	editedText  = `<div style="text-align:justify">Hội nghị cũng nghe kiến nghị của các xã về kinh phí hoạt động của ban công tác mặt trận ở khu dân cư và thống nhất trình cấp có thẩm quyền xem xét.</div>`
	attachedTag = `<div style="text-align:justify">Tệp đính kèm: <a href="` + attached + `">Báo cáo kết quả công tác quý (docx)</a></div>`
)

// outOfOrder is a portal whose server answers nothing but that it cannot.
var outOfOrder = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r) // it forbids nothing
		return
	}
	http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
})

// life is a portal that does not stay as it was saved.
type life struct {
	portal sites.Portal
	report []byte // the attached file
	later  atomic.Bool
}

func newLife(p sites.Portal, dir string) (*life, error) {
	l := &life{portal: p}
	_, err := os.Stat(filepath.Join(dir, afterwards))
	l.later.Store(err == nil)
	l.report, err = wordFile("Biểu kèm theo: số buổi sinh hoạt, số hộ được hỗ trợ và kinh phí của từng huyện trong quý.")
	return l, err
}

// ServeHTTP implements http.Handler.
func (l *life) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch {
	case path == attached:
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
		_, _ = w.Write(l.report) // the client went away
	case strings.HasSuffix(path, takenAway) && l.later.Load():
		http.Error(w, "Gone", http.StatusGone)
	case strings.HasSuffix(path, withFile):
		l.with(w, r, attachedTag)
	case strings.HasSuffix(path, edited) && l.later.Load():
		l.with(w, r, editedText)
	default:
		l.portal.ServeHTTP(w, r)
	}
}

// with serves a saved page with a paragraph after the first one of its text.
func (l *life) with(w http.ResponseWriter, r *http.Request, paragraph string) {
	var page strings.Builder
	if err := ask.Here(r.Context(), l.portal, r.URL.RequestURI(), &page); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	before, text, _ := strings.Cut(page.String(), `id="news-bodyhtml"`)
	text = strings.Replace(text, "</div>", "</div>"+paragraph, 1)
	_, _ = w.Write([]byte(before + `id="news-bodyhtml"` + text)) // the client went away
}

// live edits and takes away once the portal was read for the first time, and
// has its articles looked at again.
func (l *life) live(ctx context.Context, ar *archive.Archive, dir string) error {
	if l.later.Load() {
		return nil
	}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		all, err := ar.Sites(ctx)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.ID != liveID || len(s.Yield) == 0 {
				continue
			}
			l.later.Store(true)
			return errors.Join(
				os.WriteFile(filepath.Join(dir, afterwards), nil, 0o600),
				ar.Grant(ctx, liveID, archive.Reread, time.Now()))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// wordFile is a small Word document.
func wordFile(text string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`))
	}
	err = errors.Join(err, z.Close())
	return b.Bytes(), err
}
