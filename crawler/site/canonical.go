package site

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// dropAlways are parameters that no portal uses to choose what is shown:
// campaign tracking and sessions.
var dropAlways = []string{
	"utm_*", "fbclid", "gclid", "dclid", "msclkid", "zarsrc", "zalo*", "_ga", "_gl", "mc_cid", "mc_eid", "igshid",
	"PHPSESSID", "jsessionid", "sessionid", "ASPSESSIONID*", "sid_session", "CFID", "CFTOKEN", "AspxAutoDetectCookieSupport", "_t", "_ts", "timestamp", "rand", "nocache",
}

var (
	padding       = regexp.MustCompile(`(?:\+|%20)+$`)
	pathSession   = regexp.MustCompile(`(?i);(jsessionid|phpsessid|sid)=[^/?;]*`)
	cookieless    = regexp.MustCompile(`/\([A-Z]\([A-Za-z0-9]{20,}\)(?:[A-Z]\([A-Za-z0-9]+\))*\)/`) // ASP.NET /(S(…))/
	guid          = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	nukevietPrint = regexp.MustCompile(`/(?:print|savefile)/([^?]*-\d+)(?:\.html|/)?$`)
)

// familyKeys are what a family itself uses to find an article, and its name.
var familyKeys = map[string]struct {
	name string
	in   *regexp.Regexp
}{
	"dotnetnuke": {"newsid/", regexp.MustCompile(`(?i)[/?&]newsid[/=]([0-9a-f-]{36}|\d+)`)},
	"dcs":        {"post/", regexp.MustCompile(`(?i)/post/(\d+)(/|$)`)},
	"webcenter":  {"doc/", regexp.MustCompile(`(?i)[?&]dDocName=(\w+)`)},
	"liferay":    {"content/", regexp.MustCompile(`/-/(?:asset_publisher/[^/]+/content/(?:id/)?|view_content/(?:content/)?)(\d+)`)},
}

// Canonical resolves a link found on page base and returns the one address
// that stands for all its spellings: no fragment, session or tracking
// parameters, padding or default port. It reports false for links that are no
// web pages. The address stays one that the portal answers.
func (p *Profile) Canonical(base *url.URL, link string) (*url.URL, bool) {
	u, ok := resolve(base, link)
	if !ok {
		return nil, false
	}
	u.Path = cookieless.ReplaceAllString(pathSession.ReplaceAllString(u.Path, ""), "/")
	u.RawPath = ""
	u.RawQuery = p.cleanQuery(u.RawQuery)
	switch p.Preset().Name {
	case "nukeviet": // print and download twins
		if m := nukevietPrint.FindStringSubmatch(u.Path); m != nil {
			u.Path = strings.Replace(u.Path, m[0], "/"+m[1]+".html", 1)
		}
	case "liferay": // the path alone leads to the article
		if strings.Contains(u.Path, "/-/") {
			u.RawQuery = withoutPortlet(u.RawQuery)
		}
	}
	return u, true
}

// withoutPortlet drops what Liferay adds for the portlet that showed a link.
func withoutPortlet(raw string) string {
	var kept []string
	for pair := range strings.SplitSeq(raw, "&") {
		if pair != "" && !strings.HasPrefix(pair, "p_p_") && !strings.HasPrefix(pair, "_") {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// resolve makes a link absolute and tidies what every server takes as equal.
func resolve(base *url.URL, link string) (*url.URL, bool) {
	link = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, strings.TrimSpace(link))
	if link == "" || len(link) > 4096 {
		return nil, false
	}
	u, err := url.Parse(link)
	if err != nil {
		return nil, false
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, false
	}
	u.Host = strings.TrimSuffix(u.Host, map[string]string{"http": ":80", "https": ":443"}[u.Scheme])
	u.Fragment, u.RawFragment, u.User = "", "", nil
	u.RawQuery = strings.ReplaceAll(u.RawQuery, " ", "%20")
	if u.Path == "" {
		u.Path = "/"
	}
	if strings.Contains(u.Path, "//") {
		slash := strings.HasSuffix(u.Path, "/")
		u.Path, u.RawPath = path.Clean(u.Path), ""
		if slash && u.Path != "/" {
			u.Path += "/"
		}
	}
	return u, true
}

// cleanQuery drops parameters without meaning and the padding of values, and
// keeps the order, which some portals depend on.
func (p *Profile) cleanQuery(raw string) string {
	if raw == "" {
		return ""
	}
	drop := slices.Concat(dropAlways, p.Preset().Drop)
	if p != nil {
		drop = append(drop, p.Drop...)
	}
	var kept []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, has := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(name)
		if err != nil || plain == "" || dropped(drop, plain) {
			continue
		}
		if has {
			name += "=" + padding.ReplaceAllString(value, "")
		}
		if !slices.Contains(kept, name) {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, "&")
}

// dropped matches a parameter's name against names that may hold one *.
func dropped(drop []string, name string) bool {
	name = strings.ToLower(name)
	for _, d := range drop {
		pre, post, star := strings.Cut(strings.ToLower(d), "*")
		if name == pre && !star {
			return true
		}
		if star && len(name) >= len(pre)+len(post) && strings.HasPrefix(name, pre) && strings.HasSuffix(name, post) {
			return true
		}
	}
	return false
}

// Key identifies the article behind an address: two addresses with one key
// are the same article under different slugs, categories or parameters.
func (p *Profile) Key(u *url.URL) string {
	host, rest := bareHost(u.Host), u.RequestURI()
	if key, ok := familyKeys[p.Preset().Name]; ok {
		if m := key.in.FindStringSubmatch(rest); m != nil {
			return host + "#" + key.name + strings.ToLower(m[1])
		}
	}
	if c, ok := p.Canonical(nil, u.String()); ok {
		rest = c.RequestURI()
	}
	return host + strings.TrimSuffix(rest, "/")
}

// articles is the expression that the profile gives for its articles, nil for none.
func (p *Profile) articles() *regexp.Regexp {
	if p.Articles == "" {
		return nil
	}
	own, _ := regexp.Compile(p.Articles) // one that does not compile was refused with the profile
	return own
}

// isArticle tells whether an address looks like an article's: 1 it does,
// 0 nobody knows, -1 it does not.
func (p *Profile) isArticle(u *url.URL, own *regexp.Regexp) int {
	rest := u.RequestURI()
	if own != nil {
		if own.MatchString(rest) {
			return 1
		}
		return -1
	}
	f := p.Preset()
	switch {
	case neverArticle.MatchString(rest), f.NotArticles.matches(rest):
		return -1
	case f.Articles.matches(rest):
		return 1
	}
	return 0
}

// neverArticle are addresses that no portal gives an article: files, feeds,
// language switches, calendars, logins, searches, bare roots.
var neverArticle = regexp.MustCompile(`(?i)^/?$|\.(jpe?g|png|gif|webp|svg|ico|css|js|mp[34]|flv|avi|zip|rar|pdf|docx?|xlsx?|pptx?|xml|rss)(\?|$)|/c/portal/|/(login|dang-nhap|logout|register|wp-admin|wp-login|rss|feed|sitemap|lich|calendar|lich-cong-tac|search|tim-kiem|share|mailto)(/|\.|\?|$)|[?&](print|in|download|month|thang|day|ngay|calendar)=|[?&](lang|language|setlang|locale)=(en|zh|cn|ru|fr|lo|km)`)
