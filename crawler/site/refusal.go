package site

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// refusals are what firewalls and frameworks print with status 200.
var refusals = []struct {
	words *regexp.Regexp
	what  string
}{
	{regexp.MustCompile(`(?i)request rejected.*support id|the requested url was rejected`), "a firewall rejected the request"},
	{regexp.MustCompile(`(?i)invalid postback or callback argument`), "the form's state is stale"},
	{regexp.MustCompile(`(?i)validation of viewstate mac failed|the state information is invalid`), "the form's state is stale"},
	{regexp.MustCompile(`(?i)server error in '[^']*' application|runtime error\b.*customerrors`), "an ASP.NET error page"},
	{regexp.MustCompile(`(?i)attention required! \| cloudflare|checking your browser before|just a moment\.\.\.|ddos protection by`), "a firewall asks for a browser"},
	{regexp.MustCompile(`(?i)^(403 forbidden|access denied|bad gateway|502 bad gateway|503 service|service unavailable|504 gateway)`), "a server's error page"},
	{regexp.MustCompile(`(?i)error establishing a database connection|could not connect to (the )?database|lỗi kết nối (cơ sở dữ liệu|csdl)`), "the portal's database is down"},
}

// Refused tells why a page is no answer to what was asked, although its status
// says so: a firewall's page, an application's error. Empty for real pages.
func Refused(doc *goquery.Document) string {
	title := Text(doc.Find("title").First())
	body := doc.Find("body")
	text := ""
	if doc.Find("a[href]").Length() < 30 {
		text = Text(body)
	}
	if len(text) > 1500 {
		text = ""
	}
	for _, r := range refusals {
		if r.words.MatchString(title) || text != "" && r.words.MatchString(title+" "+text) {
			return r.what
		}
	}
	return ""
}

// goneWords are what portals print, with status 200, where an article was.
var goneWords = regexp.MustCompile(`(?i)(^|[^\p{L}])(404( not found| error)?|page not found|not found|không tìm thấy (trang|bài viết|nội dung|tin|dữ liệu|đường dẫn)|trang (web )?(này |bạn (đang )?(tìm|yêu cầu|truy cập) )?(không tồn tại|không tìm thấy)|bài viết (này )?(không tồn tại|đã bị (xóa|xoá|gỡ)|không còn)|tin (bài )?(này )?(không tồn tại|đã bị (xóa|xoá|gỡ))|nội dung (này )?(không tồn tại|đã bị (xóa|xoá|gỡ)|không còn)|liên kết (này )?(không tồn tại|đã hỏng)|dữ liệu không tồn tại)`)

// Gone tells whether an article's page says that the article is not there,
// whatever its status was. The words must stand in the title or a heading, or
// be most of a page that holds little else.
func Gone(doc *goquery.Document) bool {
	if s := Text(doc.Find("title").First()); len(s) < 120 && goneWords.MatchString(s) {
		return true
	}
	for _, n := range doc.Find("h1, h2, .error, .alert, .message, #message, [class*=error], [class*=notfound]").Nodes {
		if s := nodeText(n); len(s) < 160 && goneWords.MatchString(s) && !strings.Contains(s, "./.") {
			return paragraphs(doc) < 400
		}
	}
	text := Text(doc.Find("body"))
	return len(text) < 1500 && goneWords.MatchString(text) && paragraphs(doc) < 400
}

// paragraphs is the length of the longest text outside links, in bytes.
func paragraphs(doc *goquery.Document) int {
	longest := 0
	doc.Find("p, div, td").Each(func(_ int, s *goquery.Selection) {
		own := 0
		for c := s.Nodes[0].FirstChild; c != nil; c = c.NextSibling {
			if c.Data != "a" && c.Data != "div" && c.Data != "table" && c.Data != "p" && c.Data != "ul" {
				own += len(nodeText(c))
			}
		}
		longest = max(longest, own)
	})
	return longest
}
