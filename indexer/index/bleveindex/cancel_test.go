package bleveindex

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/index/indextest"
)

// patience is a context that is cancelled once it was asked so many times.
type patience struct {
	context.Context
	left  int64
	asked atomic.Int64
}

func (p *patience) Err() error {
	if p.asked.Add(1) > p.left {
		return context.Canceled
	}
	return nil
}

// TestCancelStages cancels each kind of work at every point where it looks at
// its context: it ends with that error, at once and not at the next stage.
func TestCancelStages(t *testing.T) {
	g, err := indextest.NewGenerator(filepath.Join("..", "..", ".."), "")
	if err != nil {
		t.Fatal(err)
	}
	ix, err := Open(t.TempDir(), Options{})
	opened(t, ix, err)
	const bulletins = 400
	for from := 0; from < bulletins; from += 200 {
		var batch []bulletin.Change
		for i := from; i < from+200; i++ {
			batch = append(batch, g.Change(i))
		}
		if err := ix.Apply(t.Context(), batch, int64(from+200)); err != nil {
			t.Fatal(err)
		}
	}
	words := func(texts ...string) []index.Word {
		var out []index.Word
		for _, w := range texts {
			out = append(out, index.Word{Text: w})
		}
		return out
	}
	each := func(q index.Query) func(context.Context) error {
		return func(ctx context.Context) error {
			return ix.Each(ctx, q, func(index.Document) error { return nil })
		}
	}
	for _, c := range []struct {
		name string
		work func(context.Context) error
	}{
		{"search", func(ctx context.Context) error {
			_, err := ix.Search(ctx, index.Query{Root: index.And{index.Word{Text: "hoi"}, index.Word{Text: "nghi"}}, Size: 20, Facets: index.Fields(), Snippets: true})
			return err
		}},
		{"search by phrase", func(ctx context.Context) error {
			_, err := ix.Search(ctx, index.Query{Root: index.Phrase{Words: words("cac", "to", "chuc")}, Size: 20, Sort: index.Newest})
			return err
		}},
		{"words", each(index.Query{Root: index.And{index.Word{Text: "hoi"}, index.Word{Text: "nghi"}}})},
		{"alternatives", each(index.Query{Root: index.Or{Children: []index.Node{index.Word{Text: "hoi"}, index.Word{Text: "tinh"}, index.Word{Text: "xa"}}, Min: 2}})},
		{"phrase", each(index.Query{Root: index.Phrase{Words: words("cac", "to", "chuc")}})},
		{"prefix", each(index.Query{Root: index.Prefix{Text: "ng"}})},
		{"export of everything", each(index.Query{Sort: index.Newest})},
		{"cross", func(ctx context.Context) error {
			_, err := ix.Cross(ctx, index.Query{Root: index.Word{Text: "hoi"}}, index.Org, index.Year)
			return err
		}},
		{"similar", func(ctx context.Context) error {
			_, err := ix.Similar(ctx, g.Bulletin(7).ID, 5)
			return err
		}},
		{"suggest", func(ctx context.Context) error {
			_, err := ix.Suggest(ctx, "hoi nghi giao b", 8)
			return err
		}},
		{"correct", func(ctx context.Context) error {
			_, err := ix.Near(ctx, index.Word{Text: "nghiij"}, 2, false, 1)
			return err
		}},
	} {
		var n int64
		for range 2 { // what is remembered of the first time is not looked for again
			whole := &patience{Context: t.Context(), left: 1 << 60}
			if err := c.work(whole); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			n = whole.asked.Load()
		}
		if n < 2 {
			t.Errorf("%s looks at its context %d times only", c.name, n)
		}
		for left := int64(0); left < n; left += 1 + n/5 {
			p := &patience{Context: t.Context(), left: left}
			if err := c.work(p); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: cancelled at look %d of %d: %v", c.name, left, n, err)
			}
			if more := p.asked.Load() - left; more > 3 {
				t.Errorf("%s: looked %d times more after it was cancelled", c.name, more)
			}
		}
		t.Logf("%s looks %d times", c.name, n)
	}
}
