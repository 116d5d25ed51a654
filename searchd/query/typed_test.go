package query

import (
	"fmt"
	"strings"
	"testing"

	"bantin/bulletin"
)

// TestTyped: every filter in a text is known with what it means, and taking it
// out leaves the rest as it was typed.
func TestTyped(t *testing.T) {
	for _, c := range []struct{ typed, filters, without string }{
		{"giao ban", "", ""},
		{"tỉnh:lào-cai", "province=lao-cai", ""},
		{"giao  ban tỉnh:lào-cai nhà", "province=lao-cai", "giao  ban nhà"},
		{"tỉnh: Lào Cai,  giao ban", "province=lao-cai", "giao ban"},
		{`“nhà dột”tỉnh:"Lào Cai"x`, "province=lao-cai", "“nhà dột” x"},
		{"a province:hue b quý:III/2020 c", "province=hue quarter=2020-Q3", "a b quý:III/2020 c|a province:hue b c"},
		{"nhà AND tỉnh:lào-cai AND cầu", "province=lao-cai", "nhà AND cầu"},
		{"tỉnh:lào-cai AND cầu nhà", "province=lao-cai", "cầu nhà"},
		{"nhà && tỉnh:lào-cai", "province=lao-cai", "nhà"},
		{"cầu +tỉnh:lào-cai nhà", "province=lao-cai", "cầu nhà"},
		{"cầu -tỉnh:lào-cai nhà", "-province=lao-cai", "cầu nhà"},
		{"cầu NOT  tỉnh:lào-cai nhà", "-province=lao-cai", "cầu nhà"},
		{"tỉnh:lào-cai OR cầu", "?province=lao-cai", "cầu"},
		{"cầu OR tỉnh:lào-cai OR nhà", "?province=lao-cai", "cầu OR nhà"},
		{"cầu OR tỉnh:lào-cai nhà", "?province=lao-cai", "cầu OR nhà"},
		{"cầu (tỉnh:lào-cai)", "?province=lao-cai", "cầu"},
		{"cầu -((tỉnh:lào-cai)) nhà", "-province=lao-cai", "cầu nhà"},
		{"cầu (nhà OR tỉnh:lào-cai) mới", "?province=lao-cai", "cầu (nhà) mới"},
		{"cầu(tỉnh:lào-cai)nhà", "?province=lao-cai", "cầu nhà"},
		{"-(cầu tỉnh:lào-cai)", "-province=lao-cai", "-(cầu)"},
		{"(cầu OR -tỉnh:lào-cai", "-province=lao-cai", "(cầu"},
		{"tỉnh:lào-cai (NHÀ HOẶC CẦU)", "province=lao-cai", "(NHÀ OR CẦU)"},
		{"tỉnh:lào-cai UBND OR HĐND", "?province=lao-cai", "UBND OR HĐND"},
		{"từ:2020-03 đến:4/2020 nhà", "from=2020-03-01 to=2020-04-30", "đến:4/2020 nhà|từ:2020-03 nhà"},
		{"-từ:2020 nhà", "to=2019-12-31", "nhà"},
		{"tỉnh:atlantis nhà", "", ""},
		{"title:tỉnh nguồn:mau-hue", "source=mau-hue", "title:tỉnh"},
		{"trích:35-CT/TW cơ quan:mttq năm:2020", "cites=35-ct-tw org=mttq year=2020", "cơ quan:mttq năm:2020|trích:35-CT/TW năm:2020|trích:35-CT/TW cơ quan:mttq"},
		{"loại:so-ket site:x", "kind=so-ket source=x", "site:x|loại:so-ket"},
		{"mawtj traanj tinh:hue", "province=hue", "mặt trận"},
	} {
		got, err := Parse(c.typed)
		if err != nil {
			t.Fatal(c.typed, err)
		}
		var filters, without []string
		for _, f := range got.Typed {
			sign := map[bool]string{true: "-"}[f.Excluded]
			if !f.Whole && !f.Excluded {
				sign = "?"
			}
			filters = append(filters, sign+f.Name+"="+f.Value)
			without = append(without, got.Without(f.Span))
		}
		if s := strings.Join(filters, " "); s != c.filters {
			t.Errorf("%q: filters %s, want %s", c.typed, s, c.filters)
		}
		if s := strings.Join(without, "|"); s != c.without {
			t.Errorf("%q: without them %q, want %q", c.typed, s, c.without)
		}
	}
}

// TestWithoutAll takes several parts out at once, and parts of plain words.
func TestWithoutAll(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"tỉnh:huế giao ban quý:1/2020 -nguồn:x nhà", "giao ban nhà"},
		{"tỉnh:huế OR quý:1/2020 OR nhà", "nhà"},
		{"(tỉnh:huế OR quý:1/2020) -(năm:2020)", ""},
		{"giao ban Thừa Thiên Huế nhà 73-NQ/TU", "giao ban nhà"},
		{"(Thừa Thiên Huế) OR nhà", "nhà"},
		{"-Lào Cai, quý III/2020", "-Lào Cai,"},
	} {
		got, err := Parse(c.typed)
		if err != nil {
			t.Fatal(c.typed, err)
		}
		var parts []bulletin.Span
		for _, f := range got.Typed {
			parts = append(parts, f.Span)
		}
		for _, i := range got.Interpretations {
			parts = append(parts, i.Span)
		}
		if s := got.Without(parts...); s != c.want {
			t.Errorf("%q: %q, want %q of %s", c.typed, s, c.want, fmt.Sprint(got.Typed, got.Interpretations))
		}
		if s := got.Without(); s != got.Text {
			t.Errorf("%q without nothing is %q", c.typed, s)
		}
	}
}
