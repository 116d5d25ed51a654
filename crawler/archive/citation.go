package archive

// The archive keeps citations as printed and resolves them when it is read:
// what an undated mention means follows from the documents that all bulletins
// together date, in whatever order they came.

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/crawler/archive/store"
)

// resolve resolves the citations of a bulletin against the documents known
// now: the same archive gives the same answer in whatever order it was filled.
func (v *view) resolve(ctx context.Context, b *bulletin.Bulletin) error {
	for i, c := range b.Cites {
		s := c.Stem()
		known, ok := v.known[s]
		if !ok {
			var err error
			if known, err = store.Column[string](v.Rows(ctx, knownQuery, s)); err != nil {
				return err
			}
			v.known[s] = known
		}
		b.Cites[i] = cite.Resolve(c, b.Published, known)
	}
	return nil
}

const knownQuery = "select key from document where stem = $1 order by key"

func (t *tx) knownDocuments(stem string) ([]string, error) {
	return store.Column[string](t.Rows(knownQuery, stem))
}

// putCites replaces the mentions of a bulletin.
func (t *tx) putCites(cites []bulletin.Citation, num int64, isNew bool) error {
	now := map[string]bool{}
	for _, c := range cites {
		if c.Key != "" {
			now[c.Key] = true
		}
	}
	var had []string
	if !isNew {
		var err error
		if had, err = store.Column[string](t.Rows("select key from cite where bulletin = $1", num)); err != nil {
			return err
		}
	}
	for _, key := range had {
		if now[key] {
			delete(now, key) // it stays
		} else if err := t.forget(key, num); err != nil {
			return err
		}
	}
	return each(slices.Sorted(maps.Keys(now)), func(key string) error { return t.mention(key, num) })
}

// mention notes that a bulletin names a document.
func (t *tx) mention(key string, num int64) error {
	s := bulletin.StemOf(key)
	if err := t.Exec("insert into cite (stem, key, bulletin) values ($1, $2, $3) on conflict do nothing", s, key, num); err != nil || s == key {
		return err
	}
	n, err := t.Count("update document set mentions = mentions + 1 where stem = $1 and key = $2", s, key)
	if err != nil || n > 0 {
		return err
	}
	return cmp.Or(t.remember(s), t.Exec("insert into document (stem, key, mentions) values ($1, $2, 1)", s, key))
}

// forget takes a mention back.
func (t *tx) forget(key string, num int64) error {
	s := bulletin.StemOf(key)
	if err := t.Exec("delete from cite where stem = $1 and key = $2 and bulletin = $3", s, key, num); err != nil || s == key {
		return err
	}
	var left int
	err := t.Row("update document set mentions = mentions - 1 where stem = $1 and key = $2 returning mentions", []any{s, key}, &left)
	if err != nil || left > 0 {
		return err
	}
	return cmp.Or(t.remember(s), t.Exec("delete from document where stem = $1 and key = $2", s, key))
}

// remember keeps the documents of a stem that were known before this
// transaction.
func (t *tx) remember(stem string) error {
	if _, ok := t.known[stem]; ok {
		return nil
	}
	known, err := t.knownDocuments(stem)
	t.known[stem] = known
	return err
}

// citeAgain passes the bulletins through the feed whose citations mean another
// document now than before this transaction.
func (t *tx) citeAgain() error {
	for s, before := range t.known {
		after, err := t.knownDocuments(s)
		if err != nil {
			return err
		}
		if slices.Equal(before, after) {
			continue
		}
		if err := t.citeStemAgain(s, before, after); err != nil {
			return err
		}
	}
	return nil
}

// citeStemAgain looks at the mentions of one stem, a thousand at a time.
func (t *tx) citeStemAgain(stem string, before, after []string) error {
	const query = `select c.key, c.bulletin, b.published from cite c join bulletin b on b.num = c.bulletin
		where c.stem = $1 and (c.key > $2 or c.key = $2 and c.bulletin > $3) order by c.key, c.bulletin limit 1000`
	var key string
	var num int64
	var published time.Time
	for {
		n := 0
		var again []int64
		err := t.Rows(query, stem, key, num).Each(func() {
			n++
			c := bulletin.Citation{Key: key}
			if cite.Resolve(c, published, before).Key != cite.Resolve(c, published, after).Key {
				again = append(again, num)
			}
		}, &key, &num, when(&published))
		if err != nil || n == 0 {
			return err
		}
		if err := each(again, t.touch); err != nil {
			return err
		}
	}
}
