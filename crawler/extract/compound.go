package extract

import (
	"encoding/binary"
	"unicode/utf16"
)

// compound is an OLE file: a file system of sectors in one file ([MS-CFB]).
type compound struct {
	file      []byte
	sector    int
	next      []uint32 // sector after each
	mini      []uint32 // the same of the small ones
	small     []byte   // their store
	cutoff    int      // streams below are small
	directory []byte
}

const (
	endOfChain  = 0xfffffffe
	smallSector = 64
)

func openCompound(file []byte) (*compound, error) {
	if len(file) < 512 {
		return nil, errDOC
	}
	word := func(at int) uint32 { return binary.LittleEndian.Uint32(file[at:]) }
	shift := binary.LittleEndian.Uint16(file[0x1e:])
	if shift != 9 && shift != 12 {
		return nil, errDOC
	}
	c := &compound{file: file, sector: 1 << shift, cutoff: int(word(0x38))}
	var tables []uint32
	for i := range 109 {
		tables = append(tables, word(0x4c+4*i))
	}
	for at, n := word(0x44), 0; at < endOfChain-1 && n < 1024; n++ {
		block := numbers(c.at(at))
		if len(block) == 0 {
			return nil, errDOC
		}
		tables = append(tables, block[:len(block)-1]...)
		at = block[len(block)-1]
	}
	for _, at := range tables {
		if at < endOfChain-1 {
			c.next = append(c.next, numbers(c.at(at))...)
		}
	}
	c.directory = c.chain(word(0x30))
	c.mini = numbers(c.chain(word(0x3c)))
	if len(c.directory) < 128 {
		return nil, errDOC
	}
	c.small = c.chain(binary.LittleEndian.Uint32(c.directory[0x74:]))
	return c, nil
}

func numbers(b []byte) []uint32 {
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// at is one sector, empty outside the file.
func (c *compound) at(n uint32) []byte {
	from := (int64(n) + 1) * int64(c.sector)
	if n >= endOfChain-1 || from >= int64(len(c.file)) {
		return nil
	}
	return c.file[from:min(from+int64(c.sector), int64(len(c.file)))]
}

// chain joins the sectors from n on; one that comes round ends.
func (c *compound) chain(n uint32) (out []byte) {
	for steps := 0; int64(n) < int64(len(c.next)) && steps <= len(c.file)/c.sector; steps++ {
		out = append(out, c.at(n)...)
		n = c.next[n]
	}
	return out
}

// stream finds a stream by its name anywhere in the directory.
func (c *compound) stream(name string) ([]byte, error) {
	for at := 0; at+128 <= len(c.directory); at += 128 {
		entry := c.directory[at : at+128]
		length := int(binary.LittleEndian.Uint16(entry[0x40:]))
		if entry[0x42] != 2 || length < 2 || length > 64 || wideText(entry[:length-2]) != name {
			continue
		}
		start, size := binary.LittleEndian.Uint32(entry[0x74:]), int(binary.LittleEndian.Uint32(entry[0x78:]))
		if size >= c.cutoff {
			data := c.chain(start)
			return data[:min(size, len(data))], nil
		}
		var data []byte
		for n, steps := start, 0; int64(n) < int64(len(c.mini)) && steps <= len(c.small)/smallSector; steps++ {
			from := int(n) * smallSector
			if from+smallSector > len(c.small) {
				break
			}
			data = append(data, c.small[from:from+smallSector]...)
			n = c.mini[n]
		}
		return data[:min(size, len(data))], nil
	}
	return nil, errDOC
}

// wideText is a text of two bytes a unit.
func wideText(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
