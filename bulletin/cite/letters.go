package cite

import (
	"slices"
	"strings"
)

// docLetters of the types, by their capitals: canonical letters and the type
// in words. Unaccented spellings are misprints of the accented ones.
var docTypeLetters = map[string][2]string{
	"NQ": {"NQ", "Nghị quyết"}, "QĐ": {"QĐ", "Quyết định"}, "QD": {"QĐ", "Quyết định"}, "QYĐ": {"QyĐ", "Quy định"}, "QĐI": {"QĐ", "Quy định"},
	"CT": {"CT", "Chỉ thị"}, "KL": {"KL", "Kết luận"}, "TB": {"TB", "Thông báo"}, "TBKL": {"TBKL", "Thông báo"},
	"TT": {"TT", "Thông tư"}, "HD": {"HD", "Hướng dẫn"}, "KH": {"KH", "Kế hoạch"}, "CTR": {"CTr", "Chương trình"},
	"CTHĐ": {"CTHĐ", "Chương trình hành động"}, "CTRHĐ": {"CTrHĐ", "Chương trình hành động"},
	"ĐA": {"ĐA", "Đề án"}, "DA": {"DA", "Dự án"}, "PA": {"PA", "Phương án"}, "BC": {"BC", "Báo cáo"},
	"ĐM": {"ĐM", "Điện mật"}, "TTR": {"TTr", "Tờ trình"}, "CV": {"CV", "Công văn"}, "CĐ": {"CĐ", "Công điện"}, "QC": {"QC", "Quy chế"},
	"NĐ": {"NĐ", "Nghị định"}, "ND": {"NĐ", "Nghị định"}, "PL": {"PL", "Pháp lệnh"}, "L": {"L", "Lệnh"}, "LCT": {"LCT", "Lệnh"},
	"SL": {"SL", "Sắc lệnh"}, "BB": {"BB", "Biên bản"}, "HĐ": {"HĐ", "Hợp đồng"}, "BGN": {"BGN", "Bản ghi nhớ"},
	"BTT": {"BTT", "Bản thỏa thuận"}, "GM": {"GM", "Giấy mời"}, "GUQ": {"GUQ", "Giấy ủy quyền"}, "GGT": {"GGT", "Giấy giới thiệu"},
	"TTLT": {"TTLT", "Thông tư liên tịch"}, "TTLB": {"TTLB", "Thông tư liên tịch"}, "TTLN": {"TTLN", "Thông tư liên tịch"},
	"NQLT": {"NQLT", "Nghị quyết liên tịch"}, "HDLN": {"HDLN", "Hướng dẫn liên ngành"}, "HDLT": {"HDLT", "Hướng dẫn liên ngành"},
	"KHLT": {"KHLT", "Kế hoạch liên tịch"}, "KHLN": {"KHLN", "Kế hoạch liên tịch"}, "KHPH": {"KHPH", "Kế hoạch phối hợp"},
	"CTPH": {"CTPH", "Chương trình phối hợp"}, "CTRPH": {"CTrPH", "Chương trình phối hợp"}, "CTLT": {"CTLT", "Chương trình phối hợp"},
	"QCPH": {"QCPH", "Quy chế phối hợp"}, "QCLT": {"QCLT", "Quy chế phối hợp"}, "ĐL": {"ĐL", "Điều lệ"}, "QH": {"QH", "Quy hoạch"},
}

// docCentral are issuers of the state and the Front at the centre.
var docCentral = setOf(
	"CP", "TTg", "CTN", "VPCP", "VPQH", "VPCTN", "HĐBT", "HĐBCQG", "TANDTC", "VKSNDTC", "KTNN", "TTCP", "NHNN",
	"TLĐ", "ĐCT", "UBDT", "BHXHVN", "TCT", "TCHQ", "TCTK", "MTTW", "MTTW-BTT", "MTTW-ĐCT", "QH", "UBTVQH",
	"BNV", "BTC", "BGDĐT", "BYT", "BCA", "BQP", "BTP", "BXD", "BGTVT", "BCT", "BKHCN", "BKHĐT", "BNNPTNT",
	"BNNMT", "BLĐTBXH", "BVHTTDL", "BTNMT", "BTTTT", "BDTTG", "BNG", "BKH", "BTM", "BVHTT", "BTS", "BCN",
)

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// docPartyOrgans are the letters that stand before TW, TU, HU … in the name of
// an organ of a party committee, farmers' and youth unions included.
var docPartyOrgans = []string{
	"", "VP", "BTC", "BTG", "BDV", "BTGDV", "BTGDV", "BNC", "UBKT", "BCS", "BCSĐ", "BKT", "BĐN", "BCSCL", "BTV", "BTT",
	"Q", "QU", "HND", "BCĐ", "ĐĐ", "BBVSK", "HĐLL", "TTVH", "BTGVDV", "ĐUCA",
}

