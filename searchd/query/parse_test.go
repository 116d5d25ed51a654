package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"bantin/indexer/index"
)

// show writes a node so that a table can hold it: accented words as they are,
// unaccented ones with a tilde.
func show(n index.Node) string {
	switch n := n.(type) {
	case nil:
		return "everything"
	case index.Word:
		return at(n.Field) + tilde(n)
	case index.Prefix:
		return at(n.Field) + tilde(index.Word{Text: n.Text, Accented: n.Accented}) + "*"
	case index.Phrase:
		var w []string
		for _, word := range n.Words {
			w = append(w, tilde(word))
		}
		return at(n.Field) + `"` + strings.Join(w, " ") + `"`
	case index.Key:
		return at(n.Field) + "#" + n.Text
	case index.Term:
		return string(n.Field) + "=" + n.Value
	case index.Not:
		return "-" + show(n.Child)
	case index.And:
		return "(" + list(n, " ") + ")"
	case index.Or:
		if n.Best {
			return "{" + list(n.Children, "|") + "}"
		}
		return fmt.Sprintf("%d[%s]", n.Min, list(n.Children, "|"))
	}
	return "?"
}

func at(f index.TextField) string {
	if f == index.AnyField {
		return ""
	}
	return string(f) + ":"
}

func tilde(w index.Word) string {
	if w.Accented {
		return w.Text
	}
	return "~" + w.Text
}

