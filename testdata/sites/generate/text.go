package main

import "fmt"

// org is how a body is printed; full stands in titles and leads, short inside
// running text.
type org struct{ id, full, short string }

var orgs = map[string]org{
	"mttq":        {"mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Ủy ban MTTQ tỉnh"},
	"hlhpn":       {"hlhpn", "Hội Liên hiệp Phụ nữ tỉnh", "Hội LHPN tỉnh"},
	"hnd":         {"hnd", "Hội Nông dân tỉnh", "Hội Nông dân tỉnh"},
	"ccb":         {"ccb", "Hội Cựu chiến binh tỉnh", "Hội CCB tỉnh"},
	"doan":        {"doan", "Tỉnh đoàn", "Tỉnh đoàn"},
	"ldld":        {"ldld", "Liên đoàn Lao động tỉnh", "LĐLĐ tỉnh"},
	"tinh-uy":     {"tinh-uy", "Thường trực Tỉnh ủy", "Thường trực Tỉnh ủy"},
	"ban-dan-van": {"ban-dan-van", "Ban Dân vận Tỉnh ủy", "Ban Dân vận Tỉnh ủy"},
	"ban-tgdv":    {"ban-tgdv", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy"},
	"ubnd":        {"ubnd", "Ủy ban nhân dân tỉnh", "UBND tỉnh"},
	"so-noi-vu":   {"so-noi-vu", "Sở Nội vụ", "Sở Nội vụ"},
	"so-y-te":     {"so-y-te", "Sở Y tế", "Sở Y tế"},
	"so-tttt":     {"so-tttt", "Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"},
	"ctxh":        {"ctxh", "các tổ chức chính trị - xã hội tỉnh", "các tổ chức chính trị - xã hội"},
}

// doc is one mention of a document with the key that its text alone gives;
// {tinh} stands for the province's name and its slug.
type doc struct{ text, key string }

// documents are mentions by the year from which they can be printed.
var documents = []struct {
	from, until int
	doc
}{
	{2014, 2099, doc{"Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị", "217-qd-tw~2013-12-12"}},
	{2014, 2099, doc{"Quyết định số 218 - QĐ/TW của Bộ Chính trị", "218-qd-tw"}},
	{2016, 2099, doc{"Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị", "05-ct-tw~2016-05-15"}},
	{2017, 2099, doc{"Chỉ thị 05 của Bộ Chính trị", "05-ct-tw"}},
	{2018, 2099, doc{"Nghị quyết số 18-NQ/TW ngày 25-10-2017 của Ban Chấp hành Trung ương Đảng khóa XII", "18-nq-tw~2017-10-25"}},
	{2013, 2099, doc{"Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng", "25-nq-tw~2013-06-03"}},
	{2019, 2022, doc{"Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị", "35-ct-tw~2019-05-30"}},
	{2019, 2022, doc{"Chỉ thị số 35-CT/TW của Bộ Chính trị", "35-ct-tw"}},
	{2024, 2099, doc{"Chỉ thị số 35-CT/TW ngày 14/6/2024 của Bộ Chính trị", "35-ct-tw~2024-06-14"}},
	{2020, 2099, doc{"Quy định 212-QĐ/TW, ngày 30/12/2019 của Ban Bí thư", "212-qd-tw~2019-12-30"}},
	{2018, 2099, doc{"Chỉ thị số 22/CT-TW ngày 23/01/2018 của Ban Bí thư Trung ương Đảng", "22-ct-tw~2018-01-23"}},
	{2020, 2022, doc{"Nghị quyết số 42/NQ-CP ngày 09/4/2020 của Chính phủ", "42-nq-cp~2020-04-09"}},
	{2020, 2021, doc{"Chỉ thị số 16/CT-TTg ngày 31/3/2020 của Thủ tướng Chính phủ", "16-ct-ttg~2020-03-31"}},
	{2021, 2022, doc{"Nghị quyết 68 của Chính phủ", "68-nq-cp"}},
	{2020, 2099, doc{"Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ", "30-2020-nd-cp~2020-03-05"}},
	{2016, 2099, doc{"Luật Mặt trận Tổ quốc Việt Nam", "luat-mat-tran-to-quoc-viet-nam"}},
	{2017, 2022, doc{"Nghị quyết Trung ương 4 khóa XII", "nghi-quyet-trung-uong-4-khoa-xii"}},
	{2021, 2099, doc{"Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "nghi-quyet-dai-hoi-dang-toan-quoc-lan-thu-xiii"}},
	{2018, 2099, doc{"Nghị quyết số 73-NQ/TU của Ban Thường vụ Tỉnh ủy", "73-nq-tu@{slug}"}},
	{2018, 2099, doc{"Kế hoạch số 125/KH-UBND của UBND tỉnh", "125-kh-ubnd@{slug}"}},
	{2019, 2099, doc{"Công văn số 2231/SNV-CCHC&PC ngày 28 tháng 9 năm 2018", "2231-snv-cchc-pc@{slug}~2018-09-28"}},
}

// results are sentences on what was done; %s takes a number or a place.
var results = []string{
	"Công tác tuyên truyền được đổi mới cả nội dung và hình thức, tổ chức được %d buổi sinh hoạt chuyên đề với trên %d lượt người tham gia.",
	"Phong trào “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh” tiếp tục được nhân dân hưởng ứng, hiến trên %d m2 đất và đóng góp %d ngày công làm đường giao thông nông thôn.",
	"Quỹ “Vì người nghèo” các cấp vận động được trên %d triệu đồng, hỗ trợ xây mới và sửa chữa %d nhà Đại đoàn kết cho hộ nghèo, hộ cận nghèo.",
	"Hoạt động giám sát, phản biện xã hội đi vào nền nếp; các cấp chủ trì %d cuộc giám sát, tổ chức %d hội nghị phản biện đối với dự thảo văn bản.",
	"Các mô hình phát triển kinh tế tập thể được nhân rộng, toàn tỉnh có %d tổ hợp tác với %d thành viên hoạt động hiệu quả.",
	"Công tác hòa giải ở cơ sở được quan tâm, %d tổ hòa giải đã hòa giải thành %d vụ việc, góp phần giữ gìn an ninh trật tự ở khu dân cư.",
	"Nguồn vốn tín dụng chính sách đến đúng đối tượng, dư nợ ủy thác đạt %d tỷ đồng với %d hộ còn dư nợ.",
	"Việc nắm tình hình nhân dân, nhất là vùng đồng bào dân tộc thiểu số và đồng bào có đạo, được thực hiện thường xuyên với %d ý kiến, kiến nghị được tổng hợp, trong đó %d ý kiến đã được trả lời.",
	"Công tác phát triển đoàn viên, hội viên đạt kết quả khá, kết nạp mới %d hội viên, nâng tổng số lên %d hội viên.",
	"Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam” được lồng ghép trong các phiên chợ, hội chợ với %d gian hàng và hơn %d lượt khách.",
	"Hoạt động đền ơn đáp nghĩa được chú trọng, thăm và tặng %d suất quà, trị giá %d triệu đồng cho gia đình chính sách, người có công.",
	"Các lớp tập huấn chuyển giao khoa học kỹ thuật, dạy nghề ngắn hạn được mở cho %d lượt người, giới thiệu việc làm cho %d lao động.",
	"Phong trào bảo vệ môi trường, thu gom rác thải nhựa được triển khai ở %d khu dân cư, trồng mới %d cây xanh.",
	"Công tác cải cách hành chính có chuyển biến, %d thủ tục được giải quyết trực tuyến mức độ 4, tỷ lệ hồ sơ đúng hạn đạt %d,2%%.",
	"Số lao động được chăm lo dịp lễ, tết là %d người; %d doanh nghiệp ký thỏa ước lao động tập thể.",
	"Tính đến nay, đã có 11.%03d/36.%03d hộ đăng ký danh hiệu gia đình văn hóa.",
	"Hội thi tìm hiểu pháp luật về đất đai và hôn nhân gia đình thu hút %d đội với %d thí sinh ở các xã, phường.",
	"Đội thanh niên tình nguyện giúp dân gặt lúa chạy lũ trên %d ha và dọn vệ sinh %d điểm trường sau bão.",
	"Mô hình “Camera an ninh” do nhân dân đóng góp đã lắp đặt ở %d ngõ xóm với %d mắt quay, số vụ trộm cắp giảm rõ rệt.",
	"Chương trình “Sữa học đường” đến với %d trẻ mầm non; %d bếp ăn bán trú được kiểm tra an toàn thực phẩm.",
	"Các tuyến đường hoa, hàng cây ở huyện %s dài tổng cộng %d km được hội viên nhận chăm sóc hằng tuần.",
	"Tổ tiết kiệm và vay vốn ở huyện %s huy động được %d triệu đồng tiền gửi, giúp nhau phát triển chăn nuôi.",
	"Đã có %d cặp cha mẹ nuôi nhận đỡ đầu %d trẻ mồ côi cho đến tuổi trưởng thành.",
	"Câu lạc bộ dân ca và dệt thổ cẩm tại huyện %s duy trì sinh hoạt đều, truyền nghề cho %d người trẻ.",
	"Sàn thương mại điện tử của tỉnh đưa lên %d sản phẩm nông sản, doanh thu đạt %d tỷ đồng.",
	"Lực lượng dân quân phối hợp tuần tra %d buổi, tham gia chữa cháy rừng trên diện tích %d ha.",
	"Tủ sách pháp luật được bổ sung %d đầu sách; hệ thống truyền thanh phát %d lượt tin bài về bầu cử.",
	"Thư viện lưu động đi %d chuyến đến các bản xa của huyện %s, phục vụ học sinh nội trú.",
	"Nông dân huyện %s chuyển %d ha đất lúa kém hiệu quả sang trồng cây ăn quả theo tiêu chuẩn VietGAP.",
	"Bệnh viện tuyến tỉnh cử %d đoàn khám bệnh lưu động, cấp thuốc miễn phí cho %d người cao tuổi.",
	"Giải bóng chuyền nữ chào mừng ngày thành lập Hội có %d đội tham dự, trận chung kết diễn ra tại huyện %s.",
	"Việc trả lời đơn thư của công dân được rút ngắn, còn %d đơn tồn đọng so với %d đơn của kỳ trước.",
	"Bà con ngư dân được tặng %d áo phao, %d tủ thuốc và cờ Tổ quốc trước mùa ra khơi.",
	"Công trình nước sạch liên xã ở huyện %s hoàn thành, cấp nước cho %d hộ vùng khô hạn.",
	"Ngày hội hiến máu tình nguyện tiếp nhận %d đơn vị máu, trong đó %d người hiến lần đầu.",
	"Ban công tác ở khu dân cư vận động tháo dỡ %d lều quán lấn chiếm hành lang, trả lại %d m vỉa hè.",
	"Học bổng khuyến học trao cho %d em vượt khó; %d dòng họ được công nhận dòng họ học tập.",
	"Hợp tác xã chè ở huyện %s liên kết với %d hộ, sản phẩm được xếp hạng bốn sao.",
	"Phiên tòa giả định về phòng, chống ma túy diễn ra tại %d trường trung học, %d học sinh theo dõi.",
	"Tỷ lệ chi trả lương hưu qua tài khoản đạt %d,5%%; %d người lao động tự do tham gia bảo hiểm tự nguyện.",
	"Đoàn công tác thăm chốt biên giới, tặng %d tấm pin mặt trời và %d bộ chăn ấm.",
	"Kết quả chấm điểm thi đua cho thấy %d đơn vị xuất sắc, %d đơn vị hoàn thành tốt, không có đơn vị yếu kém.",
}

var closings = []string{
	"Phát biểu kết luận, đồng chí chủ trì đánh giá cao những kết quả đạt được, đồng thời đề nghị các đơn vị bám sát cơ sở, kịp thời tháo gỡ khó khăn, vướng mắc, chuẩn bị tốt nội dung cho kỳ họp tới.",
	"Kết luận hội nghị, đồng chí chủ trì yêu cầu các đơn vị tập trung hoàn thành các chỉ tiêu đã đề ra, đổi mới phương thức hoạt động, hướng mạnh về cơ sở và khu dân cư.",
	"Phát biểu tại hội nghị, đồng chí chủ trì ghi nhận sự cố gắng của các đơn vị; lưu ý việc phối hợp phải có trọng tâm, phân công rõ người, rõ việc, rõ thời gian hoàn thành.",
	"Đồng chí chủ trì đề nghị các cấp tiếp tục nắm chắc tình hình tư tưởng, tâm trạng của nhân dân, phản ánh trung thực với cấp ủy, chính quyền và chăm lo đời sống hộ nghèo dịp cuối năm.",
	"Kết thúc buổi làm việc, đồng chí chủ trì nhấn mạnh phải lấy sự hài lòng của người dân làm thước đo, mỗi đơn vị chọn một việc khó để làm dứt điểm trong kỳ.",
	"Hội nghị nhất trí cao với dự thảo báo cáo và giao bộ phận thường trực tiếp thu ý kiến, hoàn chỉnh, gửi các đơn vị trước ngày 10 tháng sau.",
	"Đồng chí chủ trì biểu dương các tập thể ở cơ sở, lưu ý khắc phục bệnh hình thức trong thi đua và sớm đưa phần mềm quản lý hội viên vào sử dụng.",
	"Kết luận buổi họp, đồng chí chủ trì yêu cầu rà soát lại từng chỉ tiêu còn thấp, phân công cán bộ bám xã, báo cáo tiến độ hằng tuần.",
	"Chủ tọa đề nghị chuẩn bị chu đáo cho đại hội cấp cơ sở, chú trọng công tác nhân sự trẻ và nữ, làm tốt việc tổng hợp kiến nghị của cử tri.",
	"Trước khi bế mạc, đồng chí chủ trì trao quà cho hai đơn vị dẫn đầu và thống nhất địa điểm tổ chức kỳ sau tại huyện vùng cao.",
}

var debates = []string{
	"Thảo luận tại hội nghị, các đại biểu cho rằng công tác phối hợp giữa các ngành có lúc còn chưa chặt chẽ, việc thông tin, báo cáo chưa kịp thời, kinh phí hoạt động ở cơ sở còn hạn hẹp.",
	"Các ý kiến tập trung phân tích nguyên nhân của những hạn chế, đề xuất giải pháp nâng cao chất lượng sinh hoạt chi hội, chi đoàn và nhân rộng các mô hình hay ở huyện %s.",
	"Đại diện các đơn vị ở huyện %s và huyện %s trao đổi kinh nghiệm vận động nhân dân xây dựng nông thôn mới, chỉnh trang đô thị, giữ gìn vệ sinh môi trường.",
	"Nhiều đại biểu kiến nghị sớm có hướng dẫn về chế độ cho cán bộ không chuyên trách, đồng thời quan tâm hơn nữa đến công tác bồi dưỡng nghiệp vụ cho cán bộ ở huyện %s.",
	"Có ý kiến nêu khó khăn về sóng điện thoại và đường truyền khi họp trực tuyến tại một số xã của huyện %s, đề nghị đầu tư thêm trạm phát.",
	"Đại biểu huyện %s đề xuất gộp các cuộc vận động trùng lặp để giảm sổ sách, dành thời gian đi cơ sở.",
	"Một số đại biểu chia sẻ cách làm hay trong thu hút hội viên trẻ, sử dụng mạng xã hội để gắn kết các chi hội ở huyện %s.",
	"Phần trao đổi diễn ra sôi nổi quanh việc giải phóng mặt bằng, nước sinh hoạt và giá vật tư nông nghiệp ở huyện %s.",
	"Các đơn vị ở huyện %s kiến nghị bổ sung kinh phí cho tổ công nghệ số cộng đồng và sửa chữa nhà văn hóa thôn.",
	"Đại biểu cơ sở phản ánh tình trạng thanh niên đi làm ăn xa, đề nghị đổi giờ sinh hoạt cho phù hợp với người lao động ở huyện %s.",
}

var topics = []string{
	"vận động nhân dân phòng, chống dịch bệnh Covid-19", "xây dựng nông thôn mới nâng cao", "giảm nghèo bền vững ở vùng đồng bào dân tộc thiểu số",
	"chăm lo đời sống đoàn viên, hội viên và người lao động", "chuyển đổi số và cải cách hành chính", "bảo vệ môi trường, phân loại rác tại nguồn",
	"phát triển sản phẩm OCOP và kinh tế tập thể", "bảo đảm an toàn giao thông và an ninh trật tự ở cơ sở", "phòng, chống thiên tai và khắc phục hậu quả bão lũ",
	"nâng cao chất lượng giám sát và phản biện xã hội", "xóa nhà tạm, nhà dột nát cho hộ nghèo", "sắp xếp tổ chức bộ máy và đơn vị hành chính",
	"tuyển quân và thực hiện chính sách hậu phương quân đội", "phát triển đảng viên trong thanh niên nông thôn",
}

var bylines = []string{"Hải Vân", "Thanh Tâm", "Minh Anh", "Bích Ngọc", "Thu Trang", "Hoài An", "Lan Chi", "Việt Khôi"}

// openings begin the paragraph of results.
var openings = []string{
	"Trong kỳ, các đơn vị đã bám sát chương trình công tác, triển khai đồng bộ các nhiệm vụ.",
	"Báo cáo tại hội nghị cho thấy phần lớn chỉ tiêu đạt và vượt so với cùng kỳ.",
	"Ba tháng qua, dù còn nhiều khó khăn, phong trào ở cơ sở có nhiều điểm sáng.",
	"Theo báo cáo, hoạt động hướng mạnh về khu dân cư, lựa chọn việc thiết thực với người dân.",
	"Nhìn chung, nền nếp sinh hoạt được giữ vững, nhiều cách làm mới xuất hiện ở xã, phường.",
}

var roman = []string{"", "I", "II", "III", "IV"}

func sentence(format string, numbers func(int) int, places func() string) string {
	args := []any{}
	for i := 0; i+1 < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		switch format[i+1] {
		case 's':
			args = append(args, places())
		case 'd':
			args = append(args, numbers(90)+11)
		case '0':
			args = append(args, numbers(900)+10)
		}
		i++
	}
	return fmt.Sprintf(format, args...)
}

// citing are the sentences that documents stand in; %s takes the mentions.
var citing = []string{
	"Các đơn vị tiếp tục quán triệt và thực hiện nghiêm túc %s; gắn việc thực hiện với nhiệm vụ chính trị của địa phương và kế hoạch công tác nhiệm kỳ 2020 - 2025.",
	"Hội nghị nghe báo cáo việc triển khai %s; nhiều nơi đã có cách làm cụ thể, sát cơ sở.",
	"Việc học tập, tuyên truyền %s được lồng ghép trong sinh hoạt chi hội, chi đoàn ở khu dân cư.",
	"Một nội dung được bàn kỹ là kết quả thực hiện %s sau hai năm; còn ba đơn vị chậm tiến độ.",
	"Căn cứ %s, bộ phận thường trực đã hướng dẫn cơ sở rà soát chỉ tiêu và phân công người phụ trách.",
	"Các đại biểu đề nghị sớm sơ kết %s để rút kinh nghiệm trước kỳ họp tới.",
	"Đoàn kiểm tra đã làm việc với năm huyện về %s, qua đó chấn chỉnh những việc làm còn hình thức.",
}

// autumn are titles of the meetings of autumn 2025.
var autumn = []string{
	"Ủy ban MTTQ Việt Nam tỉnh giao ban công tác Mặt trận quý III/2025",
	"Mặt trận các xã, phường mới họp giao ban quý III/2025",
	"Giao ban quý III năm 2025: Ủy ban MTTQ Việt Nam tỉnh gỡ khó cho cơ sở",
	"Ủy ban MTTQ tỉnh giao ban quý III/2025 với các tổ chức chính trị - xã hội",
	"Công tác Mặt trận quý III/2025 nhìn từ hội nghị giao ban của tỉnh",
}
