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
func (a *Archive) Import(ctx context.Context, bulletins ...bulletin.Bulletin) (Saved, error) {
	return a.putAll(ctx, bulletins, "", time.Now(), sql.NullInt64{})
}

// putAll stores bulletins; site is for those that name none.
func (a *Archive) putAll(ctx context.Context, bulletins []bulletin.Bulletin, site string, at time.Time, page sql.NullInt64) (s Saved, err error) {
	drafts, err := a.drafts(bulletins, site)
	if err != nil {
		return s, err
	}
	err = a.update(ctx, func(t *tx) error {
		s = Saved{}
		return each(drafts, func(d *draft) error {
			_, c, err := t.put(d, at, page)
			s.add(c)
			return err
		})
	})
	return s, err
}