func list(nodes []index.Node, by string) string {
	var out []string
	for _, n := range nodes {
		out = append(out, show(n))
	}
	return strings.Join(out, by)
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ typed, root, filters, repairs string }{
		{"", "everything", "map[]", ""},
		{"   ", "everything", "map[]", ""},
		{"cử tri", "(cử ~tri)", "map[]", ""},
		{"cu tri", "(~cu ~tri)", "map[]", ""},
		{"nhà dột", "(nhà dột)", "map[]", ""},
		{"NHÀ dột", "(nhà dột)", "map[]", ""},
		{`"nhà dột nát"`, `"nhà dột nát"`, "map[]", ""},
		{`“nha dot nat”`, `"~nha ~dot ~nat"`, "map[]", ""},
		{`"nhà`, "nhà", "map[]", "quote"},
		{`""`, "everything", "map[]", "quote"},
		{"nhà -dột", "(nhà -dột)", "map[]", ""},
		{`nhà -"dột nát"`, `(nhà -"dột nát")`, "map[]", ""},
		{"nhà -dột nát", "(nhà -dột nát)", "map[]", ""},
		{"nhà NOT dột", "(nhà -dột)", "map[]", ""},
		{"-dột", "-dột", "map[]", ""},
		{"nhà - dột", "(nhà dột)", "map[]", ""},
		{"nhà OR cầu", "1[nhà|cầu]", "map[]", ""},
		{"nhà mới OR cầu", "1[(nhà mới)|cầu]", "map[]", ""},
		{"nhà | cầu", "1[nhà|cầu]", "map[]", ""},
		{"nhà HOẶC cầu", "1[nhà|cầu]", "map[]", ""},
		{"OR cầu", "cầu", "map[]", "operator"},
		{"nhà OR", "nhà", "map[]", "operator"},
		{"(nhà OR cầu) mới", "(1[nhà|cầu] mới)", "map[]", ""},
		{"((nhà", "nhà", "map[]", "bracket"},
		{"nhà)", "nhà", "map[]", "bracket"},
		{"-(nhà cầu)", "-(nhà cầu)", "map[]", ""},
		{"nông*", "nông*", "map[]", ""},
		{"nong*", "~nong*", "map[]", ""},
		{"n*", "~n", "map[]", "wildcard"},
		{"title:nhà cầu", "(title:nhà cầu)", "map[]", ""},
		{`tiêu đề:"nhà mới"`, `title:"nhà mới"`, "map[]", ""},
		{"tieu de: nha cau", "(title:~nha ~cau)", "map[]", ""},
		{"province:tuyen-quang nhà", "nhà", "map[province:[tuyen-quang]]", ""},
		{"tỉnh:Tuyên Quang nhà", "nhà", "map[province:[tuyen-quang]]", ""},
		{`tinh:"Thừa Thiên Huế"`, "everything", "map[province:[thua-thien-hue]]", ""},
		{"-tỉnh:lào-cai nhà", "(-province=lao-cai nhà)", "map[]", ""},
		{"tỉnh:lào-cai OR tỉnh:yên-bái", "1[province=lao-cai|province=yen-bai]", "map[]", ""},
		{"tỉnh:atlantis", "~atlantis", "map[]", "field"},
		{"tỉnh:", "everything", "map[]", "field"},
		{"quý:2020-Q2", "everything", "map[quarter:[2020-Q2]]", ""},
		{"quý:III/2020", "everything", "map[quarter:[2020-Q3]]", ""},
		{"quarter:Q4/2021", "everything", "map[quarter:[2021-Q4]]", ""},
		{"quý: III năm 2020 nhà", "nhà", "map[quarter:[2020-Q3]]", ""},
		{"cơ quan:mttq", "everything", "map[org:[mttq]]", ""},
		{"org:hội nông dân tỉnh", "everything", "map[org:[hnd]]", ""},
		{"loại:họp báo", "everything", "map[kind:[hop-bao]]", ""},
		{"trích:35-CT/TW", "everything", "map[cites:[35-ct-tw]]", ""},
		{"trích:35-CT/TW giao ban", `{"~giao ~ban"|("~giao ~ban" kind=giao-ban)|kind=giao-ban}`, "map[cites:[35-ct-tw]]", ""},
		{"trích: 35-CT/TW, nhà mới", "(nhà mới)", "map[cites:[35-ct-tw]]", ""},
		{"trích:chỉ thị 35-CT/TW ngày 30/5/2019 nhà", "nhà", "map[cites:[35-ct-tw~2019-05-30]]", ""},
		{"trích:73-NQ/TU ngày 1/2/2020 nhà", "nhà", "map[cites:[73-nq-tu]]", ""},
		{`trích:"73-NQ/TU ngày 1/2/2020 của Tỉnh ủy Tuyên Quang"`, "everything", "map[cites:[73-nq-tu@tuyen-quang~2020-02-01]]", ""},
		{"trích:30/2020 nd cp nhà", "nhà", "map[cites:[30-2020-nd-cp]]", ""},
		{"trích:73 nq tu nhà", "nhà", "map[cites:[73-nq-tu]]", ""},
		{"trích:73-NQ/TU Tuyên Quang nhà", "nhà", "map[cites:[73-nq-tu@tuyen-quang]]", ""},
		{"trích:Luật Mặt trận Tổ quốc Việt Nam nhà", "nhà", "map[cites:[luat-mat-tran-to-quoc-viet-nam]]", ""},
		{"trích:nhà cầu", "(nhà cầu)", "map[]", "field"},
		{"cites:35-ct-tw~2019-05-30", "everything", "map[cites:[35-ct-tw~2019-05-30]]", ""},
		{"nguồn:mau-tuyen-quang", "everything", "map[source:[mau-tuyen-quang]]", ""},
		{"giờ:10:30", "(giờ ~10 ~30)", "map[]", ""},
		{"NHÀ OR CẦU", "1[nhà|cầu]", "map[]", ""},
		{"NHÀ HOẶC CẦU", "(nhà hoặc cầu)", "map[]", ""},
		{"NHÀ VÀ CẦU", "(nhà và cầu)", "map[]", ""},
		{"-AND nhà", "nhà", "map[]", ""},
		{"nhà -OR", "nhà", "map[]", "operator"},
		{"nhà -AND", "nhà", "map[]", ""},
		{"NOT AND nhà", "nhà", "map[]", ""},
		{"NOT && (nhà)", "nhà", "map[]", ""},
	} {
		got := Parse(c.typed)
		if d := cmp.Diff(c.root, show(got.Root)); d != "" {
			t.Errorf("%q root: %s", c.typed, d)
		}
		if d := cmp.Diff(c.filters, fmt.Sprint(got.Filters)); d != "" {
			t.Errorf("%q filters: %s", c.typed, d)
		}
		var kinds []string
		for _, r := range got.Repairs {
			kinds = append(kinds, r.Kind)
		}
		if !strings.Contains(strings.Join(kinds, " "), c.repairs) || (c.repairs == "") != (len(kinds) == 0) {
			t.Errorf("%q: repairs %v, want %q", c.typed, got.Repairs, c.repairs)
		}
	}
}

