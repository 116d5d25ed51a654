package archive

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bantin/analyzers/sketch"
	"bantin/bulletin"

	"github.com/google/go-cmp/cmp"
)

// edited is a text with one word in twenty replaced.
func edited(r *rand.Rand, text string) string {
	words := strings.Fields(text)
	for range len(words) / 20 {
		words[r.IntN(len(words))] = syllables[r.IntN(len(syllables))]
	}
	return strings.Join(words, " ")
}

// groupsOf are the groups of all bulletins by id.
func groupsOf(t *testing.T, a *Archive) map[string]string {
	t.Helper()
	g := map[string]string{}
	for c, err := range a.Bulletins(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		g[c.ID] = c.Group
	}
	return g
}

// withdraw takes bulletins out and finds the groups anew.
func withdraw(t *testing.T, a *Archive, ids ...string) {
	t.Helper()
	if err := errors.Join(a.Withdraw(t.Context(), ids...), a.Settle(t.Context())); err != nil {
		t.Fatal(err)
	}
}

func TestGroupFollowsItsMembers(t *testing.T) {
	a := open(t)
	r := rand.New(rand.NewPCG(5, 6))
	text := prose(r, 200)
	b := func(id, body string) bulletin.Bulletin { return bulletin.Bulletin{ID: id, Title: id, Body: body} }
	put(t, a, b("copy", edited(r, text)), b("original", text), b("other", prose(r, 200)))
	g := groupsOf(t, a)
	if g["copy"] != g["original"] || g["other"] != "other" {
		t.Fatal(g)
	}
	last, err := a.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put(t, a, b("third", edited(r, text)))
	if g = groupsOf(t, a); g["third"] != g["copy"] {
		t.Fatal(g)
	}
	if cs := changesPast(t, a, last); len(cs) > 3 {
		t.Errorf("a third member passed %d bulletins on", len(cs))
	}
	put(t, a, b("third", prose(r, 200)))
	if g = groupsOf(t, a); g["third"] != "third" || g["copy"] != g["original"] {
		t.Errorf("after the third changed its text: %v", g)
	}
	withdraw(t, a, "original")
	if g = groupsOf(t, a); g["copy"] != "copy" {
		t.Errorf("after the other was withdrawn: %v", g)
	}
}

// linked are the groups that the texts of an archive should form, found by
// the definition: every bucket in order, every pair of neighbours compared.
func linked(bodies map[string]string) map[string]string {
	texts := map[int64]text{}
	members := map[int64][]string{}
	for id, body := range bodies {
		if x := textOf(&bulletin.Bulletin{Title: "Giao ban", Body: body}); x.num != 0 {
			texts[x.num] = x
			members[x.num] = append(members[x.num], id)
		}
	}
	group := map[int64]int64{}
	var root func(int64) int64
	root = func(n int64) int64 {
		if group[n] == 0 || group[n] == n {
			return n
		}
		return root(group[n])
	}
	table := map[int64][]int64{}
	for _, n := range slices.Sorted(maps.Keys(texts)) {
		for band, hash := range texts[n].sketch.Bands {
			key := int64(band)<<32 | int64(hash)
			table[key] = append(table[key], n)
		}
	}
	for _, bucket := range table {
		for i, one := range bucket {
			for _, other := range bucket[i+1 : min(i+1+neighbours, len(bucket))] {
				if texts[one].sketch.Like(texts[other].sketch) {
					a, b := root(one), root(other)
					group[max(a, b)] = min(a, b)
				}
			}
		}
	}
	names := map[string]string{}
	for id := range bodies {
		names[id] = id
	}
	for n, ids := range members {
		for _, id := range ids {
			names[id] = slices.Min(members[root(n)])
		}
	}
	return names
}

