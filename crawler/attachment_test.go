package crawler

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// wordFile is a DOCX of one paragraph.
func wordFile(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAttachmentTexts crawls a bulletin that links files: their text comes with it,
// and a file that cannot be read says why.
func TestAttachmentTexts(t *testing.T) {
	file := wordFile(t, "Kế hoạch tổ chức hội nghị chuyên đề về nuôi ong lấy mật")
	page := `<html><head><title>Cổng mẫu</title></head><body><h1>Hội Nông dân tỉnh giao ban quý II/2020</h1><div class="date">Ngày đăng: 05/7/2020 08:00</div><div class="content">` +
		strings.Repeat("<p>Sáng ngày 05/7/2020, Hội Nông dân tỉnh tổ chức hội nghị giao ban công tác quý II năm 2020 với các huyện, thành phố.</p>", 4) +
		`<p>Tệp đính kèm: <a href="/files/ke-hoach.docx">Kế hoạch</a> <a href="/files/hong.pdf">Bản quét</a></p></div></body></html>`
	server := newLogged(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/tin":
			fmt.Fprint(w, `<html><body><ul><li><a href="/tin/giao-ban-quy-ii-1.html">Hội Nông dân tỉnh giao ban quý II/2020</a></li></ul></body></html>`)
		case "/tin/giao-ban-quy-ii-1.html":
			fmt.Fprint(w, page)
		case "/files/ke-hoach.docx":
			w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
			_, _ = w.Write(file)
		case "/files/hong.pdf":
			w.Header().Set("Content-Type", "application/pdf")
			fmt.Fprint(w, "%PDF-1.4 broken")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	a := openArchive(t)
	p, err := site.Parse("p.yaml", []byte("id: p\nname: Cổng mẫu\nfamily: generic\npace: 1ms\nselect:\n  title: h1\n  date: .date\n  body: .content\nlistings:\n  - "+server.URL+"/tin\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(a, Options{Sites: []*site.Profile{p}, Fetch: fetch.Options{AllowPrivate: true}}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range current(t, a) {
		if n := len(c.Bulletin.Attachments); n != 2 {
			t.Fatalf("%d attachments, want 2", n)
		}
		word, scan := c.Bulletin.Attachments[0], c.Bulletin.Attachments[1]
		if !strings.Contains(word.Text, "nuôi ong lấy mật") || word.Flag != "" || word.Name == "" {
			t.Errorf("word file: %+v", word)
		}
		if scan.Flag == "" {
			t.Errorf("a broken file is not flagged: %+v", scan)
		}
		if c.Bulletin.Published.IsZero() || time.Since(c.Bulletin.Published) < 0 {
			t.Errorf("published %v", c.Bulletin.Published)
		}
		return
	}
	t.Fatal("no bulletin")
}
