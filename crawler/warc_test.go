package crawler

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

// warcRecord is one record as a strict reader finds it.
type warcRecord struct {
	header textproto.MIMEHeader
	block  []byte
}

// readWARC reads records by the letter of ISO 28500 and refuses anything else.
func readWARC(t *testing.T, data []byte) []warcRecord {
	t.Helper()
	var out []warcRecord
	r := bufio.NewReader(bytes.NewReader(data))
	for {
		line, err := r.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return out
		}
		if line != "WARC/1.1\r\n" {
			t.Fatalf("record %d begins with %q", len(out), line)
		}
		h, err := textproto.NewReader(r).ReadMIMEHeader()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Warc-Type", "Warc-Record-Id", "Warc-Date", "Content-Length"} {
			if h.Get(name) == "" {
				t.Fatalf("record %d lacks %s", len(out), name)
			}
		}
		if _, err := time.Parse(time.RFC3339, h.Get("Warc-Date")); err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(h.Get("Content-Length"))
		if err != nil {
			t.Fatal(err)
		}
		block := make([]byte, n+4)
		if _, err := io.ReadFull(r, block); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasSuffix(block, []byte("\r\n\r\n")) {
			t.Fatalf("record %d does not end where its length says", len(out))
		}
		if want := "sha1:" + digest(block[:n]); h.Get("Warc-Block-Digest") != want {
			t.Fatalf("record %d: digest %s, want %s", len(out), h.Get("Warc-Block-Digest"), want)
		}
		out = append(out, warcRecord{h, block[:n]})
	}
}

func TestWriteWARC(t *testing.T) {
	a := openArchive(t)
	body := []byte("<p>Giao ban\r\n\r\nWARC/1.1\r\n</p>")
	if _, err := a.Enqueue(t.Context(), archive.Request{Site: "s", URL: "http://h/1", Kind: archive.Article, Due: time.Now()}); err != nil {
		t.Fatal(err)
	}
	claim, _, err := a.Claim(t.Context(), time.Now(), time.Minute)
	if err != nil || claim == nil {
		t.Fatal(claim, err)
	}
	if _, err := a.Save(t.Context(), archive.Outcome{
		Claim: claim, Status: 200, Header: "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nX-Many: a\r\n",
		Page: &bulletin.Page{URL: "http://h/1", ContentType: "text/html; charset=utf-8", Body: body},
	}); err != nil {
		t.Fatal(err)
	}
	var b, again bytes.Buffer
	if err := WriteWARC(t.Context(), &b, a, archive.PageFilter{}); err != nil {
		t.Fatal(err)
	}
	records := readWARC(t, b.Bytes())
	if len(records) != 2 || records[0].header.Get("Warc-Type") != "warcinfo" {
		t.Fatalf("%d records", len(records))
	}
	got := records[1]
	if got.header.Get("Warc-Target-Uri") != "http://h/1" {
		t.Errorf("target %q", got.header.Get("Warc-Target-Uri"))
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(got.block)), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	payload, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(payload, body) || resp.Header.Get("X-Many") != "a" || resp.Header.Get("Content-Encoding") != "" {
		t.Errorf("response %v %q, %v", resp.Header, payload, err)
	}
	if err := WriteWARC(t.Context(), &again, a, archive.PageFilter{}); err != nil {
		t.Fatal(err)
	}
	if id := readWARC(t, again.Bytes())[1].header.Get("Warc-Record-Id"); id != got.header.Get("Warc-Record-Id") || !strings.HasPrefix(id, "<urn:uuid:") {
		t.Errorf("record id %s then %s", got.header.Get("Warc-Record-Id"), id)
	}
}
