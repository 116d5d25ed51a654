package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/eval"
	"bantin/searchd/query"
)

// everyHit asks for all bulletins that a text finds as the service does.
func everyHit(t *testing.T, ix index.Index, text string) (ids []string, relaxed string) {
	t.Helper()
	q := query.Parse(text).Query()
	q.Size, q.Expand = 500, true
	res, err := index.Run(t.Context(), ix, q)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for _, h := range res.Hits {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	return ids, res.Relaxed
}

// TestSameMeaning holds what different people type for the same thing, over
// the sample bulletins.
func TestSameMeaning(t *testing.T) {
	ix := openCorpus(t, judgedDir, bleveindex.Options{})
	for _, c := range []struct{ one, other string }{
		{"giao ban mặt trận", "MẶT TRẬN GIAO BAN"},
		{"mặt trận", norm.NFD.String("mặt trận")},
		{"hòa giải", "hoà giải"},
		{"ủy ban kỷ luật", "uỷ ban kỉ luật"},
		{"mặt trận", "mawtj traanj"},
		{"mặt trận", "ma85t tra65n"},
		{"mặt trận", "MÆt trËn"},
		{"mặt trận", "Máº·t tráº\u00adn"},
		{"UBND", "\"Ủy ban nhân dân\" OR \"ubnd\""},
		{"ubnd", "UBND"},
		{"LĐLĐ", "lđlđ"},
		{"73-NQ/TU", "73 nq tu"},
		{"73-NQ/TU", "73/NQ-TU"},
		{"30/2020/NĐ-CP", "30/2020/nd-cp"},
		{"quý III/2020", "quý 3 năm 2020"},
		{"quý III/2020", "Q3/2020"},
		{"quy iii/2020", "quy 3 nam 2020"},
		{"cites:73-nq-tu", "trích:73-NQ/TU"},
		{"cites:35-ct-tw", "cites:35-ct-tw~2019-05-30 OR cites:35-ct-tw~2024-06-14 OR cites:35-ct-tw"},
		{"cites:73-nq-tu@lao-cai", "trich:73-NQ/TU tinh:lao-cai"},
		{"province:lao-cai", "tỉnh:Lào Cai"},
		{"tinh:lao cai", "tỉnh:\"Lào Cai\""},
		{"quarter:2020-Q3", "quý:III/2020"},
		{"quy:3/2020", "quý: 3 năm 2020"},
		{"org:mttq", "cơ quan:mttq"},
		{"org:hlhpn", "co quan:\"Hội Liên hiệp Phụ nữ\""},
		{"kind:hop-bao", "loại:họp báo"},
		{"source:mau-lao-cai", "nguồn:mau-lao-cai"},
		{"title:giao ban", "tieu de:giao ban"},
		{"from:2020 to:2020", "từ:01/01/2020 đến:31/12/2020"},
		{"year:2020", "năm:2020"},
		{"chuyển đổi OR ocop", "chuyển đổi HOẶC OCOP"},
		{"giao ban -phụ", "giao ban NOT phụ"},
		{"(giao ban", "giao ban"},
		{"\"giao ban", "\"giao ban\""},
		{"giao ban OR", "giao ban"},
		{"giao ban AND mặt trận", "giao ban mặt trận"},
		{"“giao ban”", "\"giao ban\""},
	} {
		one, _ := everyHit(t, ix, c.one)
		other, _ := everyHit(t, ix, c.other)
		if len(one) == 0 && c.one != "ủy ban kỷ luật" {
			t.Errorf("%q finds nothing", c.one)
		}
		if d := cmp.Diff(one, other); d != "" {
			t.Errorf("%q and %q differ: %d and %d bulletins", c.one, c.other, len(one), len(other))
		}
	}
}

// TestFinds checks each query against the texts of the sample bulletins.
func TestFinds(t *testing.T) {
	ix := openCorpus(t, judgedDir, bleveindex.Options{})
	var corpus []eval.Line
	if err := eval.EachLine(judgedDir+"/corpus.jsonl", func(_ []byte, l eval.Line) error {
		l.Text = norm.NFC.String(strings.ToLower(l.Title + "\n" + l.Text))
		corpus = append(corpus, l)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	has := func(s string) func(eval.Line) bool {
		return func(l eval.Line) bool { return strings.Contains(l.Text, s) }
	}
	for _, c := range []struct {
		typed string
		holds func(eval.Line) bool
	}{
		{`"phân loại rác tại nguồn"`, has("phân loại rác tại nguồn")},
		{`"phan loai rac tai nguon"`, has("phân loại rác tại nguồn")},
		{`"phan loại rac tại nguồn"`, has("phân loại rác tại nguồn")},
		{`"bão lũ"`, has("bão lũ")},
		{`"lũ bão"`, has("lũ bão")},
		{`ocop`, has("ocop")},
		{`vietgap -ocop`, func(l eval.Line) bool { return has("vietgap")(l) && !has("ocop")(l) }},
		{`vietgap | ocop`, func(l eval.Line) bool { return has("vietgap")(l) || has("ocop")(l) }},
		{`viet*`, func(l eval.Line) bool { return has("việt")(l) || has("viet")(l) || has("viết")(l) }},
		{`"dệt thổ cẩm" OR "áo phao"`, func(l eval.Line) bool { return has("dệt thổ cẩm")(l) || has("áo phao")(l) }},
		{`title:ocop`, func(l eval.Line) bool { return strings.Contains(strings.ToLower(l.Title), "ocop") }},
		{`-ocop`, func(l eval.Line) bool { return !has("ocop")(l) }},
	} {
		var want []string
		for _, l := range corpus {
			if c.holds(l) {
				want = append(want, l.ID)
			}
		}
		slices.Sort(want)
		got, relaxed := everyHit(t, ix, c.typed)
		if d := cmp.Diff(want, got); relaxed == "" && d != "" {
			t.Errorf("%s: %s", c.typed, d)
		}
	}
}

// TestRelaxationTold checks which step widens a query that matches nothing.
func TestRelaxationTold(t *testing.T) {
	ix := openCorpus(t, judgedDir, bleveindex.Options{})
	for _, c := range []struct{ typed, step string }{
		{"chuyển đổi số", ""},
		{"giao ban Mặt trận quý III/2025 Lào Cai", ""},
		{"73-NQ/TU Lào Cai", ""},
		{"chuyễn đỗi sộ", index.StepAccents},
		{"chuyển đổi số abcxyz", index.StepSomeWord},
		{"chuyển đổi số 99-NQ/TU", index.StepAnyWord},
		{"abcxyz", ""},
	} {
		if _, step := everyHit(t, ix, c.typed); step != c.step {
			t.Errorf("%s: relaxed by %q, want %q", c.typed, step, c.step)
		}
	}
}
