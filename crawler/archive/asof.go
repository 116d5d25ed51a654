package archive

import (
	"context"
	"fmt"
	"iter"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Held is a bulletin as the archive held it at some moment: its citations as
// printed, the texts of its attachments left out.
type Held struct {
	bulletin.Bulletin
	Version int
	Fetched time.Time // of the page it was read out of, or of its import
}

// AsOf walks over the bulletins as the archive held them at a moment, of each
// the version stored last by then, in the order in which they came; those
// withdrawn since are left out. The same moment, once it is past, gives the
// same bulletins whatever was stored later. It holds no lock between batches.
func (a *Archive) AsOf(ctx context.Context, at time.Time) iter.Seq2[Held, error] {
	return walk(func(past int64) (batch []Held, last int64, err error) {
		err = a.view(ctx, func(v *view) error {
			batch, last, err = v.held(ctx, at, past)
			return err
		})
		return batch, last, err
	})
}

// held reads the batch past a number and returns the number to go on from, 0 at
// the end.
func (v *view) held(ctx context.Context, at time.Time, past int64) (batch []Held, last int64, err error) {
	type place struct {
		num    int64
		number int
	}
	places, err := store.List(v.Rows(ctx, `select b.num, max(v.number) from bulletin b join version v on v.bulletin = b.num
		where b.num > $1 and b.withdrawn = 0 and coalesce(v.stored, v.fetched) <= $2
		group by b.num order by b.num limit $3`, past, at.UnixMilli(), walkBatch),
		func(p *place) []any { return []any{&p.num, &p.number} })
	for _, p := range places {
		h := Held{Version: p.number}
		if h.Bulletin, h.Fetched, err = v.printed(ctx, p.num, p.number); err != nil {
			return nil, 0, fmt.Errorf("bulletin %d: %w", p.num, err)
		}
		batch, last = append(batch, h), p.num
	}
	return batch, last, err
}
