package archive

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

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

// groups are the groups of all bulletins by id.
func groups(t *testing.T, a *Archive) map[string]string {
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

func TestGroupFollowsItsMembers(t *testing.T) {
	a := open(t)
	r := rand.New(rand.NewPCG(5, 6))
	text := prose(r, 200)
	b := func(id, body string, day int) bulletin.Bulletin {
		return bulletin.Bulletin{ID: id, Title: id, Body: body, Published: start.AddDate(0, 0, day)}
	}
	put(t, a, b("copy", edited(r, text), 2), b("original", text, 1), b("other", prose(r, 200), 0))
	want := map[string]string{"copy": "original", "original": "original", "other": "other"}
	if d := cmp.Diff(want, groups(t, a)); d != "" {
		t.Fatal(d)
	}
	last, err := a.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put(t, a, b("first", edited(r, text), 0))
	if cs := changesPast(t, a, last); len(cs) != 3 || cs[2].Group != "first" {
		t.Errorf("an earlier member passed %d bulletins on: %+v", len(cs), cs)
	}
	put(t, a, b("first", prose(r, 200), 0))
	want["first"] = "first"
	if d := cmp.Diff(want, groups(t, a)); d != "" {
		t.Errorf("after the leader changed its text: %s", d)
	}
	if err := a.Withdraw(t.Context(), "original"); err != nil {
		t.Fatal(err)
	}
	if g := groups(t, a); g["copy"] != "copy" {
		t.Errorf("after the leader was withdrawn: %v", g)
	}
}

func TestShortTextsGroupByTitleToo(t *testing.T) {
	a := open(t)
	see := "Xem tệp đính kèm."
	put(t, a, bulletin.Bulletin{ID: "1", Title: "Giao ban quý I", Body: see}, bulletin.Bulletin{ID: "2", Title: "Giao ban quý II", Body: see},
		bulletin.Bulletin{ID: "3"}, bulletin.Bulletin{ID: "4"})
	for id, g := range groups(t, a) {
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
