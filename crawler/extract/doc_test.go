package extract

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"bantin/bulletin"
)

// makeDOC writes a Word 97 document of two pieces: narrow characters, then
// wide ones. hidden is text behind the document's own: headers, notes.
func makeDOC(narrow, wide, hidden string) []byte {
	le := binary.LittleEndian
	units := utf16.Encode([]rune(wide + hidden))
	main := make([]byte, 8192)
	le.PutUint16(main, 0xa5ec)
	le.PutUint16(main[2:], 0xc1)
	le.PutUint16(main[0x0a:], 0x0200)
	le.PutUint32(main[0x4c:], uint32(len(narrow)+len(utf16.Encode([]rune(wide)))))
	copy(main[0x400:], narrow)
	for i, u := range units {
		le.PutUint16(main[0x800+2*i:], u)
	}
	clx := []byte{1, 2, 0, 9, 9, 2}
	clx = le.AppendUint32(clx, 4*3+8*2)
	for _, cp := range []int{0, len(narrow), len(narrow) + len(units)} {
		clx = le.AppendUint32(clx, uint32(cp))
	}
	for _, fc := range []uint32{0x400*2 | 0x40000000, 0x800} {
		clx = le.AppendUint32(append(clx, 0, 0), fc)
		clx = append(clx, 0, 0)
	}
	table := make([]byte, 4096)
	copy(table[100:], clx)
	le.PutUint32(main[0x1a2:], 100)
	le.PutUint32(main[0x1a6:], uint32(len(clx)))

	header := make([]byte, 512)
	copy(header, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(header[0x1e:], 9)
	le.PutUint32(header[0x2c:], 1)
	le.PutUint32(header[0x30:], 1) // directory
	le.PutUint32(header[0x38:], 4096)
	le.PutUint32(header[0x3c:], endOfChain)
	le.PutUint32(header[0x44:], endOfChain)
	for i := range 109 {
		le.PutUint32(header[0x4c+4*i:], 0xffffffff)
	}
	le.PutUint32(header[0x4c:], 0) // sectors: 0 table, 1 directory, 2-17 main, 18-25 table stream
	fat := make([]byte, 512)
	for i := range 128 {
		le.PutUint32(fat[4*i:], uint32(i+1))
	}
	for _, last := range []int{0, 1, 17, 25} {
		le.PutUint32(fat[4*last:], endOfChain)
	}
	directory := make([]byte, 512)
	for i, e := range []struct {
		name        string
		kind        byte
		start, size uint32
	}{{"Root Entry", 5, endOfChain, 0}, {"WordDocument", 2, 2, 8192}, {"1Table", 2, 18, 4096}} {
		entry := directory[128*i:]
		for k, u := range utf16.Encode([]rune(e.name)) {
			le.PutUint16(entry[2*k:], u)
		}
		le.PutUint16(entry[0x40:], uint16(2*len(e.name)+2))
		entry[0x42] = e.kind
		le.PutUint32(entry[0x74:], e.start)
		le.PutUint32(entry[0x78:], e.size)
	}
	return []byte(string(header) + string(fat) + string(directory) + string(main) + string(table))
}

func TestWordText(t *testing.T) {
	const wide = "Kế hoạch nuôi ong lấy mật\rĐiều 1. \x13 HYPERLINK \"x\" \x14Nội dung\x15 thực hiện\x07"
	file := makeDOC("CONG VAN\r", wide, "đầu trang")
	got, err := AttachmentText(t.Context(), bulletin.Attachment{Name: "a.doc"}, file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "CONG VAN\n\nKế hoạch nuôi ong lấy mật\n\nĐiều 1. Nội dung thực hiện"; got.Text != want || got.Flag != "" {
		t.Errorf("%q %q, want %q", got.Text, got.Flag, want)
	}
	for n := range file { // torn anywhere: no panic, and less text at most
		if text, err := wordText(file[:n:n]); err == nil && len(text) > len(wide)+20 {
			t.Errorf("torn at %d: %q", n, text)
		}
	}
}

func FuzzWordText(f *testing.F) {
	f.Add(makeDOC("a\r", "Kế hoạch", "x"))
	f.Add([]byte(strings.Repeat("\xd0\xcf\x11\xe0", 200)))
	f.Fuzz(func(t *testing.T, file []byte) {
		text, err := wordText(file)
		if err == nil && !utf8.ValidString(text) {
			t.Errorf("%q is no UTF-8", text)
		}
	})
}
