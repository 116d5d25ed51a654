package bleveindex

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/klauspost/compress/zstd"
)

// stored is the form in which a Document is kept.
type stored struct {
	Bulletin bulletin.Bulletin `json:"b"`
	Gone     *time.Time        `json:"gone,omitempty"`
	Group    string            `json:"group,omitempty"`
}

// codec returns the one compressor and decompressor, which are safe to share.
var codec = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false))
	if err != nil {
		panic(err) // the options are constant
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		panic(err)
	}
	return e, d
})

func encodeDocument(d index.Document) ([]byte, error) {
	s := stored{Bulletin: d.Bulletin, Group: d.Group}
	if !d.Gone.IsZero() {
		s.Gone = &d.Gone
	}
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("bulletin %s: %w", d.ID, err)
	}
	enc, _ := codec()
	return enc.EncodeAll(b, nil), nil
}

func decodeDocument(b []byte) (index.Document, error) {
	_, dec := codec()
	plain, err := dec.DecodeAll(b, nil)
	if err != nil {
		return index.Document{}, fmt.Errorf("stored bulletin: %w", err)
	}
	var s stored
	if err := json.Unmarshal(plain, &s); err != nil {
		return index.Document{}, fmt.Errorf("stored bulletin: %w", err)
	}
	d := index.Document{Bulletin: s.Bulletin, Group: s.Group}
	if s.Gone != nil {
		d.Gone = *s.Gone
	}
	return d, nil
}

// epoch is the first second that a date column can hold.
var epoch = time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// dateNumber is a time as a positive number of seconds, 0 when unknown or
// before the epoch.
func dateNumber(t time.Time) uint64 {
	if n := t.Unix() - epoch; !t.IsZero() && n > 0 {
		return min(uint64(n), 1<<(10*maxDigits)-1)
	}
	return 0
}

func fromNumber(n uint64) time.Time { return time.Unix(int64(n)+epoch, 0) }
