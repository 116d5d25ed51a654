package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// backupName is the file that a backup directory holds.
const backupName = "archive.db"

// errDump tells what backs a PostgreSQL archive up.
var errDump = errors.New("an archive in PostgreSQL is backed up with pg_dump -Fc and restored with pg_restore; bantin export --format archive writes what bantin restore puts into either store")

// Backup writes a copy of one moment of the archive into a directory, while
// reading and writing go on. It overwrites nothing.
func (s *Store) Backup(ctx context.Context, dir string) error {
	if err := s.backup(ctx, dir); err != nil {
		return fmt.Errorf("back up to %s: %w", dir, err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, dir string) error {
	if Remote(s.address) {
		return errDump
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	target := filepath.Join(dir, backupName)
	if err := absent(target); err != nil {
		return err
	}
	part := target + ".part"
	if err := removeParts(part); err != nil {
		return err
	}
	err := over(dsn(s.address), func(db *sql.DB) error {
		_, err := db.ExecContext(ctx, "vacuum into $1", part)
		return err
	})
	if err != nil {
		return errors.Join(err, removeParts(part))
	}
	return settleFile(part, target)
}

// over opens a database for f alone.
func over(name string, f func(*sql.DB) error) error {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	return errors.Join(explain(f(db)), db.Close())
}

// Verify reads every page of the backup in dir and checks its tables against
// their indexes; it writes nothing. A damaged one gives ErrDamaged, one of a
// newer program ErrNewer.
func Verify(ctx context.Context, dir string) error {
	file := filepath.Join(dir, backupName)
	_, err := os.Stat(file)
	if err == nil { // a backup is one closed file: nobody writes it, nothing may appear beside it
		err = examine(ctx, fileURL(file)+"?mode=ro&immutable=1")
	}
	if err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	return nil
}

// Restore puts the backup in dir in place as the archive at path, where there
// must be none. A backup that is damaged or newer than the program is refused.
func Restore(ctx context.Context, dir, path string) error {
	if Remote(path) {
		return fmt.Errorf("restore: %w", errDump)
	}
	if err := absentArchive(path); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	part := path + ".part"
	err := copyFile(filepath.Join(dir, backupName), part)
	if err == nil {
		err = examine(ctx, dsn(part))
	}
	if err != nil {
		return fmt.Errorf("restore from %s: %w", dir, errors.Join(err, removeParts(part)))
	}
	return settleFile(part, path)
}

// examine makes sure that a database is a whole archive that this program knows.
func examine(ctx context.Context, name string) error {
	return over(name, func(db *sql.DB) error {
		if err := wholeCheck(ctx, db); err != nil {
			return err
		}
		return knownSchema(ctx, db)
	})
}

// absentArchive tells that there is an archive at a path.
func absentArchive(path string) error {
	err := absent(path)
	if err == nil {
		err = absent(path + "-wal")
	}
	return err
}

// absent tells that a file is in the way.
func absent(name string) error {
	_, err := os.Lstat(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%s is there already: name another place or move it away", name)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// settleFile gives a complete file its name, so that it survives a crash.
func settleFile(part, name string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, name); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// removeParts removes an unfinished copy with what SQLite put beside it.
func removeParts(part string) error {
	var errs []error
	for _, name := range []string{part, part + "-wal", part + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
