package bleveindex

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bantin/bulletin"

	"github.com/RoaringBitmap/roaring/v2"
)

// TestCodes reads the codes of bigrams in one go and one by one. It fails where
// bleve's format of segments is no longer the one that the former knows.
func TestCodes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"hội", "bàn", "tổ", "quốc"}
	var changes []bulletin.Change
	for i := range 3000 {
		var text []string
		for range r.IntN(40) {
			text = append(text, words[r.IntN(len(words))])
		}
		b := bulletin.Bulletin{ID: fmt.Sprintf("b%04d", i), Title: "Hội nghị", Body: strings.Join(text, " ")}
		changes = append(changes, bulletin.Change{Seq: int64(i + 1), ID: b.ID, Bulletin: &b})
	}
	dir := filepath.Join(t.TempDir(), "index")
	ix, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for from := 0; from < len(changes); from += 250 {
		if err := ix.Apply(t.Context(), changes[from:from+250], int64(from+250)); err != nil {
			t.Fatal(err)
		}
	}
	if err := ix.Close(); err != nil { // which writes every segment
		t.Fatal(err)
	}
	ix, err = Open(dir, Options{})
	ix = opened(t, ix, err)
	checkCodes(t, ix, words, r)
	if err := ix.Apply(t.Context(), []bulletin.Change{{Seq: 3001, ID: "b0007"}}, 3001); err != nil {
		t.Fatal(err)
	}
	if err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, others, err := ix.sizes(); err != nil || len(others) > 0 {
		t.Fatalf("%d segments beside the merged one, %v", len(others), err)
	}
	checkCodes(t, ix, words, r)
}

func checkCodes(t *testing.T, ix *Index, words []string, r *rand.Rand) {
	t.Helper()
	v, err := ix.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	const field = "bi.body"
	for _, m := range ix.planner(v).matchers {
		for _, a := range words {
			for _, b := range words {
				has, err := m.posting(field, bigram(a, b))
				if err != nil || has.IsEmpty() {
					t.Fatalf("%s %s: %v, %v", a, b, has, err)
				}
				dict, err := m.dict(field)
				if err != nil {
					t.Fatal(err)
				}
				postings, err := dict.PostingsList([]byte(bigram(a, b)), nil, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, wanted := range []*roaring.Bitmap{has, m.all(), half(m.all(), r)} {
					got, want := make([]uint64, wanted.GetCardinality()), make([]uint64, wanted.GetCardinality())
					list, ok, err := codesOf(m.seg.snap.Segment(), field, bigram(a, b), int(has.GetCardinality()))
					if err != nil || !ok {
						t.Fatal("codes cannot be read in one go:", err)
					}
					list.each(m.seg.words(has), m.seg.words(wanted), func(at int, code uint64) { got[at] = code })
					if err := m.eachInTurn(t.Context(), postings, wanted.ToArray(), func(at int, code uint64) { want[at] = code }); err != nil {
						t.Fatal(err)
					}
					if !slices.Equal(got, want) {
						t.Errorf("%s %s: codes in one go and one by one differ", a, b)
					}
				}
			}
		}
	}
}

func half(all *roaring.Bitmap, r *rand.Rand) *roaring.Bitmap {
	out := roaring.New()
	for _, doc := range all.ToArray() {
		if r.IntN(2) == 0 {
			out.Add(doc)
		}
	}
	return out
}
