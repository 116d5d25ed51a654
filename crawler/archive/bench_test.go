package archive

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
)

var syllables = strings.Fields(`ban thường vụ tỉnh ủy hội nghị giao mặt trận tổ quốc các đoàn thể chính trị xã quý nhiệm kỳ
	công tác vận động nhân dân thực hiện phong trào thi đua xây dựng nông thôn mới giảm nghèo bền vững đại biểu báo cáo kết
	quả triển khai phối hợp tuyên truyền giám sát phản biện an sinh hộ nghèo nhà tình nghĩa kiểm tra đánh giá phương hướng`)

// prose is n invented syllables in sentences.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(syllables[r.IntN(len(syllables))])
		if i%17 == 16 {
			b.WriteString(". ")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// portalPage is a page in the manner of a portal: much that is the same on
// every page, some lists that differ, and the text.
func portalPage(r *rand.Rand, text string) []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin điện tử</title>`)
	shell := rand.New(rand.NewPCG(7, 7))
	for i := range 120 {
		fmt.Fprintf(&b, "<script src=\"/DesktopModules/Skin%d/js/module-%d.js?v=%d\"></script>\n", shell.IntN(9), i, shell.IntN(1e6))
	}
	for i := range 150 {
		fmt.Fprintf(&b, "<li class=\"menu-%d\"><a href=\"/Default.aspx?sname=s%d&tabid=%d\" title=\"%s\">%s</a></li>\n", i%7, i, shell.IntN(9999), prose(shell, 4), prose(shell, 4))
	}
	fmt.Fprintf(&b, "<input type=hidden name=__VIEWSTATE value=\"%x%x\">", r.Uint64(), r.Uint64())
	for range 12 {
		fmt.Fprintf(&b, "<div class=\"related-item\"><a href=\"/tin/bai-viet-%d.html\">%s</a><span class=\"time\">%02d/%02d/2020</span></div>\n", r.IntN(1e7), prose(r, 9), 1+r.IntN(28), 1+r.IntN(12))
	}
	for _, p := range strings.SplitAfter(text, ". ") {
		fmt.Fprintf(&b, "<p style=\"text-align: justify;\"><span style=\"font-size:14px\">%s</span></p>\n", p)
	}
	for i := range 80 {
		fmt.Fprintf(&b, "<div class=\"footer-link f%d\"><img src=\"/Portals/0/images/%d.png\" alt=\"%s\"></div>\n", i, shell.IntN(1e6), prose(shell, 3))
	}
	return []byte(b.String())
}

// BenchmarkSave is the whole transaction of one fetched page with its
// bulletin, claim included, on a disk.
func BenchmarkSave(b *testing.B) {
	a, err := Open(b.Context(), place(b, "archive.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	r := rand.New(rand.NewPCG(1, 2))
	now := start
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		url := fmt.Sprintf("http://h/%d", i)
		if _, err := a.Enqueue(b.Context(), Request{Site: "s", URL: url, Kind: Article}); err != nil {
			b.Fatal(err)
		}
		text := prose(r, 500)
		body := portalPage(r, text)
		b.StartTimer()
		c, _, err := a.Claim(b.Context(), now, 1e9)
		if err != nil {
			b.Fatal(err)
		}
		_, err = a.Save(b.Context(), Outcome{
			Claim: c, At: now, Status: 200, Page: &bulletin.Page{URL: c.URL, Body: body},
			Bulletins: []bulletin.Bulletin{{URL: c.URL, Title: "Hội nghị giao ban", Body: text}}, Pace: Pace{Next: now},
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkImport stores bulletins of about 2.5 KB, 1,000 a transaction, and
// finds their groups: texts that share nothing, and variants of one agenda.
func BenchmarkImport(b *testing.B) {
	b.Run("random", func(b *testing.B) { benchmarkImport(b, func(r *rand.Rand) string { return prose(r, 430) }) })
	agenda := prose(rand.New(rand.NewPCG(3, 3)), 430)
	b.Run("variants", func(b *testing.B) { benchmarkImport(b, func(r *rand.Rand) string { return edited(r, agenda) }) })
}

func benchmarkImport(b *testing.B, text func(*rand.Rand) string) {
	a, err := Open(b.Context(), place(b, "archive.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	r := rand.New(rand.NewPCG(1, 2))
	for n := 0; b.Loop(); {
		b.StopTimer()
		batch := make([]bulletin.Bulletin, 1000)
		for i := range batch {
			n++
			batch[i] = bulletin.Bulletin{
				URL: fmt.Sprint("http://h/", n), Site: "s", Title: "Hội nghị giao ban", Body: text(r),
				Published: start.AddDate(0, 0, -r.IntN(3000)),
				Cites:     []bulletin.Citation{{Key: fmt.Sprintf("%d-nq-tu@h", r.IntN(200))}, {Key: fmt.Sprintf("%d-ct-tw~20%02d-05-30", r.IntN(50), 10+r.IntN(10))}},
			}
		}
		b.StartTimer()
		if _, err := a.Import(b.Context(), batch...); err != nil {
			b.Fatal(err)
		}
		if err := a.Settle(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "bulletins/s")
}

// BenchmarkClaim takes from a frontier of 200,000 requests over 40 hosts, most
// of them to be checked again some day.
func BenchmarkClaim(b *testing.B) {
	a, err := Open(b.Context(), place(b, "archive.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	for h := range 40 {
		var rs []Request
		for i := range 5000 {
			r := Request{Site: fmt.Sprint("s", h), URL: fmt.Sprintf("http://h%d/%d", h, i), Kind: Article, Priority: Recheck, Due: start.AddDate(0, 0, 1+i%100)}
			if i%20 == 0 {
				r.Priority, r.Due = NewArticle, start
			}
			rs = append(rs, r)
		}
		if _, err := a.Enqueue(b.Context(), rs...); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		c, _, err := a.Claim(b.Context(), start, time.Minute)
		if err != nil {
			b.Fatal(err)
		}
		if err := a.Release(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkChanges reads the feed of bulletins with two citations each.
func BenchmarkChanges(b *testing.B) {
	a, err := Open(b.Context(), place(b, "archive.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	r := rand.New(rand.NewPCG(1, 2))
	var batch []bulletin.Bulletin
	for i := range 2000 {
		batch = append(batch, bulletin.Bulletin{
			ID: fmt.Sprint(i), Body: prose(r, 430), Published: start,
			Cites: []bulletin.Citation{{Key: fmt.Sprint(i%100, "-nq-tw")}, {Key: fmt.Sprint(i%100, "-ct-tw~2019-05-30")}},
		})
	}
	if _, err := a.Import(b.Context(), batch...); err != nil {
		b.Fatal(err)
	}
	if err := a.Settle(b.Context()); err != nil { // grouping would run beside
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := a.Changes(b.Context(), 0, len(batch)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(batch))/b.Elapsed().Seconds(), "bulletins/s")
}
