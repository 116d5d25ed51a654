package extract

import (
	"encoding/binary"
	"errors"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// errDOC is any file that is no whole, open Word document of 1997 or later.
var errDOC = errors.New("not a Word 97 document")

// wordText is the main text of a Word 97 to 2003 document by its piece table
// ([MS-DOC] 2.4.1), paragraphs parted by empty lines.
func wordText(file []byte) (string, error) {
	c, err := openCompound(file)
	if err != nil {
		return "", err
	}
	main, err := c.stream("WordDocument")
	if err != nil || len(main) < 0x1aa || binary.LittleEndian.Uint16(main) != 0xa5ec || binary.LittleEndian.Uint16(main[2:]) < 0xc1 {
		return "", errDOC
	}
	flags := binary.LittleEndian.Uint16(main[0x0a:])
	if flags&0x0100 != 0 { // encrypted
		return "", errDOC
	}
	name := "0Table"
	if flags&0x0200 != 0 {
		name = "1Table"
	}
	table, err := c.stream(name)
	if err != nil {
		return "", err
	}
	pieces, err := piecesOf(table, binary.LittleEndian.Uint32(main[0x1a2:]), binary.LittleEndian.Uint32(main[0x1a6:]))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, p := range pieces {
		p.write(&b, main, int(binary.LittleEndian.Uint32(main[0x4c:])))
		if b.Len() > maxAttachedText {
			break
		}
	}
	return shownText(b.String()), nil
}

// piece is a run of characters and where it is stored.
type piece struct {
	from, to int // positions in the text
	offset   int // in the WordDocument stream
	narrow   bool
}

// piecesOf reads the piece table out of a Clx ([MS-DOC] 2.9.38).
func piecesOf(table []byte, at, size uint32) ([]piece, error) {
	if uint64(at)+uint64(size) > uint64(len(table)) {
		return nil, errDOC
	}
	clx := table[at : at+size]
	for len(clx) >= 3 && clx[0] == 1 {
		skip := 3 + int(binary.LittleEndian.Uint16(clx[1:]))
		if skip > len(clx) {
			return nil, errDOC
		}
		clx = clx[skip:]
	}
	if len(clx) < 9 || clx[0] != 2 {
		return nil, errDOC
	}
	plc := clx[5:]
	n := (len(plc) - 4) / 12
	var out []piece
	for i := range n {
		p := piece{from: int(binary.LittleEndian.Uint32(plc[4*i:])), to: int(binary.LittleEndian.Uint32(plc[4*i+4:]))}
		fc := binary.LittleEndian.Uint32(plc[4*(n+1)+8*i+2:])
		p.offset, p.narrow = int(fc&0x3fffffff), fc&0x40000000 != 0
		if p.narrow {
			p.offset /= 2
		}
		out = append(out, p)
	}
	return out, nil
}

// write decodes a piece, of which only the text before end is the document's own.
func (p piece) write(b *strings.Builder, main []byte, end int) {
	n, width := min(p.to, end)-p.from, 2
	if p.narrow {
		width = 1
	}
	if n <= 0 || p.offset >= len(main) {
		return
	}
	raw := main[p.offset:min(p.offset+n*width, len(main))]
	if p.narrow {
		for _, c := range raw {
			b.WriteRune(charmap.Windows1252.DecodeByte(c))
		}
		return
	}
	b.WriteString(wideText(raw))
}

// shownText drops what Word does not print, the instructions of fields above all.
func shownText(s string) string {
	var b strings.Builder
	hidden := 0
	for _, r := range s {
		switch {
		case r == 0x13:
			hidden++
		case r == 0x14 || r == 0x15:
			hidden = max(hidden-1, 0)
			if r == 0x15 {
				hidden = 0
			}
		case hidden > 0:
		case r == '\r' || r == '\f' || r == 7:
			b.WriteString("\n\n")
		case r == 0x1e:
			b.WriteByte('-')
		case r == 0x0b || r == '\t' || r == '\n':
			b.WriteByte(' ')
		case r >= ' ' && r != 0x1f:
			b.WriteRune(r)
		}
	}
	return b.String()
}
