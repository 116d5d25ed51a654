package archive

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies the migrations that the database lacks, each in its own
// transaction with the number it reaches.
func (w *writer) migrate(ctx context.Context) error {
	scripts, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	_, err = w.update(ctx, func(t *tx) error {
		return t.exec("create table if not exists schema_version (version integer primary key)")
	})
	if err != nil {
		return err
	}
	if err := knownSchema(ctx, w.conn); err != nil {
		return err
	}
	for i, name := range scripts {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if err := w.apply(ctx, i+1, string(script)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// apply runs the script that leads to a version, unless it has run.
func (w *writer) apply(ctx context.Context, version int, script string) error {
	_, err := w.update(ctx, func(t *tx) error {
		var have int
		if err := t.row(schemaQuery, nil, &have); err != nil || have >= version {
			return err
		}
		if _, err := w.conn.ExecContext(t.ctx, w.store.script(script)); err != nil {
			return err
		}
		return t.exec("insert into schema_version (version) values ($1)", version)
	})
	return err
}

const schemaQuery = "select coalesce(max(version), 0) from schema_version"

// knownSchema gives ErrNewer for a schema that this program does not know.
func knownSchema(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
},
) error {
	scripts, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var have int
	if err := db.QueryRowContext(ctx, schemaQuery).Scan(&have); err != nil {
		return err
	}
	if have > len(scripts) {
		return fmt.Errorf("%w (its schema is %d, this program knows %d)", ErrNewer, have, len(scripts))
	}
	return nil
}
