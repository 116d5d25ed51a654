package archive

import (
	"context"
	"database/sql"
	"time"

	"bantin/bulletin"
)

// Import stores bulletins that came without a page in one transaction;
// batches of about 1,000 are best. A bulletin that the archive has gets a new
// version when it differs.
func (a *Archive) Import(ctx context.Context, bulletins ...bulletin.Bulletin) (s Saved, err error) {
	drafts, err := a.drafts(bulletins, "")
	if err != nil {
		return s, err
	}
	now := time.Now()
	err = a.update(ctx, func(t *tx) error {
		s = Saved{}
		for _, d := range drafts {
			_, c, err := t.put(d, now, sql.NullInt64{})
			if err != nil {
				return err
			}
			s.add(c)
		}
		return nil
	})
	return s, err
}
