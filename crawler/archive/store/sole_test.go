package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"bantin/crawler/archive/archivetest"
)

// TestServerGone: when the server ends all connections, who has a right hears of it,
// and may take it again.
func TestServerGone(t *testing.T) {
	if !archivetest.Remote() {
		t.Skip("a file has no server")
	}
	a := openAt(t, archivetest.Place(t, ""))
	right, err := a.Exclusive(t.Context(), "index")
	if err != nil {
		t.Fatal(err)
	}
	err = right.While(t.Context(), func(ctx context.Context) error {
		var ended bool
		pid := 0
		err := right.conn.QueryRowContext(ctx, "select pg_backend_pid()").Scan(&pid)
		if err == nil {
			err = a.Row(ctx, "select pg_terminate_backend($1)", []any{pid}, &ended)
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
	if right, err = a.Exclusive(t.Context(), "index"); err != nil {
		t.Fatal(err)
	}
	_ = right.Close()
}

// TestCutShort: a right whose holder was being looked at when it had done its work
// is given back without an error.
func TestCutShort(t *testing.T) {
	if !archivetest.Remote() {
		t.Skip("a file has no server")
	}
	a := openAt(t, archivetest.Place(t, ""))
	right, err := a.Exclusive(t.Context(), "index")
	if err != nil {
		t.Fatal(err)
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if err := right.conn.PingContext(over); err == nil {
		t.Error("nothing was cut short")
	}
	if err := right.Close(); err != nil {
		t.Error(err)
	}
}
