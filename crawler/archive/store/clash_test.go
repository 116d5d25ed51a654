package store

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"bantin/crawler/archive/archivetest"

	"github.com/jackc/pgx/v5/pgconn"
)

// two opens one schema of PostgreSQL twice, with two hosts in it.
func two(t *testing.T) (a, b *Store) {
	t.Helper()
	archivetest.Current(t)
	path := archivetest.Place(t, "")
	a, b = openAt(t, path), openAt(t, path)
	err := a.Update(t.Context(), func(t *Tx) error { return t.Exec("insert into host (name) values ('one'), ('two')") })
	if err != nil {
		t.Fatal(err)
	}
	return a, b
}

// TestDeadlock: of two transactions that wait for each other one is done
// again, whole.
func TestDeadlock(t *testing.T) {
	a, b := two(t)
	var wg, met sync.WaitGroup
	var tries atomic.Int32
	met.Add(2)
	cross := func(a *Store, first, second string) {
		tried := false
		err := a.Update(t.Context(), func(t *Tx) error {
			tries.Add(1)
			if err := t.Exec("update host set failures = failures + 1 where name = $1", first); err != nil {
				return err
			}
			if !tried {
				tried = true
				met.Done()
				met.Wait()
			}
			return t.Exec("update host set failures = failures + 1 where name = $1", second)
		})
		if err != nil {
			t.Errorf("%s, then %s: %v", first, second, err)
		}
	}
	wg.Go(func() { cross(a, "one", "two") })
	wg.Go(func() { cross(b, "two", "one") })
	wg.Wait()
	if tries.Load() < 3 {
		t.Errorf("%d tries: the two did not meet", tries.Load())
	}
	expectFailures(t, a, 2)
}

// TestSerialization: a transaction that another one overtook is done again.
func TestSerialization(t *testing.T) {
	a, b := two(t)
	ctx := t.Context()
	tries := 0
	err := a.Update(t.Context(), func(t *Tx) error {
		tries++
		if err := t.Exec("set transaction isolation level repeatable read"); err != nil {
			return err
		}
		var n int
		if err := t.Row("select failures from host where name = 'one'", nil, &n); err != nil {
			return err
		}
		if tries == 1 {
			if err := b.Update(ctx, func(t *Tx) error { return t.Exec("update host set failures = failures + 1") }); err != nil {
				return err
			}
		}
		return t.Exec("update host set failures = $1 where name = 'one'", n+1)
	})
	if err != nil || tries != 2 {
		t.Errorf("%d tries, %v", tries, err)
	}
	var n int
	if err := a.Row(t.Context(), "select failures from host where name = 'one'", nil, &n); err != nil || n != 2 {
		t.Errorf("counted %d of 2, %v", n, err)
	}
}

func expectFailures(t *testing.T, a *Store, want int) {
	t.Helper()
	for _, host := range []string{"one", "two"} {
		var n int
		if err := a.Row(t.Context(), "select failures from host where name = $1", []any{host}, &n); err != nil || n != want {
			t.Errorf("%s: %d, want %d, %v", host, n, want, err)
		}
	}
}

// TestOtherErrorsAreNotTriedAgain, and those that are come to an end.
func TestOtherErrorsAreNotTriedAgain(t *testing.T) {
	archivetest.Current(t)
	a := openAt(t, archivetest.Place(t, ""))
	for code, want := range map[string]int{"40P01": maxTries, "40001": maxTries, "23505": 1, "42601": 1} {
		tries := 0
		err := a.Update(t.Context(), func(*Tx) error {
			tries++
			return fmt.Errorf("save: %w", &pgconn.PgError{Code: code})
		})
		if tries != want || err == nil {
			t.Errorf("%s: %d tries, want %d; %v", code, tries, want, err)
		}
	}
}
