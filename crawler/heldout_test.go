package crawler

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// held is a portal made for these tests alone, in the manner of one that
// exists: nothing was written with its pages in view.
type held struct {
	name     string
	listing  string // address of the first page
	family   string // families that detection may tell, empty for any
	province string
	n, per   int
	skip     int // of the newest, which are not published yet

	page    func(r *http.Request) int            // of the listing asked for, 0 for none
	number  func(r *http.Request) int            // of the article asked for, 0 for none
	list    func(page int, items []story) string // whole listing page
	article func(s story) string                 // whole article page

	before  func(w http.ResponseWriter, r *http.Request) bool // answers in place of all this
	encode  func(string) []byte                               // of another charset
	charset string
	missing []int // numbers that are listed and are no articles
	twins   []int // numbers of articles with one and the same title
	pinned  int   // number of an article on top of every listing page
	day     bool  // only the day is printed
	unsaid  bool  // no author is printed
	loose   bool  // dates are relative: within two days will do
	smallU  bool  // the charset has no Ủ
	changed sync.Map
}

// story is one article of a held-out portal; the first is the newest.
type story struct {
	no, id int
	title  string
	lead   string
	paras  []string
	at     time.Time
	author string
}

var heldKinds = []struct{ title, lead string }{
	{"Giao ban công tác Mặt trận quý {quarter} năm {year}: {topic}", "Sáng {day}, Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh chủ trì hội nghị giao ban công tác Mặt trận quý {quarter} năm {year}, tập trung vào việc {topic}."},
	{"Hội Nông dân tỉnh bàn giải pháp {topic}", "Chiều {day}, Ban Thường vụ Hội Nông dân tỉnh họp mở rộng, bàn giải pháp {topic} ở các cơ sở hội."},
	{"Phụ nữ các huyện thi đua {topic}", "Hưởng ứng phong trào thi đua, ngày {day} Hội LHPN các huyện đồng loạt ra quân {topic}."},
	{"UBND tỉnh họp báo thường kỳ, thông tin về việc {topic}", "Ngày {day}, UBND tỉnh họp báo thường kỳ, cung cấp cho báo chí thông tin về việc {topic}."},
	{"Đối thoại với thanh niên nông thôn về {topic}", "Tại hội trường trung tâm, ngày {day}, Tỉnh đoàn mở diễn đàn đối thoại với thanh niên nông thôn về {topic}."},
}

var heldTopics = []string{
	"chăm lo gia đình chính sách", "dồn điền đổi thửa", "thu gom rác thải nhựa", "phòng cháy rừng mùa khô", "chuyển đổi số ở thôn bản", "xóa mù chữ cho người lớn tuổi", "trồng cây phân tán", "hòa giải ở cơ sở", "tiêm phòng đàn gia súc", "giữ gìn nghề dệt truyền thống", "mở rộng nước sạch tập trung", "góp đất làm đường liên xã", "phòng chống đuối nước trẻ em", "tiêu thụ nông sản trên mạng", "sửa chữa thủy lợi nhỏ",
}

