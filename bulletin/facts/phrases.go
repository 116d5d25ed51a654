package facts

import (
	"strings"
	"sync"

	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// Classes of phrases, by the reader that looks for them.
const (
	classOrganization phrase.Class = iota + 1
	classProvince
	classLevel      // words that tell a body's level
	classPlaceCue   // words after which a province's name is the province
	classAsideCue   // words after which a province is only met, not the place
	classKind       //
	classReview     // cues of the period
	classGovern     // review verbs whose object may be a plan
	classPlan       //
	classPlanVerb   // plan only with "nhiệm vụ" behind
	classTask       // nhiệm vụ
	classSchedule   //
	classLabel      // labels of a publication date
	classNotLabel   // labels of other dates
	classClock      // labels of today's date
	classWeekday    // with its number, Sunday 0
	classUnit       // units of a relative date
	classAgo        //
	classCount      // English words for one
	classHappens    // words after which a date is the event's
	classDeadline   // words after which it is not
	classHolds      // verbs of the body that holds a meeting
	classWith       // "phối hợp với"
	classOffice     // a person's office
	classNotAuthor  //
	classOpening    // between a body and its verb
	classBlockMonth // month names that are events
	classYearBlock  // words before a year that is not the period's
	classTown       // cities that are no province
	classPart       // nouns for a part of a body
	classCongress   // congresses, which are not the committee that they elect
	classRule       // documents whose names hold the words for events
	classEarlier    // words that open a sentence about an earlier event
	classDepartment // a department's name without its "sở"
	classPosition   // what names a person's office
	classOpener     // words that open a sentence whose event follows a comma
	classChairs     // words for presiding
	classMeeting    // nouns for a meeting
	classPresided   // words before who presided
	classForm       // "đồng chí" and other words before a person's name
	classVenue      // rooms and houses of meetings, and forms without one
	classVisit      // what is done at a place where no meeting is held
	classAttends    // words behind a body that does not act, or is a guest
	classOrdinal    // an English ordinal of a quarter or half
	classBefore     // words before a name that make it another's than a province's
)

// Values of classLevel.
const (
	levelProvince uint16 = iota + 1
	levelDistrict
	levelCommune
	levelCentral
	levelAll
	levelCity // a city: of central rank or of a province
)

// Values of classKind.
const (
	kindGiaoBan uint16 = iota
	kindSoKet
	kindTongKet
	kindHopBao
	kindPhienHop
	kindDoiThoai
	kindNone // looks like one, is none
)

// Values of classLabel.
const (
	labelPosted uint16 = iota + 1
	labelUpdated
	labelOn // needs "on" before the date
)

// chairsOf is the value of a classChairs before the person.
const chairsOf uint16 = 1

// ruleLists is the value of rules whose names list what they rule.
const ruleLists uint16 = 1

// Values of classUnit.
const (
	unitMinute uint16 = iota + 1
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitYear
	unitSecond
)

// Values of classBefore.
const (
	beforeSmall  uint16 = iota + 1 // a kind of smaller place
	beforeOther                    // what ends like one
	beforeFamily                   // a family name
)

// phrases is the readers' vocabulary beside the tables.
var phrases = []struct {
	class    phrase.Class
	value    uint16
	patterns string
}{
	{classLevel, levelProvince, "[cấp|hai cấp|chi nhánh] tỉnh | tỉnh ủy | TU | tỉnh nhà"},
	{classLevel, levelDistrict, "[cấp|các|một số|nhiều|từng] {huyện|quận|thị xã} | {huyện|quận|thị} ủy | cấp huyện | các huyện , {thị xã|thành phố|thị , thành phố} | các huyện , thị xã , thành phố | HU"},
	{classLevel, levelCommune, "[cấp|các|một số|nhiều|từng] {xã|phường|thị trấn|đặc khu} | cơ sở | cấp cơ sở | các xã , {phường|thị trấn} | các xã , phường , thị trấn | đảng ủy | khu dân cư | ấp | thôn"},
	{classLevel, levelCentral, "trung ương | TW | tối cao"},
	{classLevel, levelAll, "[ở] các cấp | {hai|ba|bốn} cấp | các tỉnh"},
	{classLevel, levelCity, "[các] thành phố | TP | thành ủy"},

	{classPlaceCue, 0, "tỉnh | thành phố | TP | tỉnh ủy | thành ủy | UBND | HĐND | ủy ban nhân dân | hội đồng nhân dân | đảng bộ | MTTQ | mặt trận tổ quốc | mặt trận | $MTTQ $VN | UBMTTQ [VN] | UBMTTQVN | đoàn ĐBQH | đoàn đại biểu quốc hội | tỉnh đoàn | thành đoàn | công an | báo | đài PTTH | LĐLĐ | liên đoàn lao động | địa bàn | thị xã"},
	{classAsideCue, 0, "với | đón | tiếp | thăm | cùng | từ | của đoàn | đoàn công tác | đoàn đại biểu | kinh nghiệm tại | kinh nghiệm của | các tỉnh | một số tỉnh | nhiều tỉnh | như | giáp | giữa | đến | gồm | kết nghĩa với"},

	{classKind, kindGiaoBan, "giao ban | trực báo | giaoban | trucbao | briefing [{meeting|meetings}] | briefings"},
	{classKind, kindSoKet, "sơ kết | sơ , tổng kết | soket | [{preliminary|interim|midterm|mid term}] {review|reviews} [{meeting|conference}]"},
	{classKind, kindTongKet, "tổng kết | tongket | {final|annual|year end|general} {review|reviews} [{meeting|conference}] | summing up"},
	{classKind, kindHopBao, "họp báo | hopbao | press {conference|conferences|briefing|briefings}"},
	{classKind, kindPhienHop, "phiên họp thường kỳ | họp phiên thường kỳ | phiên thường kỳ | họp thường kỳ | kỳ họp thường kỳ | phiên họp thường niên | phiên họp thường lệ | phiên họp thứ | regular {meeting|meetings|session|sessions}"},
	{classKind, kindDoiThoai, "đối thoại | doithoai | {dialogue|dialogues|dialog}"},
	{classKind, kindNone, "báo cáo {tổng kết|sơ kết} | dự thảo báo cáo {tổng kết|sơ kết} | họp báo cáo | trực báo cáo | trực báo chí | bàn giao ban | giao ban {quản lý|tổ chức|thường vụ|chấp hành|chỉ đạo|dân vận|tuyên giáo|dân tộc|chỉ huy|chỉ huy quân sự}"},

	{classReview, 0, "giao ban | trực báo | họp báo | thường kỳ"},
	{classGovern, 0, "đánh giá | sơ kết | tổng kết | kiểm điểm | kết quả | tình hình"},
	{classPlan, 0, "phương hướng | nhiệm vụ trọng tâm | kế hoạch | chương trình công tác | dự kiến | định hướng | thời gian tới | giải pháp trọng tâm | sang | bước vào"},
	{classPlanVerb, 0, "triển khai | đề ra | nêu | nêu ra | bàn | thống nhất | xác định | phổ biến | quán triệt"},
	{classTask, 0, "nhiệm vụ | công tác"},
	{classSchedule, 0, "từ | trước | đến | hết | xong | chậm nhất | hoàn thành | phấn đấu"},

	{classLabel, labelUpdated, "cập nhật [lần cuối|mới nhất] [lúc|ngày|vào|vào lúc] | ngày cập nhật | lần cập nhật cuối [lúc|ngày] | thời gian cập nhật | updated [on|at] | last updated [on]"},
	{classLabel, labelPosted, "ngày {đăng|đưa|xuất bản|viết|gửi|tạo|post} [tin|bài|tin bài] | {đăng|gửi|đưa|xuất bản|post|đăng tải|đăng tin} [tin|bài] {ngày|lúc|vào|vào lúc|vào ngày} | [được] {đăng|viết} [ngày|lúc] | tin đăng [ngày|lúc] | thời gian {đăng|đăng tin|đăng bài|xuất bản|gửi} | giờ đăng | được đăng [ngày|lúc|vào] | {posted|published|created} [on|at]"},
	{classLabel, labelOn, "submitted | posted by | published by"},
	{classNotLabel, 0, "ngày {ban hành|hiệu lực|có hiệu lực|hết hạn|hết hiệu lực|bắt đầu|kết thúc|sinh|họp|ký|hạn|nộp} | hạn {nộp|chót|cuối} | có hiệu lực [từ|từ ngày] | cập nhật đến [ngày]"},
	{classClock, 0, "hôm nay [là] [ngày] | bây giờ [là]"},
	{classWeekday, 1, "thứ hai | monday | mon"},
	{classWeekday, 2, "thứ ba | tuesday | tue"},
	{classWeekday, 3, "thứ tư | wednesday | wed"},
	{classWeekday, 4, "thứ năm | thursday | thu"},
	{classWeekday, 5, "thứ sáu | friday | fri"},
	{classWeekday, 6, "thứ {bảy|bẩy} | saturday | sat"},
	{classWeekday, 0, "{chủ|chúa} nhật | CN | sunday | sun"},
	{classBefore, beforeSmall, "đường | phố | xã | phường | quận | huyện | thôn | ấp | sông | thị {trấn|xã} | đặc khu"},
	{classBefore, beforeOther, "thành phố | hợp tác xã | {cấp|các|một số|nhiều|từng} {xã|phường|quận|huyện|thị xã}"},
	{classBefore, beforeFamily, "nguyễn | trần | lê | phạm | huỳnh | hoàng | phan | vũ | võ | đặng | bùi | đỗ | hồ | ngô | dương | lý"},
	{classOrdinal, 1, "first"},
	{classOrdinal, 2, "second"},
	{classOrdinal, 3, "third"},
	{classOrdinal, 4, "fourth"},
	{classUnit, unitSecond, "giây | second | seconds"},
	{classUnit, unitMinute, "phút | minute | minutes"},
	{classUnit, unitHour, "giờ | tiếng | hour | hours"},
	{classUnit, unitDay, "ngày | day | days"},
	{classUnit, unitWeek, "tuần | week | weeks"},
	{classUnit, unitMonth, "tháng | month | months"},
	{classUnit, unitYear, "năm | year | years"},
	{classAgo, 0, "trước | trước đây | cách đây | qua | ago"},

	{classCount, 1, "a | an"},
	{classHappens, 0, "vào | trong | trong {hai|ba} | diễn ra | diễn ra vào | bắt đầu | bắt đầu vào | được tổ chức | được tổ chức vào | tổ chức vào | khai mạc | bế mạc"},
	{classDeadline, 0, "trước | đến | đến hết | hết | hạn | từ | chậm nhất | kể từ | tính đến | sau | xong trước | muộn nhất | kỷ niệm | chào mừng | nhân | hưởng ứng"},

	{classHolds, 0, "[long trọng] tổ chức | chủ trì | chủ trì tổ chức | triệu tập | tiến hành | khai mạc | họp | họp giao ban | giao ban | họp báo | sơ kết | tổng kết | trực báo | đối thoại | có {phiên|cuộc|buổi} {họp|làm việc|giao ban|đối thoại|gặp mặt|tiếp xúc|trao đổi|tọa đàm} | gặp mặt | họp mặt | mở [hội nghị|cuộc|buổi|phiên] | hội ý | tọa đàm | đăng cai"},
	{classAttends, 0, "[tham] dự | được | là | do | cho | gồm | có | đến | theo | về | với | yêu cầu | đề nghị | mời | cử"},
	{classWith, 0, "phối hợp [cùng] [với] | [cùng] với | cùng"},
	{classOpening, 0, "đã | vừa | sẽ | đang | mới | cũng | còn | lại | đồng | đồng thời | tiếp tục | chính thức | trực tiếp | chủ động | lần lượt | kịp thời | khẩn trương"},
	{classOffice, 0, "trưởng | phó trưởng | phó | chủ tịch | phó chủ tịch | bí thư | phó bí thư | giám đốc | phó giám đốc | ủy viên | chánh | chánh văn phòng | phó chánh | lãnh đạo | đại diện | đại diện lãnh đạo | nguyên | cán bộ | đồng chí | thành viên | chuyên viên | đại biểu | trụ sở | hội trường"},
	{classNotAuthor, 0, "BBT | ban biên tập | theo | nguồn | TTXVN | cổng | trang | báo | đài | trung tâm | phòng | văn phòng | ban | sở | tổ | website | internet | CTV | PV | phóng viên | cộng tác viên | BTV | ảnh | việt nam | bản in | tác giả | trở về | về đầu trang | trang chủ | hội | huyện | tỉnh | xã | phường | kính báo | trân trọng"},
	{classBlockMonth, 0, "cách mạng tháng"},
	{classPart, 0, "phòng | chi cục | chi hội | phân hội | trung tâm | công đoàn | chi bộ | chi đoàn | đoàn thanh niên | thanh tra | bệnh viện | hội phụ nữ | hội cựu chiến binh | đội | khoa | trạm | ban quản lý | văn phòng | đoàn cơ sở | đoàn khối | đảng bộ bộ phận | câu lạc bộ | trường | viện | ban chỉ huy"},
	{classCongress, 0, "đại hội | đại hội đại biểu | đại hội các cấp"},
	{classRule, ruleLists, "quy chế | quy định"},
	{classRule, 0, "nghị định | nghị quyết | chỉ thị | thông tư | hướng dẫn | kết luận | luật | quyết định | kế hoạch"},
	{classOpener, 0, "[hướng|tiến] tới | chào đón | thực hiện | triển khai | theo | căn cứ | tiếp tục | nhằm | để | hưởng ứng | nhân | nhân dịp | trong khuôn khổ | tại | vừa qua | nằm trong | chào mừng | thi hành | được sự | trên cơ sở | với mục đích | sau | trong không khí | hòa trong | thiết thực"},
	{classChairs, 0, "chủ trì | chủ tọa"},
	{classChairs, chairsOf, "{dưới|với} sự chủ trì của"},
	{classMeeting, 0, "hội nghị | [cuộc|buổi|phiên] họp | {cuộc|buổi|phiên} | lễ | kỳ họp"},
	{classPresided, 0, "{dưới|với} sự {chủ trì|chỉ đạo} của"},
	{classEarlier, 0, "trước đó | trước đây | hôm trước | tuần trước | năm ngoái | năm trước"},
	{classForm, 0, "đồng chí | đ c | đc | ông | bà | thượng tướng | trung tướng | thiếu tướng | đại tá | thượng tá | trung tá | TS | ThS | PGS TS | tiến sĩ | thạc sĩ"},
	{classVenue, 0, "hội trường | phòng {họp|khánh tiết|giao ban|hội nghị|hội thảo} | trụ sở | trung tâm {hội nghị|văn hóa|chính trị|hành chính} | nhà {văn hóa|khách|thiếu nhi|làm việc} | cung văn hóa | khách sạn | điểm cầu"},
	{classVenue, venueForm, "{theo|bằng|với|dưới} hình thức {trực tuyến|trực tiếp} [[kết hợp|và] [với] {trực tuyến|trực tiếp}]"},
	{classVisit, 0, "thăm | kiểm tra | khảo sát | tham quan | dâng hương | viếng | tặng | trao | trưng bày | tiếp công dân | niêm yết | khánh thành | khởi công"},
	{classYearBlock, 0, "đến | từ | tầm nhìn | giai đoạn | nhiệm kỳ | trước | so với | cùng kỳ | sau | hết | luật | hiến pháp"},
}

// provinceList is every province, by the number that the grammar gives it.
var provinceList = sync.OnceValue(bulletin.Provinces)

// theGrammar is every phrase that the readers know.
var theGrammar = sync.OnceValue(compileGrammar)

func compileGrammar() *phrase.Table {
	t := phrase.NewTable()
	for i, row := range bulletin.OrganizationPatterns() {
		t.Add(classOrganization, uint16(i), row[1])
		for pattern := range strings.SplitSeq(row[1], " | ") {
			if name, ok := strings.CutPrefix(pattern, "sở "); ok { // in "các sở: Nội vụ, Y tế"
				t.Add(classDepartment, uint16(i), "^"+name)
			}
		}
		t.Add(classOrganization, uint16(i), englishNames[row[0]])
	}
	for _, town := range bulletin.Towns() {
		t.Add(classTown, 0, "^"+town)
	}
	t.AddProvinces(classProvince)
	for _, p := range phrases {
		t.Add(p.class, p.value, p.patterns)
	}
	return t.Seal()
}

// englishNames are what bodies are called in English, as patterns.
var englishNames = map[string]string{
	"mttq":    "[vietnam] fatherland front [committee]",
	"hlhpn":   "women {s|union} [union] | womens union",
	"doan":    "[ho chi minh] [communist] youth union",
	"hnd":     "{farmer|farmers} [s] {union|association}",
	"ccb":     "{veteran|veterans} [s] association | war veterans",
	"ldld":    "{labor|labour} {federation|confederation} | trade {union|unions}",
	"tinh-uy": "provincial party committee | party committee",
	"ubnd":    "people [s] committee | peoples committee",
	"hdnd":    "people [s] council | peoples council",
	"cong-an": "provincial police",
	"ctxh":    "socio political organizations | mass organizations",
}
