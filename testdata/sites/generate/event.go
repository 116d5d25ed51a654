package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

var zone = time.FixedZone("+07", 7*3600)

type period struct {
	Year    int    `json:"year"`
	Quarter int    `json:"quarter"`
	Basis   string `json:"basis"`
}

// event is one invented meeting and the bulletin about it. What it holds is
// the truth that want.json records; nothing is read back from the text.
type event struct {
	id        int
	title     string
	lead      string
	paras     []string
	byline    string
	kind      string
	host      string
	period    *period
	orgs      []string
	cites     []string
	day       time.Time // of the event
	published time.Time
	province  string
	now       string
}

// writer composes the events of one portal.
type writer struct {
	*portal
	rnd *rand.Rand
}

// draft is what a template says of an event.
type draft struct {
	title, lead string
	kind, host  string
	period      *period
	day         time.Time
	orgs        []string
	docs        int
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone) }

func dmy(t time.Time) string { return t.Format("02/1/2006") }

// drafts are the portal's events, oldest template first; y is its base year.
func (w *writer) drafts() []draft {
	y := w.base
	k := w.index
	q := k%3 + 1 // the quarter that most templates review
	end := func(year, quarter, late int) time.Time { return date(year, quarter*3, 18+late+k%5) }
	after := func(year, quarter, day int) time.Time { return date(year, quarter*3, 28).AddDate(0, 0, day+3) }
	stated := func(year, quarter int) *period { return &period{year, quarter, "stated"} }
	topic := func(n int) string { return topics[(n+3*k)%len(topics)] }
	d0, d1, d2 := end(y, 3, 2), after(y, q, 8), end(y+1, q, 5)
	d3, d4, d5 := date(y+1, 7, 6+k), date(y, 12, 20+k%9), date(y+1, 1, 6+k)
	month := 2 + 3*(k%3)
	d6, d7, d8 := date(y+1, month, 25+k%3), after(y+1, q, 2), date(y+1, 3, 20+k%6)
	d9, d10, d11 := after(y, q+1, 1), date(y+1, 3*q-1, 10+k), end(y+2, q, 0)
	d12, d13 := date(y+1, 11, 5+k), date(y+1, 10, 8+k)
	all := []draft{
		{
			title: fmt.Sprintf("Hội nghị giao ban công tác Quý III khối Mặt trận và các đoàn thể chính trị - xã hội về %s", topic(0)),
			lead: fmt.Sprintf("Sáng ngày %s, Thường trực Tỉnh ủy đã tổ chức Hội nghị giao ban công tác Quý III năm %d khối Mặt trận và các đoàn thể chính trị - xã hội. "+
				"Hội nghị dành nhiều thời gian bàn về %s.", dmy(d0), y, topic(0)),
			kind: "giao-ban", host: "tinh-uy", period: stated(y, 3), day: d0, orgs: []string{"tinh-uy", "ctxh"}, docs: 2,
		},
		{
			title: fmt.Sprintf("Giao ban đánh giá kết quả công tác phối hợp với các tổ chức chính trị - xã hội tỉnh quý %s/%d", roman[q], y),
			lead: fmt.Sprintf("Ngày %s, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh tổ chức họp giao ban với các tổ chức chính trị - xã hội tỉnh, "+
				"đánh giá kết quả công tác phối hợp trong quý %s, đề ra phương hướng, nhiệm vụ quý %s/%d; trọng tâm là %s.", d1.Format("2/1"), roman[q], roman[q+1], y, topic(1)),
			kind: "giao-ban", host: "mttq", period: stated(y, q), day: d1, orgs: []string{"mttq", "ctxh"}, docs: 2,
		},
		{
			title: fmt.Sprintf("Hội LHPN tỉnh giao ban công tác Hội và phong trào phụ nữ quý %s/%d", roman[q], y+1),
			lead: fmt.Sprintf("Chiều ngày %s, Hội Liên hiệp Phụ nữ tỉnh tổ chức hội nghị giao ban công tác Hội quý %s, triển khai nhiệm vụ trọng tâm quý %s năm %d, "+
				"gắn với %s.", dmy(d2), roman[q], roman[q+1], y+1, topic(2)),
			kind: "giao-ban", host: "hlhpn", period: stated(y+1, q), day: d2, orgs: []string{"hlhpn"}, docs: 1,
		},
		{
			title: fmt.Sprintf("Hội Nông dân tỉnh sơ kết công tác Hội và phong trào nông dân 6 tháng đầu năm %d", y+1),
			lead: fmt.Sprintf("Ngày %s, Hội Nông dân tỉnh tổ chức hội nghị sơ kết công tác 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm %d. "+
				"Nội dung nổi bật là %s.", dmy(d3), y+1, topic(3)),
			kind: "so-ket", host: "hnd", period: &period{y + 1, 2, "derived"}, day: d3, orgs: []string{"hnd"}, docs: 1,
		},
		{
			title: fmt.Sprintf("Hội Cựu chiến binh tỉnh tổng kết công tác Hội năm %d", y),
			lead: fmt.Sprintf("Sáng %s, Hội Cựu chiến binh tỉnh tổ chức hội nghị tổng kết công tác Hội và phong trào thi đua “Cựu chiến binh gương mẫu” năm %d, "+
				"triển khai nhiệm vụ năm %d. Hội nghị nghe tham luận về %s.", dmy(d4), y, y+1, topic(4)),
			kind: "tong-ket", host: "ccb", day: d4, orgs: []string{"ccb"}, docs: 1,
		},
		{
			title: "Ban Dân vận Tỉnh ủy giao ban công tác dân vận quý IV",
			lead: fmt.Sprintf("Ngày %s, Ban Dân vận Tỉnh ủy tổ chức hội nghị giao ban, đánh giá kết quả công tác dân vận quý IV; bàn phương hướng, nhiệm vụ quý I/%d. "+
				"Các đơn vị báo cáo kết quả %s.", dmy(d5), y+1, topic(5)),
			kind: "giao-ban", host: "ban-dan-van", period: stated(y, 4), day: d5, orgs: []string{"ban-dan-van"}, docs: 2,
		},
		{
			title: fmt.Sprintf("UBND tỉnh tổ chức phiên họp thường kỳ tháng %d năm %d", month, y+1),
			lead: fmt.Sprintf("Ngày %s, Ủy ban nhân dân tỉnh tổ chức phiên họp thường kỳ tháng %d, cho ý kiến vào một số báo cáo, tờ trình và xem xét công tác %s.",
				dmy(d6), month, topic(6)),
			kind: "phien-hop", host: "ubnd", period: &period{y + 1, (month + 2) / 3, "derived"}, day: d6, orgs: []string{"ubnd"}, docs: 2,
		},
		{
			title: fmt.Sprintf("UBND tỉnh họp báo thường kỳ quý %s năm %d", roman[q], y+1),
			lead: fmt.Sprintf("Chiều %s, UBND tỉnh tổ chức họp báo thường kỳ quý %s năm %d, thông tin đến các cơ quan báo chí tình hình kinh tế - xã hội và %s. "+
				"Lãnh đạo Sở Thông tin và Truyền thông điều hành buổi họp báo.", dmy(d7), roman[q], y+1, topic(7)),
			kind: "hop-bao", host: "ubnd", period: stated(y+1, q), day: d7, orgs: []string{"ubnd", "so-tttt"}, docs: 1,
		},
		{
			title: fmt.Sprintf("Đối thoại giữa lãnh đạo tỉnh với thanh niên về %s", topic(8)),
			lead: fmt.Sprintf("Sáng %s, Tỉnh đoàn tổ chức chương trình đối thoại giữa lãnh đạo tỉnh với đại biểu thanh niên. "+
				"Hơn 200 đoàn viên trao đổi về %s.", dmy(d8), topic(8)),
			kind: "doi-thoai", host: "doan", day: d8, orgs: []string{"doan"}, docs: 1,
		},
		{
			title: fmt.Sprintf("Liên đoàn Lao động tỉnh triển khai nhiệm vụ quý %s", roman[(q+1)%4+1]),
			lead: fmt.Sprintf("Ngày %s, Liên đoàn Lao động tỉnh tổ chức hội nghị giao ban, đánh giá kết quả hoạt động công đoàn quý %s, triển khai nhiệm vụ quý %s/%d. "+
				"Hội nghị thống nhất tập trung %s.", dmy(d9), roman[q+1], roman[(q+1)%4+1], d9.Year(), topic(9)),
			kind: "giao-ban", host: "ldld", period: stated(y, q+1), day: d9, orgs: []string{"ldld"}, docs: 1,
		},
		{
			title: fmt.Sprintf("Cụm III giao ban công tác Mặt trận, bàn giải pháp %s", topic(10)),
			lead: fmt.Sprintf("Ngày %s, Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh tổ chức hội nghị giao ban Cụm III với đại diện các xã, phường trong cụm để bàn giải pháp %s.",
				dmy(d10), topic(10)),
			kind: "giao-ban", host: "mttq", period: &period{y + 1, q, "guessed"}, day: d10, orgs: []string{"mttq"}, docs: 2,
		},
		{
			title: fmt.Sprintf("Ban Dân vận Tỉnh ủy trực báo công tác dân vận quí %s năm%d", roman[q], y+2),
			lead: fmt.Sprintf("Sáng ngày %s, Ban Dân vận Tỉnh ủy tổ chức hội nghị trực báo công tác dân vận quí %s với %s và các đơn vị liên quan, "+
				"tập trung đánh giá công tác %s.", dmy(d11), roman[q], orgs["ctxh"].short, topic(11)),
			kind: "giao-ban", host: "ban-dan-van", period: stated(y+2, q), day: d11, orgs: []string{"ban-dan-van", "ctxh"}, docs: 2,
		},
		{
			title: fmt.Sprintf("Phát huy vai trò của nhân dân trong %s", topic(12)),
			lead: fmt.Sprintf("Ngày %s, Ủy ban MTTQ tỉnh phát động đợt thi đua cao điểm chào mừng Ngày hội Đại đoàn kết toàn dân tộc, trọng tâm là %s.",
				dmy(d12), topic(12)),
			kind: "khac", day: d12, orgs: []string{"mttq"}, docs: 3,
		},
		{
			title: fmt.Sprintf("Hội LHPN tỉnh và Hội Nông dân tỉnh sơ kết công tác phối hợp 9 tháng đầu năm %d", y+1),
			lead: fmt.Sprintf("Chiều %s, Hội LHPN tỉnh và Hội Nông dân tỉnh tổ chức hội nghị sơ kết chương trình phối hợp 9 tháng đầu năm, "+
				"trong đó có nội dung %s.", dmy(d13), topic(13)),
			kind: "so-ket", period: &period{y + 1, 3, "derived"}, day: d13, orgs: []string{"hlhpn", "hnd"}, docs: 1,
		},
	}
	return append(all, w.extra()...)
}

