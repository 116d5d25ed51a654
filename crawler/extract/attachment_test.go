package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"bantin/bulletin"
)

// The test program is its own child, as the real one is.
func TestMain(m *testing.M) {
	if child, err := ServeChild(os.Args[1:], os.Stdin, os.Stdout); child {
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const attachedSample = "Kế hoạch giao ban quý III năm 2020 của Ủy ban Mặt trận Tổ quốc tỉnh, thực hiện Nghị quyết số 73-NQ/TU"

// makePDF writes a PDF of one page whose font maps glyph numbers to the letters
// of text, as word processors do. Without a map the font is a broken one.
func makePDF(text string, mapped, picture bool) []byte {
	var letters []rune
	var shown strings.Builder
	for _, r := range text {
		i := slices.Index(letters, r)
		if i < 0 {
			letters, i = append(letters, r), len(letters)
		}
		fmt.Fprintf(&shown, "%04X", i+3)
	}
	var table strings.Builder
	for i, r := range letters {
		fmt.Fprintf(&table, "<%04X> <%04X>\n", i+3, r)
	}
	cmap := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n" +
		fmt.Sprintf("%d beginbfchar\n%sendbfchar endcmap end end", len(letters), table.String())
	content := "BT /F1 12 Tf 72 700 Td <" + shown.String() + "> Tj ET"
	if text == "" {
		content = "q 500 0 0 700 0 0 cm /Im1 Do Q"
	}
	font, object := "/ToUnicode 6 0 R", ""
	if !mapped {
		font = ""
	}
	if picture {
		object = "/XObject << /Im1 8 0 R >>"
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> " + object + " >> >>",
		stream("", content),
		"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [7 0 R] " + font + " >>",
		stream("", cmap),
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
		stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ", "x"),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, off := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<< %s/Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

func makeDOCX(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write([]byte(`<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`))
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAttachmentText(t *testing.T) {
	run := func(s string) string { return "<w:r><w:t xml:space=\"preserve\">" + s + "</w:t></w:r>" }
	for _, c := range []struct {
		name, text, flag string
		file             []byte
	}{
		{"pdf", attachedSample, "", makePDF(attachedSample, true, false)},
		{"scan", "", Scan, makePDF("", true, true)},
		{"font without a map", "", BrokenFont, makePDF(attachedSample, false, false)},
		{"TCVN3 font", "", BrokenFont, makePDF("Uû ban nh©n d©n tØnh tæ chøc héi nghÞ giao ban quý III, ®¸nh gi¸ kÕt qu¶ c«ng t¸c", true, false)},
		{"font that lost đ", "", BrokenFont, makePDF(strings.Repeat("ã có ánh giá kết quả thực hiện nhiệm vụ của ịa phương và tổ chức hội nghị. ", 12), true, false)},
		{"torn pdf", "", Unreadable, makePDF(attachedSample, true, false)[:400]},
		{"not a pdf", "", Unreadable, []byte("<html>404</html>")},
		{"docx", "Kế hoạch giao ban quý III\n\nĐiều 1. Nội dung", "", makeDOCX(t, "<w:p>"+run("Kế hoạch ")+run("giao ban quý III")+"<w:del>"+run("bị xóa")+"</w:del></w:p><w:p>"+run("Điều 1.")+"<w:r><w:tab/></w:r>"+run("Nội dung")+"</w:p>")},
		{"packed bomb", "", TooLarge, makeDOCX(t, strings.Repeat(" ", maxDOCX+1))},
		{"torn docx", "", Unreadable, makeDOCX(t, "<w:p>")[:60]},
		{"too large", "", TooLarge, make([]byte, maxAttachment+1)},
		{"empty", "", Unreadable, nil},
	} {
		got, err := AttachmentText(t.Context(), bulletin.Attachment{Name: c.name}, c.file)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got.Text != c.text || got.Flag != c.flag {
			t.Errorf("%s: %q %q, want %q %q", c.name, got.Text, got.Flag, c.text, c.flag)
		}
	}
}

// A child that asks for more memory than it may have ends, not the parent.
func TestChildMemory(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	nested := strings.Repeat("[", 40_000_000/2)
	b.WriteString("1 0 obj\n" + nested)
	fmt.Fprintf(&b, "\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 2 /Root %s >>\nstartxref\n%d\n%%%%EOF\n", strings.Repeat("[", 5_000_000), 20_000_000)
	got, err := AttachmentText(t.Context(), bulletin.Attachment{Name: "bomb"}, b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got.Flag != TooLarge && got.Flag != Unreadable {
		t.Errorf("flag %q", got.Flag)
	}
}
