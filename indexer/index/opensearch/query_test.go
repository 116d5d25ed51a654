package opensearch

import (
	"fmt"
	"testing"

	"bantin/indexer/index"
)

// TestLargeQueries: what our limits allow, OpenSearch takes.
func TestLargeQueries(t *testing.T) {
	ix := open(t, connect(t), Options{})
	apply(t, ix, 1, one("a", "giao ban", "w0 w1 w2"))
	var words index.And
	for i := range index.DefaultLimits.Clauses - 1 {
		words = append(words, index.Word{Text: fmt.Sprintf("w%d", i), Accented: true})
	}
	deep := index.Node(index.Word{Text: "w0"})
	for range index.DefaultLimits.Nesting - 1 {
		deep = index.Not{Child: deep}
	}
	var values []string
	for i := range index.DefaultLimits.Values {
		values = append(values, fmt.Sprint(i))
	}
	for _, c := range []struct {
		name string
		q    index.Query
		want int
	}{
		{"all of many words", index.Query{Root: words, Size: 5}, 0},
		{"any of many words", index.Query{Root: index.Or{Children: words, Min: 2}, Size: 5}, 1},
		{"deep", index.Query{Root: deep, Size: 5}, 0},
		{"many values", index.Query{Filters: map[index.Field][]string{index.Cites: values}, Facets: index.Fields()}, 0},
	} {
		res, err := ix.Search(t.Context(), c.q)
		if err != nil || res.Total != c.want {
			t.Errorf("%s: %d, %.300v", c.name, res.Total, err)
		}
	}
}