// extra are events that only some portals report: a neighbour's meeting, and
// meetings after the mergers of 2025.
func (w *writer) extra() []draft {
	switch w.slug {
	case "quang-ngai":
		d := date(2019, 7, 5)
		return []draft{{
			title: "Tỉnh Bình Định trực báo công tác dân vận quý II/2019",
			lead: "Ngày 05/7/2019, tại thành phố Quy Nhơn, Ban Dân vận Tỉnh ủy Bình Định tổ chức hội nghị trực báo công tác dân vận quý II, " +
				"triển khai nhiệm vụ quý III năm 2019.",
			kind: "giao-ban", host: "ban-dan-van", period: &period{2019, 2, "stated"}, day: d, orgs: []string{"ban-dan-van"}, docs: 0,
		}}
	case "tuyen-quang", "lao-cai", "dong-thap", "hung-yen", "quang-tri":
		d := date(2025, 10, 6+w.index)
		return append([]draft{{
			title: autumn[w.index%len(autumn)],
			lead: fmt.Sprintf("Ngày %s, Ủy ban MTTQ Việt Nam tỉnh tổ chức hội nghị giao ban công tác Mặt trận quý III, triển khai nhiệm vụ quý IV năm 2025 "+
				"với các tổ chức chính trị - xã hội tỉnh và Mặt trận các xã, phường sau khi sắp xếp đơn vị hành chính.", dmy(d)),
			kind: "giao-ban", host: "mttq", period: &period{2025, 3, "stated"}, day: d, orgs: []string{"mttq", "ctxh"}, docs: 2,
		}}, w.neighbours()...)
	case "thua-thien-hue":
		d := date(2025, 4, 3)
		return []draft{{
			title: "Ủy ban MTTQ Việt Nam thành phố Huế giao ban công tác quý I năm 2025",
			lead: "Sáng 03/4/2025, Ủy ban MTTQ Việt Nam thành phố Huế tổ chức hội nghị giao ban công tác Mặt trận quý I, " +
				"triển khai nhiệm vụ quý II năm 2025.",
			kind: "giao-ban", host: "mttq", period: &period{2025, 1, "stated"}, day: d, orgs: []string{"mttq"}, docs: 0,
		}}
	}
	return nil
}

