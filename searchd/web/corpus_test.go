package web

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/indexer/index/bleveindex"
)

// place is one portal of the test corpus.
type place struct {
	site, name, province, now string
	sample                    bool
}

var places = []place{
	{"mttq-tuyen-quang", "Ủy ban MTTQ tỉnh Tuyên Quang", "tuyen-quang", "tuyen-quang", true},
	{"mttq-ha-giang", "Ủy ban MTTQ tỉnh Hà Giang", "ha-giang", "tuyen-quang", true},
	{"thua-thien-hue", "Cổng thông tin Thừa Thiên Huế", "thua-thien-hue", "hue", false},
	{"quang-tri", "Tỉnh ủy Quảng Trị", "quang-tri", "quang-tri", false},
}

var romans = []string{"", "I", "II", "III", "IV"}

// testBulletins is a small archive: every place, 2019 to 2024, one quarter in
// two.
func testBulletins() []bulletin.Bulletin {
	var all []bulletin.Bulletin
	for i, p := range places {
		for year := 2019; year <= 2024; year++ {
			for quarter := 1 + (i+year)%2; quarter <= 4; quarter += 2 {
				all = append(all, testBulletin(p, year, quarter))
			}
		}
	}
	return all
}

func testBulletin(p place, year, quarter int) bulletin.Bulletin {
	name := bulletin.ProvinceLabel(p.province)
	lead := fmt.Sprintf("Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh %s tổ chức hội nghị giao ban quý %s năm %d với các tổ chức chính trị - xã hội.", name, romans[quarter], year)
	directive := "Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị"
	key := "35-ct-tw~2019-05-30"
	if year == 2024 {
		directive, key = "Chỉ thị số 35-CT/TW ngày 14/6/2024 của Bộ Chính trị", "35-ct-tw~2024-06-14"
	}
	body := strings.Join([]string{
		lead,
		"Trong quý, Mặt trận các cấp phối hợp vận động ủng hộ người nghèo, giám sát việc thực hiện chính sách an sinh xã hội và tuyên truyền " + directive + ". Các đại biểu thảo luận về công tác phối hợp; nhiều ý kiến đề nghị bổ sung kinh phí.",
		news(year*4+quarter+len(p.site)*7, 0),
		news(year*4+quarter+len(p.site)*7, 1),
		"Kết luận hội nghị, đồng chí chủ trì đề nghị tiếp tục thực hiện Nghị quyết số 73-NQ/TU của Ban Thường vụ Tỉnh ủy, nắm chắc tình hình nhân dân và chuẩn bị tốt các nhiệm vụ quý sau./.",
	}, "\n\n")
	b := bulletin.Bulletin{
		URL: fmt.Sprintf("http://%s.example.vn/tin-%d-%d.html", p.site, year, quarter), Site: p.site,
		Title:     fmt.Sprintf("%s: Giao ban công tác Mặt trận quý %s/%d", name, romans[quarter], year),
		Published: time.Date(year, time.Month(quarter*3), 25, 8, 30, quarter, 0, bulletin.Zone), PublishedPrecision: bulletin.Second,
		Author: "Minh Châu", Lead: lead, Body: body, EventDate: fmt.Sprintf("%d-%02d-24", year, quarter*3),
		Province: p.province, ProvinceNow: p.now, Period: bulletin.Period{Year: year, Quarter: quarter, Basis: bulletin.Stated},
		Kind: bulletin.GiaoBan, Host: "mttq", Organizations: []string{"mttq", "ctxh", "tinh-uy"},
	}
	if quarter == 2 {
		b.Kind, b.Title = bulletin.SoKet, fmt.Sprintf("Hội nghị sơ kết 6 tháng đầu năm %d của Mặt trận tỉnh %s", year, name)
	}
	b.ID = bulletin.NewID(b.Site, b.URL)
	b.Cites = []bulletin.Citation{
		citing(body, directive, bulletin.Citation{Key: key, Label: "35-CT/TW", Type: "Chỉ thị", Issuer: "TW", Date: strings.TrimPrefix(key, "35-ct-tw~")}),
		citing(body, "Nghị quyết số 73-NQ/TU", bulletin.Citation{Key: "73-nq-tu@" + p.province, Label: "73-NQ/TU", Type: "Nghị quyết", Issuer: "TU", Province: p.province}),
	}
	return b
}

// news invents sentences, others for every n: copies of one text would be
// taken for one press item.
func news(n, part int) string {
	r := rand.New(rand.NewPCG(uint64(n), uint64(part)))
	var out []string
	for range 5 {
		out = append(out, fmt.Sprintf("%s %s %s %s, %s.", pick(r, who), pick(r, did), pick(r, what), pick(r, where), pick(r, how)))
	}
	return strings.Join(out, " ")
}

