package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"
)

// TestPagesShareADictionary saves pages before and after a site has its
// dictionary: all stay readable, and the later ones are far smaller.
func TestPagesShareADictionary(t *testing.T) {
	a := open(t)
	r := rand.New(rand.NewPCG(3, 4))
	var sent [][]byte
	for i := range 40 {
		page := portalPage(r, prose(r, 500))
		sent = append(sent, page)
		fetch(t, a, start, fmt.Sprint("http://h/", i), string(page))
	}
	i := 0
	for p, err := range a.Pages(t.Context(), PageFilter{Site: "s", Kind: Article, Latest: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(p.Body, sent[i]) {
			t.Errorf("page %d differs from what was sent", i)
		}
		i++
	}
	if i != len(sent) {
		t.Errorf("%d pages, want %d", i, len(sent))
	}
	with, without := storedSize(t, a, true), storedSize(t, a, false)
	t.Logf("a page of %d bytes: %d plain, %d with the dictionary", len(sent[0]), without, with)
	if 4*with > without {
		t.Errorf("the dictionary saves too little: %d bytes instead of %d", with, without)
	}
}

// storedSize is the mean size of the contents with or without a dictionary.
func storedSize(t *testing.T, a *Archive, dictionary bool) (n int) {
	t.Helper()
	var mean float64
	err := a.store.Row(t.Context(), "select avg(length(body)) from content where (dictionary > 0) = $1", []any{dictionary}, &mean)
	if err != nil {
		t.Fatal(err)
	}
	return int(mean)
}

// TestDictionaryFollowsTheLayout changes every page of a portal.
func TestDictionaryFollowsTheLayout(t *testing.T) {
	a := open(t)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range dictionaryPages + dictionaryAgain + 2 {
		page := portalPage(r, prose(r, 50))
		if i > dictionaryPages {
			page = bytes.ReplaceAll(bytes.ReplaceAll(page, []byte("i"), []byte("y")), []byte("class"), []byte("klasse"))
		}
		fetch(t, a, start, fmt.Sprint("http://h/", i), string(page))
	}
	var versions int
	if err := a.store.Row(t.Context(), "select count(*) from dictionary where site = 's'", nil, &versions); err != nil {
		t.Fatal(err)
	}
	if versions != 2 {
		t.Errorf("%d dictionaries, want 2", versions)
	}
}

func TestSameContentIsStoredOnce(t *testing.T) {
	a := open(t)
	fetch(t, a, start, "http://h/1", "same")
	fetch(t, a, start, "http://h/1", "same")
	fetch(t, a, start, "http://h/2", "same")
	for table, want := range map[string]int{"content": 1, "page": 2} {
		var n int
		if err := a.store.Row(t.Context(), "select count(*) from "+table, nil, &n); err != nil {
			t.Fatal(err)
		}
		if n != want {
			t.Errorf("%d rows of %s, want %d", n, table, want)
		}
	}
}

// TestSameContentAtOnce: of several who save the same page at once none fails.
func TestSameContentAtOnce(t *testing.T) {
	path := place(t, "archive.db")
	const writers, rounds = 4, 10
	var wg sync.WaitGroup
	for w := range writers {
		a := openAt(t, path)
		for r := range rounds {
			enqueue(t, a, Request{Site: "s", URL: fmt.Sprintf("http://h%d-%d/", w, r)})
		}
		wg.Go(func() {
			for r := range rounds {
				c, _, err := a.Claim(t.Context(), start, time.Hour)
				if err != nil || c == nil {
					t.Error(c, err)
					return
				}
				page := &bulletin.Page{URL: c.URL, Fetched: start, Body: []byte(fmt.Sprint("same ", r))}
				if _, err := a.Save(t.Context(), Outcome{Claim: c, At: start, Status: 200, Page: page}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var contents, pages int
	a := openAt(t, path)
	err := a.store.Row(t.Context(), "select (select count(*) from content), (select count(*) from page)", nil, &contents, &pages)
	if err != nil || contents != rounds || pages != writers*rounds {
		t.Errorf("%d contents of %d pages, %v", contents, pages, err)
	}
}

func TestNotModifiedKeepsThePage(t *testing.T) {
	a := open(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/1"})
	c, _ := claim(t, a, start)
	save(t, a, Outcome{
		Claim: c, At: start, Status: 200, ETag: `"1"`, LastModified: "yesterday", Page: &bulletin.Page{URL: c.URL, Body: []byte("x")},
		Due: start, Pace: Pace{Next: start}, Priority: Recheck, Memo: "noted",
	})
	c, _ = claim(t, a, start)
	if c.ETag != `"1"` || c.LastModified != "yesterday" || c.Memo != "noted" || c.Attempts != 1 || !c.Fetched.Equal(start) {
		t.Fatalf("claimed %+v", c)
	}
	save(t, a, Outcome{Claim: c, At: start, Status: 304, Due: start, Pace: Pace{Next: start}, Priority: Recheck})
	if c, _ = claim(t, a, start); c.ETag != `"1"` || c.Unchanged != 2 {
		t.Errorf("claimed %+v", c)
	}
}

func TestTinyPages(t *testing.T) {
	a := open(t)
	for i := range 2*dictionaryPages + 3 {
		fetch(t, a, start, fmt.Sprint("http://h/", i), strings.Repeat("không có gì ", i%5))
	}
	i := 0
	for p, err := range a.Pages(t.Context(), PageFilter{}) {
		if err != nil || string(p.Body) != strings.Repeat("không có gì ", i%5) {
			t.Errorf("page %d is %q, %v", i, p.Body, err)
		}
		i++
	}
}

// TestDigestIsOfTheJSON: the digest of a version stays what it always was, or
// every bulletin would get a new version.
func TestDigestIsOfTheJSON(t *testing.T) {
	a := open(t)
	b := bulletin.Bulletin{ID: "x", URL: "http://h/1", Site: "s", Title: "Giao ban <&> \u2028", Body: "một\nhai"}
	d, err := a.draft(b)
	if err != nil {
		t.Fatal(err)
	}
	b.ID, b.URL, b.Site = "", "", ""
	whole, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(whole); !bytes.Equal(d.digest, sum[:16]) {
		t.Errorf("digest %x, want %x", d.digest, sum[:16])
	}
}
