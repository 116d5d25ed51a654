package archive

import (
	"context"
	"iter"
	"time"

	"bantin/bulletin"
)

// Changes returns the present state of the bulletins that changed past a
// position, oldest change first, each bulletin once at its latest position,
// at most limit of them; an empty answer means that the reader is up to date.
func (a *Archive) Changes(ctx context.Context, after int64, limit int) (changes []bulletin.Change, err error) {
	err = a.view(ctx, func(v *view) error {
		changes, err = v.changes(ctx, "select "+stateColumns+" from bulletin where seq > $1 order by seq limit $2", after, limit)
		return err
	})
	return changes, err
}

// changes reads the states that a query gives.
func (v *view) changes(ctx context.Context, query string, args ...any) ([]bulletin.Change, error) {
	var states []state
	var s state
	err := v.Rows(ctx, query, args, func() error {
		states = append(states, s)
		return nil
	}, s.dest()...)
	if err != nil {
		return nil, err
	}
	changes := make([]bulletin.Change, len(states))
	for i, s := range states {
		if changes[i], err = v.change(ctx, s); err != nil {
			return nil, err
		}
	}
	return changes, nil
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
	return func(yield func(bulletin.Change, error) bool) {
		var last int64
		for {
			var batch []bulletin.Change
			err := a.view(ctx, func(v *view) (err error) {
				batch, last, err = v.walk(ctx, f, last)
				return err
			})
			if err != nil {
				yield(bulletin.Change{}, err)
				return
			}
			for _, c := range batch {
				if !yield(c, nil) {
					return
				}
			}
			if last == 0 {
				return
			}
		}
	}
}

// walk reads the batch past a number and returns the number to go on from, 0
// at the end.
func (v *view) walk(ctx context.Context, f Filter, last int64) ([]bulletin.Change, int64, error) {
	const query = "select " + stateColumns + ` from bulletin where num > $1 and withdrawn = 0
		and ($2 = '' or site = $2) and (cast($3 as bigint) = 0 or published >= $3) and (cast($4 as bigint) = 0 or published < $4)
		order by num limit $5`
	args := []any{last, f.Site, ms0(f.From), ms0(f.To), walkBatch}
	last = 0
	n := 0
	var s state
	err := v.Rows(ctx, "select num from ("+query+") as batch", args, func() error {
		last = s.num
		n++
		return nil
	}, &s.num)
	if err != nil {
		return nil, 0, err
	}
	batch, err := v.changes(ctx, query, args...)
	if n < walkBatch {
		last = 0
	}
	return batch, last, err
}
