package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// portal is one sample portal: a system in the shape of a CMS family.
type portal struct {
	index     int
	dir       string // folder under testdata/sites
	family    string
	name      string // as the portal calls itself
	province  string // printed name
	slug, now string
	base      int // year of its first events
	districts []string
	listing   string // address of the first listing page
	render    func(*portal, []event) []page
	yaml      string // further lines of its profile
}

// page is one saved answer.
type page struct {
	key    string // "GET /path?query", or "POST /path argument"
	file   string // file under the portal's folder, empty for a redirect
	body   string
	moved  string // Location of a 301
	status int
	ctype  string
}

var portals = []*portal{
	{dir: "dotnetnuke-thua-thien-hue", family: "dotnetnuke", name: "Trang mẫu Mặt trận Thừa Thiên Huế", province: "Thừa Thiên Huế", slug: "thua-thien-hue", now: "hue", base: 2020, districts: []string{"Phong Điền", "Quảng Điền", "Phú Lộc", "Nam Đông"}, listing: dnnListing, render: renderDNN},
	{dir: "webforms-tuyen-quang", family: "webforms", name: "Trang mẫu Mặt trận Tuyên Quang", province: "Tuyên Quang", slug: "tuyen-quang", now: "tuyen-quang", base: 2020, districts: []string{"Sơn Dương", "Chiêm Hóa", "Na Hang", "Hàm Yên"}, listing: wfListing, render: renderWebForms},
	{dir: "sharepoint-yen-bai", family: "sharepoint", name: "Trang mẫu Mặt trận Yên Bái", province: "Yên Bái", slug: "yen-bai", now: "lao-cai", base: 2019, districts: []string{"Văn Chấn", "Trấn Yên", "Lục Yên", "Mù Cang Chải"}, listing: spListing, render: renderSharePoint},
	{dir: "liferay-dong-thap", family: "liferay", name: "Trang mẫu Mặt trận Đồng Tháp", province: "Đồng Tháp", slug: "dong-thap", now: "dong-thap", base: 2021, districts: []string{"Tháp Mười", "Lai Vung", "Tam Nông", "Thanh Bình"}, listing: lrListing, render: renderLiferay},
	{dir: "nukeviet-quang-tri", family: "nukeviet", name: "Trang mẫu Mặt trận Quảng Trị", province: "Quảng Trị", slug: "quang-tri", now: "quang-tri", base: 2018, districts: []string{"Hướng Hóa", "Gio Linh", "Triệu Phong", "Hải Lăng"}, listing: nvListing, render: renderNukeViet},
	{dir: "wordpress-bac-giang", family: "wordpress", name: "Trang mẫu Nông dân Bắc Giang", province: "Bắc Giang", slug: "bac-giang", now: "bac-ninh", base: 2020, districts: []string{"Lục Ngạn", "Yên Dũng", "Tân Yên", "Lạng Giang"}, listing: "/tin-tuc/", render: renderWordPress},
	{dir: "newspaper-quang-ngai", family: "newspaper", name: "Báo mẫu Quảng Ngãi", province: "Quảng Ngãi", slug: "quang-ngai", now: "quang-ngai", base: 2018, districts: []string{"Bình Sơn", "Mộ Đức", "Trà Bồng", "Sơn Tịnh"}, listing: npListing, render: renderNewspaper},
	{dir: "dcs-hung-yen", family: "dcs", name: "Trang mẫu Mặt trận Hưng Yên", province: "Hưng Yên", slug: "hung-yen", now: "hung-yen", base: 2022, districts: []string{"Khoái Châu", "Kim Động", "Ân Thi", "Tiên Lữ"}, listing: dcsListing, render: renderDCS},
	{dir: "trangn-lao-cai", family: "trang-n", name: "Trang mẫu Dân vận Lào Cai", province: "Lào Cai", slug: "lao-cai", now: "lao-cai", base: 2019, districts: []string{"Bát Xát", "Bảo Thắng", "Văn Bàn", "Bảo Yên"}, listing: "/hoat-dong/", render: renderTrangN},
	{dir: "joomla-ha-giang", family: "joomla", name: "Trang mẫu Mặt trận Hà Giang", province: "Hà Giang", slug: "ha-giang", now: "tuyen-quang", base: 2021, districts: []string{"Đồng Văn", "Vị Xuyên", "Bắc Quang", "Yên Minh"}, listing: jmListing, render: renderJoomla},
}

func (p *portal) writer() *writer {
	return &writer{p, rand.New(rand.NewPCG(2020, uint64(p.index)))}
}

func sortNewest(es []event) {
	slices.SortStableFunc(es, func(a, b event) int { return cmp.Compare(b.published.Unix(), a.published.Unix()) })
}

// slug is the address form of a title.
func slug(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, _ := transform.String(t, strings.ToLower(strings.NewReplacer("đ", "d", "Đ", "d").Replace(s)))
	words := strings.FieldsFunc(out, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words[:min(len(words), 12)], "-")
}

// guid is a made-up identifier in the form that DotNetNuke prints.
func guid(n int) string {
	r := rand.New(rand.NewPCG(77, uint64(n)))
	return strings.ToUpper(fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", r.Uint32(), r.IntN(1<<16), 0x4000|r.IntN(1<<12), 0x8000|r.IntN(1<<14), r.Uint64()>>16))
}

// pages cuts events into listing pages of n.
func pages(es []event, n int) [][]event { return slices.Collect(slices.Chunk(es, n)) }