// neighbours are reports of the meeting in Bình Định that Quảng Ngãi's
// newspaper tells of as well: one meeting, three sources.
func (w *writer) neighbours() []draft {
	d := draft{kind: "giao-ban", host: "ban-dan-van", period: &period{2019, 2, "stated"}, day: date(2019, 7, 5), orgs: []string{"ban-dan-van"}}
	switch w.slug {
	case "lao-cai":
		d.title = "Tỉnh Bình Định trực báo dân vận quý II năm 2019 tại Quy Nhơn"
		d.lead = "Sáng 05/7/2019, Ban Dân vận Tỉnh ủy Bình Định trực báo với ban dân vận các huyện về công tác dân vận quý II; " +
			"đoàn công tác của Lào Cai dự để trao đổi kinh nghiệm."
	case "quang-tri":
		d.title = "Ban Dân vận tỉnh Bình Định giao ban công tác quý II/2019"
		d.lead = "Ban Dân vận Tỉnh ủy Bình Định tổ chức hội nghị giao ban công tác dân vận quý II năm 2019 vào ngày 05/7/2019, " +
			"bàn nhiệm vụ quý III với các huyện miền núi."
	default:
		return nil
	}
	return []draft{d}
}

// events composes the portal's bulletins, newest first.
func (w *writer) events() []event {
	var out []event
	for i, d := range w.drafts() {
		e := event{
			id: 1000*(w.index+1) + 37*i + 11, title: w.vary(d.title, i), lead: d.lead, kind: d.kind, host: d.host, period: d.period,
			orgs: d.orgs, day: d.day, province: w.slug, now: w.now,
		}
		switch {
		case strings.Contains(d.title, "Bình Định"):
			e.province, e.now = "binh-dinh", "gia-lai"
		case strings.Contains(d.title, "thành phố Huế"):
			e.province, e.now = "hue", "hue"
		}
		e.published = d.day.AddDate(0, 0, i%2).Add(time.Duration(7+(i*5+w.index)%12)*time.Hour + time.Duration((i*17+w.index*7)%60)*time.Minute + time.Duration((i*29)%60)*time.Second)
		if i == 2 { // a portal may print a date one day before the meeting
			e.published = e.published.AddDate(0, 0, -1)
		}
		e.byline = bylines[(i+w.index)%len(bylines)]
		w.body(&e, d, i)
		out = append(out, e)
	}
	if w.slug == "ha-giang" || w.slug == "bac-giang" {
		out = append(out, repost(out[1]))
	}
	sortNewest(out)
	return out
}