func TestParseDates(t *testing.T) {
	for _, c := range []struct{ typed, from, to string }{
		{"từ:2020", "2020-01-01", "0001-01-01"},
		{"from:2020-03 to:2020-04", "2020-03-01", "2020-05-01"},
		{"từ:05/7/2020 đến:10/7/2020", "2020-07-05", "2020-07-11"},
		{"đến:2021", "0001-01-01", "2022-01-01"},
		{"từ:2020 từ:2021 đến:2023 đến:2022", "2021-01-01", "2023-01-01"},
		{"-từ:2020", "0001-01-01", "2020-01-01"},
		{"NOT đến:2020", "2021-01-01", "0001-01-01"},
		{"-(nhà từ:2020-03)", "0001-01-01", "2020-03-01"},
	} {
		got := Parse(c.typed)
		if got.From.Format("2006-01-02") != c.from || got.To.Format("2006-01-02") != c.to {
			t.Errorf("%q: %v to %v", c.typed, got.From, got.To)
		}
	}
}

func TestKeysAndSynonyms(t *testing.T) {
	for _, c := range []struct{ typed, root string }{
		{"73-NQ/TU", "#73-nq/tu"},
		{"nghị quyết 73-nq/tu", "#73-nq/tu|cites=73-nq-tu}"},
		{"quý III/2020", "{#q2020-3|(quý ~3 ~2020)}"},
	} {
		got := Parse(c.typed)
		if s := show(got.Root); !strings.Contains(s, strings.Split(c.root, "|")[0][strings.IndexByte(c.root, '#'):]) {
			t.Errorf("%q: %s, want like %s", c.typed, s, c.root)
		}
	}
	for typed, printed := range map[string]string{"cv 2231": `"công văn số ~2231"`, "hộinôngdân": `"hội nông dân"`} {
		if s := show(Parse(typed).Root); !strings.Contains(s, printed) {
			t.Errorf("%q: %s, want it as %s", typed, s, printed)
		}
	}
	got := Parse("UBND")
	if s := show(got.Root); !strings.HasPrefix(s, "{~ubnd|") || !strings.Contains(s, "nhân dân") {
		t.Errorf("UBND: %s", s)
	}
	got = Parse("ủy ban nhân dân")
	if s := show(got.Root); !strings.Contains(s, "ubnd") {
		t.Errorf("ủy ban nhân dân: %s", s)
	}
}

