package bulletin

import (
	"testing"
	"time"

	"bantin/analyzers/vi"
)

func TestProvinces(t *testing.T) {
	now := map[string]bool{}
	for _, p := range Provinces() {
		if vi.Slug(p.Name) != p.Slug {
			t.Errorf("%s: slug of %q is %q", p.Slug, p.Name, vi.Slug(p.Name))
		}
		if next, ok := ProvinceBySlug(p.Now); !ok || next.Until != "" {
			t.Errorf("%s: today's province %q is none", p.Slug, p.Now)
		}
		now[p.Now] = true
	}
	if n := len(Provinces()); n != 64 || len(now) != 34 {
		t.Errorf("%d provinces of any time, %d of today; want 63 and Huế, 34", n, len(now))
	}
}

func TestProvinceAsOf(t *testing.T) {
	for _, c := range []struct{ slug, day, want string }{
		{"ha-giang", "2025-06-30", "ha-giang"},
		{"ha-giang", "2025-07-01", "tuyen-quang"},
		{"tuyen-quang", "2025-07-01", "tuyen-quang"},
		{"thua-thien-hue", "2024-12-31", "thua-thien-hue"},
		{"thua-thien-hue", "2025-01-01", "hue"},
		{"hue", "2024-12-31", "thua-thien-hue"},
		{"hue", "2025-08-01", "hue"},
		{"binh-duong", "2025-07-02", "ho-chi-minh"},
		{"nowhere", "2025-07-02", "nowhere"},
	} {
		day, err := time.ParseInLocation(time.DateOnly, c.day, Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := ProvinceAsOf(c.slug, day); got != c.want {
			t.Errorf("ProvinceAsOf(%s, %s) = %s, want %s", c.slug, c.day, got, c.want)
		}
	}
}

func TestProvinceOfHost(t *testing.T) {
	for _, c := range []struct{ host, want string }{
		{"thuathienhue.gov.vn", "thua-thien-hue"},
		{"www.hue.gov.vn", "hue"},
		{"ubmttq.backan.gov.vn:8080", "bac-kan"},
		{"xa-mau-due.hagiang.gov.vn", "ha-giang"},
		{"baotuyenquang.com.vn", "tuyen-quang"},
		{"m.baotuyenquang.com.vn", "tuyen-quang"},
		{"baophutho.vn", "phu-tho"},
		{"mattranlongan.org.vn", "long-an"},
		{"sonoivukhanhhoa.gov.vn", "khanh-hoa"},
		{"tinhuyhue.vn", "hue"},
		{"baria-vungtau.gov.vn", "ba-ria-vung-tau"},
		{"hochiminhcity.gov.vn", "ho-chi-minh"},
		{"husta.vn", "thua-thien-hue"},
		{"gdt.thue.gov.vn", ""},
		{"vietnamnet.vn", ""},
		{"moj.gov.vn", ""},
		{"127.0.0.1", ""},
		{"", ""},
	} {
		if got, _ := ProvinceOfHost(c.host); got != c.want {
			t.Errorf("ProvinceOfHost(%q) = %q, want %q", c.host, got, c.want)
		}
	}
}

func TestOrganizationTable(t *testing.T) {
	if n := len(Organizations()); n != 89 {
		t.Errorf("%d organizations, want 89", n)
	}
	for _, o := range Organizations() {
		for _, id := range o.Successors {
			if _, ok := OrganizationByID(id); !ok {
				t.Errorf("%s: successor %q is none", o.ID, id)
			}
		}
	}
	if got := OrganizationLabel("bct"); got != "Bộ Chính trị" {
		t.Errorf("label of bct is %q", got)
	}
}
