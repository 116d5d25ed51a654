package archive

import (
	"context"
	"iter"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Changes returns the present state of the bulletins that changed past a
// position, oldest change first, each bulletin once at its latest position,
// at most limit of them; an empty answer means that the reader is up to date.
func (a *Archive) Changes(ctx context.Context, after int64, limit int) ([]bulletin.Change, error) {
	return read(ctx, a, func(v *view) ([]bulletin.Change, error) {
		changes, _, err := v.changes(ctx, "select "+stateColumns+" from bulletin where seq > $1 order by seq limit $2", after, limit)
		return changes, err
	})
}

// changes reads the states that a query gives, and the number of the last, 0
// when there is none.
func (v *view) changes(ctx context.Context, query string, args ...any) (changes []bulletin.Change, last int64, err error) {
	states, err := store.List(v.Rows(ctx, query, args...), (*state).dest)
	for _, s := range states {
		c, err := v.change(ctx, s)
		if err != nil {
			return nil, 0, err
		}
		changes, last = append(changes, c), s.num
	}
	return changes, last, err
}

// Filter limits a walk over the bulletins; zero fields limit nothing.
type Filter struct {
	Site     string
	From, To time.Time // of publication, To not included; a bulletin without a date fails either
}

// walkBatch is how many bulletins a walk reads at a time.
const walkBatch = 200

// Bulletins walks over the present state of all bulletins that were not
// withdrawn, those gone from their portals included, in the order in which
// they came. It holds no lock between batches, so what changes meanwhile may
// be seen before or after its change.
func (a *Archive) Bulletins(ctx context.Context, f Filter) iter.Seq2[bulletin.Change, error] {
	const query = "select " + stateColumns + ` from bulletin where num > $1 and withdrawn = 0
		and ($2 = '' or site = $2) and (cast($3 as bigint) = 0 or published >= $3) and (cast($4 as bigint) = 0 or published < $4)
		order by num limit $5`
	return walk(func(past int64) (batch []bulletin.Change, last int64, err error) {
		err = a.view(ctx, func(v *view) error {
			batch, last, err = v.changes(ctx, query, past, f.Site, ms0(f.From), ms0(f.To), walkBatch)
			return err
		})
		return batch, last, err
	})
}

// walk yields what is read batch after batch, each past the number that the one
// before gave, until one gives 0.
func walk[T any](read func(past int64) (batch []T, last int64, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for past, more := int64(0), true; more; more = past != 0 {
			batch, last, err := read(past)
			for _, one := range batch {
				if !yield(one, nil) {
					return
				}
			}
			if past = last; err != nil {
				var none T
				yield(none, err)
				return
			}
		}
	}
}
