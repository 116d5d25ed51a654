package bulletin

import (
	_ "embed" // for the tables
	"regexp"
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
			if label == name || !whole && (ends && besides().MatchString(before) || begins && besides().MatchString(after)) {
				best, slug = len(name), p.Slug
			}
		}
	}
	return slug
}

//go:embed tables/host_words.txt
var hostWords string

// besides matches what portals put before or after a province's name, also
// several of its words, and nothing.
var besides = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("^(?:" + strings.Join(strings.Fields(hostWords), "|") + ")*$")
})

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