func newStory(no int) story {
	at := time.Date(2024, 11, 28, 16, 42, 0, 0, bulletin.Zone).Add(-time.Duration(no*no+no*17) * 7 * time.Hour)
	kind, topic := heldKinds[no%len(heldKinds)], heldTopics[no%len(heldTopics)]
	quarter := []string{"I", "II", "III", "IV"}[(at.Month()-1)/3]
	s := story{no: no, id: 7310 + (40-no)*3, at: at.Truncate(time.Minute), author: []string{"Hồng Nhung", "Quốc Đạt", "Minh Thư", "Trọng Nghĩa"}[no%4]}
	fill := strings.NewReplacer("{topic}", topic, "{quarter}", quarter, "{year}", strconv.Itoa(at.Year()), "{day}", at.Format("2/1"))
	s.title, s.lead = fill.Replace(kind.title), fill.Replace(kind.lead)
	s.paras = []string{
		fmt.Sprintf("Báo cáo tại buổi làm việc cho biết, %d/%d xã đã xây dựng xong kế hoạch; nhiều nơi giao chỉ tiêu đến từng tổ, từng chi hội, có người theo dõi và báo cáo hằng tuần.", 40+no, 90+no),
		fmt.Sprintf("Từ nguồn đóng góp của Nhân dân, các địa phương huy động được %d triệu đồng và %d ngày công. Tuy vậy, cách làm còn chưa đều, có nơi trông chờ cấp trên.", 120+7*no, 300+11*no),
		fmt.Sprintf("Các ý kiến đề nghị sớm ban hành hướng dẫn thống nhất, bố trí kinh phí ngay từ đầu năm và nhân rộng %d mô hình đã được kiểm chứng.", 3+no%5),
		"Kết luận buổi làm việc, lãnh đạo đơn vị chủ trì yêu cầu các thành viên bám cơ sở, chọn việc khó để tháo gỡ trước, báo cáo kết quả trước ngày 20 hằng tháng.",
	}
	return s
}

func (h *held) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.before != nil && h.before(w, r) {
		return
	}
	if no := h.number(r); no > 0 && no <= h.n && !slices.Contains(h.missing, no) {
		s := h.story(no)
		switch change, _ := h.changed.Load(no); change {
		case "gone":
			w.WriteHeader(http.StatusGone)
			return
		case "changed":
			s.paras[1] = "Đính chính: số liệu huy động trong bản đăng đầu chưa đúng, con số sau khi rà soát là 4.567 triệu đồng."
		}
		h.say(w, h.article(s))
		return
	}
	if page := h.page(r); page > 0 && page <= h.pages() {
		h.say(w, h.list(page, h.items(page)))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.URL.Path == "/robots.txt" { // as odd servers do
		say(w, "<html><body><h1>Trang chủ</h1><p>Disallow: /</p></body></html>")
		return
	}
	w.WriteHeader(http.StatusNotFound)
	say(w, "<html><head><title>404</title></head><body><h2>404 - Không tìm thấy trang</h2></body></html>")
}

func (h *held) items(page int) (items []story) {
	if h.pinned > 0 {
		items = append(items, h.story(h.pinned))
	}
	for no := h.skip + (page-1)*h.per + 1; no <= min(h.skip+page*h.per, h.n); no++ {
		if no != h.pinned {
			items = append(items, h.story(no))
		}
	}
	return items
}

// story is newStory with what is odd about this portal's.
func (h *held) story(no int) story {
	s := newStory(no)
	if slices.Contains(h.twins, no) {
		s.title = "Thông báo lịch tiếp công dân của Thường trực Ủy ban"
	}
	return s
}

func (h *held) pages() int { return (h.n - h.skip + h.per - 1) / h.per }

func (h *held) say(w http.ResponseWriter, html string) {
	if h.encode == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		say(w, html)
		return
	}
	w.Header().Set("Content-Type", "text/html"+h.charset)
	_, _ = w.Write(h.encode(html))
}

// numberOf is the story that an id stands for, 0 for none.
func numberOf(id string) int {
	n, err := strconv.Atoi(id)
	if err != nil || (n-7310)%3 != 0 {
		return 0
	}
	return 40 - (n-7310)/3
}

func between(s, left, right string) string {
	_, s, ok := strings.Cut(s, left)
	if !ok {
		return ""
	}
	if right == "" {
		return s
	}
	s, _, _ = strings.Cut(s, right)
	return s
}

func lastPart(s string) string { return s[strings.LastIndexByte(s, '-')+1:] }

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func (s story) slug() string { return vi.Slug(s.title) }

// join writes something for each of the stories.
func join(items []story, format func(s story) string) string {
	var b strings.Builder
	for _, s := range items {
		b.WriteString(format(s))
	}
	return b.String()
}

func paragraphs(s story, before, after string) string {
	return before + strings.Join(s.paras, after+"\n"+before) + after
}

