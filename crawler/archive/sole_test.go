package archive

import (
	"context"
	"database/sql"
	"errors"
	"testing"
)

// TestIndexRight: one has the right to write the index; it passes on when given back.
func TestIndexRight(t *testing.T) {
	path := place(t, "archive.db")
	a, b := openAt(t, path), openAt(t, path)
	first, err := a.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Index(t.Context()); !errors.Is(err, ErrTaken) {
		t.Errorf("a second one: %v", err)
	}
	own := errors.New("own")
	if err := first.While(t.Context(), func(context.Context) error { return own }); !errors.Is(err, own) {
		t.Errorf("what was done gave %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := b.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

// TestServerGone: when the server ends all connections, who has a right hears of
// it, and the archive goes on with new ones.
func TestServerGone(t *testing.T) {
	if server == "" {
		t.Skip("a file has no server")
	}
	a := openAt(t, place(t, ""))
	r := Request{Site: "s", URL: "http://a.example/1", Kind: Article}
	if _, err := a.Enqueue(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	right, err := a.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = right.While(t.Context(), func(ctx context.Context) error {
		cut(t, a)
		<-ctx.Done()
		return nil
	})
	if !errors.Is(err, ErrLost) {
		t.Errorf("a right whose server was gone ended with %v", err)
	}
	_ = right.Close()
	r.URL = "http://a.example/2"
	if _, err := a.Enqueue(t.Context(), r); err != nil {
		t.Errorf("the first writing after that: %v", err)
	}
	if right, err = a.Index(t.Context()); err != nil {
		t.Fatal(err)
	}
	_ = right.Close()
}

// cut ends all connections to the schema of an archive but the one that does it.
func cut(t *testing.T, a *Archive) {
	t.Helper()
	db, err := sql.Open("pgx", a.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.ExecContext(t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`)
	if err != nil {
		t.Fatal(err)
	}
}
