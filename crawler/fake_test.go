package crawler

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/crawler/site"
)

// fake is a portal of n articles, per of them on each listing page. It notes
// how it is treated. A fault may answer in its place.
type fake struct {
	*httptest.Server
	n, per int
	pace   time.Duration // of its profile, zero for hardly any
	robots string
	fault  func(w http.ResponseWriter, r *http.Request, nth int) bool // nth request for this address, from 1

	mu     sync.Mutex
	asked  map[string]int
	flying map[*http.Request]bool // whether another came meanwhile
	most   int                    // at once
	least  time.Duration          // between two requests
	ended  time.Time
}

func newFake(t testing.TB, n, per int) *fake {
	t.Helper()
	f := &fake{n: n, per: per, asked: map[string]int{}, flying: map[*http.Request]bool{}, least: time.Hour}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	nth := f.enter(r)
	defer f.leave(r)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if f.fault != nil && f.fault(w, r, nth) {
		return
	}
	number, article := strings.CutPrefix(r.URL.Path, "/tin/")
	switch {
	case r.URL.Path == "/robots.txt" && f.robots != "":
		w.Header().Set("Content-Type", "text/plain")
		say(w, f.robots)
	case r.URL.Path == "/list":
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		say(w, f.listing(max(page, 1)))
	case article:
		i, err := strconv.Atoi(strings.TrimSuffix(number, ".html"))
		if err != nil || i < 1 || i > f.n {
			http.NotFound(w, r)
			return
		}
		say(w, articlePage(fmt.Sprintf("Hội nghị giao ban số %d", i), i))
	default:
		http.NotFound(w, r)
	}
}

func (f *fake) enter(r *http.Request) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for other := range f.flying {
		f.flying[other] = true
	}
	f.flying[r] = false
	f.most = max(f.most, 1)
	if !f.ended.IsZero() {
		f.least = min(f.least, time.Since(f.ended))
	}
	f.asked[r.URL.RequestURI()]++
	return f.asked[r.URL.RequestURI()]
}

// leave ends a request. When another came meanwhile they were two at once, unless
// the client had given this one up before, which the server hears of a little later.
func (f *fake) leave(r *http.Request) {
	f.mu.Lock()
	met := f.flying[r]
	delete(f.flying, r)
	f.ended = time.Now()
	f.mu.Unlock()
	if !met {
		return
	}
	select {
	case <-r.Context().Done():
	case <-time.After(5 * time.Second):
		f.mu.Lock()
		f.most = 2
		f.mu.Unlock()
	}
}

// times is how often an address was asked for; total without one.
func (f *fake) times(address string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if address != "" {
		return f.asked[address]
	}
	sum := 0
	for _, n := range f.asked {
		sum += n
	}
	return sum
}

func (f *fake) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.asked)
}

func (f *fake) pages() int { return (f.n + f.per - 1) / f.per }

func (f *fake) listing(page int) string {
	var b strings.Builder
	b.WriteString("<html><head><title>Tin tức</title></head><body><ul class=news>")
	for i := f.n - (page-1)*f.per; i > max(f.n-page*f.per, 0); i-- {
		fmt.Fprintf(&b, `<li><a href="/tin/%d.html">Hội nghị giao ban số %d</a></li>`, i, i)
	}
	b.WriteString("</ul>")
	if page < f.pages() {
		fmt.Fprintf(&b, `<a class=next href="/list?page=%d">Trang sau</a>`, page+1)
	}
	return b.String()
}

func articlePage(title string, i int) string {
	return fmt.Sprintf(`<html><head><title>%[1]s</title></head><body><h1>%[1]s</h1>
<span class=date>%02d/%02d/2020 08:30</span><div class=body>
<p>Sáng nay, cơ quan thường trực đã tổ chức hội nghị giao ban lần thứ %[4]d với các đơn vị thành viên để đánh giá kết quả công tác quý III/2020.</p>
<p>Các đại biểu đã trao đổi về việc thực hiện nhiệm vụ trọng tâm, những khó khăn ở cơ sở và cách phối hợp trong thời gian tới, nhất là vận động nhân dân tham gia các phong trào thi đua yêu nước.</p>
<p>Kết luận hội nghị, chủ tọa đề nghị các đơn vị tiếp tục bám sát cơ sở, lắng nghe ý kiến của đoàn viên, hội viên và báo cáo đúng hạn.</p></div></body></html>`,
		title, i%28+1, i%12+1, i)
}

func say(w http.ResponseWriter, text string) { _, _ = io.WriteString(w, text) }

// profile reads f with selectors of its own and hardly any pause.
func (f *fake) profile(t testing.TB, id string, more ...string) *site.Profile {
	t.Helper()
	text := "id: " + id + `
name: Cổng thông tin
family: generic
province: tuyen-quang
pace: ` + cmp.Or(f.pace, time.Millisecond).String() + `
articles: '^/tin/'
select:
  item: ul.news li
  next: a.next
  title: h1
  date: .date
  body: .body
listings:
  - ` + f.URL + "/list\n" + strings.Join(more, "\n") + "\n"
	p, err := site.Parse(id+".yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
