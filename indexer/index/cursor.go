package index

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrCursor is returned for an After that no result gave, or one of another order.
var ErrCursor = errors.New("unknown cursor: begin again at the first page")

// Cursor is the place of the last hit of a page in the order of a result.
// Its text is what Query.After and Result.Next carry.
type Cursor struct {
	Sort  Sort
	Key   float64 // score, or Unix time of publication
	ID    string
	Shown int // hits of this and all earlier pages
}

// String encodes the cursor; ParseCursor reads it.
func (c Cursor) String() string {
	b := []byte{1}
	switch c.Sort {
	case Newest:
		b[0] = 2
	case Oldest:
		b[0] = 3
	}
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.Key))
	b = binary.AppendUvarint(b, uint64(c.Shown))
	return base64.RawURLEncoding.EncodeToString(append(b, c.ID...))
}

// ParseCursor reads a cursor of the given order.
func ParseCursor(s string, order Sort) (Cursor, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 11 {
		return Cursor{}, ErrCursor
	}
	c := Cursor{Sort: order, Key: math.Float64frombits(binary.BigEndian.Uint64(b[1:9]))}
	shown, n := binary.Uvarint(b[9:])
	if n <= 0 || shown > math.MaxInt32 || math.IsNaN(c.Key) {
		return Cursor{}, ErrCursor
	}
	c.Shown, c.ID = int(shown), string(b[9+n:])
	if c.String() != s {
		return Cursor{}, fmt.Errorf("%w: it belongs to another order", ErrCursor)
	}
	return c, nil
}
