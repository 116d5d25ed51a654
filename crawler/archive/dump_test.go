package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// furnished is an archive that has something in every table that a crawl, an
// import, a wish and a withdrawal fill.
func furnished(t *testing.T, a *Archive) {
	t.Helper()
	r := rand.New(rand.NewPCG(5, 5))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(a.PutSite(t.Context(), Site{ID: "s", Name: "Cổng thông tin", Province: "ha-giang", URL: "http://h/"}))
	pass, err := a.BeginPass(t.Context(), "s", start)
	must(err)
	must(a.SetRobots(t.Context(), "http://h", Rules{Status: 200, Body: "User-agent: *", Until: start}))
	same := prose(r, 120)
	for i := range 25 {
		url := fmt.Sprint("http://h/", i)
		_, err := a.Enqueue(t.Context(), Request{Site: "s", URL: url, Kind: Article}, Request{Site: "s", URL: url + "/a.pdf", Kind: Attachment, Due: start.AddDate(1, 0, 0)})
		must(err)
		c, _, err := a.Claim(t.Context(), start, time.Minute)
		must(err)
		_, err = a.Save(t.Context(), Outcome{
			Claim: c, At: start, Status: 200, Pass: pass, ETag: "\"é\"", Header: "X: y\r\n",
			Page: &bulletin.Page{URL: url, Body: portalPage(r, same), Fetched: start},
			Bulletins: []bulletin.Bulletin{{
				URL: url, Site: "s", Title: "Giao ban \u2028 <&>", Body: edited(r, same), Published: start.AddDate(0, 0, i),
				Cites: []bulletin.Citation{{Key: fmt.Sprint(i%7, "-nq-tw")}, {Key: fmt.Sprint(i%5, "-ct-tw~2019-05-30")}}, Attachments: []bulletin.Attachment{{URL: url + "/a.pdf"}},
			}},
			Attachment: &bulletin.Attachment{URL: url + "/a.pdf", Text: prose(r, 20)},
		})
		must(err)
	}
	must(a.EndPass(t.Context(), pass, start, "alarm"))
	put(t, a, bulletin.Bulletin{ID: "imported", Title: "một", Body: prose(r, 200)}, bulletin.Bulletin{ID: "out", Title: "hai"})
	must(a.Withdraw(t.Context(), "out"))
	must(a.Grant(t.Context(), "s", Pause, start))
	must(a.Ask(t.Context(), Rebuild, start))
	must(a.Settle(t.Context()))
}

func dumped(t *testing.T, a *Archive) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := a.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unpackedDump(t *testing.T, dump []byte) string {
	t.Helper()
	r, err := zstd.NewReader(bytes.NewReader(dump))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDumpMovesAnArchive moves an archive from a file to this run's store and
// back: every row is the same, and the archive goes on.
func TestDumpMovesAnArchive(t *testing.T) {
	first := openAt(t, filepath.Join(t.TempDir(), "archive.db"))
	furnished(t, first)
	dump := dumped(t, first)
	there := place(t, "moved.db")
	if err := store.Load(t.Context(), there, bytes.NewReader(dump)); err != nil {
		t.Fatal(err)
	}
	if err := store.Load(t.Context(), there, bytes.NewReader(dump)); err == nil {
		t.Error("a second load overwrote the archive")
	}
	moved := openAt(t, there)
	back := filepath.Join(t.TempDir(), "back.db")
	if err := store.Load(t.Context(), back, bytes.NewReader(dumped(t, moved))); err != nil {
		t.Fatal(err)
	}
	last := openAt(t, back)
	if d := cmp.Diff(unpackedDump(t, dump), unpackedDump(t, dumped(t, last))); d != "" {
		t.Errorf("moved there and back: %.2000s", d)
	}
	if d := cmp.Diff(told(t, first), told(t, moved)); d != "" {
		t.Errorf("read elsewhere: %.2000s", d)
	}
	epoch, err := first.Epoch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at, err := first.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if holds, err := moved.Holds(t.Context(), epoch, at); err != nil || !holds {
		t.Errorf("a reader of the first archive may not go on: %v %v", holds, err)
	}
	// What numbers itself goes on: new pages, bulletins and requests.
	fetch(t, moved, start, "http://other/1", "page", bulletin.Bulletin{URL: "http://other/1", Title: "mới"})
	if next, err := moved.Last(t.Context()); err != nil || next <= at {
		t.Errorf("the feed is at %d after %d, %v", next, at, err)
	}
	put(t, first, bulletin.Bulletin{ID: "more"})
	if holds, err := moved.Holds(t.Context(), mustEpoch(t, first), at+1); err != nil || holds {
		t.Errorf("the two went apart and nobody notices: %v %v", holds, err)
	}
}

func mustEpoch(t *testing.T, a *Archive) string {
	t.Helper()
	epoch, err := a.Epoch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return epoch
}

// told is what an archive tells its readers: feed, versions, pages.
func told(t *testing.T, a *Archive) (all []any) {
	t.Helper()
	changes, err := a.Changes(t.Context(), 0, 1000)
	if err != nil || len(changes) == 0 {
		t.Fatal(len(changes), err)
	}
	for _, c := range changes {
		all = append(all, c)
		if c.Bulletin == nil {
			continue
		}
		versions, err := a.Versions(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, versions)
	}
	for p, err := range a.Pages(t.Context(), PageFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// TestLoadIsWholeOrNothing loads dumps that were cut short or changed.
func TestLoadIsWholeOrNothing(t *testing.T) {
	a := open(t)
	furnished(t, a)
	dump := dumped(t, a)
	if err := store.VerifyDump(t.Context(), bytes.NewReader(dump)); err != nil {
		t.Fatal(err)
	}
	spoilt := map[string][]byte{"nothing": {}, "other": []byte("text"), "another file": packedText(t, "{\"id\":\"x\"}\n")}
	for _, part := range []int{1, 2, 5, 9} {
		spoilt[fmt.Sprint(part, " tenths")] = dump[:len(dump)*part/10]
		changed := bytes.Clone(dump)
		changed[len(dump)*part/10] ^= 4
		spoilt[fmt.Sprint("changed at ", part)] = changed
	}
	lines := bytes.SplitAfter([]byte(unpackedDump(t, dump)), []byte("\n"))
	spoilt["a row less"] = packedText(t, string(bytes.Join(append(append([][]byte{}, lines[:5]...), lines[6:]...), nil)))
	spoilt["without its end"] = packedText(t, string(bytes.Join(lines[:len(lines)-2], nil)))
	spoilt["another column"] = packedText(t, string(bytes.Replace(bytes.Join(lines, nil), []byte(`"paused"`), []byte(`"paused) values (1); drop table site; --"`), 1)))
	path := place(t, "archive.db")
	for name, b := range spoilt {
		if err := store.VerifyDump(t.Context(), bytes.NewReader(b)); !errors.Is(err, store.ErrNoDump) {
			t.Errorf("%s: verified: %v", name, err)
		}
		if err := store.Load(t.Context(), path, bytes.NewReader(b)); !errors.Is(err, store.ErrNoDump) {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := filepath.Glob(path + "*"); !store.Remote(path) && (err != nil || len(left) > 0) {
			t.Errorf("%s: left behind %v", name, left)
		}
	}
	if err := store.Load(t.Context(), path, bytes.NewReader(dump)); err != nil {
		t.Errorf("the whole one after all of these: %v", err)
	}
}

func packedText(t *testing.T, text string) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll([]byte(text), nil)
}