func pick(r *rand.Rand, from string) string {
	words := strings.Split(from, "|")
	return strings.ReplaceAll(words[r.IntN(len(words))], "#", strconv.Itoa(10+r.IntN(900)))
}

const (
	who   = "Hội Nông dân|Liên đoàn Lao động|Tỉnh đoàn|Hội Phụ nữ|Hội Cựu chiến binh|Ban giám sát đầu tư|Tổ hòa giải|Quỹ vì người nghèo|Các chức sắc tôn giáo|Đoàn công tác liên ngành|Ngành y tế|Tổ công nghệ số"
	did   = "bàn giao # căn nhà|mở # lớp tập huấn|trao # suất quà|vận động # triệu đồng|tổ chức # đợt khảo sát|giải quyết # vụ việc|tiếp nhận # kiến nghị|trồng # cây xanh|ký kết # chương trình|thăm hỏi # gia đình|hỗ trợ # mô hình|phát hiện # công trình"
	what  = "cho hộ có hoàn cảnh khó khăn|về chăn nuôi đại gia súc|theo hướng hữu cơ|liên quan đến đất đai|bảo vệ môi trường|cho công nhân mất việc|về nước sạch và điện sinh hoạt|phòng chống thiên tai|cho người cao tuổi|gắn với du lịch cộng đồng|xóa bỏ hủ tục|chuyển đổi số ở cơ sở"
	where = "tại các huyện miền núi|ở vùng ven biển|dọc tuyến biên giới|trong khu công nghiệp|ở các chợ phiên|tại xã điểm|trên địa bàn thành phố|ở khu tái định cư|tại các trường học|ở vùng bị lũ lụt|trong các dòng họ|tại bến cá"
	how   = "vượt # phần trăm kế hoạch năm|được cử tri đồng tình|kinh phí do doanh nghiệp đóng góp|hoàn thành sớm một tháng|còn hình thức ở một số nơi|cần nhân rộng trong thời gian tới|giảm # phần trăm so với cùng kỳ|đã báo cáo cấp trên xem xét|do # tình nguyện viên đảm nhận|chưa bố trí được cán bộ chuyên trách"
)

// citing fills in where a citation stands in the text.
func citing(text, mention string, c bulletin.Citation) bulletin.Citation {
	c.Text, c.Start = mention, strings.Index(text, mention)
	c.End = c.Start + len(mention)
	return c
}

// service is a whole service over an archive and an index of its own.
type service struct {
	http.Handler
	archive *archive.Archive
	index   *bleveindex.Index
}

// newService archives and indexes bulletins and serves them.
func newService(t testing.TB, cfg Config, bulletins ...bulletin.Bulletin) *service {
	t.Helper()
	ctx := t.Context()
	a, err := archive.Open(ctx, t.TempDir()+"/archive.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	ix, err := bleveindex.OpenMemory(bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	s := &service{archive: a, index: ix}
	s.add(t, bulletins...)
	cfg.Index, cfg.Store, cfg.Missing = ix, a, archive.ErrNotFound
	if s.Handler, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	return s
}

// add imports bulletins and indexes them.
func (s *service) add(t testing.TB, bulletins ...bulletin.Bulletin) {
	t.Helper()
	ctx := t.Context()
	if _, err := s.archive.Import(ctx, bulletins...); err != nil {
		t.Fatal(err)
	}
	s.follow(t)
}

// follow brings the index up to the archive, whose groups are found.
func (s *service) follow(t testing.TB) {
	t.Helper()
	ctx := t.Context()
	if err := s.archive.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	at, err := s.index.Position(ctx)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := s.archive.Changes(ctx, at, 10_000)
	if err != nil || len(changes) == 0 {
		t.Fatal(len(changes), err)
	}
	if err := s.index.Apply(ctx, changes, changes[len(changes)-1].Seq); err != nil {
		t.Fatal(err)
	}
}

// demo is a service over the test corpus with its portals entered.
func demo(t testing.TB, cfg Config) *service {
	t.Helper()
	s := newService(t, cfg, testBulletins()...)
	for _, p := range places {
		site := archive.Site{ID: p.site, Name: p.name, Province: p.province, Family: "nukeviet", URL: "http://" + p.site + ".example.vn/tin-tuc", Sample: p.sample}
		if err := s.archive.PutSite(t.Context(), site); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// get asks for an address and returns the answer.
func (s *service) get(t testing.TB, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
