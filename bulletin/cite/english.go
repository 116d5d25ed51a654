package cite

import "bantin/analyzers/vi"

// englishWords are what the grammar's own words are in English.
var englishWords = map[docWord][]string{wCua: {"of"}, wSo: {"no", "number"}, wVa: {"and"}, wNgay: {"dated"}}

// englishTypes are the kinds of documents in English, by name.
var englishTypes = map[string]string{
	"Nghị quyết": "resolution", "Chỉ thị": "directive", "Nghị định": "decree", "Quyết định": "decision", "Quy định": "regulation",
	"Kết luận": "conclusion", "Kế hoạch": "plan", "Hướng dẫn": "{guidance|guideline}", "Thông tư": "circular", "Công điện": "telegram",
	"Pháp lệnh": "ordinance", "Thông báo": "notice", "Báo cáo": "report",
}

// englishIssuers are the bodies in English, by their letters.
var englishIssuers = map[string]string{
	"TW": "[the] {politburo|political bureau|secretariat|[party] central committee}", "CP": "[the] government", "TTg": "[the] prime minister",
	"QH": "[the] national assembly", "TU": "[the] provincial party committee", "UBND": "[the] [provincial] people [s] committee",
	"HĐND": "[the] [provincial] people [s] council",
}

// enterEnglish makes the grammar's own words known in English, before the
// tables number others that are spelt so without accents: nổ, no.
func (t *docTables) enterEnglish() {
	for word, spellings := range englishWords {
		for _, w := range spellings {
			t.enter(w, word)
		}
	}
}

// addEnglish enters the English names of types and bodies.
func (t *docTables) addEnglish() {
	for i, typ := range vi.DocumentTypes() {
		if pattern := englishTypes[typ.Name]; pattern != "" {
			t.add(sortType, i, pattern)
		}
	}
	seen := map[string]bool{}
	for i, issuer := range vi.Issuers() {
		if pattern := englishIssuers[issuer.Code]; pattern != "" && !seen[issuer.Code] {
			seen[issuer.Code] = true
			t.add(sortIssuer, i, pattern)
		}
	}
}
