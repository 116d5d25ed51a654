package archive

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
)

// beginEpoch notes the epoch of an archive that moves the feed for the first time
// since it was opened.
func (t *tx) beginEpoch() error {
	if t.epoch || t.a.epoch.Load() {
		return nil
	}
	t.epoch = true
	return t.Exec("insert into epoch (start, name) select last, $1 from feed where one = 1 on conflict do nothing", rand.Text())
}

// Epoch names the present stretch of the archive's history, which a reader of
// the feed keeps beside its position for [Archive.Holds]; empty while the
// archive never changed.
func (a *Archive) Epoch(ctx context.Context) (name string, err error) {
	err = a.store.Row(ctx, "select name from epoch order by start desc limit 1", nil, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, err
}

// Holds tells whether what a reader read up to a position of the feed, in the
// named epoch, is what this archive holds there; it is not when the reader
// followed another archive, or this one before an older copy took its place.
// A reader without an epoch is believed for what is older than all epochs.
func (a *Archive) Holds(ctx context.Context, epoch string, position int64) (holds bool, err error) {
	start := int64(-1)
	if epoch != "" {
		err := a.store.Row(ctx, "select start from epoch where name = $1", []any{epoch}, &start)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	var end int64
	err = a.store.Row(ctx, "select coalesce((select min(start) from epoch where start > $1), (select last from feed where one = 1))", []any{start}, &end)
	return err == nil && position <= end, err
}
