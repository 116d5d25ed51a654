package indextest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func typed(text string) index.And {
	var out index.And
	for _, w := range accented(text) {
		out = append(out, w)
	}
	return out
}

// testReadings: what nothing has all of is read more widely, and long questions
// are ranked beyond what has all of their words.
func testReadings(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	cited := one("cited", "giao ban", "nghị quyết 73-NQ/TU về chuyển đổi số")
	cited.Bulletin.Province = "lao-cai"
	apply(t, ix, 1,
		one("whole", "giao ban", "mặt trận tổ quốc giám sát chuyển đổi số nông thôn"),
		one("most", "mặt trận tổ quốc giám sát chuyển đổi số", "hội nghị"),
		one("some", "giao ban", "chuyển đổi số quốc gia"),
		one("none", "hội nghị", "thời tiết hôm nay"),
		cited,
	)
	number := index.Key{Text: "73-nq/tu"}
	for _, tc := range []struct {
		name  string
		q     index.Query
		total int
		step  string
		want  string // hits, each with what it lacks
	}{
		{"few words", index.Query{Root: typed("chuyển đổi số nông"), Size: 9}, 1, "", "whole"},
		{"a long question", index.Query{Root: typed("mặt trận tổ quốc giám sát chuyển đổi số nông thôn"), Size: 9}, 1, "", "whole most-nông-thôn some-mặt-trận-tổ-giám-sát-nông-thôn"},
		{"its second page", index.Query{Root: typed("mặt trận tổ quốc giám sát chuyển đổi số nông thôn"), Size: 1, After: "1"}, 1, "", "most-nông-thôn"},
		{"by date", index.Query{Root: typed("mặt trận tổ quốc giám sát chuyển đổi số nông thôn"), Size: 9, Sort: index.Oldest}, 1, "", "whole"},
		{"with a number", index.Query{Root: append(typed("mặt trận tổ quốc chuyển đổi số"), number), Size: 9}, 1, index.StepSomeWord, "cited-mặt-trận-tổ-quốc"},
		{"with a place", index.Query{Root: typed("mặt trận tổ quốc giám sát"), Filters: map[index.Field][]string{index.Province: {"lao-cai"}}, Size: 9}, 0, "", ""},
		{"other accents", index.Query{Root: typed("nghi quyét"), Size: 9}, 1, index.StepAccents, "cited"},
		{"an unknown word", index.Query{Root: typed("chuyển zzz"), Size: 9, Sort: index.Newest}, 4, index.StepSomeWord, "cited-zzz most-zzz some-zzz whole-zzz"},
		{"a lying phrase", index.Query{Root: index.Phrase{Words: accented("thời số")}, Size: 9}, 5, index.StepAnyWord, ""},
		{"few words, with other accents", index.Query{Root: typed("chuyễn xxa xxb xxc xxd"), Size: 9, Sort: index.Newest}, 4, index.StepAnything, "cited-chuyễn-xxa-xxb-xxc-xxd most-chuyễn-xxa-xxb-xxc-xxd some-chuyễn-xxa-xxb-xxc-xxd whole-chuyễn-xxa-xxb-xxc-xxd"},
		{"nothing", index.Query{Root: typed("xyz zzz"), Size: 9}, 0, "", ""},
	} {
		if tc.q.After != "" {
			first := tc.q
			first.After = ""
			res, err := index.Run(t.Context(), ix, first)
			if tc.q.After = res.Next; err != nil || res.Next == "" {
				t.Fatalf("%s: %v, no next page", tc.name, err)
			}
		}
		res, err := index.Run(t.Context(), ix, tc.q)
		if err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, strings.Join(append([]string{h.ID}, h.Missing...), "-"))
		}
		if tc.name == "a lying phrase" {
			got = nil
		}
		if d := cmp.Diff(strings.Fields(tc.want), got, cmpopts.EquateEmpty()); d != "" || res.Total != tc.total || res.Relaxed != tc.step {
			t.Errorf("%s: %d by %q: %s", tc.name, res.Total, res.Relaxed, d)
		}
	}
	testLong(t, ix)
}

// testLong: no question is too long.
func testLong(t *testing.T, ix index.Index) {
	t.Helper()
	var words []string
	for i := range 3000 {
		words = append(words, fmt.Sprintf("w%d", i%2000))
	}
	words = slices.Insert(words, 500, "chuyển", "đổi", "số", "nông", "thôn")
	for _, n := range []index.Node{typed(strings.Join(words, " ")), index.Or{Children: typed(strings.Join(words, " ")), Min: 1}} {
		res, err := index.Run(t.Context(), ix, index.Query{Root: n, Size: 1})
		if err != nil || len(res.Hits) != 1 || res.Hits[0].ID != "whole" {
			t.Errorf("a question of 3,005 words: %v %v", res.Hits, err)
		}
	}
}
