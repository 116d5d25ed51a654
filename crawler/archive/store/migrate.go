package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// scripts are the migrations in their order.
var scripts = func() (all []string) {
	names, _ := fs.Glob(migrations, "migrations/*.sql")
	for _, name := range names {
		script, _ := migrations.ReadFile(name) // embedded: there
		all = append(all, string(script))
	}
	return all
}()

// makeVersions makes the table of the migrations that were applied.
const makeVersions = "create table if not exists schema_version (version integer primary key)"

// migrate applies the migrations that the database lacks, each in its own
// transaction with the number it reaches.
func (w *writer) migrate(ctx context.Context) error {
	if err := w.update(ctx, func(t *Tx) error { return t.Exec(makeVersions) }); err != nil {
		return err
	}
	if err := knownSchema(ctx, w.conn); err != nil {
		return err
	}
	for n := range scripts {
		if err := w.update(ctx, func(t *Tx) error { return t.reach(scripts[:n+1]) }); err != nil {
			return err
		}
	}
	return nil
}

// reach applies those of the first migrations that were not applied.
func (t *Tx) reach(scripts []string) error {
	var have int
	if err := t.Row(schemaQuery, nil, &have); err != nil {
		return err
	}
	for version := have + 1; version <= len(scripts); version++ {
		if _, err := t.w.conn.ExecContext(context.Background(), t.w.dialect.script(scripts[version-1])); err != nil {
			return fmt.Errorf("migration %d: %w", version, err)
		}
		if err := t.Exec("insert into schema_version (version) values ($1)", version); err != nil {
			return err
		}
	}
	return nil
}

const schemaQuery = "select coalesce(max(version), 0) from schema_version"

// knownSchema gives ErrNewer for a schema that this program does not know.
func knownSchema(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
},
) error {
	var have int
	if err := db.QueryRowContext(ctx, schemaQuery).Scan(&have); err != nil {
		return err
	}
	return known(have)
}

func known(schema int) error {
	if schema > len(scripts) {
		return fmt.Errorf("%w (its schema is %d, this program knows %d)", ErrNewer, schema, len(scripts))
	}
	return nil
}
