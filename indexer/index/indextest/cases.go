package indextest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// one makes a change out of a title and a body.
func one(id, title, body string) bulletin.Change {
	return bulletin.Change{ID: id, Group: id, Bulletin: &bulletin.Bulletin{ID: id, Title: title, Body: body}}
}

// dated sets the day of publication.
func dated(c bulletin.Change, day string) bulletin.Change {
	t, err := time.ParseInLocation(time.DateOnly, day, bulletin.Zone)
	if err != nil {
		panic(err)
	}
	c.Bulletin.Published, c.Bulletin.PublishedPrecision = t, bulletin.Day
	return c
}

// accented and folded are the words of a text as a query has them.
func accented(text string) []index.Word { return wordsOf(vi.Analyze(text).Syl, true) }

func folded(text string) []index.Word { return wordsOf(vi.Analyze(text).Fold, false) }

func wordsOf(tokens []vi.Token, accented bool) []index.Word {
	var out []index.Word
	for _, t := range tokens {
		if t.Kind == vi.First {
			out = append(out, index.Word{Text: t.Text, Accented: accented})
		}
	}
	return out
}

func all(words []index.Word) index.And {
	var out index.And
	for _, w := range words {
		out = append(out, w)
	}
	return out
}

// found returns the ids of all matches in order of id.
func found(t *testing.T, ix index.Index, root index.Node) string {
	t.Helper()
	var ids []string
	err := ix.Each(t.Context(), index.Query{Root: root}, func(d index.Document) error {
		ids = append(ids, d.ID)
		return nil
	})
	if err != nil {
		t.Fatalf("%#v: %v", root, err)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func testMatching(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	long := strings.Repeat("Tổ quốc ghi công. ", 300) + "Mặt trận Tổ quốc. " + strings.Repeat("mặt trận và tổ quốc, ", 20)
	apply(t, ix, 1,
		one("a", "Giao ban quý III/2020", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh."),
		one("b", "Hội nghị", "Mặt trận họp. Tổ quốc mãi mãi. Uỷ ban nhân dân ban hành số 54-NQ/TW."),
		one("c", "Mat tran", "Mát trân, trần nhà; tổ quốc và mặt trận."),
		one("d", "Rất dài", long),
		one("e", "", "Covid-19 ở khu dân cư, khóa XIII"),
		one("f", "", "Ban Chấp hành Trung ương"),
	)
	phrase := func(w []index.Word) index.Phrase { return index.Phrase{Words: w} }
	for _, c := range []struct {
		name string
		root index.Node
		want string
	}{
		{"nothing asked", nil, "a b c d e f"},
		{"accented word", accented("mặt")[0], "a b c d"},
		{"accents respected", accented("mát")[0], "c"},
		{"folded word", folded("mat")[0], "a b c d"},
		{"title only", index.Word{Text: "mat", Field: index.Title}, "c"},
		{"old and new tone place", accented("uỷ")[0], "a b"},
		{"all words", all(accented("giao tỉnh")), "a"},
		{"phrase of two", phrase(accented("mặt trận")), "a b c d"},
		{"phrase of three, apart elsewhere", phrase(accented("trận tổ quốc")), "a d"},
		{"phrase of six", phrase(accented("ủy ban mặt trận tổ quốc")), "a"},
		{"phrase over a sentence", phrase(folded("hop to quoc")), ""},
		{"phrase, accents mixed", phrase(append(accented("mặt"), folded("tran to")...)), "a d"},
		{"phrase, wrong accents", phrase(accented("mát trận")), ""},
		{"folded phrase", phrase(folded("mat tran")), "a b c d"},
		{"phrase in a title", index.Phrase{Words: folded("mat tran"), Field: index.Title}, "c"},
		{"phrase of one word", phrase(accented("khu")), "e"},
		{"phrase of none", index.Phrase{}, ""},
		{"joined form", index.Word{Text: "covid19"}, "e"},
		{"numeral", index.Word{Text: "13"}, "e"},
		{"document number", index.Key{Text: "54-nq/tw"}, "b"},
		{"a word of an abbreviation", accented("trung")[0], "f"},
		{"the same folded", folded("uong")[0], "f"},
		{"beginning of an abbreviation", index.Prefix{Text: "ươn", Accented: true}, "f"},
		{"abbreviation", index.Word{Text: "tw"}, "b"},
		{"phrase of an abbreviation", phrase(accented("trung ương")), "b f"},
		{"the same folded", phrase(folded("trung uong")), "b f"},
		{"phrase into an abbreviation", phrase(accented("nq trung")), "b"},
		{"phrase over an abbreviation", phrase(accented("nq trung ương")), "b"},
		{"the same, accents mixed", phrase(append(folded("nq trung"), accented("ương")...)), "b"},
		{"quarter", index.Key{Text: "q2020-3"}, "a"},
		{"prefix", index.Prefix{Text: "thuo"}, "a"},
		{"accented prefix", index.Prefix{Text: "trầ", Accented: true}, "c"},
		{"prefix of nothing", index.Prefix{Text: "xyz"}, ""},
		{"not", index.And{folded("mat")[0], index.Not{Child: folded("tinh")[0]}}, "b c d"},
		{"only not", index.Not{Child: folded("mat")[0]}, "e f"},
		{"or", index.Or{Children: []index.Node{accented("mát")[0], accented("khu")[0]}}, "c e"},
		{"most of", index.Or{Children: []index.Node{accented("mặt")[0], accented("họp")[0], accented("nghị")[0]}, Min: 2}, "b"},
		{"more than there are", index.Or{Children: []index.Node{accented("mặt")[0]}, Min: 2}, ""},
		{"or of nothing", index.Or{}, ""},
		{"and of nothing", index.And{}, "a b c d e f"},
		{"nested", index.And{index.Or{Children: []index.Node{phrase(folded("mat tran")), accented("khu")[0]}}, index.Not{Child: index.Or{Children: []index.Node{accented("mát")[0], accented("họp")[0]}}}}, "a d e"},
		{"unknown value", index.Term{Field: index.Province, Value: "atlantis"}, ""},
		{"empty word", index.Word{}, ""},
	} {
		if got := found(t, ix, c.root); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func testFrequencies(t *testing.T, open Open) {
	w := index.DefaultWeights
	ix, o := open(t, w, index.Limits{}), newOracle(w)
	var changes []bulletin.Change
	for i, n := range []int{1, 2, 6, 7, 254, 255, 256, 700} {
		changes = append(changes, one(fmt.Sprintf("r%d", i), "mặt trận", strings.Repeat("mặt trận tổ quốc, ", n)+"hội nghị"))
	}
	apply(t, ix, 1, changes...)
	o.apply(changes)
	for i, root := range []index.Node{
		accented("mặt")[0], folded("mat")[0], all(accented("mặt trận")), index.Phrase{Words: accented("trận tổ quốc")},
	} {
		agree(t, fmt.Sprintf("query %d", i), ix, o, index.Query{Root: root, Size: 3})
	}
}

func testGroups(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	var changes []bulletin.Change
	for i := range 12 {
		c := dated(one(fmt.Sprintf("g%02d", i), "giao ban", "mặt trận"), fmt.Sprintf("2020-01-%02d", 1+i))
		c.Group = fmt.Sprintf("g%02d", i/4*4)
		changes = append(changes, c)
	}
	apply(t, ix, 1, changes...)
	q := index.Query{Sort: index.Newest, Size: 2, Facets: []index.Field{index.Year}}
	res, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if got := hits(res); res.Total != 12 || got != "g11+3 g07+3" || res.Facets[index.Year][0].Count != 12 {
		t.Errorf("first page: %d of %d, facets %v", len(res.Hits), res.Total, res.Facets)
	}
	q.After = res.Next
	if res, err = ix.Search(t.Context(), q); err != nil || hits(res) != "g03+3" || res.Next != "" {
		t.Errorf("second page: %q, %v", hits(res), err)
	}
	q = index.Query{Filters: map[index.Field][]string{index.Group: {"g04"}}, Expand: true, Sort: index.Oldest, Size: 9}
	if res, err = ix.Search(t.Context(), q); err != nil || hits(res) != "g04+0 g05+0 g06+0 g07+0" {
		t.Errorf("one group: %q, %v", hits(res), err)
	}
}

func hits(res index.Result) string {
	var out []string
	for _, h := range res.Hits {
		out = append(out, fmt.Sprintf("%s+%d", h.ID, h.Duplicates))
	}
	return strings.Join(out, " ")
}

func testUpdates(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	apply(t, ix, 5, one("a", "một", "mặt trận"), one("b", "hai", "tổ quốc"), one("a", "ba", "hội nghị"))
	before := ix.Generation()
	if got := found(t, ix, accented("trận")[0]); got != "" {
		t.Errorf("an update in the same batch left %q", got)
	}
	apply(t, ix, 9, bulletin.Change{ID: "b"}, bulletin.Change{ID: "unknown"})
	if got := found(t, ix, nil); got != "a" {
		t.Errorf("after a deletion: %q", got)
	}
	if ix.Generation() == before {
		t.Error("the generation is the same after a change")
	}
	if _, err := ix.Get(t.Context(), "b"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("a deleted bulletin: %v", err)
	}
	gone := one("a", "ba", "hội nghị")
	gone.Gone = time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	apply(t, ix, 10, gone)
	if d, err := ix.Get(t.Context(), "a"); err != nil || !d.Gone.Equal(gone.Gone) || d.Title != "ba" {
		t.Errorf("gone bulletin: %+v, %v", d, err)
	}
	apply(t, ix, 11)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ix.Apply(ctx, []bulletin.Change{one("z", "", "")}, 12); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled batch: %v", err)
	}
}
