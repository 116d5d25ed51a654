package extract

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bantin/bulletin"
)

// photographed is a PDF of one page that holds the picture of a page.
func photographed(jpeg []byte, width, height int) []byte {
	var b bytes.Buffer
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im1 5 0 R >> >> >>",
		"<< /Length 32 >>\nstream\nq 595 0 0 842 0 0 cm /Im1 Do Q \nendstream",
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", width, height, len(jpeg), jpeg),
	}
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF", len(objects)+1, at)
	return b.Bytes()
}

// printed is a PDF that shows lines in a font that every reader has.
func printed(lines ...string) []byte {
	content := "BT /F1 18 Tf 60 760 Td 26 TL (" + strings.Join(lines, ") Tj T* (") + ") Tj ET"
	return []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length " +
		fmt.Sprint(len(content)) + ">>\nstream\n" + content + "\nendstream\nendobj\n5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF")
}

// TestScannedPDF: with tesseract a scan has its text, and a flag that says
// where it comes from.
func TestScannedPDF(t *testing.T) {
	for _, tool := range []string{tesseract, "pdftoppm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if strings.Contains(os.Getenv("BANTIN_REQUIRE"), tool) {
				t.Fatal(err)
			}
			t.Skipf("%v: apt-get install tesseract-ocr tesseract-ocr-vie poppler-utils", err)
		}
	}
	if !CanReadScans(t.Context()) {
		t.Skip("tesseract without Vietnamese: apt-get install tesseract-ocr-vie")
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "a.pdf")
	if err := os.WriteFile(source, printed("Ban tin giao ban quy hai", "Ma so XKCD tai kho luu tru", "Cac xa da bao cao day du"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "pdftoppm", "-jpeg", "-gray", "-r", "150", "-singlefile", source, filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	jpeg, err := os.ReadFile(filepath.Join(dir, "p.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	file := photographed(jpeg, 1240, 1755)
	got, err := AttachmentText(t.Context(), bulletin.Attachment{URL: "https://a.vn/a.pdf"}, file)
	if err != nil || got.Flag != bulletin.MachineRead || !strings.Contains(got.Text, "XKCD") {
		t.Errorf("%v, flag %q, text %q", err, got.Flag, got.Text)
	}
	if names, err := photographs(t.TempDir(), file); err != nil || len(names) != 1 {
		t.Errorf("%d photographs, %v", len(names), err)
	}
}

func TestWordy(t *testing.T) {
	for text, want := range map[string]bool{
		"Bản tin giao ban quý III năm 2020": true, "": false, ". , ; | ~ - _ 1 2 = + . : ' \" ( ) i l": false, "ab": false,
	} {
		if wordy(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
