package opensearch

import (
	"fmt"
	"net/http"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// citing makes bulletins that cite values of a skewed choice, and counts them.
func citing(bulletins, each, values int) ([]bulletin.Change, map[string]int) {
	counts := map[string]int{}
	var out []bulletin.Change
	next := uint64(1)
	for i := range bulletins {
		c := one(fmt.Sprintf("b%05d", i), "giao ban", "mặt trận")
		seen := map[string]bool{}
		for range each {
			next = next*6364136223846793005 + 1442695040888963407
			x := float64(next>>11) / (1 << 53)
			key := fmt.Sprintf("%05d-nq-tw", int(x*x*float64(values)))
			if !seen[key] {
				seen[key] = true
				counts[key]++
				c.Bulletin.Cites = append(c.Bulletin.Cites, bulletin.Citation{Key: key})
			}
		}
		out = append(out, c)
	}
	return out, counts
}

// TestManyValues: facets of more values than a shard gives are exact all the
// same, whether the most frequent stand out or not.
func TestManyValues(t *testing.T) {
	c := connect(t)
	for _, tc := range []struct {
		name                    string
		bulletins, each, values int
		wanted                  int
	}{
		{"skewed", 900, 20, 6000, 20},
		{"flat", 300, 20, 10_000_000, 20},
		{"all", 1100, 20, 10_000_000, 0},
	} {
		changes, counts := citing(tc.bulletins, tc.each, tc.values)
		ix := open(t, c, Options{Shards: 3})
		apply(t, ix, 1, changes...)
		q := index.Query{Facets: []index.Field{index.Cites}, Values: tc.wanted}
		if tc.wanted > 0 {
			q.Filters = map[index.Field][]string{index.Cites: {changes[0].Bulletin.Cites[0].Key}}
		}
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got := res.Facets[index.Cites]
		if n := len(got); tc.wanted == 0 && n != len(counts) || tc.wanted > 0 && n != tc.wanted && n != tc.wanted+1 {
			t.Errorf("%s: %d values of %d", tc.name, n, len(counts))
		}
		shown := map[string]bool{}
		for _, c := range got {
			shown[c.Value] = true
			if counts[c.Value] != c.Count {
				t.Errorf("%s: %s has %d, want %d", tc.name, c.Value, c.Count, counts[c.Value])
			}
		}
		for value, n := range counts {
			if last := got[min(len(got), max(1, tc.wanted))-1]; !shown[value] && n > last.Count {
				t.Errorf("%s: %s with %d is left out, the last shown has %d", tc.name, value, n, last.Count)
			}
		}
	}
}

// TestCachedFacets: what was counted is answered from the cache on every other
// page, and again in another order.
func TestCachedFacets(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 3})
	changes, _ := citing(60, 3, 50)
	apply(t, ix, 1, changes...)
	hits := func() int {
		var got struct {
			All struct {
				Total struct {
					Cache struct {
						Hits int `json:"hit_count"`
					} `json:"request_cache"`
				}
			} `json:"_all"`
		}
		if err := ix.client.Do(t.Context(), http.MethodGet, "/"+ix.name+"/_stats/request_cache", nil, &got); err != nil {
			t.Fatal(err)
		}
		return got.All.Total.Cache.Hits
	}
	q := index.Query{Root: index.Word{Text: "mat"}, Size: 5, Facets: index.Shown(), Filters: map[index.Field][]string{index.Year: {"2020"}}, Expand: true}
	for i, order := range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
		before := hits()
		q.Sort = order
		if _, err := ix.Search(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		if n := hits() - before; i > 0 && n < 3 {
			t.Errorf("by %s: %d shards answered from the cache", order, n)
		}
	}
}