// others are links to further stories, as every article page has them.
func others(s story, link func(s story) string) string {
	var items []story
	for no := s.no + 1; no < s.no+5; no++ {
		items = append(items, newStory(no%12+1))
	}
	return join(items, func(s story) string {
		return "<li><a href=\"" + link(s) + "\">" + s.title + "</a> <i>(" + s.at.Format("02/01/2006") + ")</i></li>"
	})
}

// vnClock is a date as a Vietnamese ASP.NET prints it.
func vnClock(t time.Time) string {
	return t.Format("02/01/2006 3:04:05 ") + map[bool]string{true: "SA", false: "CH"}[t.Hour() < 12]
}

func vnDay(t time.Time) string {
	return []string{"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"}[t.Weekday()]
}

// noise is what must not be in any body.
var noise = []string{"Cỡ chữ", "Bản in", "Lượt xem", "Lượt truy cập", "Tin khác", "Tin liên quan", "Các tin", "Bài viết khác", "Chia sẻ", "Gửi bình luận", "Đọc tiếp", "Xem thêm", "Trang chủ", "Bản quyền", "In trang", "Về trang trước", "Đánh giá", "Từ khóa", "Email"}

// differences of a bulletin from the story that it should be.
func (h *held) differences(s story, b bulletin.Bulletin) (all []string) {
	miss := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if b.Title != s.title {
		miss("title %q, want %q", b.Title, s.title)
	}
	layout := "2006-01-02T15:04"
	if h.day {
		layout = time.DateOnly
	}
	got, want := b.Published.In(bulletin.Zone).Format(layout), s.at.In(bulletin.Zone).Format(layout)
	if h.loose && b.Published.Sub(s.at).Abs() < 48*time.Hour {
		got = want
	}
	if got != want {
		miss("published %s, want %s", got, want)
	}
	if b.Author != s.author && !h.unsaid {
		miss("author %q, want %q", b.Author, s.author)
	}
	if b.Province != h.province {
		miss("province %q, want %q", b.Province, h.province)
	}
	for _, p := range append([]string{s.lead}, s.paras...) {
		if h.smallU { // which that charset has no capital for
			p = strings.ReplaceAll(p, "Ủ", "ủ")
		}
		if strings.Count(b.Body, p) != 1 {
			miss("%d times in the body: %.60s", strings.Count(b.Body, p), p)
		}
	}
	for _, word := range noise {
		if strings.Contains(b.Body, word) {
			miss("%q in the body", word)
		}
	}
	if n := len(b.Body) - len(s.lead) - len(strings.Join(s.paras, "")); n > 60 {
		miss("%d bytes too many in the body: …%.300s…%s", n, b.Body, b.Body[max(len(b.Body)-200, 0):])
	}
	return all
}

// storyOf finds the story that a bulletin's address is of.
func (h *held) storyOf(address string) int {
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	return h.number(&http.Request{Method: http.MethodGet, URL: u})
}

func (h *held) want() (numbers []int) {
	for no := 1; no <= h.n; no++ {
		if !slices.Contains(h.missing, no) {
			numbers = append(numbers, no)
		}
	}
	return numbers
}

func allHeld() []*held { return slices.Concat(heldPortals(), secondPortals(), themePortals()) }

func TestHeldOut(t *testing.T) {
	for _, h := range allHeld() {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			server := newLogged(t, h)
			r := heldCheck(t, h, server)
			if r.Profile == nil {
				return
			}
			r.Profile.Pace = time.Millisecond
			text, err := r.Profile.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			p, err := site.Parse("heldout.yaml", text)
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			heldCrawl(t, h, server, p)
			if t.Failed() {
				t.Logf("profile:\n%s", text)
			}
		})
	}
}

