package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"bantin/crawler/archive/store"
)

// ErrKept is the refusal to purge a portal that was not removed.
var ErrKept = errors.New("only a portal that was removed can be purged")

// Purge forgets all that was archived of a removed portal: pages, versions,
// addresses, passes. It cannot be undone; cut short, it may be asked for
// again.
func (a *Archive) Purge(ctx context.Context, site string) error {
	if err := a.purge(ctx, site); err != nil {
		return fmt.Errorf("purge %s: %w", site, err)
	}
	return nil
}

// purges remove rows of a site, $2 at a time; what refers goes before what it
// refers to, but for contents, which another portal may have sent as well.
var purges = []string{
	"delete from version where bulletin in (select num from bulletin where site = $1 and version > 0 order by num limit $2)",
	"delete from attached where bulletin in (select num from bulletin where site = $1 and version > 0 order by num limit $2)",
	"update bulletin set version = 0, digest = $3 where num in (select num from bulletin where site = $1 and version > 0 order by num limit $2)",
}

func (a *Archive) purge(ctx context.Context, site string) error {
	wanted, _, err := a.Wanted(ctx)
	if err != nil {
		return err
	}
	switch what, known := wanted[site]; {
	case !known:
		return ErrNotFound
	case what != "removed":
		return ErrKept
	}
	if err := a.settleSite(ctx, site); err != nil {
		return err
	}
	for _, step := range []func(*tx, string) (int, error){purgeBulletins, purgePages, purgeRest} {
		if err := a.steps(ctx, func(t *tx) (int, error) { return step(t, site) }); err != nil {
			return err
		}
	}
	return nil
}

// purgeBulletins forgets the versions of some bulletins. Their rows stay: the
// feed has to say that they are gone.
func purgeBulletins(t *tx, site string) (n int, err error) {
	for i, query := range purges {
		args := []any{site, wishBatch}
		if i == len(purges)-1 {
			args = append(args, []byte{})
		}
		if n, err = t.Count(query, args...); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// purgePages forgets some pages, with the contents that nobody else sent.
func purgePages(t *tx, site string) (int, error) {
	type row struct{ page, content int64 }
	rows, err := store.List(t.Rows("select id, content from page where site = $1 order by id limit $2", site, wishBatch),
		func(r *row) []any { return []any{&r.page, &r.content} })
	return len(rows), cmp.Or(err, each(rows, func(r row) error {
		return cmp.Or(
			t.Exec("delete from page where id = $1", r.page),
			t.Exec("delete from content where id = $1 and not exists (select 1 from page where content = $1)", r.content),
		)
	}))
}

// purgeRest forgets what is small enough for one transaction.
func purgeRest(t *tx, site string) (int, error) {
	return 0, each([]string{
		"delete from attachment where url in (select url from request where site = $1 and kind = 'attachment') and not exists (select 1 from attached where attached.url = attachment.url)",
		"delete from address where site = $1",
		"delete from request where site = $1",
		"delete from dictionary where site = $1 and not exists (select 1 from content where content.dictionary = dictionary.id)",
		"delete from pass where site = $1",
	}, func(query string) error { return t.Exec(query, site) })
}