func TestAuthor(t *testing.T) {
	for typed, want := range map[string]string{
		"tác giả:Nguyễn Thiết giảm nghèo": "(author=nguyen thiet giảm nghèo)",
		`author:"nguyễn thiết"`:           "author=nguyen thiet",
		"tác giả:thiết":                   "author=thiet",
		"-author:Thiết nhà":               "(-author=thiet nhà)",
	} {
		if got := show(Parse(typed).Root); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}

func TestUnderstood(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"sơ kết quý III/2020", "{sơ kết kind so-ket}{quý III/2020 quarter 2020-Q3}"},
		{"nghị quyết 73-NQ/TU", "{nghị quyết 73-NQ/TU cites 73-nq-tu}"},
		{"biển đảo Tuyên Quang", "{Tuyên Quang province tuyen-quang}"},
		{"thừa thiên huế", "{thừa thiên huế province thua-thien-hue}"},
		{"tiếp dân từ 2019 đến 2021", "{từ 2019 đến 2021 from 2019-01-01}{từ 2019 đến 2021 to 2021-12-31}"},
		{"tiếp dân 6 tháng đầu năm 2021", "{6 tháng đầu năm 2021 quarter 2021-Q1}{6 tháng đầu năm 2021 quarter 2021-Q2}"},
		{"hội nông dân tháng 7/2020", "{hội nông dân org hnd}{tháng 7/2020 day 2020-07}"},
		{`"Tuyên Quang" -"quý III/2020"`, ""},
		{"tiêu đề:Tuyên", ""},
		{"hộinôngdân biển đảo hưngyên", "{hộinôngdân org hnd}{hưngyên province hung-yen}"},
		{"hội nông dân thả cá giống xuống hồ chứa nước", ""}, // a long question: its bodies are words
	} {
		got := Parse(c.typed)
		read := ""
		for _, u := range got.Understood {
			read += fmt.Sprintf("{%s %s %s}", u.Text, u.Field, u.Value)
			if u.Text != got.Text[u.Span.Start:u.Span.End] {
				t.Errorf("%q: %q is not at its place", c.typed, u.Text)
			}
			if again := Parse(got.Quoted(u.Span)); slices.ContainsFunc(again.Understood, func(o Understood) bool { return o.Text == u.Text && o.Field == u.Field }) {
				t.Errorf("%q: %q is understood between quotes too", c.typed, u.Text)
			}
		}
		if read != c.want {
			t.Errorf("%q: understood %s, want %s", c.typed, read, c.want)
		}
		if v := Verbatim(c.typed); len(v.Understood) > 0 {
			t.Errorf("%q: verbatim, and understood %v", c.typed, v.Understood)
		}
	}
}

func TestRespell(t *testing.T) {
	for _, c := range []struct {
		typed, words string // fixed ones in brackets, + where a space parts a word from the one before
		all          []index.Correction
		want         string
	}{
		{"nghị quyêt tỉnh:lào-cai 73-NQ/TU", "nghị +quyêt [73] [nq] [tu]", []index.Correction{{From: 1, To: 2, Text: "quyết"}}, "nghị quyết tỉnh:lào-cai 73-NQ/TU"},
		{"giao ban Tuyên Quang", "[giao] +[ban] +[tuyên] +[quang]", nil, "giao ban Tuyên Quang"},
		{"g iám sát -lũ", "g +iám +sát [lũ]", []index.Correction{{From: 0, To: 2, Text: "giám"}}, "giám sát -lũ"},
		{"mặt tra65n", "mặt +tra65n", []index.Correction{{From: 1, To: 2, Text: "trận"}}, "mặt trận"},
		{`"nghị quyêt", TW họp`, "nghị +quyêt [trung] [ương] +họp", nil, `"nghị quyêt", TW họp`},
		{"MTTQ tỉnh tuyên*", "[mttq] +[tỉnh] +[tuyên]", nil, "MTTQ tỉnh tuyên*"},
	} {
		got := Parse(c.typed)
		var words []string
		for _, w := range got.Words() {
			text := w.Text
			if w.Fixed {
				text = "[" + text + "]"
			}
			if w.After {
				text = "+" + text
			}
			words = append(words, text)
		}
		if said := strings.Join(words, " "); said != c.words {
			t.Errorf("%q: words %q, want %q", c.typed, said, c.words)
		}
		if text := got.Respelled(c.all); text != c.want {
			t.Errorf("%q: respelled %q, want %q", c.typed, text, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`"a`, "((a OR", "-(b", "tỉnh:", "title:\"x", "73-NQ/TU", "quý III/2020", "mawtj*", "a:b:c", "\xff\"", "NOT", "- -", "|||", "-AND x", "(tỉnh:huế OR a) -quý:1/2020"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := Parse(typed)
		if !utf8.ValidString(got.Text) {
			t.Errorf("%q: text %q is no UTF-8", typed, got.Text)
		}
		for i := range got.Words() {
			if again := got.Respelled([]index.Correction{{From: i, To: i + 1, Text: "x"}}); !utf8.ValidString(again) {
				t.Errorf("%q: word %d respelled gives %q", typed, i, again)
			}
		}
		show(got.Root)
		for _, f := range got.Typed {
			less := got.Without(f.Span)
			if !utf8.ValidString(less) || len(less) >= len(got.Text) {
				t.Errorf("%q without %+v is %q", typed, f, less)
			}
		}
	})
}
