//go:build unix

package facts

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"bantin/bulletin"
)

// benchTexts are the texts of the JSON Lines file, gzipped, that
// BANTIN_BENCH_TEXTS names, up to 32 MB of them, or else the samples in the
// extractor's testdata, many times over.
func benchTexts(b *testing.B) (texts []string, size int64) {
	b.Helper()
	const most = 32 << 20
	path := os.Getenv("BANTIN_BENCH_TEXTS")
	if path == "" {
		for _, name := range []string{"thua-thien-hue-2020-q3", "tuyen-quang-2020-q2"} {
			raw, err := os.ReadFile("../../crawler/extract/testdata/" + name + ".txt")
			if err != nil {
				b.Fatal(err)
			}
			texts, size = append(texts, string(raw)), size+int64(len(raw))
		}
		return texts, size
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() && size < most {
		var page struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			b.Fatal(err)
		}
		texts, size = append(texts, page.Text), size+int64(len(page.Text))
	}
	return texts, size
}

// cpuTime is the processor time that the process has used, garbage collection
// included: on a machine shared with others it says more than the clock does.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// reportCPU begins to count; the function returned reports.
func reportCPU(b *testing.B, size int64) func() {
	b.Helper()
	began := cpuTime(b)
	return func() {
		b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpuTime(b)-began).Seconds(), "MB/cpu-s")
	}
}

func BenchmarkReadFacts(b *testing.B) {
	texts, size := benchTexts(b)
	b.SetBytes(size)
	defer reportCPU(b, size)()
	for b.Loop() {
		for _, text := range texts {
			title, _, _ := strings.Cut(text, "\n")
			page := bulletin.Bulletin{Title: title, Body: text, Published: time.Date(2020, 7, 13, 0, 0, 0, 0, bulletin.Zone)}
			ReadFacts(&page, Hint{Province: "tuyen-quang"})
		}
	}
}

// The readers are to take time in proportion to the text, whatever it repeats.
func BenchmarkRepeated(b *testing.B) {
	const size = 5 << 20
	for _, unit := range []string{
		"quý ", "quý I, ", "số 1-", "số 1, ", "UBND ", "Ủy ban ", "Nghị quyết ", "Nghị quyết số 1, ", "Hội nghị Trung ương ", "Luật ", "ngày 1/1/2020 ", "1/",
		"6 tháng đầu năm ", "tỉnh Hòa Bình, ", "(", "217-218-", "của Bộ Chính trị ", "Sáng ngày ", "Thứ hai, ", "12:30 ", "khóa X, ", "Nghị quyết 1 về ", "Ban ", "Ban Dân vận ", "Nghị quyết 5 về của ", "Quyết định số 1/QĐ-UBND, ",
		"quý I ", "trong quý I, ", "kế hoạch ", "1/1 ", "UBND tỉnh ", "6 tháng ", "tháng 8 ", ". ", "\n\n", "\n", "Tin: ", "sáng ", "từ ", "1:", "phối hợp với UBND ", "các ", "\u0301", "a",
	} {
		text := strings.Repeat(unit, size/len(unit))
		b.Run(strings.TrimSpace(unit), func(b *testing.B) {
			b.SetBytes(size)
			defer reportCPU(b, size)()
			for b.Loop() {
				page := bulletin.Bulletin{Title: "Giao ban", Body: text}
				ReadFacts(&page, Hint{Province: "tuyen-quang"})
				FindPublished(text, Hint{})
				ReadTimestamp(text, time.Time{})
				readPeriodOf(text, text, "", time.Time{})
			}
		})
	}
}

func BenchmarkCompileGrammar(b *testing.B) {
	for b.Loop() {
		compileGrammar()
	}
}
