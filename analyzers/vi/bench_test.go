package vi

import (
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