// TestGroupsAreByDefinition fills an archive with texts of a few templates,
// so many that most pairs of a bucket are no neighbours, changes and withdraws
// some at random, and compares the groups with those of the definition. Some
// of the texts are alike only by way of others, so that groups fall apart.
func TestGroupsAreByDefinition(t *testing.T) {
	checked, parted := 0, 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 9))
		a := open(t)
		var templates []string
		for range 3 {
			templates = append(templates, prose(r, 120))
		}
		bodies := map[string]string{}
		biggest := 0
		for range 12 {
			var batch []bulletin.Bulletin
			for range 25 {
				id := fmt.Sprintf("b%03d", r.IntN(150))
				words := strings.Fields(templates[r.IntN(len(templates))])
				from := r.IntN(len(words) / 2)
				body := strings.Join(words[from:from+len(words)/2], " ") // windows of a template form chains
				for range r.IntN(4) {
					body = edited(r, body)
				}
				if b := (bulletin.Bulletin{ID: id, Title: "Giao ban", Body: body}); bodies[id] != "gone" {
					bodies[id] = body
					batch = append(batch, b)
				}
			}
			put(t, a, batch...)
			for range 5 {
				if id := fmt.Sprintf("b%03d", r.IntN(150)); bodies[id] != "" && bodies[id] != "gone" {
					bodies[id] = "gone"
					withdraw(t, a, id)
				}
			}
			there := maps.Clone(bodies)
			maps.DeleteFunc(there, func(_, body string) bool { return body == "gone" })
			want := linked(there)
			if d := cmp.Diff(want, groupsOf(t, a)); d != "" {
				t.Fatalf("seed %d: %s", seed, d)
			}
			checked += len(want)
			sizes := map[string]int{}
			for _, g := range want {
				sizes[g]++
			}
			if now := slices.Max(slices.Collect(maps.Values(sizes))); now < biggest {
				parted++
			} else {
				biggest = now
			}
		}
	}
	t.Logf("%d groups of bulletins compared; the largest group shrank %d times", checked, parted)
	if parted == 0 {
		t.Error("no group ever fell apart")
	}
}

// TestOneTemplateIsLinear counts the rows that the variants of one agenda
// leave, and what a save beside them waits for: neither depends on how many
// variants there are.
func TestOneTemplateIsLinear(t *testing.T) {
	a := open(t)
	r := rand.New(rand.NewPCG(8, 8))
	agenda := prose(r, 300)
	var batch []bulletin.Bulletin
	for i := range 1500 {
		batch = append(batch, bulletin.Bulletin{ID: fmt.Sprint(i), Title: "Giao ban", Body: edited(r, agenda)})
	}
	put(t, a, batch...)
	rows := 0
	for _, table := range []string{"text", "sketch", "band", "pending", "regroup"} {
		var n int
		if err := a.store.Row(t.Context(), "select count(*) from "+table, nil, &n); err != nil {
			t.Fatal(err)
		}
		rows += n
	}
	if most := len(batch) * (2 + sketch.Bands); rows > most {
		t.Errorf("%d texts of one template left %d rows, want at most %d", len(batch), rows, most)
	}
	last, err := a.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if most := int64(3 * len(batch)); last > most {
		t.Errorf("the feed moved %d times for %d texts", last, len(batch))
	}
	distinct := map[string]bool{}
	for _, g := range groupsOf(t, a) {
		distinct[g] = true
	}
	if len(distinct) != 1 {
		t.Errorf("%d groups of one agenda", len(distinct))
	}
	put(t, a, bulletin.Bulletin{ID: "another", Title: "Giao ban", Body: prose(r, 300)})
	if now, err := a.Last(t.Context()); err != nil || now != last+1 {
		t.Errorf("an unlike text moved the feed by %d, %v", now-last, err)
	}
}

