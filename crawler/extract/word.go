package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os/exec"
	"strings"
)

// maxDOCX bounds the unpacked document of a DOCX file.
const maxDOCX = 64 << 20

// readDOCX returns the text of word/document.xml, its paragraphs parted by
// empty lines.
func readDOCX(file []byte) (text, flag string) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return "", Unreadable
	}
	doc, err := z.Open("word/document.xml")
	if err != nil {
		return "", Unreadable
	}
	defer doc.Close()
	if info, err := doc.Stat(); err == nil && info.Size() > maxDOCX {
		return "", TooLarge
	}
	limited := &io.LimitedReader{R: doc, N: maxDOCX}
	text, err = docxText(limited)
	switch {
	case limited.N == 0:
		return "", TooLarge
	case err != nil:
		return "", Unreadable
	}
	return text, ""
}

// docxText reads WordprocessingML: w:t is text, w:p a paragraph; deleted text,
// field codes and the fallback copies of drawings are left out.
func docxText(r io.Reader) (string, error) {
	var b strings.Builder
	dec := xml.NewDecoder(r)
	inText := false
	for b.Len() <= maxAttachedText {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab", "br", "cr", "tc":
				b.WriteByte(' ')
			case "del", "delText", "instrText", "Fallback", "moveFrom":
				if err := dec.Skip(); err != nil {
					return "", err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				b.WriteString("\n\n")
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

// readDOC reads a Word file of 1997 to 2003; older ones are handed to antiword
// where it is installed.
func readDOC(file []byte) (text, flag string) {
	if text, err := wordText(file); err == nil {
		return text, ""
	}
	path, err := exec.LookPath("antiword")
	if err != nil {
		return "", Unreadable
	}
	ctx, cancel := context.WithTimeout(context.Background(), childTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-m", "UTF-8.txt", "-w", "0", "-")
	cmd.Stdin = bytes.NewReader(file)
	out := &capped{left: maxAttachedText}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		return "", Unreadable
	}
	return out.buf.String(), ""
}
