package facts

import (
	"testing"
	"time"
)

func TestReadVenue(t *testing.T) {
	for _, c := range []struct{ lead, want string }{
		{"Sáng 10/7, tại Hội trường Tỉnh ủy, Ban Thường trực Ủy ban MTTQ tỉnh tổ chức hội nghị giao ban quý II.", "Hội trường Tỉnh ủy"},
		{"Ngày 10/7, Ủy ban MTTQ tỉnh tổ chức hội nghị giao ban tại hội trường lớn cơ quan Khối Mặt trận, đoàn thể tỉnh.", "hội trường lớn cơ quan Khối Mặt trận"},
		{"Chiều ngày 05 tháng 4 năm 2023, tại trụ sở cơ quan, Ban Thường trực Ủy ban MTTQ tỉnh chủ trì hội nghị giao ban.", "trụ sở cơ quan"},
		{"UBND tỉnh sẽ tổ chức họp báo quý I vào lúc 14 giờ ngày 4/4/2024 tại phòng họp số 1 Văn phòng UBND tỉnh.", "phòng họp số 1 Văn phòng UBND tỉnh"},
		{"Sáng 25/9, Ủy ban MTTQ tỉnh tổ chức hội nghị giao ban quý III theo hình thức trực tuyến với 64 xã, phường.", "theo hình thức trực tuyến"},
		{"Hội nghị được tổ chức bằng hình thức trực tiếp kết hợp trực tuyến. Các đại biểu dự đầy đủ.", "bằng hình thức trực tiếp kết hợp trực tuyến"},
		{"Dự hội nghị tại điểm cầu Tỉnh ủy có các đồng chí trong Ban Thường vụ. Hội nghị do Thường trực Tỉnh ủy tổ chức.", ""},
		{"Sáng 10/7, tại điểm cầu trụ sở Tỉnh ủy diễn ra hội nghị trực tuyến sơ kết 6 tháng đầu năm.", "điểm cầu trụ sở Tỉnh ủy"},
		{"Hội nghị diễn ra tại Khách sạn Mường Thanh và kéo dài hai ngày.", "Khách sạn Mường Thanh"},
		{"Sau hội nghị, đoàn đến thăm và tặng quà tại trụ sở xã Tân Trào do UBND xã tổ chức.", ""},
		{"Trụ sở Ủy ban MTTQ tỉnh được khánh thành sáng nay.", ""},
		{"Ông trưng bày tranh tại Nhà văn hóa Thanh niên. Hội nghị họp báo vào ngày mai.", ""},
		{"Hội nghị giao ban được tổ chức tại trụ sở.", ""},
		{"Công ty có trụ sở tại Hà Nội họp báo.", ""},
		{"", ""},
	} {
		got := ""
		if span, ok := ReadVenue(c.lead); ok {
			got = c.lead[span.Start:span.End]
		}
		if got != c.want {
			t.Errorf("%q in %q, want %q", got, c.lead, c.want)
		}
	}
}

func TestPrintedHost(t *testing.T) {
	for _, c := range []struct{ title, lead, want string }{
		{"Huyện ủy Yên Sơn giao ban quý I", "Ngày 6/4/2022, Thường trực Huyện ủy Yên Sơn tổ chức hội nghị giao ban.", "Thường trực Huyện ủy Yên Sơn"},
		{"Huyện ủy Yên Sơn giao ban quý I", "Ngày 6/4/2022, Thường trực Huyện ủy tổ chức hội nghị giao ban.", "Huyện ủy Yên Sơn"},
		{"", "Chiều 13/10, Ủy ban MTTQ Việt Nam xã Như Quỳnh giao ban với các thôn.", "Ủy ban MTTQ Việt Nam xã Như Quỳnh"},
		{"", "Sáng 29/9, Thường trực Đảng ủy xã Năm Căn tổ chức giao ban quý III.", "Thường trực Đảng ủy xã Năm Căn"},
		{"", "Sáng 29/9, Tỉnh ủy tổ chức giao ban quý III.", ""},
	} {
		if got := PrintedHost(c.title, c.lead, "tuyen-quang", time.Time{}); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.title, c.lead, got, c.want)
		}
	}
}
