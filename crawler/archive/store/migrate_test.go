package store

import (
	"errors"
	"slices"
	"testing"

	"bantin/crawler/archive/archivetest"
)

func TestSchemaOfANewerProgram(t *testing.T) {
	archivetest.FileOnly(t)
	path := archivetest.Place(t, "archive.db")
	a := openAt(t, path)
	err := a.Update(t.Context(), func(t *Tx) error {
		return t.Exec("insert into schema_version (version) select max(version) + 1 from schema_version")
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer schema gave %v", err)
	}
}

// TestMigrationIsWholeOrNothing fails a script in its middle.
func TestMigrationIsWholeOrNothing(t *testing.T) {
	archivetest.FileOnly(t)
	a := openAt(t, archivetest.Place(t, "archive.db"))
	err := a.Update(t.Context(), func(t *Tx) error {
		return t.reach(append(slices.Clone(scripts), "create table half (x integer); insert into nowhere values (1)"))
	})
	if err == nil {
		t.Fatal("a broken script passed")
	}
	if _, err := a.read.ExecContext(t.Context(), "select * from half"); err == nil {
		t.Error("half a migration stayed")
	}
	var version int
	if err := a.read.QueryRowContext(t.Context(), schemaQuery).Scan(&version); err != nil || version != len(scripts) {
		t.Errorf("schema version %d, %v", version, err)
	}
}
