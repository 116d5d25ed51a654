package extract

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"bantin/bulletin"
)

// Limits of reading the pictures of one file.
const (
	scanTime   = 5 * time.Minute
	scanMemory = 1 << 30
	scanPages  = 40
	scanDots   = "200" // an inch
)

// scanArgument follows ChildArgument to make the child read the pictures.
const scanArgument = "scan"

// reader of pictures and the languages it must know.
const (
	tesseract = "tesseract"
	languages = "vie"
)

// CanReadScans tells whether tesseract is installed with Vietnamese, which is
// how an operator says that scans are to be read.
func CanReadScans(ctx context.Context) bool {
	if _, err := exec.LookPath(tesseract); err != nil {
		return false
	}
	known, err := exec.CommandContext(ctx, tesseract, "--list-langs").Output()
	return err == nil && slices.Contains(strings.Fields(string(known)), languages)
}

// readScan reads the pictures of a PDF's pages, a page a paragraph. It runs in
// the child process alone.
func readScan(file []byte) childAnswer {
	ctx, cancel := context.WithTimeout(context.Background(), scanTime)
	defer cancel()
	dir, err := os.MkdirTemp("", "bantin-scan-")
	if err != nil {
		return childAnswer{Flag: Scan}
	}
	defer os.RemoveAll(dir)
	pages, err := picturesOf(ctx, dir, file)
	if err != nil || len(pages) == 0 {
		return childAnswer{Flag: Scan}
	}
	var b strings.Builder
	for _, page := range pages {
		text, err := exec.CommandContext(ctx, tesseract, page, "stdout", "-l", languages).Output()
		if err != nil && ctx.Err() != nil {
			break // what was read in time is read
		}
		b.WriteString(strings.Join(strings.Fields(string(text)), " "))
		b.WriteString("\n\n")
	}
	text := cleanAttached(b.String())
	if !wordy(text) {
		return childAnswer{Flag: Scan}
	}
	return childAnswer{Text: text, Flag: bulletin.MachineRead}
}

// wordy tells a text from the specks that are read off a photograph.
func wordy(text string) bool {
	letters, all := 0, 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			all++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= minPageText && letters*2 > all
}

// picturesOf writes the pages of a PDF as pictures into a folder: by pdftoppm
// of poppler where it is installed, else the photographs that the file holds.
func picturesOf(ctx context.Context, dir string, file []byte) ([]string, error) {
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		return photographs(dir, file)
	}
	source := filepath.Join(dir, "file.pdf")
	if err := os.WriteFile(source, file, 0o600); err != nil {
		return nil, fmt.Errorf("read scan: %w", err)
	}
	cmd := exec.CommandContext(ctx, "pdftoppm", "-r", scanDots, "-gray", "-l", fmt.Sprint(scanPages), source, filepath.Join(dir, "page"))
	if err := cmd.Run(); err != nil && ctx.Err() == nil {
		return photographs(dir, file)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "page*"))
	slices.Sort(pages)
	return pages, err
}

// photographs writes the JPEG pictures that a PDF holds, in their order.
func photographs(dir string, file []byte) (names []string, err error) {
	for len(names) < scanPages {
		begin := bytes.Index(file, []byte("\xff\xd8\xff"))
		if begin < 0 {
			break
		}
		file = file[begin:]
		end := bytes.Index(file, []byte("endstream"))
		if end < 0 {
			break
		}
		name := filepath.Join(dir, fmt.Sprintf("photo-%03d.jpg", len(names)))
		if err := os.WriteFile(name, file[:end], 0o600); err != nil {
			return names, fmt.Errorf("read scan: %w", err)
		}
		names, file = append(names, name), file[end:]
	}
	return names, nil
}
