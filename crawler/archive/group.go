package archive

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
)

// near are the texts similar to one.
func (t *tx) near(text int64) (texts []int64, err error) {
	var other int64
	err = t.rows("select other from likeness where one = $1", []any{text}, func() error {
		texts = append(texts, other)
		return nil
	}, &other)
	return texts, err
}

// groupAgain finds the groups of the texts that changed and passes the
// bulletins through the feed whose group is another now.
func (t *tx) groupAgain() error {
	done := map[int64]bool{}
	for text := range t.regroup {
		if done[text] {
			continue
		}
		texts, err := t.component(text, done)
		if err != nil {
			return err
		}
		if err := t.lead(texts); err != nil {
			return err
		}
	}
	return nil
}

// component walks from a text over all likenesses.
func (t *tx) component(text int64, done map[int64]bool) ([]int64, error) {
	done[text] = true
	texts := []int64{text}
	for i := 0; i < len(texts); i++ {
		near, err := t.near(texts[i])
		if err != nil {
			return nil, err
		}
		for _, n := range near {
			if !done[n] {
				done[n] = true
				texts = append(texts, n)
			}
		}
	}
	return texts, nil
}

// member is a bulletin of a group.
type member struct {
	num       int64
	id        string
	published sql.NullInt64
	leader    sql.NullInt64
}

// lead names the leader of the bulletins that have the texts: the one
// published first, of several the one with the smallest id.
func (t *tx) lead(texts []int64) error {
	var members []member
	for _, text := range texts {
		var m member
		err := t.rows("select num, id, published, leader from bulletin where text = $1", []any{text}, func() error {
			members = append(members, m)
			return nil
		}, &m.num, &m.id, &m.published, &m.leader)
		if err != nil {
			return err
		}
	}
	if len(members) == 0 {
		return nil
	}
	first := slices.MinFunc(members, earlier)
	for _, m := range members {
		leader := sql.NullInt64{Int64: first.num, Valid: m.num != first.num}
		if !leader.Valid {
			leader.Int64 = 0
		}
		if leader == m.leader {
			continue
		}
		if err := t.exec("update bulletin set leader = $1 where num = $2", leader, m.num); err != nil {
			return err
		}
		if err := t.touch(m.num); err != nil {
			return err
		}
	}
	return nil
}

// earlier orders members by publication, those without a date last, then id.
func earlier(a, b member) int {
	switch {
	case a.published.Valid != b.published.Valid && a.published.Valid:
		return -1
	case a.published.Valid != b.published.Valid:
		return 1
	}
	return cmp.Or(cmp.Compare(a.published.Int64, b.published.Int64), strings.Compare(a.id, b.id))
}