func heldCheck(t *testing.T, h *held, server *logged) CheckReport {
	t.Helper()
	r, err := Check(t.Context(), handlerFetch(h), server.URL+h.listing, h.province)
	if err != nil {
		t.Errorf("check: %v", err)
		return r
	}
	warnings := slices.DeleteFunc(slices.Clone(r.Warnings), func(w string) bool {
		return slices.ContainsFunc(h.missing, func(no int) bool { return strings.Contains(w, strconv.Itoa(newStory(no).id)) })
	})
	if !r.OK || len(warnings) > 0 {
		t.Errorf("check: ok %v, warnings %q", r.OK, warnings)
	}
	if h.family != "" && !slices.Contains(strings.Fields(h.family), r.Family) {
		t.Errorf("check: family %s, want %s", r.Family, h.family)
	}
	got := map[int]bool{}
	for _, item := range r.Listing.Items {
		no := h.storyOf(item.URL)
		if no == 0 || got[no] {
			t.Errorf("check: item %d %s %q", no, item.URL, item.Title)
		}
		got[no] = true
	}
	if want := h.items(1); len(got) != len(want) {
		t.Errorf("check: %d items, want %d", len(got), len(want))
	}
	if r.Listing.Next == nil {
		t.Error("check: no next page")
	}
	if want := min(len(h.items(1)), 10); len(r.Bulletins) < want-len(h.missing) {
		t.Errorf("check: %d bulletins, want %d", len(r.Bulletins), want)
	}
	for _, b := range r.Bulletins {
		no := h.storyOf(b.URL)
		if d := h.differences(h.story(no), b); no == 0 || len(d) > 0 {
			t.Errorf("check: %s\n\t%s", b.URL, strings.Join(d, "\n\t"))
		}
	}
	return r
}

func heldCrawl(t *testing.T, h *held, server *logged, p *site.Profile) {
	t.Helper()
	a := openArchive(t)
	o := Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}
	run := func() Summary {
		s, err := New(a, o).Run(t.Context())
		if err != nil && len(h.missing) == 0 {
			t.Errorf("crawl: %v", err)
		}
		return s
	}
	summary := run()
	times := map[int]int{}
	for request, n := range server.counts() {
		address := strings.Fields(request)[1]
		if no := h.storyOf(server.URL + address); no > 0 {
			times[no] += n
		}
	}
	found := map[int]string{}
	for id, c := range current(t, a) {
		no := h.storyOf(c.Bulletin.URL)
		if no == 0 || found[no] != "" {
			t.Errorf("crawl: bulletin %d twice or strange: %s %q", no, c.Bulletin.URL, c.Bulletin.Title)
			continue
		}
		found[no] = id
		if d := h.differences(h.story(no), *c.Bulletin); len(d) > 0 {
			t.Errorf("crawl: %s\n\t%s", c.Bulletin.URL, strings.Join(d, "\n\t"))
		}
	}
	for _, no := range h.want() {
		if found[no] == "" {
			t.Errorf("crawl: article %d was not found", no)
		}
		if times[no] > 1 && len(h.missing) == 0 {
			t.Errorf("crawl: article %d was fetched %d times", no, times[no])
		}
	}
	if len(found) != len(h.want()) {
		t.Logf("crawl: %d of %d; %+v; asked %v", len(found), len(h.want()), summary, server.counts())
		return
	}
	server.reset()
	run()
	if got := server.counts(); len(got) > len(p.Listings)+len(p.Feeds) {
		t.Errorf("second pass asked for %v", got)
	}
	h.changed.Store(h.want()[2], "changed")
	h.changed.Store(h.want()[3], "gone")
	if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, p.ID); err != nil {
		t.Fatal(err)
	}
	run()
	for no, id := range found {
		versions, err := a.Versions(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		c, err := a.Bulletin(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		change, _ := h.changed.Load(no)
		if want := map[any]int{"changed": 2}[change]; len(versions) != max(want, 1) {
			t.Errorf("article %d (%v) has %d versions", no, change, len(versions))
		}
		if c.Gone.IsZero() == (change == "gone") {
			t.Errorf("article %d (%v): gone %v", no, change, c.Gone)
		}
	}
}
