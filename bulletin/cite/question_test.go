package cite

import (
	"slices"
	"strings"
	"testing"
)

func TestReadQuestion(t *testing.T) {
	for _, c := range []struct{ question, text, keys string }{ // text: what is named; keys: the first ones
		{"chỉ thị 35", "chỉ thị 35", "35-ct-tw 35-ct-ttg 35-ct-tu"},
		{"chỉ thị 5", "chỉ thị 5", "05-ct-tw"},
		{"ct35", "ct35", "35-ct-tw"},
		{"ct 05 tw", "ct 05 tw", "05-ct-tw"},
		{"CT-35/TW", "CT-35/TW", "35-ct-tw"},
		{"NQ-18/TW", "NQ-18/TW", "18-nq-tw"},
		{"NQ-68/CP", "NQ-68/CP", "68-nq-cp"},
		{"18 nq tw", "18 nq tw", "18-nq-tw"},
		{"chi thi so 35 cua bo chinh tri", "chi thi so 35 cua bo chinh tri", "35-ct-tw"},
		{"nghị quyết 73", "nghị quyết 73", "73-nq-tw 73-nq-cp 73-nq-tu"},
		{"nq 73 tu lao cai", "nq 73 tu lao cai", "73-nq-tu@lao-cai"},
		{"nq 73 lào cai", "nq 73 lào cai|nq 73", "73-nq-tu@lao-cai|73-nq-tw"},
		{"73-NQ/TU Lào Cai", "73-NQ/TU Lào Cai", "73-nq-tu@lao-cai"},
		{"nghị quyết 73 tỉnh ủy lào cai", "nghị quyết 73 tỉnh ủy lào cai", "73-nq-tu@lao-cai"},
		{"kh125 ubnd đồng tháp", "kh125 ubnd đồng tháp", "125-kh-ubnd@dong-thap"},
		{"kế hoạch 125 của ubnd tỉnh đồng tháp", "kế hoạch 125 của ubnd tỉnh đồng tháp", "125-kh-ubnd@dong-thap"},
		{"125/KH-UBND đồng tháp", "125/KH-UBND đồng tháp", "125-kh-ubnd@dong-thap"},
		{"ke hoach 125 dong thap", "ke hoach 125 dong thap|ke hoach 125", "125-kh-ubnd@dong-thap 125-kh-tu@dong-thap|125-kh-ubnd"},
		{"217, 218-QĐ/TW", "217|218-QĐ/TW", "217-qd-tw|218-qd-tw"},
		{"nq tw 4 khoa 12", "nq tw 4 khoa 12", "nghi-quyet-trung-uong-4-khoa-xii"},
		{"212 qđ tw", "212 qđ tw", "212-qd-tw"},
		{"qd212", "qd212", "212-qd-tw"},
		{"QĐ-212/TW", "QĐ-212/TW", "212-qd-tw"},
		{"quy dinh so 212 cua ban bi thu", "quy dinh so 212 cua ban bi thu", "212-qd-tw"},
		{"nghi dinh 30 nam 2020", "nghi dinh 30 nam 2020", "30-2020-nd-cp"},
		{"68 nq cp", "68 nq cp", "68-nq-cp"},
		{"68 nq", "68 nq", "68-nq-tw 68-nq-cp"},
		{"luat mat tran", "luat mat tran", "luat-mat-tran-to-quoc-viet-nam"},
		{"nghị quyết đại hội 13", "nghị quyết đại hội 13", "nghi-quyet-dai-hoi-dang-toan-quoc-lan-thu-xiii"},
		{"directive 35", "directive 35", "35-ct-tw"},
		{"resolution 68", "resolution 68", "68-nq-tw 68-nq-cp"},
		{"resolution no. 68 of the government", "resolution no. 68 of the government", "68-nq-cp"},
		{"decree 30/2020", "decree 30/2020", "30-2020-nd-cp"},
		{"nghị quyết 18 khóa XII", "nghị quyết 18 khóa XII", "18-nq-tw~khoa-xii 18-nq-tw"},
		{"Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị", "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị", "05-ct-tw~2016-05-15 05-ct-tw"},
		{"giao ban chỉ thị 35 tuyên quang quý 2", "chỉ thị 35 tuyên quang|chỉ thị 35", "35-ct-tu@tuyen-quang|35-ct-tw"},
		{"tb 12 tu hung yen", "tb 12 tu hung yen", "12-tb-tu@hung-yen"},
		{"nghị quyết 73 của lào cai", "nghị quyết 73 của lào cai", "73-nq-tu@lao-cai"},
		{"nq 68 cp lào cai", "nq 68 cp", "68-nq-cp"},
		{"chỉ thị 35 từ 2020", "chỉ thị 35", "35-ct-tw"},
		{"212", "212", "212-nq-tw 212-nq-cp"},
		{"2020", "", ""},
		{"giao ban tuyên quang quý 3", "", ""},
		{"kế hoạch 5 năm", "", ""},
		{"từ 2020 đến 2022", "", ""},
		{"sơ kết 6 tháng đầu năm 2020", "", ""},
		{"8/4/2021", "", ""},
		{"dự án giai đoạn 2 đã trở thành cái gì", "", ""},
		{"những năm 1970 đã có mạng nào", "", ""},
		{"giai doan 2 da xong", "", ""},
		{"12 đa số tán thành", "", ""},
		{"ĐA 12 ubnd lào cai", "ĐA 12 ubnd lào cai", "12-da-ubnd@lao-cai"},
		{"2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "2231-snv-cchc-pc"},
		{"238/ubnd-kgvx lào cai", "238/ubnd-kgvx lào cai", "238-ubnd-kgvx@lao-cai"},
		{"/post/8270/ubnd-tinh-hop-bao", "", ""},
		{"nq 68 of 2020", "nq 68 of 2020", "68-nq-tw~2020"},
		{"nghi dinh 30/2020/cp", "nghi dinh 30/2020/cp", "30-2020-nd-cp"},
		{"2nd quarter", "", ""},
		{"12-ĐA lào cai", "12-ĐA lào cai|12-ĐA", "12-da-ubnd@lao-cai"},
	} {
		got := ReadQuestion(c.question)
		var texts []string
		for _, m := range got {
			texts = append(texts, c.question[m.Start:m.End])
		}
		if text := strings.Join(texts, "|"); text != c.text {
			t.Errorf("%s: named %q, want %q: %v", c.question, text, c.text, got)
			continue
		}
		for n, keys := range strings.Split(c.keys, "|") {
			want := strings.Fields(keys)
			if len(got) > n && !slices.Equal(got[n].Keys[:min(len(want), len(got[n].Keys))], want) {
				t.Errorf("%s: keys %v, want first %v", c.question, got[n].Keys[:min(8, len(got[n].Keys))], want)
			}
		}
	}
	if m := ReadQuestion("212"); len(m) != 1 || !slices.Contains(m[0].Keys, "212-qd-tw") {
		t.Errorf("212: %v", m)
	}
}

func FuzzReadQuestion(f *testing.F) {
	for _, q := range []string{"ct35", "217, 218-QĐ/TW", "nq tw 4 khoa 12", "decree 30/2020", "kh125 ubnd đồng tháp", "212"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		last := Mention{}
		for _, m := range ReadQuestion(q) {
			if m.Start < last.End && m.Start != last.Start || m.End <= m.Start || m.End > len(q) || len(m.Keys) == 0 {
				t.Fatalf("%q: %v", q, m)
			}
			last = m
		}
	})
}
