package archive

import (
	"testing"

	"bantin/bulletin"
)

// TestForeignAddresses: an address of another scheme that was stored before it
// was refused is not given out; a relative one is.
func TestForeignAddresses(t *testing.T) {
	for address, foreign := range map[string]bool{
		"javascript:alert(1)": true, "JavaScript:alert(1)": true, " \x01java\nscript\t:alert(1)": true, "data:text/html,x": true,
		"vbscript:x": true, "file:///etc/passwd": true, "mailto:a@b": true, "ftp://h/a": true, "x-y+z.1:a": true,
		"http://h/a": false, "HTTPS://h/a": false, "//h/a": false, "/a?b=javascript:x": false, "a.pdf": false, "tin/a:b": false,
		"tài liệu: a.pdf": false, "1a:b": false, ":a": false, "": false,
	} {
		a := open(t)
		put(t, a, bulletin.Bulletin{ID: "x", URL: address, Title: "Giao ban", Attachments: []bulletin.Attachment{{URL: address, Name: "a"}}})
		want := address
		if foreign {
			want = ""
		}
		check := func(b *bulletin.Bulletin) {
			t.Helper()
			if b.URL != want || b.Attachments[0].URL != want || b.Attachments[0].Name != "a" {
				t.Errorf("%q: %q, %+v", address, b.URL, b.Attachments)
			}
		}
		cs, err := a.Changes(t.Context(), 0, 9)
		if err != nil || len(cs) != 1 {
			t.Fatal(cs, err)
		}
		check(cs[0].Bulletin)
		vs, err := a.Versions(t.Context(), "x")
		if err != nil || len(vs) != 1 {
			t.Fatal(vs, err)
		}
		check(&vs[0].Bulletin)
	}
}
