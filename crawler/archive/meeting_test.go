package archive

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/meeting"

	"github.com/google/go-cmp/cmp"
)

// reporting is a random bulletin of few bodies, days and quarters, so that
// many report one meeting and some leave out who or when.
func reporting(r *rand.Rand, id string) bulletin.Bulletin {
	day := time.Date(2020, time.Month(1+r.IntN(4)), 1+r.IntN(3), 0, 0, 0, 0, bulletin.Zone)
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	b := bulletin.Bulletin{
		ID: id, Province: pick("tuyen-quang", "tuyen-quang", "ha-giang", ""),
		Kind: bulletin.Kind(pick("giao-ban", "giao-ban", "giao-ban", "so-ket", "khac")),
		Host: pick("mttq", "mttq", "ldld", "", ""), HostUnit: pick("", "", "", "", "xa-tan-trao.mttq"),
		EventDate:     pick(day.Format(time.DateOnly), day.Format(time.DateOnly), ""),
		Organizations: [][]string{{"mttq"}, {"mttq", "ldld"}, nil}[r.IntN(3)],
		Title:         "Giao ban công tác Mặt trận " + pick("quý I/2020", "quý II/2020", "tháng 3", "", ""),
		Lead:          pick("Ban Thường trực tổ chức hội nghị giao ban.", "Liên đoàn Lao động tỉnh họp, bàn việc chăm lo đoàn viên."),
	}
	b.Body = b.Lead + "\n\n" + prose(rand.New(rand.NewPCG(1, r.Uint64N(8))), 60) // eight texts: copies
	if r.IntN(4) > 0 {
		b.Period = bulletin.Period{Year: 2020, Quarter: 1 + r.IntN(2), Basis: []bulletin.Basis{bulletin.Stated, bulletin.Guessed}[r.IntN(2)]}
	}
	if r.IntN(3) > 0 {
		b.Published = day.AddDate(0, 0, r.IntN(60)-10)
	}
	return b
}

// meetingsOf are the meetings of all bulletins that report one, by bulletin,
// and what they are by definition.
func meetingsOf(t *testing.T, a *Archive) (got, want map[string]string) {
	t.Helper()
	got, want = map[string]string{}, map[string]string{}
	var all []meeting.Reported
	for c, err := range a.Bulletins(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, meeting.Reported{Bulletin: c.Bulletin, Group: c.Group})
		if c.Meeting != "" {
			got[c.ID] = c.Meeting
		}
	}
	for _, m := range meeting.All(all) {
		for _, id := range m.Members {
			want[id] = m.ID
		}
	}
	return got, want
}

// TestMeetingsAreByDefinition imports, changes and withdraws bulletins at
// random: the meetings are always those of the bulletins that are there, a
// reader of the feed knows them all, and every id that it met still answers.
func TestMeetingsAreByDefinition(t *testing.T) {
	compared, joined, renamed := 0, 0, 0
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 17))
		a := open(t)
		gone := map[string]bool{}
		seen := map[string]string{}   // by the reader of the feed
		former := map[string]string{} // meeting ids that it met, with a bulletin
		var last int64
		for range 14 {
			var batch []bulletin.Bulletin
			for range 1 + r.IntN(20) {
				if id := fmt.Sprintf("b%03d", r.IntN(150)); !gone[id] {
					batch = append(batch, reporting(r, id))
				}
			}
			put(t, a, batch...)
			for range r.IntN(4) {
				id := fmt.Sprintf("b%03d", r.IntN(150))
				if _, err := a.Bulletin(t.Context(), id); err == nil {
					gone[id] = true
					withdraw(t, a, id)
				}
			}
			got, want := meetingsOf(t, a)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d: %s", seed, d)
			}
			for _, c := range changesPast(t, a, last) {
				last = c.Seq
				delete(seen, c.ID)
				if c.Meeting != "" && c.Bulletin != nil {
					seen[c.ID] = c.Meeting
					former[c.Meeting] = c.ID
				}
			}
			if d := cmp.Diff(want, seen); d != "" {
				t.Fatalf("seed %d: the reader of the feed: %s", seed, d)
			}
			compared += len(want)
			joined += len(want) - len(slices.Compact(slices.Sorted(maps.Values(want))))
			for id, b := range former {
				now, err := a.Meeting(t.Context(), id)
				if want[b] == "" { // nobody is left who could say
					continue
				}
				if err != nil {
					t.Fatalf("seed %d: %s, which %s reported, answers %v", seed, id, b, err)
				}
				if now != id {
					renamed++
				}
			}
		}
	}
	t.Logf("%d reports compared, %d beside others; %d times an id led to another", compared, joined, renamed)
	if joined == 0 || renamed == 0 {
		t.Error("nothing was put together, or no id ever changed")
	}
}

