package cite

import "strings"

// docQualifiers are words between a type and "số": Công điện khẩn số 07-CĐ/TU.
const docQualifiers = "[thượng] khẩn; {hỏa|hoả} tốc; [tối] mật; liên tịch; liên ngành; phối hợp; chuyên đề; cá biệt; thực hiện; triển khai; ( {nq|qđ|ct|kh|kl|nđ|tt|hd|tb|cv} )"

// docCounted are words before which a number is a count: "Kế hoạch 5 điểm".
const docCounted = "điểm; nội dung; nhóm; nhiệm vụ; mục tiêu; bước; giai đoạn; người; tỷ; tỉ; triệu; nghìn; ngàn; đồng; lần; chương; điều; khoản; mục; phần; trang; bản; xã; phường; huyện; quận; tỉnh; thành phố; thôn; đơn vị; cấp; bên; vấn đề; chỉ tiêu; giải pháp; tháng; tuần; quý; giờ; phút; đợt; khâu; lĩnh vực; cơ quan; tổ chức; loại; hộ; đại biểu; ý kiến; tổ; ban; bộ; ngành; km; kg; m; ha; tấn; cây; con; cái; chiếc; việc; trọng tâm; trụ cột; đột phá; phương án; dự án; đề án; trường hợp; cán bộ; đảng viên; chi bộ; câu; chữ; tập; cuốn; kỳ; khóa; vòng; trận; nước; quốc gia; tiểu; nhà"

// placePattern spells the name of a province in the ways it is printed.
func placePattern(name string) string {
	p := strings.NewReplacer("hòa", "{hòa|hoà}", "hóa", "{hóa|hoá}", " - ", " [-] ").Replace(strings.ToLower(name))
	switch name {
	case "Hồ Chí Minh":
		p += "; hcm"
	case "Đắk Lắk":
		p += "; {đăk|đắc|đak|dak} {lăk|lắc|lak}"
	case "Đắk Nông":
		p += "; {đăk|đắc|đak|dak} nông"
	case "Bắc Kạn":
		p += "; bắc cạn"
	}
	return p
}

// expandPattern writes out a pattern: [x] may be absent, {x|y} is either.
func expandPattern(p string) []string {
	i := strings.IndexAny(p, "[{")
	if i < 0 {
		return []string{p}
	}
	depth, j := 0, i
	for ; j < len(p); j++ {
		if c := p[j]; c == '[' || c == '{' {
			depth++
		} else if c == ']' || c == '}' {
			if depth--; depth == 0 {
				break
			}
		}
	}
	choices := splitChoices(p[i+1 : j])
	if p[i] == '[' {
		choices = append(choices, "")
	}
	var out []string
	for _, rest := range expandPattern(p[j+1:]) {
		for _, choice := range choices {
			for _, middle := range expandPattern(choice) {
				out = append(out, p[:i]+middle+rest)
			}
		}
	}
	return out
}

// splitChoices splits at the bars outside of inner brackets.
func splitChoices(s string) []string {
	var out []string
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, s[from:i])
				from = i + 1
			}
		}
	}
	return append(out, s[from:])
}
