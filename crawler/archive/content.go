package archive

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"bantin/bulletin"

	"github.com/klauspost/compress/zstd"
)

// maxBody bounds what a stored body may unpack to.
const maxBody = 256 << 20

// keepCoders bounds the coders with a dictionary kept in memory.
const keepCoders = 8

// packed is a body as the archive stores it.
type packed struct {
	digest     [sha256.Size]byte
	dictionary int64 // 0 for none
	size       int
	body       []byte
}

// codec packs and unpacks with the dictionaries of the sites.
type codec struct {
	plain *coder

	mu      sync.Mutex
	coders  map[int64]*coder // by dictionary
	current map[string]int64 // newest dictionary of a site, as far as known
	waiting map[string]int   // pages of a site saved without a dictionary since it was last looked at
}

type coder struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (*codec, error) {
	plain, err := newCoder(0, nil)
	return &codec{plain: plain, coders: map[int64]*coder{}, current: map[string]int64{}, waiting: map[string]int{}}, err
}

// newCoder makes a coder that works in the caller's goroutine, with a
// dictionary unless it is nil.
func newCoder(id int64, dictionary []byte) (*coder, error) {
	eo := []zstd.EOption{zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1 << 20)}
	do := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxBody)}
	if len(dictionary) > 0 {
		eo = append(eo, zstd.WithEncoderDictRaw(uint32(id), dictionary))
		do = append(do, zstd.WithDecoderDictRaw(uint32(id), dictionary))
	}
	enc, err := zstd.NewWriter(nil, eo...)
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, do...)
	return &coder{enc, dec}, err
}

// coder returns the coder of a dictionary, 0 for none.
func (a *Archive) coder(ctx context.Context, id int64) (*coder, error) {
	c := a.codec
	if id == 0 {
		return c.plain, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.coders[id]; ok {
		return found, nil
	}
	var dictionary []byte
	err := a.store.Row(ctx, "select body from dictionary where id = $1", []any{id}, &dictionary)
	if err != nil {
		return nil, fmt.Errorf("dictionary %d: %w", id, err)
	}
	made, err := newCoder(id, dictionary)
	if err != nil {
		return nil, fmt.Errorf("dictionary %d: %w", id, err)
	}
	for old := range c.coders {
		if len(c.coders) < keepCoders {
			break
		}
		delete(c.coders, old) // any one: whoever uses it still holds it
	}
	c.coders[id] = made
	return made, nil
}

// pack compresses a body with the newest dictionary of its site.
func (a *Archive) pack(ctx context.Context, site string, body []byte) (*packed, error) {
	id, err := a.dictionary(ctx, site)
	if err != nil {
		return nil, err
	}
	c, err := a.coder(ctx, id)
	if err != nil {
		return nil, err
	}
	return &packed{digest: sha256.Sum256(body), dictionary: id, size: len(body), body: c.enc.EncodeAll(body, nil)}, nil
}

// unpack restores a body.
func (a *Archive) unpack(ctx context.Context, dictionary int64, body []byte) ([]byte, error) {
	c, err := a.coder(ctx, dictionary)
	if err != nil {
		return nil, err
	}
	return c.dec.DecodeAll(body, nil)
}

// bulletin unpacks a stored version.
func (c *codec) bulletin(body []byte) (b bulletin.Bulletin, err error) {
	whole, err := c.plain.dec.DecodeAll(body, nil)
	if err == nil {
		err = b.UnmarshalJSON(whole)
	}
	return b, err
}

// dictionary returns the newest dictionary of a site, 0 when it has none yet.
func (a *Archive) dictionary(ctx context.Context, site string) (id int64, err error) {
	a.codec.mu.Lock()
	id, known := a.codec.current[site]
	a.codec.mu.Unlock()
	if known {
		return id, nil
	}
	err = a.store.Row(ctx, "select id from dictionary where site = $1 order by version desc limit 1", []any{site}, &id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	a.codec.mu.Lock()
	defer a.codec.mu.Unlock()
	a.codec.current[site] = id
	return id, nil
}

// putContent stores a body unless the archive has the same one.
func (t *tx) putContent(p *packed) (id int64, err error) {
	err = t.Row("select id from content where digest = $1", []any{p.digest[:]}, &id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	return t.Insert("id", "insert into content (digest, dictionary, size, body) values ($1, $2, $3, $4) on conflict (digest) do update set digest = excluded.digest",
		p.digest[:], p.dictionary, p.size, p.body)
}
