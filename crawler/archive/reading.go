package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
)

// OpenReading opens an archive that cannot be written, because its disk is
// full or read-only, for reading alone: nothing is written, not even beside
// the file. Every method that writes gives ErrDiskFull. On a full disk no
// other process can use the archive meanwhile. The caller closes it.
func OpenReading(ctx context.Context, path string) (*Archive, error) {
	if Remote(path) { // others write there: the disk is the server's concern
		return Open(ctx, path)
	}
	// The connections of this process share in memory what otherwise takes a
	// file beside the database.
	shared := "?vfs=unix-excl&mode=rw&_pragma=query_only(1)&_pragma=busy_timeout(5000)"
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err != nil {
		if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
			return nil, fmt.Errorf("open archive %s for reading: %w: the last changes stand in %s-wal, which takes a disk that can be written", path, ErrUnusable, path)
		}
		shared = "?mode=ro&immutable=1"
	} else if err := f.Close(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", fileURL(path)+shared)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	codec, err := newCodec()
	if err == nil {
		err = knownSchema(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open archive %s for reading: %w", path, explain(err)), db.Close())
	}
	return &Archive{path: path, store: sqliteFile{path}, log: slog.New(slog.DiscardHandler), read: db, codec: codec, news: newNews(), groups: newGroups()}, nil
}
