package archive

import (
	"cmp"
	"database/sql"
	"slices"
)

// meet puts two texts that became neighbours into one group when they are
// alike; those that are in one are not compared.
func (g *grouping) meet(one, other int64) error {
	a, err := g.group(one)
	if err != nil {
		return err
	}
	b, err := g.group(other)
	if err != nil || a == b {
		return err
	}
	like, err := g.alike(one, other)
	if err != nil || !like {
		return err
	}
	g.into[max(a, b)] = min(a, b)
	return g.rename(max(a, b), min(a, b))
}

// rename gives the texts of a group another number and queues their bulletins.
// The number of a group is the smallest of its texts', so that of two groups
// the one that keeps its number is mostly the larger.
func (g *grouping) rename(old, group int64) error {
	return cmp.Or(
		g.Exec(`insert into regroup (bulletin) select b.num from text t join bulletin b on b.text = t.num
			where t.grp = $1 on conflict do nothing`, old),
		g.Exec("update text set grp = $1 where grp = $2", group, old),
	)
}

// renumber gives a group the number of its smallest text; a group without
// texts is none.
func (g *grouping) renumber(old int64) error {
	var first sql.NullInt64
	if err := g.Row("select min(num) from text where grp = $1", []any{old}, &first); err != nil {
		return err
	}
	if !first.Valid || first.Int64 == old {
		return nil
	}
	g.forgetGroups()
	return g.rename(old, first.Int64)
}

// search is a walk from one text over all links.
type search struct {
	seen []int64 // in the order met, those from next on not yet looked around
	next int
}

func (s *search) done() bool { return s.next == len(s.seen) }

// reconnect looks whether texts of one group are still linked by way of
// others, and gives every part that is not a group of its own. The walks from
// all of them go on in turn, the smallest first, until they have met or all
// but one have ended, so that cutting off few texts costs little in a large
// group.
func (g *grouping) reconnect(ends ...int64) error {
	owner := map[int64]*search{}
	var walks, parts []*search
	for _, end := range ends {
		if owner[end] == nil {
			owner[end] = &search{seen: []int64{end}}
			walks = append(walks, owner[end])
		}
	}
	for len(walks) > 1 {
		at := 0
		for i, s := range walks {
			if len(s.seen) < len(walks[at].seen) {
				at = i
			}
		}
		s := walks[at]
		if s.done() {
			parts = append(parts, s)
			walks = slices.Delete(walks, at, at+1)
			continue
		}
		near, err := g.near(s.seen[s.next])
		if err != nil {
			return err
		}
		s.next++
		for _, num := range near {
			switch o := owner[num]; {
			case o == nil:
				owner[num] = s
				s.seen = append(s.seen, num)
			case o != s:
				s = s.absorb(o, owner)
				walks = slices.DeleteFunc(walks, func(w *search) bool { return w == o })
			}
		}
	}
	return each(parts, func(part *search) error { return g.cutOff(part.seen) })
}

// absorb joins two walks that met.
func (s *search) absorb(o *search, owner map[int64]*search) *search {
	for _, num := range o.seen {
		owner[num] = s
	}
	seen := slices.Concat(s.seen[:s.next], o.seen[:o.next], s.seen[s.next:], o.seen[o.next:])
	s.seen, s.next = seen, s.next+o.next
	return s
}

// cutOff makes texts that are linked with no others of their group one of
// their own.
func (g *grouping) cutOff(texts []int64) error {
	const none = 0 // no text has this number
	old, err := g.group(texts[0])
	if err != nil {
		return err
	}
	g.forgetGroups()
	return cmp.Or(
		each(texts, func(num int64) error { return g.Exec("update text set grp = $1 where num = $2", none, num) }),
		g.renumber(old),
		g.rename(none, slices.Min(texts)),
	)
}
