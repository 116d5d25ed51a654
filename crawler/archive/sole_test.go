package archive

import (
	"context"
	"errors"
	"fmt"
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

// TestServerGone: when the server ends all connections, who has a right hears of it,
// and may take it again.
func TestServerGone(t *testing.T) {
	if !Remote(place(t, "")) {
		t.Skip("a file has no server")
	}
	a := openAt(t, place(t, ""))
	right, err := a.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = right.While(t.Context(), func(ctx context.Context) error {
		var ended bool
		pid := 0
		err := right.conn.QueryRowContext(ctx, "select pg_backend_pid()").Scan(&pid)
		if err == nil {
			err = a.read.QueryRowContext(ctx, "select pg_terminate_backend($1)", pid).Scan(&ended)
		}
		if err != nil || !ended {
			return fmt.Errorf("ended: %v, %w", ended, err)
		}
		<-ctx.Done()
		return nil
	})
	if !errors.Is(err, ErrLost) {
		t.Errorf("a right whose server was gone ended with %v", err)
	}
	_ = right.Close()
	if right, err = a.Index(t.Context()); err != nil {
		t.Fatal(err)
	}
	_ = right.Close()
}
