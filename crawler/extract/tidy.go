package extract

import (
	"hash/maphash"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/crawler/site"
)

// text is a body made clean.
type text struct {
	lead   string
	body   string // begins with lead
	author string // of the byline below the body
}

// tidy makes a body of lines: what portals print around the text goes, the
// lead comes first, the byline is read. cuts are further words that end it.
func tidy(lines []line, title, lead string, cuts []string) text {
	lines = unwrap(lines)
	lines = beforeEnd(lines, cuts)
	captions := map[string]bool{}
	for _, l := range lines {
		if l.caption {
			captions[vi.Fold(l.text)] = true
		}
	}
	lines = slices.DeleteFunc(lines, func(l line) bool {
		return l.text == "" || l.caption || len(captions) > 0 && captions[vi.Fold(l.text)] || l.linked() || ends(l.text, nil) || isFurniture(l.text) || isResidue(l.text)
	})
	lines = withoutCaptions(lines)
	lines = afterHead(lines, title)
	lines, author := splitByline(lines)
	paragraphs := make([]string, 0, len(lines)+1)
	for _, l := range lines {
		paragraphs = append(paragraphs, l.text)
	}
	if lead = strings.Join(strings.Fields(lead), " "); lead != "" {
		paragraphs = joinLead(lead, paragraphs)
	}
	if len(paragraphs) == 0 {
		return text{author: author}
	}
	last := len(paragraphs) - 1
	paragraphs[0] = withoutDateline(paragraphs[0])
	paragraphs[last] = endMark.ReplaceAllString(paragraphs[last], ".")
	return text{lead: paragraphs[0], body: strings.Join(paragraphs, "\n\n"), author: author}
}

var endMark = regexp.MustCompile(`\s*\.?\s*\.\s*/\s*\.?\s*$`)

// unwrap joins lines that were broken inside a sentence, in place.
func unwrap(lines []line) []line {
	out := lines[:0]
	for _, l := range lines {
		if len(out) > 0 && l.broken && l.text != "" && continues(out[len(out)-1], l) {
			prev := &out[len(out)-1]
			prev.text += " " + l.text
			prev.links += l.links
			continue
		}
		out = append(out, l)
	}
	return out
}

