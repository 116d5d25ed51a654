package archive

import (
	"context"
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
