package archive

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bantin/analyzers/sketch"
	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Near-duplicates are texts that stand near each other in a bucket of a band
// and are alike. Each bucket is ordered by the digests of its texts, and a
// text is compared with its neighbours there alone, so that a text costs the
// same however many share its template. Which texts are linked, and so which
// groups they form, follows from the texts that the archive holds alone, in
// whatever order they came and went.

// neighbours is how far apart in a bucket two texts may stand to be compared.
const neighbours = 2

// titleBelow is the length in words below which a body says too little by
// itself ("see the attached file") to be compared without its title.
const titleBelow = 30

// compared is the text by which a bulletin is compared with others.
func compared(b *bulletin.Bulletin) string {
	n := 0
	for range strings.FieldsSeq(b.Body) {
		if n++; n >= titleBelow {
			return b.Body
		}
	}
	return b.Title + "\n\n" + b.Body
}

// text is a text with what it is compared by.
type text struct {
	num     int64
	sketch  *sketch.Sketch
	reports bool // a meeting
}

// textOf is the text of a bulletin; its num is 0 when it is too short to be
// compared.
func textOf(b *bulletin.Bulletin) (t text) {
	_, t.reports = bulletin.ReportOf(b)
	s := compared(b)
	of := sketch.Of(s)
	if of.Empty() {
		return t
	}
	sum := sha256.Sum256([]byte(s))
	t.num, t.sketch = int64(max(binary.BigEndian.Uint64(sum[:])>>1, 1)), &of
	return t
}

// maxSketches bounds the sketches that a grouping keeps in memory.
const maxSketches = 8192

// grouping finds groups; its memory is true as long as its holder is the only
// one who groups, and is to be cleared when a transaction fails.
type grouping struct {
	*tx
	sketches map[int64]*sketch.Sketch
	groups   map[int64]int64 // of texts, as they were read
	into     map[int64]int64 // groups that were put into others since
	crowded  bool            // the buckets of the last text had many rows
}

func newGrouping() *grouping {
	return &grouping{sketches: map[int64]*sketch.Sketch{}, groups: map[int64]int64{}, into: map[int64]int64{}}
}

func (g *grouping) forget() {
	clear(g.sketches)
	g.forgetGroups()
}

func (g *grouping) forgetGroups() {
	clear(g.groups)
	clear(g.into)
}

// sketch reads the sketch of a text.
func (g *grouping) sketch(num int64) (*sketch.Sketch, error) {
	if s, ok := g.sketches[num]; ok {
		return s, nil
	}
	var body []byte
	if err := g.Row("select body from sketch where text = $1", []any{num}, &body); err != nil {
		return nil, err
	}
	s := new(sketch.Sketch)
	if err := s.UnmarshalBinary(body); err != nil {
		return nil, err
	}
	g.keep(num, s)
	return s, nil
}

func (g *grouping) keep(num int64, s *sketch.Sketch) {
	for old := range g.sketches {
		if len(g.sketches) < maxSketches {
			break
		}
		delete(g.sketches, old) // any one
	}
	g.sketches[num] = s
}

// alike compares two texts by their sketches.
func (g *grouping) alike(one, other int64) (bool, error) {
	a, err := g.sketch(one)
	if err != nil {
		return false, err
	}
	b, err := g.sketch(other)
	if err != nil {
		return false, err
	}
	return a.Like(b), nil
}

// move gives a bulletin the text that it has now, or none.
func (g *grouping) move(num int64, now text) error {
	var old, leader sql.NullInt64
	if err := g.Row("select text, leader from bulletin where num = $1", []any{num}, &old, &leader); err != nil {
		return err
	}
	if old.Int64 == now.num {
		return nil
	}
	if old.Valid {
		if err := g.named(old.Int64, num); err != nil {
			return err
		}
	}
	text := sql.NullInt64{Int64: now.num, Valid: now.num != 0}
	err := g.Exec("update bulletin set text = $1 where num = $2", text, num)
	if old.Valid {
		err = cmp.Or(err, g.left(old.Int64))
	}
	if leader.Valid {
		err = cmp.Or(err, g.regroup(num))
	}
	if text.Valid {
		err = cmp.Or(err, g.joined(now, num))
	}
	return err
}