func continues(prev, l line) bool {
	if prev.text == "" || prev.caption || l.caption || prev.right != l.right || l.indent > 3 || prev.linked() || l.linked() {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	end, _ := utf8.DecodeLastRuneInString(prev.text)
	open := !strings.ContainsRune(".!?:;…”\"»/)", end)
	long := utf8.RuneCountInString(prev.text) >= 45
	return open && long && (unicode.IsLower(first) || unicode.IsDigit(first) && end == ',' || end == ',' || end == '-')
}

// endWords begin the lines below which nothing belongs to the article.
var endWords = regexp.MustCompile(`(?i)^[\s»>•*–\-\[(]*(?:(?:các |những )?(?:tin|bài|bài viết|tin bài|tin tức|tin, bài)(?: viết| tức| bài)? (?:liên quan|khác|mới hơn|cũ hơn|cùng (?:chuyên mục|mục|loại|chủ đề)|cùng danh mục|đã đưa|đã đăng|trước đó|tiếp theo|mới nhất|mới đăng|mới cập nhật|nổi bật|đọc nhiều|xem nhiều|cùng ngày)|(?:các )?(?:tin|bài) (?:mới|cũ)\s*:?$|cùng (?:chuyên mục|danh mục|chủ đề)|theo dòng sự kiện|filed under|posted in|tagged|có thể bạn quan tâm|đọc nhiều nhất|xem nhiều nhất|từ khóa\s*:|từ khoá\s*:|tags?\s*:|thẻ\s*:|đánh giá bài viết|tổng số điểm|click để đánh giá|ý kiến (?:bạn đọc|của bạn|phản hồi)|bình luận|gửi (?:bình luận|phản hồi|ý kiến)|viết bình luận|mã (?:bảo mật|xác nhận|an toàn)|tổng số\s*:?\s*\d+|xem tin theo ngày|xem theo ngày|trang\s*:?\s*\d+\s*(?:/|trên)|(?:số )?lượt (?:xem|đọc|truy cập)|số lần (?:xem|đọc)|bản quyền|ghi rõ nguồn|về đầu trang|lên đầu trang|quay lại|trở về|trở lại|chia sẻ (?:bài viết|lên|qua)|các tệp đính kèm|tệp đính kèm|tập tin đính kèm|file đính kèm|tài liệu đính kèm|những nội dung khác|\d+ (?:bình luận|phản hồi))`)

// beforeEnd cuts at the first line of end words after which no more prose
// follows than before it; above that such words only head a box of links.
func beforeEnd(lines []line, cuts []string) []line {
	total := 0
	for _, l := range lines {
		total += proseWeight(l)
	}
	seen := 0
	for i, l := range lines {
		if ends(l.text, cuts) && (seen > 0 && seen*2 >= total || own(l.text, cuts) && seen > 0) {
			return lines[:i]
		}
		seen += proseWeight(l)
	}
	return lines
}

func ends(s string, cuts []string) bool {
	return utf8.RuneCountInString(s) <= 160 && endWords.MatchString(s) && !longSentence(s) || own(s, cuts)
}

func own(s string, cuts []string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(cuts, func(c string) bool { return c != "" && strings.HasPrefix(s, strings.ToLower(c)) })
}

func longSentence(s string) bool { return utf8.RuneCountInString(s) > 70 && strings.HasSuffix(s, ".") }

func proseWeight(l line) int {
	if n := utf8.RuneCountInString(l.text); n >= 60 && !l.linked() && !l.caption {
		return n
	}
	return 0
}

// furniture are lines that portals print inside an article.
var furniture = regexp.MustCompile(`(?i)^[\s|•·\-–»>\[(]*(?:cỡ chữ|font size|kích (?:cỡ|thước) chữ|chữ (?:to|nhỏ|lớn)|bản in|in (?:bài|trang|tin|ấn)(?: viết| này)?|print|gửi (?:email|mail|bài|tin|cho bạn bè)(?: này)?|email|chia sẻ|share|facebook|twitter|zalo|google\s?\+|lưu (?:bài|tin)(?: viết)?|xem (?:với )?cỡ chữ|đọc bài(?: viết)?|nghe (?:đọc )?(?:bài|tin|nội dung)(?: viết)?|phóng to|thu nhỏ|mặc định|màu chữ|tương phản|giọng (?:nam|nữ|đọc)|a\s*[+-]|aa?|lượt (?:xem|đọc)|số lượt (?:xem|đọc)|đã xem|xem|views?|lưu trữ|quay lại|trang chủ|like|thích|theo dõi|tải về|download|in|trước|sau)[\s:.\]|)]*(?:(?:a|aa|[+-]|\d[\d.,]*|cỡ chữ|bản in|lượt xem|lượt đọc|lượt|email|facebook|zalo|twitter|chia sẻ|share|in bài|lưu|xem với|font|gửi email|in trang|print|tăng|giảm|mặc định|to|nhỏ|:|\||\[|\]|/|,|\.)\s*)*$`)

var arrowLine = regexp.MustCompile(`^\s*(?:>>|»|›|>|►|▶|⇒|=>|\+\s*Xem|Xem thêm\s*:|Đọc thêm\s*:|Mời xem\s*:|Liên quan\s*:)`)

func isFurniture(s string) bool {
	n := utf8.RuneCountInString(s)
	return n <= 90 && furniture.MatchString(s) || n <= 300 && arrowLine.MatchString(s) || n <= 2 && strings.Trim(s, "|/-–•·.:*>»") == "" || n <= 60 && noLetters(s)
}

func noLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// residue is what Word and editors leave behind.
var residue = regexp.MustCompile(`(?i)^(?:description\s*:|normal\s+0|microsoft ?internet ?explorer|/\* ?style definitions|table\.mso|st1\\?:|mso-|<!--|\[if |@font-face|@page|v\\?:\*|false false false|\{?\s*mso|clip_image\d|ảnh minh h(?:ọ|o)ạ?\.?$|image\s*:|undefined$|nbsp)|[a-z]:\\[^ ]+\\|^file:///|^img[_-]?\d+(\.jpe?g)?$|^dsc[_-]?\d+|\.(?:jpe?g|png|gif|bmp)\s*$`)

func isResidue(s string) bool { return utf8.RuneCountInString(s) <= 400 && residue.MatchString(s) }

var (
	captionLead = regexp.MustCompile(`^(?i:\(?\s*(?:ảnh|hình)(?: minh họa| tư liệu)?\s*[:)]|(?:quang|toàn) cảnh |khung cảnh )`)
	captionWho  = regexp.MustCompile(`^(?:Các đại biểu|Đại biểu|Các đồng chí|Đồng chí|Lãnh đạo|Đoàn|Chủ tịch|Phó [Cc]hủ tịch|Phó [Bb]í thư|Bí thư|Ông|Bà|Thường trực|Trưởng|Giám đốc|[^.;:]{5,80}? (?:phát biểu|chủ trì|trao|tặng|chụp ảnh|kết luận|phát biểu chỉ đạo|báo cáo))[ ,]`)
	photoCredit = regexp.MustCompile(`\(?(?i:ảnh|photo)\s*[:-]\s*[\p{L}. ]{2,40}\)?\.?$`)
)

// withoutCaptions drops, in place, lines that repeat and captions: short lines
// without an end mark that say who or what a picture shows.
func withoutCaptions(lines []line) []line {
	seed := maphash.MakeSeed()
	folded := func(l line) uint64 { return maphash.String(seed, vi.Fold(l.text)) } // a page has up to 100,000 lines
	count := map[uint64]int32{}
	for _, l := range lines {
		count[folded(l)]++
	}
	kept, seen := lines[:0], map[uint64]bool{}
	for i, l := range lines {
		f := folded(l)
		short := !ended(l.text)
		switch {
		case count[f] > 1 && short:
			continue
		case count[f] > 1 && seen[f]:
			continue
		case short && i > 0 && i < len(lines)-1 && !l.right && isCaption(l.text):
			continue
		}
		if count[f] > 1 {
			seen[f] = true
		}
		kept = append(kept, l)
	}
	return kept
}

func isCaption(s string) bool {
	n := utf8.RuneCountInString(s)
	return n <= 160 && (captionLead.MatchString(s) || photoCredit.MatchString(s) || n <= 130 && captionWho.MatchString(s))
}

// ended tells whether a line ends as a sentence does.
func ended(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \"”’)"))
	return strings.ContainsRune(".!?:;…/,", end)
}

