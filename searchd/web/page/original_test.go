package page

import (
	"strings"
	"testing"
)

// TestMarked: an index's highlighted text is trusted as far as its marks.
func TestMarked(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"a <mark>b</mark> &amp; c", "a <mark>b</mark> &amp; c"},
		{"<mark onclick=x>b</mark>", "&lt;mark onclick=x&gt;b"},
		{"<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"},
		{"<mark>open", "open"},
		{`"q"`, "&#34;q&#34;"},
	} {
		if got := string(marked(tc.in)); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.in, got, tc.want)
		}
	}
}

// TestOriginalIsInert: an archived page keeps its words and nothing that acts.
func TestOriginalIsInert(t *testing.T) {
	page := `<html><head><meta http-equiv=refresh content="0;url=//x"><base href="//x"><style>b{}</style><script>alert(1)</script></head>
<body onload=alert(1)><h1>Giao ban</h1><p style="x" onclick="y">Quý <b>III</b></p><form action=//x><input name=a></form><iframe src=//x></iframe>
<a href="javascript:alert(1)">mot</a><a href="http://x/">hai</a><object data=x></object><svg><script>alert(2)</script></svg><img src=//x onerror=z><link rel=stylesheet href=//x></body></html>`
	for _, kind := range []string{"text/html; charset=utf-8", "text/html", ""} {
		out, err := inert([]byte(page), kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"alert", "onclick", "onload", "http-equiv", "<base", "<form", "<input", "<iframe", "<object", "<svg", "<script", "src=", "stylesheet", "<style"} {
			if strings.Contains(string(out), bad) {
				t.Errorf("%s kept %s: %s", kind, bad, out)
			}
		}
		for _, good := range []string{"<h1>Giao ban</h1>", "Quý <b>III</b>", "hai"} {
			if !strings.Contains(string(out), good) {
				t.Errorf("%s lost %s: %s", kind, good, out)
			}
		}
	}
	latin, err := inert([]byte("<p>\xe9t\xe9</p>"), "text/html; charset=windows-1252")
	if err != nil || !strings.Contains(string(latin), "été") {
		t.Error(string(latin), err)
	}
	if isHTML("application/pdf", []byte("%PDF-1.4")) || !isHTML("", []byte("<!doctype html><p>")) {
		t.Error("kinds of pages")
	}
}