// named queues the group that a bulletin gives its name to.
func (g *grouping) named(text, num int64) error {
	return g.Exec(`insert into regroup (bulletin) select b.num from text t join bulletin b on b.text = t.num
		where t.grp = $1 and $2 = (select l.num from bulletin l where l.text = $1 order by l.id limit 1)
		on conflict do nothing`, text, num)
}

// left takes a text out of the buckets that no bulletin has any more.
func (g *grouping) left(text int64) error {
	var others int
	err := g.Row("select count(*) from (select 1 from bulletin where text = $1 limit 1) as other", []any{text}, &others)
	if err != nil || others > 0 {
		return err
	}
	return g.unlink(text)
}

// joined enters the text of a bulletin unless it is there.
func (g *grouping) joined(now text, num int64) error {
	n, err := g.Count("insert into text (num, grp) values ($1, $1) on conflict do nothing", now.num)
	if err != nil {
		return err
	}
	if n > 0 {
		g.groups[now.num] = now.num
		return g.link(now)
	}
	// The new bulletin may be the one that names the group now.
	return cmp.Or(g.regroup(num), g.named(now.num, num))
}

// regroup queues a bulletin whose group may be another.
func (g *grouping) regroup(num int64) error {
	return g.Exec("insert into regroup (bulletin) values ($1) on conflict do nothing", num)
}

// beside is the neighbourhood of a text in one bucket, nearest first.
type beside struct{ before, after []int64 }

