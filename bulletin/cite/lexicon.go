package cite

import (
	_ "embed" // for the tables
	"slices"
	"strings"
	"sync"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

//go:embed tables/laws.tsv
var lawsTSV string

//go:embed tables/unions.tsv
var unionsTSV string

// Classes of phrases; the value of one is its row in the table named.
const (
	classType      phrase.Class = iota // a kind of document: Nghị quyết; vi.DocumentTypes
	classIssuer                        // a body that issues documents: Ban Bí thư; vi.Issuers
	classLaw                           // the name of a law without the word Luật: Đất đai; laws
	classPlace                         // a province; bulletin.Provinces
	classUnion                         // an organization beside the Party that holds congresses; unions
	classQualifier                     // what may stand between type and number: khẩn
	classLevel                         // a level of administration; levels
	classCount                         // what makes a number before it a count: điểm
)

var (
	lexicon      = sync.OnceValue(func() *phrase.Table { return newLexicon().Seal() })
	typedLexicon = sync.OnceValue(newTypedLexicon)

	laws      = sync.OnceValue(func() [][]string { return bulletin.ReadTable(lawsTSV, 2) })
	unions    = sync.OnceValue(func() [][]string { return bulletin.ReadTable(unionsTSV, 2) })
	provinces = sync.OnceValue(bulletin.Provinces)
)

// newLexicon is every phrase that citations are read with.
func newLexicon() *phrase.Table {
	t := phrase.NewTable()
	for i, typ := range vi.DocumentTypes() {
		t.Add(classType, uint16(i), typ.Spellings)
	}
	for i, issuer := range vi.Issuers() {
		t.Add(classIssuer, uint16(i), issuer.Spellings)
	}
	for i, row := range laws() {
		pattern := row[1]
		if pattern == "" {
			pattern = strings.ReplaceAll(strings.ToLower(row[0]), ",", " [,]")
		}
		t.Add(classLaw, uint16(i), pattern)
	}
	for i, row := range unions() {
		t.Add(classUnion, uint16(i), row[1])
	}
	t.AddProvinces(classPlace)
	for i, level := range levels {
		t.Add(classLevel, uint16(i), level)
	}
	t.Add(classLevel, uint16(slices.Index(levels, "thành phố")), "tp")
	t.Add(classQualifier, 0, qualifiers)
	t.Add(classCount, 0, counted)
	return t
}

// levels are the levels of administration.
var levels = []string{"tỉnh", "thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "xã", "phường"}

// qualifiers are words between a type and "số": Công điện khẩn số 07-CĐ/TU.
const qualifiers = "[thượng] khẩn | hỏa tốc | [tối] mật | liên tịch | liên ngành | phối hợp | chuyên đề | cá biệt | thực hiện | triển khai | ( {nq|qđ|ct|kh|kl|nđ|tt|hd|tb|cv} )"

// counted are words before which a number is a count: "Kế hoạch 5 điểm".
const counted = "điểm | nội dung | nhóm | nhiệm vụ | mục tiêu | bước | giai đoạn | người | tỷ | triệu | nghìn | ngàn | đồng | lần | chương | điều | khoản | mục | phần | trang | bản | xã | phường | huyện | quận | tỉnh | thành phố | thôn | đơn vị | cấp | bên | vấn đề | chỉ tiêu | giải pháp | tháng | tuần | quý | giờ | phút | đợt | khâu | lĩnh vực | cơ quan | tổ chức | loại | hộ | đại biểu | ý kiến | tổ | ban | bộ | ngành | km | kg | m | ha | tấn | cây | con | cái | chiếc | việc | trọng tâm | trụ cột | đột phá | phương án | dự án | đề án | trường hợp | cán bộ | đảng viên | chi bộ | câu | chữ | tập | cuốn | kỳ | khóa | vòng | trận | nước | quốc gia | tiểu | nhà"

// newTypedLexicon has besides what people type alone: the first words of the
// names of laws, and English names.
func newTypedLexicon() *phrase.Table {
	t := newLexicon()
	addShortLaws(t)
	for i, typ := range vi.DocumentTypes() {
		t.Add(classType, uint16(i), englishTypes[typ.Name])
	}
	for i, issuer := range vi.Issuers() {
		t.Add(classIssuer, uint16(i), englishIssuers[issuer.Code])
	}
	return t.Seal()
}

// addShortLaws enters the first words of the names of laws, two at least, that
// begin one name only: luật mặt trận.
func addShortLaws(t *phrase.Table) {
	begun := map[string]int{}
	each := func(visit func(law int, short string)) {
		for law, row := range laws() {
			words := strings.Fields(strings.ToLower(strings.ReplaceAll(row[0], ",", "")))
			for n := 2; n < len(words); n++ {
				visit(law, strings.Join(words[:n], " "))
			}
		}
	}
	each(func(_ int, short string) { begun[vi.Fold(short)]++ })
	each(func(law int, short string) {
		if begun[vi.Fold(short)] == 1 {
			t.Add(classLaw, uint16(law), short)
		}
	})
}

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
