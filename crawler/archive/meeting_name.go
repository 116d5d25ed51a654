package archive

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"bantin/bulletin"
	"bantin/crawler/archive/meeting"
	"bantin/crawler/archive/store"
)

// called is a row of the table of meetings.
type called struct {
	key, plain, first, id string
	sure                  bool
}

// name describes the meetings whose reports changed and gives those their ids
// that are called as one of them is or was.
func (m *meetings) name() error {
	plains := map[string]bool{}
	return cmp.Or(
		each(slices.Sorted(maps.Keys(m.changed)), func(key string) error { return m.describe(key, plains) }),
		each(slices.Sorted(maps.Keys(plains)), m.tellApart),
	)
}

// describe writes the row of a meeting, or removes it when nobody reports it,
// and notes what it was and is called where that may call for another id.
func (m *meetings) describe(key string, plains map[string]bool) error {
	var was called
	var told []byte
	err := m.Row("select plain, first, sure = 1, tellers from meeting where key = $1", []any{key}, &was.plain, &was.first, &was.sure, &told)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	tellers, err := m.tellers(key, told)
	if err != nil {
		return err
	}
	if len(tellers) == 0 {
		plains[was.plain] = true
		return m.Exec("delete from meeting where key = $1", key)
	}
	tell, err := json.Marshal(tellers)
	if err != nil || bytes.Equal(told, tell) {
		return err
	}
	now := bulletin.MeetingOf(tellers)
	if was.plain != now.ID || was.first != now.Members[0] || was.sure != now.Sure() {
		plains[was.plain], plains[now.ID] = true, true
	}
	return m.Exec(`insert into meeting (key, plain, sure, first, tellers, id) values ($1, $2, $3, $4, $5, '')
		on conflict (key) do update set plain = excluded.plain, sure = excluded.sure, first = excluded.first, tellers = excluded.tellers`,
		key, now.ID, number(now.Sure()), now.Members[0], string(tell))
}

// tellers are the reports that say what a meeting is, none when nobody reports it
// any more. All are read only when one of those told before has left.
func (m *meetings) tellers(key string, told []byte) (tellers []bulletin.Report, err error) {
	if len(told) > 0 {
		err = json.Unmarshal(told, &tellers)
	}
	c := m.changed[key]
	if err == nil && slices.ContainsFunc(tellers, func(r bulletin.Report) bool { return c.left[r.ID] }) {
		var rs []report
		rs, err = m.reports("meeting = $1", key)
		tellers = tellers[:0]
		for _, r := range rs {
			tellers = append(tellers, r.Report)
		}
	} else {
		tellers = slices.AppendSeq(tellers, maps.Values(c.came))
	}
	return bulletin.Tellers(tellers), err
}

// tellApart gives the meetings that are called alike their ids.
func (m *meetings) tellApart(plain string) error {
	all, err := store.List(m.Rows("select key, first, sure = 1, id from meeting where plain = $1", plain),
		func(c *called) []any { return []any{&c.key, &c.first, &c.sure, &c.id} })
	if err != nil || len(all) == 0 {
		return err
	}
	slices.SortFunc(all, func(a, b called) int { return cmp.Compare(a.first, b.first) })
	first := make([]string, len(all))
	for i, c := range all {
		first[i] = c.first
	}
	for i, id := range meeting.IDs(plain, all[0].sure, first) {
		if all[i].id == id {
			continue
		}
		err = cmp.Or(
			err,
			m.Exec("update meeting set id = $1 where key = $2", id, all[i].key),
			m.Exec("insert into renamed (bulletin) select bulletin from report where meeting = $1 on conflict do nothing", all[i].key),
		)
	}
	return err
}

// renameStep passes a few bulletins through the feed, those whose meeting is
// another or called otherwise now, and returns at how many it looked.
func (a *Archive) renameStep(ctx context.Context) (n int, err error) {
	err = a.update(ctx, func(t *tx) error {
		type member struct {
			num       int64
			was, now  sql.NullString
			withdrawn bool
		}
		members, err := store.List(t.Rows(`select b.num, b.meeting, m.id, b.withdrawn <> 0 from (select bulletin from renamed order by bulletin limit $1) as r
			join bulletin b on b.num = r.bulletin left join report s on s.bulletin = b.num left join meeting m on m.key = s.meeting`, regroupStep),
			func(m *member) []any { return []any{&m.num, &m.was, &m.now, &m.withdrawn} })
		n = len(members)
		return cmp.Or(err, each(members, func(m member) error {
			err := t.Exec("delete from renamed where bulletin = $1", m.num)
			if m.was != m.now {
				err = cmp.Or(err, t.rename(m.num, m.was, m.now, !m.withdrawn))
			}
			return err
		}))
	})
	return n, err
}

// rename writes the id of a bulletin's meeting and remembers the one it had.
func (t *tx) rename(num int64, was, now sql.NullString, tell bool) error {
	if was.Valid {
		if err := t.Exec("insert into former (id, bulletin) values ($1, $2) on conflict do nothing", was, num); err != nil {
			return err
		}
	}
	if err := t.Exec("update bulletin set meeting = $1 where num = $2", now, num); err != nil || !tell {
		return err
	}
	return t.touch(num)
}