// pairs calls f with the texts that are neighbours exactly when the text
// between them is not there.
func (b beside) pairs(f func(one, other int64) error) error {
	for i, one := range b.before {
		if j := neighbours - 1 - i; j < len(b.after) {
			if err := f(one, b.after[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// around reads the neighbourhood of a text in all its buckets.
func (g *grouping) around(num int64, s *sketch.Sketch) (all [sketch.Bands]beside, err error) {
	args := bandArgs(num, s)
	n := 0
	var key, other int64
	add := func() {
		n++
		if b := &all[key>>32]; other < num {
			b.before = append(b.before, other)
		} else {
			b.after = append(b.after, other)
		}
	}
	if !g.crowded {
		err = g.Rows(allQuery, args...).Each(add, &key, &other)
		g.crowded = n == maxRows
	}
	if err == nil && g.crowded {
		n, all = 0, [sketch.Bands]beside{}
		err = g.Rows(aroundQuery, args...).Each(add, &key, &other)
		g.crowded = n >= maxRows/2
	}
	for i := range all {
		all[i].cut()
	}
	return all, err
}

// cut puts the nearest first and leaves out who is farther than neighbours are.
func (b *beside) cut() {
	slices.Sort(b.before)
	slices.Reverse(b.before)
	slices.Sort(b.after)
	b.before = b.before[:min(len(b.before), neighbours)]
	b.after = b.after[:min(len(b.after), neighbours)]
}

// maxRows is how many rows the buckets of a text have together when they are
// no longer read whole, which is quicker for the few of most texts.
const maxRows = 64

// allQuery reads buckets whole; $1 is the text, the others are their keys.
var allQuery = "select hash, text from band where text <> $1 and hash in (" + bandMarks + ") limit " + strconv.Itoa(maxRows)

// aroundQuery reads the neighbours in all buckets: $1 is the text, the others their keys.
var aroundQuery = func() string {
	var parts []string
	for i := range sketch.Bands {
		key, limit := strconv.Itoa(i+2), strconv.Itoa(neighbours)
		for _, side := range []string{"< $1 order by text desc", "> $1 order by text"} {
			parts = append(parts, "select hash, text from (select hash, text from band where hash = $"+key+" and text "+side+" limit "+limit+") as b"+strconv.Itoa(len(parts)))
		}
	}
	return strings.Join(parts, " union all ")
}()

// Rows of the table of bands: $1 is the text, the others are keys.
var (
	bandMarks = store.Marks(2, sketch.Bands)
	bandRows  = "(" + strings.ReplaceAll(bandMarks, ", ", ", $1), (") + ", $1)"
)

// bandArgs are a text and its keys in the table of bands.
func bandArgs(num int64, s *sketch.Sketch) []any {
	args := []any{num}
	for i, h := range s.Bands {
		args = append(args, int64(i)<<32|int64(h))
	}
	return args
}

// link enters a new text. It joins the groups of the neighbours that are like
// it, and may part neighbours that it now stands between.
func (g *grouping) link(now text) error {
	body, err := now.sketch.AppendBinary(nil)
	if err != nil {
		return err
	}
	if err := g.Exec("insert into sketch (text, body) values ($1, $2)", now.num, body); err != nil {
		return err
	}
	g.keep(now.num, now.sketch)
	around, err := g.around(now.num, now.sketch)
	if err != nil {
		return err
	}
	return cmp.Or(
		g.InsertMany("insert into band (hash, text) values "+bandRows, bandArgs(now.num, now.sketch)...),
		each(met(around), func(other int64) error { return g.meet(now.num, other) }),
		g.partAll(around, now.num),
	)
}

// met are the texts of a neighbourhood, each once, in order.
func met(around [sketch.Bands]beside) []int64 {
	set := map[int64]bool{}
	for _, b := range around {
		for _, other := range slices.Concat(b.before, b.after) {
			set[other] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// partAll looks at the pairs that a new text parted.
func (g *grouping) partAll(around [sketch.Bands]beside, between int64) error {
	done := map[[2]int64]bool{}
	linked := map[int64]bool{} // with the new text
	for _, b := range around {
		err := b.pairs(func(one, other int64) (err error) {
			if done[[2]int64{one, other}] {
				return nil
			}
			done[[2]int64{one, other}] = true
			for _, end := range []int64{one, other} {
				if _, ok := linked[end]; !ok && err == nil {
					linked[end], err = g.alike(end, between)
				}
			}
			if err != nil || linked[one] && linked[other] {
				return err // they still belong together, by way of the new one
			}
			return g.part(one, other)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// part looks whether two texts still belong together that may have lost their
// link.
func (g *grouping) part(one, other int64) error {
	linked, err := g.alike(one, other)
	if err != nil || !linked {
		return err
	}
	return g.reconnect(one, other)
}

// unlink removes a text. Its neighbours may fall apart, and some become
// neighbours of each other.
func (g *grouping) unlink(num int64) error {
	s, err := g.sketch(num)
	if err != nil {
		return err
	}
	linked, err := g.near(num)
	if err != nil {
		return err
	}
	around, err := g.around(num, s)
	if err != nil {
		return err
	}
	if err := g.Exec("delete from band where text = $1 and hash in ("+bandMarks+")", bandArgs(num, s)...); err != nil {
		return err
	}
	delete(g.groups, num)
	if _, ok := g.into[num]; ok { // the number may come again
		g.forgetGroups()
	}
	var group int64
	if err := g.Row("delete from text where num = $1 returning grp", []any{num}, &group); err != nil {
		return err
	}
	err = cmp.Or(
		each(around[:], func(b beside) error { return b.pairs(g.meet) }),
		g.reconnect(linked...),
	)
	if group == num { // it gave the group its number
		err = cmp.Or(err, g.renumber(num))
	}
	delete(g.sketches, num)
	return cmp.Or(err, g.Exec("delete from sketch where text = $1", num))
}

// near are the texts linked with one.
func (g *grouping) near(num int64) (linked []int64, err error) {
	s, err := g.sketch(num)
	if err != nil {
		return nil, err
	}
	around, err := g.around(num, s)
	if err != nil {
		return nil, err
	}
	for _, other := range met(around) {
		like, err := g.alike(num, other)
		if err != nil {
			return nil, err
		}
		if like {
			linked = append(linked, other)
		}
	}
	return linked, nil
}

// group is the number of the group of a text.
func (g *grouping) group(num int64) (group int64, err error) {
	if group, ok := g.groups[num]; ok {
		for next, ok := g.into[group]; ok; next, ok = g.into[group] {
			group = next
		}
		g.groups[num] = group
		return group, nil
	}
	if err := g.Row("select grp from text where num = $1", []any{num}, &group); err != nil {
		return 0, fmt.Errorf("group of text %d: %w", num, err)
	}
	if len(g.groups) >= 16*maxSketches {
		g.forgetGroups()
	}
	g.groups[num] = group
	return group, nil
}
