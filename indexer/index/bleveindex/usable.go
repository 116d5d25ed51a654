package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"bantin/indexer/index"
)

// spare is how many files beside the segments an index needs to open.
const spare = 6

// usable tells that the system lets this process use all files of an index at
// once. Scorch takes a segment that it may not open for a torn one, goes back
// to an older state and removes what that does not name: so it must not start
// when it would.
func usable(path string, flag int) (err error) {
	var held []*os.File
	defer func() {
		for _, f := range held {
			err = errors.Join(err, f.Close())
		}
	}()
	segments, err := filepath.Glob(filepath.Join(path, "*.zap"))
	if err != nil {
		return err
	}
	take := func(name string, flag int) error {
		f, err := os.OpenFile(name, flag, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			held = append(held, f)
		}
		return err
	}
	if err := take(filepath.Join(path, "root.bolt"), flag); err != nil {
		return err
	}
	for _, name := range segments {
		if err := take(name, os.O_RDONLY); err != nil {
			return err
		}
	}
	for range spare {
		if err := take(os.DevNull, os.O_RDONLY); err != nil {
			return err
		}
	}
	return nil
}

// Verify reads all files of the index and compares them with their checksums;
// what differs is index.ErrCorrupt. It may run beside everything else.
func (ix *Index) Verify(ctx context.Context) error {
	if ix.path == "" {
		return nil
	}
	segments, err := filepath.Glob(filepath.Join(ix.path, "*.zap"))
	if err != nil {
		return err
	}
	for _, name := range segments {
		err := verifySegment(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // merged into another meanwhile
		}
		if err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	return nil
}

// verifySegment compares a segment with the CRC-32 of all before it at its end.
func verifySegment(ctx context.Context, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < 4 {
		return fmt.Errorf("%w: cut short", index.ErrCorrupt)
	}
	sum := crc32.NewIEEE()
	left := info.Size() - 4
	for left > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := io.CopyN(sum, f, min(left, 16<<20))
		if err != nil {
			return err
		}
		left -= n
	}
	var want [4]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(want[:]) != sum.Sum32() {
		return fmt.Errorf("%w: wrong checksum", index.ErrCorrupt)
	}
	return nil
}