// TestGroupsSurviveTheirFinder: what one process left in the queue, the next
// finishes; and while another has the right to group, Settle waits for it.
func TestGroupsSurviveTheirFinder(t *testing.T) {
	path := place(t, "archive.db")
	a := openAt(t, path)
	right, err := a.store.Exclusive(t.Context(), "groups")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 8))
	text := prose(r, 100)
	for _, id := range []string{"1", "2"} {
		if _, err := a.Import(t.Context(), bulletin.Bulletin{ID: id, Title: "Giao ban", Body: edited(r, text)}); err != nil {
			t.Fatal(err)
		}
	}
	if g := groupsOf(t, a); g["1"] == g["2"] {
		t.Fatal("grouped although another has the right to")
	}
	b := openAt(t, path)
	settled := make(chan error, 1)
	go func() { settled <- b.Settle(t.Context()) }()
	if err := right.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-settled; err != nil {
		t.Fatal(err)
	}
	if g := groupsOf(t, b); g["1"] != g["2"] {
		t.Error(g)
	}
}

func TestShortTextsGroupByTitleToo(t *testing.T) {
	a := open(t)
	see := "Xem tệp đính kèm."
	put(t, a, bulletin.Bulletin{ID: "1", Title: "Giao ban quý I", Body: see}, bulletin.Bulletin{ID: "2", Title: "Giao ban quý II", Body: see},
		bulletin.Bulletin{ID: "3"}, bulletin.Bulletin{ID: "4"})
	for id, g := range groupsOf(t, a) {
		if id != g {
			t.Errorf("%s stands in the group of %s", id, g)
		}
	}
}

// history is a set of bulletins, some of which change later.
func history(r *rand.Rand) (first, then []bulletin.Bulletin) {
	var texts []string
	for range 5 {
		texts = append(texts, prose(r, 120))
	}
	make := func(i int) bulletin.Bulletin {
		body := texts[r.IntN(len(texts))]
		if r.IntN(3) > 0 {
			body = edited(r, body)
		}
		b := bulletin.Bulletin{ID: fmt.Sprintf("b%02d", i), Title: "Giao ban", Body: body, Published: start.AddDate(0, -r.IntN(60), 0)}
		for range 2 {
			dates := []string{"", "", fmt.Sprintf("~20%d-05-30", 15+r.IntN(6)), fmt.Sprintf("~20%d", 15+r.IntN(6)), "~khoa-xii"}
			key := fmt.Sprintf("%d-ct-tw%s", r.IntN(3), dates[r.IntN(len(dates))])
			b.Cites = append(b.Cites, bulletin.Citation{Key: key, Label: key})
		}
		return b
	}
	for i := range 30 {
		first = append(first, make(i))
	}
	for _, i := range r.Perm(30)[:12] {
		then = append(then, make(i))
	}
	return first, then
}

// TestOrderDoesNotMatter fills archives with the same bulletins in different
// orders and batches, through changes of some: the same groups and the same
// meanings of undated citations must come out, and a reader of the feed must
// have met them.
func TestOrderDoesNotMatter(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 1))
		first, then := history(r)
		var want map[string]bulletin.Change
		for range 4 {
			a := open(t)
			seen := map[string]bulletin.Change{}
			var last int64
			for _, round := range [][]bulletin.Bulletin{first, then} {
				order := r.Perm(len(round))
				for len(order) > 0 {
					n := min(1+r.IntN(8), len(order))
					var batch []bulletin.Bulletin
					for _, i := range order[:n] {
						batch = append(batch, round[i])
					}
					order = order[n:]
					put(t, a, batch...)
					for _, c := range changesPast(t, a, last) {
						last, c.Seq = c.Seq, 0
						seen[c.ID] = c
					}
				}
			}
			if want == nil {
				want = seen
			}
			if d := cmp.Diff(want, seen); d != "" {
				t.Fatalf("seed %d: another order gave another state:\n%s", seed, d)
			}
			for c, err := range a.Bulletins(t.Context(), Filter{}) {
				c.Seq = 0
				if d := cmp.Diff(c, seen[c.ID]); err != nil || d != "" {
					t.Fatalf("seed %d: the reader missed a change of %s: %v\n%s", seed, c.ID, err, d)
				}
			}
		}
		grouped := 0
		for id, c := range want {
			if c.Group != id {
				grouped++
			}
		}
		if grouped < 5 {
			t.Errorf("seed %d: only %d bulletins in groups of others", seed, grouped)
		}
	}
}
