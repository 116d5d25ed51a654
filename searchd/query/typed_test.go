package query

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestBadlyTyped reads queries as hurried people leave them; "" for no repair,
// else the kinds of what is mended.
func TestBadlyTyped(t *testing.T) {
	for _, c := range []struct{ typed, root, filters, repairs string }{
		// quotes and brackets
		{`"hội nghị`, `"hội nghị"`, "", "quote"},
		{`hội nghị"`, `(hội nghị)`, "", "quote"},
		{`"hội" "nghị`, `(hội nghị)`, "", "quote"},
		{`«hội nghị» cầu`, `("hội nghị" cầu)`, "", ""},
		{`“hội nghị" cầu`, `("hội nghị" cầu)`, "", ""},
		{`„hội nghị“`, `"hội nghị"`, "", ""},
		{`hội (nghị`, `(hội nghị)`, "", "bracket"},
		{`hội) nghị (`, `(hội nghị)`, "", "bracket bracket"},
		{`()`, "everything", "", ""},
		{`hội () nghị`, "(hội nghị)", "", ""},
		{`(hội OR) nghị`, "(hội nghị)", "", "operator"},
		// operators
		{"AND", "everything", "", ""},
		{"OR OR hội", "hội", "", "operator"},
		{"hội AND OR nghị", "1[hội|nghị]", "", ""},
		{"hội || nghị", "1[hội|nghị]", "", ""},
		{"hội && nghị", "(hội nghị)", "", ""},
		{"+hội +nghị", "(hội nghị)", "", ""},
		{"hội -", "hội", "", ""},
		{"--hội", "hội", "", ""},
		{"hội or nghị", "(hội ~or nghị)", "", ""},
		// other forms of letters
		{"ｈộｉ　nghị", "(hội nghị)", "", ""},
		{"（hội OR nghị）", "1[hội|nghị]", "", ""},
		{"＂hội nghị＂", `"hội nghị"`, "", ""},
		{"－cầu hội", "(-cầu hội)", "", ""},
		{"title：hội", "title:hội", "", ""},
		{norm.NFD.String("tỉnh:Tuyên Quang hội nghị"), "(hội nghị)", "province:tuyen-quang", ""},
		{norm.NFD.String(`"hội nghị"`), `"hội nghị"`, "", ""},
		{"hội\u00a0nghị", "(hội nghị)", "", ""},
		{"hội\u200bnghị", "(hội nghị)", "", ""},
		{"\u202bhội nghị\u202c", "(hội nghị)", "", ""},
		{"\ufeffhội", "hội", "", ""},
		{"hội 😀 nghị", "(hội nghị)", "", ""},
		{"😀", "everything", "", ""},
		{"HỘI NGHỊ", "(hội nghị)", "", ""},
		{"hôi nghi", "(hôi ~nghi)", "", ""},
		// keystrokes
		{`"hooij nghij"`, `"hội nghị"`, "", "keystrokes"},
		{`"ho6i5 nghi5"`, `"hội nghị"`, "", "keystrokes"},
		{"hooij -caauf", "(hội -cầu)", "", "keystrokes"},
		{"tieeu ddeef:hooij", "title:hội", "", "keystrokes"},
		// fields
		{"TỈNH:tuyên-quang", "everything", "province:tuyen-quang", ""},
		{"Tinh:tuyen quang hoi", "~hoi", "province:tuyen-quang", ""},
		{"tỉnh : Tuyên Quang", "everything", "province:tuyen-quang", ""},
		{"tỉnh:Tuyên Quang,Lào Cai", "everything", "province:tuyen-quang lao-cai", ""},
		{"tỉnh:Tuyên Quang, Lào Cai, hội nghị", "(hội nghị)", "province:tuyen-quang lao-cai", ""},
		{"năm:2020,2021 hội", "hội", "year:2020 2021", ""},
		{"trích:35-CT/TW, 73-NQ/TU, hội", "hội", "cites:35-ct-tw 73-nq-tu", ""},
		{"nguồn:cong-a, hoi", "~hoi", "source:cong-a", ""},
		{"title:", "everything", "", "field"},
		{"title:()", "everything", "", "field"},
		{"tỉnh:-", "everything", "", "field"},
		{"tiêu đề:hội", "title:hội", "", ""},
		{"foo:bar", "(~foo ~bar)", "", ""},
		{"http://a.vn/x", "(~http ~a ~vn ~x)", "", ""},
		{"quý:quý III/2020", "everything", "quarter:2020-Q3", ""},
		{"quý:3/2020", "everything", "quarter:2020-Q3", ""},
		{"quý:Q3 2020", "everything", "quarter:2020-Q3", ""},
		{"quý:2020-q3", "everything", "quarter:2020-Q3", ""},
		{"quý:9/2020", `{"~9 ~2020"|("~9 ~2020" day=2020-09)|day=2020-09}`, "", "field"},
		{"năm:2020 năm:2021", "everything", "year:2020 2021", ""},
		{"năm:xx", "~xx", "", "field"},
		{"trích:73-NQ/TU", "everything", "cites:73-nq-tu", ""},
		{"trích:73-nq/tu", "everything", "cites:73-nq-tu", ""},
		{`trích:"30/2020/NĐ-CP"`, "everything", "cites:30-2020-nd-cp", ""},
		// documents and quarters in free text
		{"73-NQ/TU", `{#73-nq/tu|(#73-nq/tu cites=73-nq-tu)|cites=73-nq-tu}`, "", ""},
		{"73 - NQ / TU", `{#73-nq/tu|(#73-nq/tu cites=73-nq-tu)|cites=73-nq-tu}`, "", ""},
		{"73/NQ-TU", `{#73-nq/tu|(#73-nq/tu cites=73-nq-tu)|cites=73-nq-tu}`, "", ""},
		{"số 73-nq/tu", `{#73-nq/tu|(#73-nq/tu cites=73-nq-tu)|cites=73-nq-tu}`, "", ""},
		{"30/2020/nđ-cp", `{#30/2020/nd-cp|(#30/2020/nd-cp cites=30-2020-nd-cp)|cites=30-2020-nd-cp}`, "", ""},
		{"30/2020/ND-CP", `{#30/2020/nd-cp|(#30/2020/nd-cp cites=30-2020-nd-cp)|cites=30-2020-nd-cp}`, "", ""},
		{"30/2020 nd cp", `{#30/2020/nd-cp|(#30/2020/nd-cp cites=30-2020-nd-cp)|cites=30-2020-nd-cp}`, "", ""},
		{"212-QĐ/TƯ", `{#212-qd/tw|(#212-qd/tw cites=212-qd-tw)|cites=212-qd-tw}`, "", ""},
		// Trung ương in full and in short
		{"TW họp", "({(trung ương)|~tw} họp)", "", ""},
		{"trung ương họp", "({(~trung ương)|~tw} họp)", "", ""},
		{"trung. uong", "(~trung ~uong)", "", ""},
		{"BTG TW", `({~btg|"ban tuyên giáo"} {(trung ương)|~tw})`, "", ""},
		{"trung uong*", "(~trung ~uong*)", "", ""},
		{`"trung ương"`, `"~trung ương"`, "", ""},
		{`"quý III/2020"`, `"quí ~3 ~2020"`, "", ""},
		{"quý III/2020", `{"quí ~3 ~2020"|#q2020-3|({"quí ~3 ~2020"|#q2020-3} quarter=2020-Q3)|quarter=2020-Q3}`, "", ""},
		{"Q3 2020", `{"~q ~3 ~2020"|#q2020-3|({"~q ~3 ~2020"|#q2020-3} quarter=2020-Q3)|quarter=2020-Q3}`, "", ""},
		{"q3/2020", `{"~q ~3 ~2020"|#q2020-3|({"~q ~3 ~2020"|#q2020-3} quarter=2020-Q3)|quarter=2020-Q3}`, "", ""},
		{"qúy 3-2020", `{"quí ~3 ~2020"|#q2020-3|({"quí ~3 ~2020"|#q2020-3} quarter=2020-Q3)|quarter=2020-Q3}`, "", ""},
		// wildcards
		{"hộ*", "hộ*", "", ""},
		{"*hội", "hội", "", ""},
		{"h*i", "(~h ~i)", "", "wildcard"},
		{"hội *", "hội", "", ""},
		{"**", "everything", "", ""},
	} {
		got := Parse(c.typed)
		if root := show(got.Root); root != c.root {
			t.Errorf("%q: %s, want %s", c.typed, root, c.root)
		}
		want := "map[]"
		if name, values, ok := strings.Cut(c.filters, ":"); ok {
			want = "map[" + name + ":[" + values + "]]"
		}
		if filters := fmt.Sprint(got.Filters); filters != want {
			t.Errorf("%q: %s, want %s", c.typed, filters, want)
		}
		var kinds []string
		for _, r := range got.Repairs {
			kinds = append(kinds, r.Kind)
		}
		if repairs := strings.Join(kinds, " "); repairs != c.repairs {
			t.Errorf("%q: mended %q, want %q", c.typed, repairs, c.repairs)
		}
	}
}
