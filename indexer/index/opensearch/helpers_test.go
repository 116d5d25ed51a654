package opensearch

import (
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

func one(id, title, body string) bulletin.Change {
	return bulletin.Change{ID: id, Bulletin: &bulletin.Bulletin{ID: id, Title: title, Body: body}}
}

func apply(t *testing.T, ix *Index, position int64, changes ...bulletin.Change) {
	t.Helper()
	if err := ix.Apply(t.Context(), changes, position); err != nil {
		t.Fatal(err)
	}
}

func total(t *testing.T, ix *Index, root index.Node) int {
	t.Helper()
	res, err := ix.Search(t.Context(), index.Query{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
