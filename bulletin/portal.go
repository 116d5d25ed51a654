package bulletin

import (
	_ "embed" // for the directory
	"slices"
	"strings"
	"sync"
)

//go:embed tables/hosts.tsv
var hostsTSV string

// HostInfo is a portal whose province and system are known.
type HostInfo struct {
	Name     string // lower case, without www
	Province string // slug, empty for a central body's portal
	Family   string // the system it runs: dotnetnuke, webforms, sharepoint, liferay, nukeviet …
}

// HostByName returns the directory's entry for a host or the nearest parent
// domain of it that has one. A port, a www. and the case do not matter.
func HostByName(host string) (HostInfo, bool) {
	for host = bareHost(host); host != ""; {
		if h, ok := hosts()[host]; ok {
			return h, true
		}
		_, parent, ok := strings.Cut(host, ".")
		if !ok || !strings.Contains(parent, ".") {
			break
		}
		host = parent
	}
	return HostInfo{}, false
}

// ProvinceOfHost returns the province whose portal a host is: by the
// directory, else by a label that is the province's name (tuyenquang) or joins
// it to an office or newspaper (baotuyenquang, hdndtuyenquang, thainguyentv).
func ProvinceOfHost(host string) (slug string, ok bool) {
	if h, ok := HostByName(host); ok {
		return h.Province, h.Province != ""
	}
	labels := strings.Split(bareHost(host), ".")
	for _, whole := range []bool{true, false} {
		for _, label := range slices.Backward(labels) {
			if slug := provinceOfLabel(strings.ReplaceAll(label, "-", ""), whole); slug != "" {
				return slug, true
			}
		}
	}
	return "", false
}

// provinceOfLabel finds the longest province name that is the label or, unless
// whole, begins or ends it beside a known affix.
func provinceOfLabel(label string, whole bool) string {
	best, slug := 0, ""
	for _, p := range provinces().list {
		for _, name := range p.tokens {
			if len(name) <= best || !strings.Contains(label, name) {
				continue
			}
			before, ends := strings.CutSuffix(label, name)
			after, begins := strings.CutPrefix(label, name)
			if label == name || !whole && (ends && isHostAffix(before) || begins && isHostAffix(after)) {
				best, slug = len(name), p.Slug
			}
		}
	}
	return slug
}

// isHostAffix reports whether s is made of the words that portals put before
// or after a province's name.
func isHostAffix(s string) bool {
	if s == "" {
		return true
	}
	for _, w := range hostAffixes {
		if rest, ok := strings.CutPrefix(s, w); ok && isHostAffix(rest) {
			return true
		}
	}
	return false
}

var hostAffixes = []string{
	"bao", "dai", "ptth", "phatthanh", "truyenhinh", "tv", "online", "news", "portal", "city", "tinh", "tp", "vn", "dientu",
	"tinhuy", "thanhuy", "ubnd", "hdnd", "dbnd", "dbqh", "vp", "ubmttqvn", "ubmttq", "ubmt", "mttq", "mattran", "danvan",
	"hoinongdan", "hnd", "hoiphunu", "hlhpn", "hpn", "phunu", "tinhdoan", "thanhdoan", "doan", "ldld", "congdoan", "ccb", "cuuchienbinh",
	"ban", "tuyengiao", "tochuc", "noichinh", "ubkt", "danguykhoi", "duk", "dukccq", "truongchinhtri", "dcs", "dangbo",
	"so", "sxd", "stp", "tuphap", "tnmt", "stnmt", "nnptnt", "snnptnt", "nnmt", "snnmt", "snv", "noivu", "stc", "taichinh", "skhdt", "khdt",
	"sct", "congthuong", "sldtbxh", "ldtbxh", "gtvt", "sgtvt", "khcn", "skhcn", "tttt", "stttt", "vhttdl", "svhttdl", "gddt", "sgddt",
	"syt", "yte", "ngoaivu", "dantoc", "thanhtra", "congan", "bchqs", "bienphong", "tand", "toaan", "vks", "vksnd", "thads", "bhxh",
	"thue", "cucthue", "kbnn", "thongke", "qltt", "chuthapdo", "hoi", "khxhnv", "lhh", "lmhtx", "dulich", "xuctien", "mobile",
}

// bareHost lowers a host and drops its port, final dot and www.
func bareHost(host string) string {
	host, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(host)), ":")
	return strings.TrimPrefix(strings.TrimSuffix(host, "."), "www.")
}

// hosts is the directory of known portals, by name.
var hosts = sync.OnceValue(func() map[string]HostInfo {
	t := map[string]HostInfo{}
	for _, f := range ReadTable(hostsTSV, 3) {
		t[f[0]] = HostInfo{Name: f[0], Province: f[1], Family: f[2]}
	}
	return t
})