// canonicalIssuer mends the spelling of the first letters of an issuer:
// capitals of TTg, TW for TƯ, đ where it was lost.
func canonicalIssuer(s string) string {
	s = strings.ReplaceAll(canonicalTail(s), ".", "")
	if docSmallIssuers[s] {
		s = strings.ToUpper(s)
	}
	switch upper := strings.ToUpper(s); {
	case upper == "TTG":
		return "TTg"
	case upper == "THU":
		return "ThU"
	case upper == "HDND":
		return "HĐND"
	case upper == "TU" || upper == "HU" || upper == "CP" || upper == "QU":
		return upper
	case strings.Contains(upper, "TƯ"):
		return strings.ReplaceAll(upper, "TƯ", "TW")
	case strings.HasSuffix(upper, "TW"):
		return upper
	}
	return s
}

// partyIssuer tells whether an issuer numbers in the party's layout.
func partyIssuer(code string) bool {
	head, _, _ := strings.Cut(code, "-")
	if strings.HasPrefix(head, "ĐU") || strings.HasPrefix(head, "TWĐTN") || head == "ThU" || head == "QU" {
		return true
	}
	for _, tail := range [...]string{"TW", "TU", "HU"} {
		if organ, ok := strings.CutSuffix(head, tail); ok && slices.Contains(docPartyOrgans, organ) {
			return true
		}
	}
	return false
}

// centralIssuer tells whether a code needs no province.
func centralIssuer(code string) bool {
	head, _, _ := strings.Cut(code, "-")
	head, _, _ = strings.Cut(head, ".")
	if strings.HasPrefix(head, "QH") || strings.HasPrefix(head, "UBTVQH") || strings.HasPrefix(head, "TWĐTN") ||
		strings.HasPrefix(head, "UBTWMTTQ") || strings.HasPrefix(head, "UBTUMTTQ") || strings.HasPrefix(head, "ĐCTUBTWMTTQ") {
		return true
	}
	return strings.HasSuffix(head, "TW") || docCentral[head] || docCentral[code]
}

// stateIssuer tells whether an issuer numbers in the state's layout whatever
// marks are printed.
func stateIssuer(code string) bool {
	for _, p := range [...]string{"UB", "HĐND", "MTTQ"} {
		if strings.HasPrefix(code, p) && !partyIssuer(code) {
			return true
		}
	}
	return centralIssuer(code) && !partyIssuer(code) && !strings.HasPrefix(code, "TW")
}

// knownIssuer tells whether a code is enough to believe a number that nothing
// announces.
func knownIssuer(code string) bool {
	head, _, _ := strings.Cut(code, "-")
	head, _, _ = strings.Cut(head, ".")
	if partyIssuer(head) || centralIssuer(head) {
		return true
	}
	for _, p := range [...]string{"UBND", "HĐND", "UB", "MTTQ", "UBMT", "BTV", "BTT", "BCH", "BCĐ", "LĐLĐ", "ĐTN", "HND", "CCB", "ĐĐBQH"} {
		if strings.HasPrefix(head, p) {
			return true
		}
	}
	return strings.HasPrefix(head, "S") && len(head) >= 3
}

// oldIssuer tells whether letters are of the Government before the letters of
// types came into use: Quyết định số 181-CP, 94-HĐBT.
func oldIssuer(letters string) bool {
	return letters == "CP" || letters == "TTG" || letters == "HĐBT"
}

func canonicalTail(s string) string {
	if s == "TTG" {
		return "TTg"
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "Ð", "Đ"), "TƯ", "TW")
}
