package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Verify reads every page of the backup in dir and checks its tables against
// their indexes; it writes nothing. A damaged one gives ErrDamaged, one of a
// newer program ErrNewer.
func Verify(ctx context.Context, dir string) error {
	file := filepath.Join(dir, backupName)
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	// A backup is one closed file: nobody writes it, nothing may appear beside it.
	db, err := sql.Open("sqlite", fileURL(file)+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	if err = wholeCheck(ctx, db); err == nil {
		err = knownSchema(ctx, db)
	}
	if err := errors.Join(explain(err), db.Close()); err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	return nil
}
