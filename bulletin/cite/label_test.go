package cite

import "testing"

func TestParseLabel(t *testing.T) {
	for typed, want := range map[string]string{
		"73-NQ/TU": "73-nq-tu", "73-nq/tu": "73-nq-tu", "73/NQ-TU": "73-nq-tu", "73 nq tu": "73-nq-tu", "số 73-NQ/TU": "73-nq-tu",
		"30/2020/nđ-cp": "30-2020-nd-cp", "30/2020 nd cp": "30-2020-nd-cp", "nghị định 30/2020/NĐ-CP": "30-2020-nd-cp", "Nghị định 30/2020": "30-2020-nd-cp",
		"42/NQ-CP": "42-nq-cp", "42 nq-cp": "42-nq-cp", "nghi quyet 42/nq-cp": "42-nq-cp", "nghi quyet so 18-nq/tw": "18-nq-tw",
		"1234/QĐ-UBND": "1234-qd-ubnd", "1234/qd-ubnd": "1234-qd-ubnd", "1234 qdubnd": "1234-qd-ubnd", "35-CT/TW ngày 30/5/2019": "35-ct-tw~2019-05-30",
		"5-ct/tw": "05-ct-tw", "217 qd/tw": "217-qd-tw", "120/2020/qh14": "120-2020-qh14", "26-hd/btctw": "26-hd-btctw", "02-hd/duk": "02-hd-duk",
		"62-kl/tw": "62-kl-tw", "40-ct/tư": "40-ct-tw", "16/ct-ttg": "16-ct-ttg", "Nghị quyết 54 của Bộ Chính trị": "54-nq-tw",
		"Nghị quyết Trung ương 4 khóa XII": "nghi-quyet-trung-uong-4-khoa-xii", "73-nq/tu tuyên quang": "73-nq-tu@tuyen-quang", "12/2020/nq-hdnd": "12-2020-nq-hdnd",
		"02-da/tu": "02-da-tu", "30c/nq-cp": "30c-nq-cp", "Luật Mặt trận Tổ quốc Việt Nam": "luat-mat-tran-to-quoc-viet-nam",
		"": "", "73": "", "mặt trận": "", "quý 3/2020": "", "2/9": "", "11.706/36.738": "", "nghị quyết": "", "54 hộ": "", "covid-19": "", "xã 5 tw": "", "giao ban quý 2 tw": "",
	} {
		c, ok := ParseLabel(typed)
		if ok != (want != "") || c.Key != want {
			t.Errorf("%q: got %q %v, want %q", typed, c.Key, ok, want)
		}
	}
}

func TestParseLabelPrints(t *testing.T) {
	for typed, want := range map[string][3]string{
		"73 nq tu":           {"73-NQ/TU", "Nghị quyết", "TU"},
		"30/2020 nd cp":      {"30/2020/NĐ-CP", "Nghị định", "CP"},
		"quy dinh 212 qd tw": {"212-QĐ/TW", "Quy định", "TW"},
		"33/nq-hdnd":         {"33/NQ-HĐND", "Nghị quyết", "HĐND"},
		"16/ct-ttg":          {"16/CT-TTg", "Chỉ thị", "TTg"},
	} {
		c, _ := ParseLabel(typed)
		if got := [3]string{c.Label, c.Type, c.Issuer}; got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}
