package archive

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"

	"github.com/google/go-cmp/cmp"
)

func put(t *testing.T, a *Archive, bs ...bulletin.Bulletin) Saved {
	t.Helper()
	s, err := a.Import(t.Context(), bs...)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func changesPast(t *testing.T, a *Archive, after int64) []bulletin.Change {
	t.Helper()
	cs, err := a.Changes(t.Context(), after, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

// fetch saves a bulletin as read out of a page at its address.
func fetch(t *testing.T, a *Archive, at time.Time, url, body string, b ...bulletin.Bulletin) Saved {
	t.Helper()
	enqueue(t, a, Request{Site: "s", URL: url, Kind: Article, Again: true})
	c, _ := claim(t, a, at)
	if c == nil || c.URL != url {
		t.Fatalf("claimed %+v, want %s", c, url)
	}
	return save(t, a, Outcome{Claim: c, At: at, Status: 200, Page: &bulletin.Page{URL: url, Body: []byte(body), ContentType: "text/html"}, Bulletins: b, Pace: Pace{Next: at}})
}

func TestVersions(t *testing.T) {
	a := open(t)
	b := bulletin.Bulletin{ID: "x", URL: "http://h/x", Title: "Giao ban", Body: "một"}
	if s := fetch(t, a, start, b.URL, "page 1", b); s.New != 1 {
		t.Fatalf("first: %+v", s)
	}
	if s := fetch(t, a, start.Add(time.Hour), b.URL, "page 2", b); s.Unchanged != 1 {
		t.Fatalf("same text: %+v", s)
	}
	b.Body = "hai"
	if s := fetch(t, a, start.Add(2*time.Hour), b.URL, "page 3", b); s.Changed != 1 {
		t.Fatalf("changed text: %+v", s)
	}
	versions, err := a.Versions(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range versions {
		p, err := a.Original(t.Context(), "x", v.Number)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(v.Number, v.Bulletin.Body, v.Fetched.Format(" 15:04 "), string(p.Body)))
	}
	if d := cmp.Diff([]string{"1một 08:00 page 1", "2hai 10:00 page 3"}, got); d != "" {
		t.Error(d)
	}
	for _, id := range []string{"x", "y"} {
		if _, err := a.Original(t.Context(), id, 3); !errors.Is(err, ErrNotFound) {
			t.Errorf("version 3 of %s: %v", id, err)
		}
	}
}

func TestGone(t *testing.T) {
	a := open(t)
	b := bulletin.Bulletin{ID: "x", URL: "http://h/x", Title: "Giao ban"}
	fetch(t, a, start, "http://h/x", "page", b)
	fetch(t, a, start, "http://h/print/x", "print", b)
	goneAt := func(url string) bulletin.Change {
		enqueue(t, a, Request{Site: "s", URL: url, Again: true})
		c, _ := claim(t, a, start)
		save(t, a, Outcome{Claim: c, At: start, Status: 404, Gone: true, Pace: Pace{Next: start}})
		got, err := a.Bulletin(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if c := goneAt("http://h/print/x"); !c.Gone.IsZero() {
		t.Error("gone with one of two addresses")
	}
	before, err := a.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c := goneAt("http://h/x"); c.Gone.IsZero() || c.Bulletin == nil || c.Seq <= before {
		t.Errorf("both addresses gone: %+v", c)
	}
	fetch(t, a, start, "http://h/x", "page", b)
	if c, err := a.Bulletin(t.Context(), "x"); err != nil || !c.Gone.IsZero() {
		t.Errorf("back again: %+v, %v", c, err)
	}
}

func TestAttachmentTextJoinsItsBulletin(t *testing.T) {
	a := open(t)
	file := bulletin.Attachment{URL: "http://h/f.pdf", Name: "Báo cáo", MediaType: "application/pdf"}
	b := bulletin.Bulletin{ID: "x", URL: "http://h/x", Attachments: []bulletin.Attachment{file}}
	fetch(t, a, start, b.URL, "page", b)
	last, err := a.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, a, Request{Site: "s", URL: file.URL, Kind: Attachment})
	c, _ := claim(t, a, start)
	file.Text = "toàn văn"
	save(t, a, Outcome{Claim: c, At: start, Status: 200, Page: &bulletin.Page{URL: file.URL, Body: []byte("%PDF")}, Attachment: &file, Pace: Pace{Next: start}})
	cs := changesPast(t, a, last)
	if len(cs) != 1 || cs[0].Bulletin.Attachments[0] != file {
		t.Fatalf("changes %+v", cs)
	}
	if s := fetch(t, a, start, b.URL, "page again", b); s.Unchanged != 1 {
		t.Errorf("the text of the file made a version: %+v", s)
	}
}

func TestWithdraw(t *testing.T) {
	a := open(t)
	put(t, a, bulletin.Bulletin{ID: "x", Title: "x"})
	if err := a.Withdraw(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	if cs := changesPast(t, a, 1); len(cs) != 1 || cs[0].Bulletin != nil || cs[0].ID != "x" {
		t.Errorf("changes %+v", cs)
	}
	if _, err := a.Bulletin(t.Context(), "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a withdrawn bulletin gave %v", err)
	}
	if err := a.Withdraw(t.Context(), "nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown one gave %v", err)
	}
}

// TestFeedUnderSeveralWriters writes through two archives on one file while a
// reader follows: it must meet every last state, at rising positions.
func TestFeedUnderSeveralWriters(t *testing.T) {
	path := place(t, "archive.db")
	const writers, each = 4, 60
	var archives []*Archive
	for range 2 {
		archives = append(archives, openAt(t, path))
	}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				b := bulletin.Bulletin{ID: fmt.Sprint("b", rand.IntN(40)), Title: fmt.Sprint(w, i)}
				if _, err := archives[w%2].Import(t.Context(), b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	seen := map[string]string{}
	var last int64
	follow := func() {
		cs, err := archives[0].Changes(t.Context(), last, 7)
		if err != nil {
			t.Error(err)
		}
		for _, c := range cs {
			if c.Seq <= last {
				t.Errorf("position %d after %d", c.Seq, last)
			}
			last = c.Seq
			seen[c.ID] = c.Bulletin.Title
		}
	}
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		follow()
	}
	for end, err := archives[0].Last(t.Context()); last < end; follow() {
		if err != nil {
			t.Fatal(err)
		}
	}
	for c, err := range archives[1].Bulletins(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if seen[c.ID] != c.Bulletin.Title {
			t.Errorf("%s: the reader saw %q, the archive has %q", c.ID, seen[c.ID], c.Bulletin.Title)
		}
	}
}

func TestWait(t *testing.T) {
	a := open(t)
	heard := make(chan error, 1)
	go func() { heard <- a.Wait(t.Context(), 0) }()
	put(t, a, bulletin.Bulletin{ID: "x"})
	if err := <-heard; err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.Wait(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gave %v", err)
	}
}