// templates is how many events every portal has; each has a topic of its own.
const templates = 14

// vary keeps portals from printing one title: some name their province, some
// say what the meeting was about.
func (w *writer) vary(title string, i int) string {
	if i >= templates || strings.Contains(title, "Bình Định") || strings.Contains(title, "thành phố Huế") || strings.HasPrefix(title, "Cụm") || strings.Contains(title, topics[(i+3*w.index)%len(topics)]) {
		return title
	}
	switch (w.index + i) % 3 {
	case 1:
		if before, after, ok := strings.Cut(title, "tỉnh "); ok {
			return before + "tỉnh " + w.province + " " + after
		}
	case 2:
		return title + ", chú trọng " + topics[(i+3*w.index)%len(topics)]
	}
	return title
}

// repost is the same item published again the day after under another title,
// a sentence shorter: a near-duplicate.
func repost(e event) event {
	e.id += 600
	e.title = strings.Replace(e.title, "Giao ban đánh giá", "Mặt trận giao ban, đánh giá", 1)
	e.published = e.published.AddDate(0, 0, 1)
	e.paras = append(append([]string{}, e.paras[:len(e.paras)-2]...), e.paras[len(e.paras)-1])
	return e
}

// body writes the paragraphs after the lead.
func (w *writer) body(e *event, d draft, i int) {
	places := func() string { return w.districts[w.rnd.IntN(len(w.districts))] }
	pick := w.rnd.Perm(len(results))
	report := []string{openings[w.rnd.IntN(len(openings))]}
	for _, n := range pick[:3] {
		report = append(report, sentence(results[n], w.rnd.IntN, places))
	}
	e.paras = append(e.paras, strings.Join(report, " "))
	if mentions := w.documents(e, d.docs, i); mentions != "" {
		e.paras = append(e.paras, mentions)
	}
	e.paras = append(e.paras, sentence(results[pick[3]], w.rnd.IntN, places)+" "+sentence(results[pick[4]], w.rnd.IntN, places))
	e.paras = append(e.paras, sentence(debates[w.rnd.IntN(len(debates))], w.rnd.IntN, places))
	e.paras = append(e.paras, closings[w.rnd.IntN(len(closings))])
}

// documents writes the paragraph that cites n documents and records their keys.
func (w *writer) documents(e *event, n, i int) string {
	var fit []doc
	for _, d := range documents {
		if d.from <= e.day.Year()-1 && e.day.Year() <= d.until {
			fit = append(fit, d.doc)
		}
	}
	if n == 0 || len(fit) == 0 {
		return ""
	}
	var texts []string
	for j := range n {
		d := fit[(i*5+j*7+w.index*3)%len(fit)]
		key := strings.ReplaceAll(d.key, "{slug}", e.province)
		if slices.ContainsFunc(e.cites, func(k string) bool { return stem(k) == stem(key) }) {
			continue
		}
		e.cites = append(e.cites, key)
		texts = append(texts, d.text)
	}
	return fmt.Sprintf(citing[(i*3+w.index)%len(citing)], strings.Join(texts, "; "))
}

// stem is a citation key without its date.
func stem(key string) string {
	s, _, _ := strings.Cut(key, "~")
	return s
}