// afterHead drops what is printed above the text once more: the title, the
// date, a kicker.
func afterHead(lines []line, title string) []line {
	t := vi.Fold(title)
	for len(lines) > 1 {
		s := lines[0].text
		f := vi.Fold(s)
		same := t != "" && (f == t || strings.HasPrefix(t, f) && utf8.RuneCountInString(s) >= 20 || strings.HasPrefix(f, t) && len(f) < len(t)+30)
		if !same && (!looksDated(s) || utf8.RuneCountInString(s) > 90) && (!isKicker(s) || utf8.RuneCountInString(lines[1].text) < 60 || ended(s)) {
			return lines
		}
		lines = lines[1:]
	}
	return lines
}

// isKicker tells a rubric above the text: a few words in capitals or none that
// end a sentence.
func isKicker(s string) bool {
	return utf8.RuneCountInString(s) <= 40 && strings.Count(s, " ") <= 6 && s == strings.ToUpper(s)
}

// joinLead puts a lead of its own in front, unless the body repeats it.
func joinLead(lead string, body []string) []string {
	if len(body) > 0 {
		a, b := foldedWords(strings.TrimRight(lead, ".… ")), foldedWords(body[0])
		if strings.HasPrefix(b, a) {
			return body
		}
		if len(b) > 60 && strings.HasPrefix(a, strings.TrimRight(b, ".… ")) {
			return append([]string{lead}, body[1:]...)
		}
	}
	return append([]string{lead}, body...)
}

func foldedWords(s string) string {
	return strings.Join(strings.FieldsFunc(vi.Fold(withoutDateline(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// dateline is a newspaper's tag before the lead: "BHG - ", "(HG) – ", "LSO-".
var dateline = regexp.MustCompile(`^(?:\(([\p{L}\d. ]{2,24})\)|(\p{Lu}[\p{Lu}\d.]{1,9}(?:\.VN|\.vn)?|CTTĐT(?: \p{Lu}[\p{L} ]{1,20}?)?|(?i:[a-z]{4,20}\.(?:vn|com\.vn|gov\.vn|org\.vn))|(?:Báo )\p{L}[\p{L} ]{2,20}?))\s*[-–—]\s*(\p{Lu}|[“"\d])`)

// offices look like tags but begin sentences.
var offices = site.WordSet("UBND HĐND MTTQ UBMTTQ LĐLĐ LHPN CCB ĐTN HND HPN ĐBQH TW BCH BTV THCS THPT KT VH ANQP QP AN")

func withoutDateline(s string) string {
	m := dateline.FindStringSubmatchIndex(s)
	if m == nil {
		return s
	}
	tag := ""
	if m[2] >= 0 {
		tag = s[m[2]:m[3]]
	} else {
		tag = s[m[4]:m[5]]
	}
	if offices[tag] {
		return s
	}
	return s[m[6]:]
}
