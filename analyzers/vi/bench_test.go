package vi

import (
	"fmt"
	"strings"
	"testing"
)

// sample is the kind of prose that the index is full of.
var sample = strings.Repeat(`Ngày 10/7, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh tổ chức họp giao ban với các tổ chức chính trị - xã hội tỉnh đánh giá kết quả công tác phối hợp trong quý II/2020, đề ra phương hướng, nhiệm vụ quý III/2020; thực hiện Nghị quyết số 73-NQ/TU của Ban Thường vụ Tỉnh ủy về huy động trẻ đi nhà trẻ, tỷ lệ huy động trẻ được 11.706/36.738 trẻ, đạt 31,9%, tăng 223 trẻ so với thời điểm trước khi nghỉ dịch Covid-19.

`, 8)

func BenchmarkAnalyze(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		Analyze(sample)
	}
}

func BenchmarkFold(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		Fold(sample)
	}
}

func BenchmarkNormalize(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		Normalize(sample)
	}
}

// BenchmarkHostile holds inputs that are slow for a careless analyzer; at two
// sizes the MB/s must stay the same.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"marks": "\u0323\u0302", "letters": "a", "invisible": "a\u200b", "syllables": "hoa\u200bhoan", "groups": "1.234.",
		"dots": "T.", "central": "TƯ ", "hyphens": "a-", "digits": "12", "roman": "khóa XV, ", "documents": "1/2020/NĐ-",
		"lists": "217, ", "mojibake": "áº\u00ad", "tcvn3": "®¶ng ", "foreign": "한",
	} {
		for _, size := range []int{1 << 16, 1 << 20} {
			text := "x" + strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Analyze(text)
					Fold(text)
					Clean(text)
					Repair(text)
				}
			})
		}
	}
}

func BenchmarkNewScan(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		NewScan(sample)
	}
}