func TestMeetingKeepsAnswering(t *testing.T) {
	a := open(t)
	b := bulletin.Bulletin{
		ID: "b", Kind: bulletin.GiaoBan, Province: "tuyen-quang", Organizations: []string{"mttq"}, EventDate: "2020-07-10",
		Title: "Giao ban quý II/2020", Body: "Sáng nay đã diễn ra hội nghị giao ban của khối.",
	}
	put(t, a, b)
	const alone, told = "tuyen-quang-giao-ban-2020-07-10", "tuyen-quang-mttq-giao-ban-2020-07-10"
	if c, err := a.Bulletin(t.Context(), "b"); err != nil || c.Meeting != alone {
		t.Fatalf("%q, %v", c.Meeting, err)
	}
	last, err := a.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	host := b
	host.ID, host.Host, host.Body = "h", "mttq", "Ủy ban Mặt trận Tổ quốc tỉnh chủ trì hội nghị với các tổ chức thành viên."
	put(t, a, host)
	for id, want := range map[string]string{alone: told, told: told} {
		if now, err := a.Meeting(t.Context(), id); err != nil || now != want {
			t.Errorf("%s answers %q, %v", id, now, err)
		}
	}
	if cs := changesPast(t, a, last); len(cs) != 2 {
		t.Errorf("%d bulletins passed through the feed, want the new one and the one that joined it", len(cs))
	}
	host.Lead = "Chiều 10/7."
	if last, err = a.Last(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, a, host)
	if now, err := a.Last(t.Context()); err != nil || now != last+1 {
		t.Errorf("a change that moves no meeting moved the feed by %d, %v", now-last, err)
	}
	withdraw(t, a, "h", "b")
	if now, err := a.Meeting(t.Context(), told); !errors.Is(err, ErrNotFound) {
		t.Errorf("a meeting that nobody reports any more: %q, %v", now, err)
	}
}

// TestMeetingsSurviveTheirFinder stops after every single step and goes on
// with the archive opened anew.
func TestMeetingsSurviveTheirFinder(t *testing.T) {
	path := place(t, "archive.db")
	r := rand.New(rand.NewPCG(3, 3))
	var batch []bulletin.Bulletin
	for i := range 300 {
		batch = append(batch, reporting(r, fmt.Sprintf("b%03d", i)))
	}
	first := openAt(t, path)
	right, err := first.store.Exclusive(t.Context(), "groups")
	if err != nil {
		t.Fatal(err)
	}
	defer right.Close()
	if _, err := first.Import(t.Context(), batch...); err != nil {
		t.Fatal(err)
	}
	steps := 0
	for {
		a := openAt(t, path)
		var n int
		for _, step := range []func() (int, error){
			func() (int, error) { return a.groupStep(t.Context(), newGrouping()) },
			func() (int, error) { return a.regroupStep(t.Context()) },
			func() (int, error) { return a.meetStep(t.Context(), new(meetings)) },
			func() (int, error) { return a.renameStep(t.Context()) },
		} {
			if n, err = step(); err != nil {
				t.Fatal(err)
			}
			if n > regroupStep {
				t.Errorf("one step looked at %d bulletins", n)
			}
			if n > 0 {
				break
			}
		}
		if steps++; n == 0 {
			break
		}
	}
	got, want := meetingsOf(t, first)
	if d := cmp.Diff(want, got); d != "" || len(want) < 100 {
		t.Errorf("%d reports after %d steps: %s", len(want), steps, d)
	}
	if steps < 5 {
		t.Errorf("all in %d steps", steps)
	}
}

// TestMeetingsAreLinear counts how often the feed moves for bulletins of one
// body and quarter that say no day, that say one and the same, or of which some
// fit several: it does not grow faster than their number, nor does the work
// (those of one day did not end).
func TestMeetingsAreLinear(t *testing.T) {
	for name, day := range map[string]func(i int) string{
		"no day": func(int) string { return "" }, "one day": func(int) string { return "2020-05-10" },
		"many days": func(i int) string { return fmt.Sprintf("2020-%02d-%02d", 4+i%3, 1+i%28) },
		"some say it": func(i int) string {
			if i%2 == 0 {
				return ""
			}
			return fmt.Sprintf("2020-%02d-%02d", 4+i%3, 1+i%28)
		},
	} {
		t.Run(name, func(t *testing.T) { testMeetingsAreLinear(t, day) })
	}
}

func testMeetingsAreLinear(t *testing.T, day func(i int) string) {
	a := open(t)
	r := rand.New(rand.NewPCG(4, 4))
	batch := make([]bulletin.Bulletin, 1200)
	for i := range batch {
		batch[i] = bulletin.Bulletin{
			ID: bulletin.NewID(fmt.Sprint(i)), Kind: bulletin.GiaoBan, Province: "tuyen-quang", Host: "mttq", EventDate: day(i),
			Period: bulletin.Period{Year: 2020, Quarter: 2, Basis: bulletin.Stated}, Title: "Giao ban", Body: prose(r, 40),
		}
	}
	for part := range slices.Chunk(batch, 100) {
		put(t, a, part...)
	}
	got, want := meetingsOf(t, a)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	last, err := a.Last(t.Context())
	if most := int64(3 * len(batch)); err != nil || last > most {
		t.Errorf("the feed moved %d times for %d bulletins, %v", last, len(batch), err)
	}
}
