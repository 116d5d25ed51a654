package sketch

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"bantin/analyzers/vi"
)

// item writes a report of a briefing meeting in the phrases that all of them
// share, with its own province, quarter, figures and, by seed, sentences.
func item(province string, quarter, day int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	fmt.Fprintf(&b, "Ngày %d/%d/2020, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh %s tổ chức họp giao ban với các tổ chức "+
		"chính trị - xã hội tỉnh đánh giá kết quả công tác phối hợp trong quý %d/2020, đề ra phương hướng, nhiệm vụ quý tới. ",
		day, quarter*3, province, quarter)
	subjects := []string{
		"vận động quỹ vì người nghèo", "xây dựng nông thôn mới", "giám sát và phản biện xã hội",
		"tuyên truyền bầu cử", "hỗ trợ làm nhà đại đoàn kết", "phòng, chống dịch bệnh", "bảo vệ môi trường", "hòa giải ở cơ sở",
		"tiếp xúc cử tri", "chăm lo người lao động", "phát triển hội viên", "thi đua yêu nước",
	}
	places := []string{"huyện miền núi", "khu dân cư", "các xã biên giới", "thành phố", "vùng ven biển", "khu công nghiệp"}
	for range 14 {
		fmt.Fprintf(&b, "Công tác %s tại %s được %d đơn vị triển khai với %d lượt người tham gia, kinh phí %d triệu đồng. ",
			subjects[r.IntN(len(subjects))], places[r.IntN(len(places))], r.IntN(90)+10, r.IntN(9000)+100, r.IntN(900)+50)
	}
	b.WriteString("Kết luận cuộc họp, Chủ tịch Ủy ban Mặt trận Tổ quốc tỉnh đề nghị các tổ chức tiếp tục phối hợp chặt chẽ.")
	return b.String()
}

// edit replaces a share of the words by others.
func edit(text string, share float64, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 2))
	words := strings.Fields(text)
	for i := range words {
		if r.Float64() < share {
			words[i] = fmt.Sprint("từ", string(rune('a'+r.IntN(26))))
		}
	}
	return strings.Join(words, " ")
}

func TestSimilarAfterEdits(t *testing.T) {
	for seed := range uint64(40) {
		text := item("Lào Cai", 3, 12, seed)
		for name, other := range map[string]string{
			"itself":             text,
			"5 % edits":          edit(text, 0.05, seed),
			"without accents":    strings.ToLower(text),
			"with an added half": text + " " + strings.Repeat("Tin thêm của báo về hội nghị khác ở nơi khác. ", 3),
			"first two thirds":   text[:strings.LastIndex(text[:len(text)*2/3], " ")],
		} {
			if !Alike(text, other) || !Alike(other, text) {
				t.Errorf("seed %d: %s is no duplicate", seed, name)
			}
		}
	}
}

func TestSimilarAfterManyEdits(t *testing.T) {
	for seed := range uint64(100) {
		text := item("Lào Cai", 3, 12, seed)
		if !Alike(text, edit(text, 0.15, seed)) {
			t.Errorf("seed %d: 15 %% edits are no duplicate", seed)
		}
	}
}

func TestDifferentItems(t *testing.T) {
	for seed := range uint64(40) {
		text := item("Lào Cai", 3, 12, seed)
		for name, other := range map[string]string{
			"another quarter":  item("Lào Cai", 2, 10, seed+1000),
			"another province": item("Bình Phước", 3, 14, seed+2000),
			"the same text for another quarter": strings.NewReplacer(
				"12/9/2020", "10/12/2020", "quý 3/2020", "quý 4/2020").Replace(text),
			"nothing": "",
		} {
			if Alike(text, other) || Alike(other, text) {
				t.Errorf("seed %d: %s is a duplicate", seed, name)
			}
		}
	}
}

func TestShortTexts(t *testing.T) {
	const a = "Hội nghị giao ban công tác quý III khối Mặt trận và các đoàn thể"
	for other, want := range map[string]bool{
		a:                                   true,
		strings.ToUpper(a):                  true,
		strings.Replace(a, "III", "II", 1):  false,
		a + " " + item("Lào Cai", 3, 12, 1): false,
		"":                                  false,
		"a":                                 false,
	} {
		if got := Alike(a, other); got != want {
			t.Errorf("Similar with %.60q: %v", other, got)
		}
	}
	if s := Of("hai từ"); !s.Empty() {
		t.Error("a text without a shingle has a sketch")
	}
}

func TestBands(t *testing.T) {
	meet := func(a, b string) bool {
		x, y := Of(a), Of(b)
		for i := range x.Bands {
			if x.Bands[i] == y.Bands[i] {
				return true
			}
		}
		return false
	}
	for seed := range uint64(40) {
		text := item("Lào Cai", 3, 12, seed)
		if !meet(text, edit(text, 0.05, seed)) {
			t.Errorf("seed %d: 5 %% edits meet in no band", seed)
		}
	}
	if meet(item("Lào Cai", 3, 12, 1), "Một bài hoàn toàn khác nói về chuyện thời tiết cuối tuần ở miền Trung") {
		t.Error("different texts meet in a band")
	}
}

// TestSamplesMeasureSets compares long texts by their samples with the exact
// shares of their shingles, and with a part of another length.
func TestSamplesMeasureSets(t *testing.T) {
	set := func(text string, k int) map[uint64]bool {
		m := map[uint64]bool{}
		for _, h := range vi.Shingles(text, k) {
			m[h] = true
		}
		return m
	}
	for seed := range uint64(20) {
		var long []string
		for i := range uint64(4) {
			long = append(long, item("Lào Cai", 3, 12, seed*10+i))
		}
		text := strings.Join(long, " ")
		for name, other := range map[string]string{"edited": edit(text, 0.1, seed), "half": text[:len(text)/2]} {
			x, y := set(text, shingleWords), set(other, shingleWords)
			shared := 0
			for h := range x {
				if y[h] {
					shared++
				}
			}
			exact := float64(shared) / float64(len(x)+len(y)-shared)
			a, b := Of(text), Of(other)
			n, m, both := a.three.Common(b.three)
			if got := float64(both) / float64(n+m-both); math.Abs(got-exact) > 0.16 || len(a.three.hashes) > maxSample {
				t.Errorf("seed %d, %s: estimated %.2f, exact %.2f", seed, name, got, exact)
			}
		}
	}
}

func TestSketchIsStored(t *testing.T) {
	for _, text := range []string{"", "hai từ", "một hai ba", item("Lào Cai", 3, 12, 1), strings.Repeat(item("Huế", 1, 2, 3)+" ", 20)} {
		s := Of(text)
		b, err := s.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var back Sketch
		if err := back.UnmarshalBinary(b); err != nil || back.words != s.words || !s.Empty() && !s.Like(&back) {
			t.Errorf("%.20q: %v", text, err)
		}
		if len(b) > 5000 {
			t.Errorf("%.20q: %d bytes", text, len(b))
		}
		for n := range b {
			if back.UnmarshalBinary(b[:n]) == nil {
				t.Errorf("%.20q: %d of %d bytes are a sketch", text, n, len(b))
			}
		}
	}
}

func BenchmarkSketch(b *testing.B) {
	text := item("Lào Cai", 3, 12, 1)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Of(text)
	}
}

func BenchmarkSimilar(b *testing.B) {
	text := item("Lào Cai", 3, 12, 1)
	other := edit(text, 0.1, 1)
	x, y := Of(text), Of(other)
	for b.Loop() {
		x.Like(&y)
	}
}
