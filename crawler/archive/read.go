package archive

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"bantin/bulletin"
)

// Bulletin returns the present state of one bulletin, also when it is gone
// from its portal; ErrNotFound when it is unknown or withdrawn.
func (a *Archive) Bulletin(ctx context.Context, id string) (bulletin.Change, error) {
	return read(ctx, a, func(v *view) (c bulletin.Change, err error) {
		s, err := v.state(ctx, id)
		if err == nil {
			c, err = v.change(ctx, s)
		}
		return c, err
	})
}

// state finds a bulletin that was not withdrawn.
func (v *view) state(ctx context.Context, id string) (s state, err error) {
	err = missing(v.Row(ctx, "select "+stateColumns+" from bulletin where id = $1 and withdrawn = 0", []any{id}, s.dest()...))
	if err != nil {
		return s, fmt.Errorf("bulletin %s: %w", id, err)
	}
	return s, nil
}

// BulletinAt returns the id of the bulletin that was seen at an address of a
// site; ErrNotFound when none was.
func (a *Archive) BulletinAt(ctx context.Context, site, url string) (id string, err error) {
	err = a.store.Row(ctx, `select b.id from address a join bulletin b on b.num = a.bulletin
		where a.site = $1 and a.url = $2 and b.withdrawn = 0`, []any{site, url}, &id)
	return id, missing(err)
}

// Versions returns all versions of a bulletin, oldest first; ErrNotFound when
// it is unknown or withdrawn.
func (a *Archive) Versions(ctx context.Context, id string) ([]bulletin.Version, error) {
	return read(ctx, a, func(v *view) (versions []bulletin.Version, err error) {
		s, err := v.state(ctx, id)
		if err != nil {
			return nil, err
		}
		for number := 1; number <= s.version; number++ {
			b, fetched, err := v.version(ctx, s.num, number)
			if err != nil {
				return nil, fmt.Errorf("bulletin %s: %w", id, err)
			}
			versions = append(versions, bulletin.Version{Number: number, Fetched: fetched, Bulletin: b})
		}
		return versions, nil
	})
}

// ByAddress returns the id of the bulletin at an address, under either scheme
// and with or without a final slash; ErrNotFound when there is none.
func (a *Archive) ByAddress(ctx context.Context, address string) (id string, err error) {
	_, rest, _ := strings.Cut(strings.TrimRight(address, "/"), "://")
	rest, _, _ = strings.Cut(rest, "#")
	err = a.store.Row(ctx, `select id from bulletin where withdrawn = 0 and (url in ($1, $2, $3, $4)
		or num in (select bulletin from address where url in ($1, $2, $3, $4))) order by id limit 1`,
		[]any{"https://" + rest, "https://" + rest + "/", "http://" + rest, "http://" + rest + "/"}, &id)
	return id, missing(err)
}

// Original returns the page that a version of a bulletin was read out of, 0
// for the latest version; ErrNotFound also when the version was imported
// without a page.
func (a *Archive) Original(ctx context.Context, id string, version int) (p bulletin.Page, err error) {
	err = a.view(ctx, func(v *view) error {
		s, err := v.state(ctx, id)
		if err != nil {
			return err
		}
		if version == 0 {
			version = s.version
		}
		var page sql.NullInt64
		err = missing(v.Row(ctx, "select page from version where bulletin = $1 and number = $2", []any{s.num, version}, &page))
		if err == nil && !page.Valid {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("page of bulletin %s, version %d: %w", id, version, err)
		}
		stored, err := v.stored(ctx, page.Int64)
		p = stored.Page
		return err
	})
	return p, err
}
