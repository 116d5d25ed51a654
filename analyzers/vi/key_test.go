package vi

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeys(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"54-NQ/TW", "54-nq/tw"},
		{"số 54-nq/tw của Bộ Chính trị", "54-nq/tw"},
		{"54/NQ-TW", "54-nq/tw"},
		{"54 nq tw", "54-nq/tw"},
		{"54-NQ/T.Ư, 54-NQ/TƯ, 54-nq/tư", "54-nq/tw 54-nq/tw 54-nq/tw"},
		{"54-NQ/TU", "54-nq/tu"},
		{"30/2020/NĐ-CP", "30/2020/nd-cp"},
		{"30/2020/ND-CP", "30/2020/nd-cp"},
		{"30/2020 nđ cp", "30/2020/nd-cp"},
		{"30/2020/NĐ–CP", "30/2020/nd-cp"},
		{"số: 05 /KH-MTTQ-BTT", "05/kh-mttq-btt"},
		{"217 - QĐ/ TW", "217-qd/tw"},
		{"218 – QĐ/TW", "218-qd/tw"},
		{"217 QĐ/ TW", "217-qd/tw"},
		{"217, 218 – QĐ/TW", "217-qd/tw 218-qd/tw"},
		{"số31-QĐ/TW", "31-qd/tw"},
		{"1234/UBND-VX", "1234/ubnd-vx"},
		{"1234/ubnd-vx", "1234/ubnd-vx"},
		{"125/2020/QH14", "125/2020/qh14"},
		{"2231/SNV-CCHC&PC", "2231/snv-cchc&pc"},
		{"15/CT-TTg", "15/ct-ttg"},
		{"30c/NQ-CP", "30c/nq-cp"},
		{"01/1999/QĐ.UB", "01/1999/qd-ub"},
		{"26-HD/BTCTW, 12-NQ/BTCTƯ", "26-hd/btctw 12-nq/btctw"},
		{"01/7/2025", "2025-07-01"},
		{"1-7-2025, 1.7.2025, 2025-07-01", "2025-07-01 2025-07-01 2025-07-01"},
		{"ngày 1 tháng 7 năm 2025", "2025-07-01"},
		{"ngay 01 thang 7 nam 2025", "2025-07-01"},
		{"31/2/2025", "31 2 2025"},
		{"quý III/2020, quý 3 năm 2020, Q3/2020, Quý 3-2020", "q2020-3 q2020-3 q2020-3 q2020-3"},
		{"Quí III năm 2020, quy 3/2020, quý III-2020, quý ba năm 2020", "q2020-3 q2020-3 q2020-3 q2020-3"},
		{"QUÝ III/2020; quý III.2020; quý III năm2020", "q2020-3 q2020-3 q2020-3"},
		{"QIII/2020; QIV năm 2020; quýII/2021", "q2020-3 q2020-4 q2021-2"},
		{"298 KH/TWĐTN", "298-kh/twdtn"},
		{"quý VI/2020, quý III", "2020"},
		{"Quỹ III/2020", "2020"},
		{"6 tháng đầu năm 2020, sáu tháng cuối năm 2021", "h2020-1 h2021-2"},
		{"168.473.250.000; 168473250000; 8,2", "168473250000 168473250000 8,2"},
		{"11.706/36.738, 85/101, 2020 - 2025", "11706 36738 85 101 2020 2025"},
		{"Covid-19; 60 km/h; 5/kg; 10/người; 20-Nguyễn", "19 60 5 10 20"},
	} {
		if diff := cmp.Diff(c.want, texts(Analyze(c.text).Key, First)); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}
