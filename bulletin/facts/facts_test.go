package facts

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"bantin/bulletin"
)

func TestReadFacts(t *testing.T) {
	b := bulletin.Bulletin{
		Title: "Giao ban đánh giá kết quả công tác phối hợp quý II",
		Body: "Ngày 10/7, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh tổ chức họp giao ban với các tổ chức chính trị - xã hội tỉnh.\n\n" +
			"Trong quý II/2020, các bên đã phối hợp tốt./.\n\n                    Nguyễn An",
		Published: time.Date(2020, 7, 13, 7, 57, 0, 0, bulletin.Zone), PublishedPrecision: bulletin.Minute,
	}
	ReadFacts(&b, Hint{URL: "http://mttq.hagiang.example.gov.vn/tin"})
	want := b
	want.Lead, _, _ = strings.Cut(b.Body, "\n\n")
	want.Author, want.EventDate, want.Kind, want.Host = "Nguyễn An", "2020-07-10", bulletin.GiaoBan, "mttq"
	want.Period = bulletin.Period{Year: 2020, Quarter: 2, Basis: bulletin.Stated}
	want.Province, want.ProvinceNow = "ha-giang", "tuyen-quang"
	want.Organizations = []string{"mttq", "ctxh"}
	if d := cmp.Diff(want, b); d != "" {
		t.Error(d)
	}
	again := b
	ReadFacts(&again, Hint{})
	if d := cmp.Diff(b, again); d != "" {
		t.Error("not idempotent:", d)
	}
}

func TestReadFactsKeepsWhatIsKnown(t *testing.T) {
	b := bulletin.Bulletin{
		Title: "Giao ban quý II/2020", Body: "Ngày 10/7, MTTQ tỉnh họp.",
		Kind: bulletin.HopBao, Period: bulletin.Period{Year: 2019, Quarter: 1, Basis: bulletin.Stated}, Province: "lao-cai", Organizations: []string{"doan"}, Author: "A", EventDate: "2019-01-02", Host: "hnd",
	}
	ReadFacts(&b, Hint{Province: "ha-giang"})
	got := []any{b.Kind, b.Period, b.Province, b.Organizations, b.Author, b.EventDate, b.Host}
	want := []any{bulletin.HopBao, bulletin.Period{Year: 2019, Quarter: 1, Basis: bulletin.Stated}, "lao-cai", []string{"doan"}, "A", "2019-01-02", "hnd"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func FuzzReadFacts(f *testing.F) {
	for _, s := range []string{
		"Giao ban quý II/2020\n\nSáng ngày 25/9/2020, Uỷ ban MTTQ tỉnh Hà Giang tổ chức./.\n\nNguyễn An",
		"Cập nhật:25/09/2020 1:35:49 CH", "quý quý quý I, II và III.2016", "15-16/7/2020 8h30 sáng", "\xff\xfe quý \u0303I", "4 giờ trước", "6000 năm trước", "(((((", "ﾡ／１２", "- - - .", "Tin, ảnh: (X)",
	} {
		f.Add(s)
	}
	ref := time.Date(2020, 7, 13, 0, 0, 0, 0, bulletin.Zone)
	f.Fuzz(func(t *testing.T, s string) {
		inside := func(what string, sp bulletin.Span) {
			if sp.Start < 0 || sp.End < sp.Start || sp.End > len(s) {
				t.Fatalf("%s: span %v is outside the text of %d bytes", what, sp, len(s))
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[sp.Start:sp.End]) {
				t.Fatalf("%s: span %v cuts a letter", what, sp)
			}
		}
		for _, m := range FindOrganizations(s, "ha-noi") {
			inside("organization", m.Span)
		}
		for _, m := range findPlaces(s) {
			inside("province", m)
		}
		if d, ok := FindPublished(s, Hint{Fetched: ref}); ok {
			inside("published", d.Span)
		} else if d != (PrintedDate{}) {
			t.Fatalf("published: %+v is none", d)
		}
		if d, ok := readEventDateOf(s, ref); ok {
			inside("event", d.Span)
		}
		if d, ok := ReadURLDate(s); ok {
			inside("url", d.Span)
		}
		if p, at := readPeriodOf("", s, bulletin.GiaoBan, ref); p.Year != 0 {
			inside("period", at)
			if p.Quarter < 1 || p.Quarter > 4 || p.Year < 1970 {
				t.Fatalf("period %+v", p)
			}
		}
		if k, ok := findKind(s); ok {
			inside("kind", k)
		}
		if m, ok := readHostOf("", s, ""); ok {
			inside("host", m.Span)
		}
		if b, ok := FindByline(s); ok {
			inside("byline", b.Span)
			inside("byline", b.Line)
		}
		ReadTimestamp(s, ref)
		b := bulletin.Bulletin{Title: s, Body: s}
		ReadFacts(&b, Hint{Fetched: ref})
		again := b
		ReadFacts(&again, Hint{Fetched: ref})
		if d := cmp.Diff(b, again); d != "" {
			t.Fatal("not idempotent:", d)
		}
	})
}
