package site

import "testing"

func TestCanonical(t *testing.T) {
	for _, c := range []struct{ family, link, want string }{
		{"generic", "/a/b?x=1&utm_source=z&fbclid=3#top", "https://a.vn/a/b?x=1"},
		{"generic", "HTTPS://A.vn:443/a//b/../c", "https://a.vn/a/c"},
		{"generic", "b.html;jsessionid=0AF3?x=1", "https://a.vn/tin/b.html?x=1"},
		{"generic", "/(S(3fnhwj55qjzcvq454nhwjr55))/Tin.aspx?id=4", "https://a.vn/Tin.aspx?id=4"},
		{"generic", "/tin?id=5&id=5", "https://a.vn/tin?id=5"},
		{"sharepoint", "/Pages/ct.aspx?ItemID=3&l=Cat+++++++++&Source=%2Fx", "https://a.vn/Pages/ct.aspx?ItemID=3&l=Cat"},
		{"sharepoint", "/Pages/ct.aspx?l=Cat%20%20%20&ItemID=3", "https://a.vn/Pages/ct.aspx?l=Cat&ItemID=3"},
		{"liferay", "/web/x/-/asset_publisher/aB/content/id/77?p_p_auth=q&redirect=%2F&_101_INSTANCE_aB_redirect=%2F", "https://a.vn/web/x/-/asset_publisher/aB/content/id/77"},
		{"liferay", "/web/x?p_p_id=101&_101_cur=3&p_p_col_id=c1&_101_resetCur=false", "https://a.vn/web/x?p_p_id=101&_101_cur=3"},
		{"webcenter", "/portal/ct?dDocName=PORTAL3&_afrLoop=99&_adf.ctrl-state=x_4", "https://a.vn/portal/ct?dDocName=PORTAL3"},
		{"nukeviet", "/news/print/tin/giao-ban-12.html", "https://a.vn/news/tin/giao-ban-12.html"},
		{"joomla", "/tin/12-a?tmpl=component&print=1&Itemid=9", "https://a.vn/tin/12-a?print=1"},
		{"generic", "javascript:void(0)", ""},
		{"generic", "mailto:x@a.vn", ""},
		{"generic", "http://[::1", ""},
	} {
		p := &Profile{Family: c.family}
		got := ""
		if u, ok := p.Canonical(mustURL(t, "https://a.vn/tin/"), c.link); ok {
			got = u.String()
		}
		if got != c.want {
			t.Errorf("%s %s = %s, want %s", c.family, c.link, got, c.want)
		}
	}
}

func TestCanonicalDropsOfProfile(t *testing.T) {
	p := &Profile{Family: "generic", Drop: []string{"cat", "x_*"}}
	u, ok := p.Canonical(nil, "https://a.vn/tin?cat=3&x_1=2&id=7")
	if !ok || u.String() != "https://a.vn/tin?id=7" {
		t.Errorf("%v %v", u, ok)
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct {
		family, a, b string
		same         bool
	}{
		{"dotnetnuke", "https://a.vn/Tin/tid/Giao-ban/newsid/6E0E1B5C-1C2F-4C0F-9C0E-AB1200D6F0AA/cid/1", "https://www.a.vn/vi-vn/tid/giao-ban-quy-3/newsid/6e0e1b5c-1c2f-4c0f-9c0e-ab1200d6f0aa/cid/2", true},
		{"dcs", "https://a.vn/post/81/giao-ban.aspx", "https://a.vn/post/81/giao-ban-quy-iii.aspx", true},
		{"dcs", "https://a.vn/post/81/giao-ban.aspx", "https://a.vn/post/82/giao-ban.aspx", false},
		{"webcenter", "https://a.vn/x?dDocName=PORTAL3&_afrLoop=1", "https://a.vn/y?_afrLoop=2&dDocName=portal3", true},
		{"liferay", "https://a.vn/web/x/-/asset_publisher/aB/content/id/77", "https://a.vn/web/y/-/view_content/content/77-giao-ban", true},
		{"generic", "https://a.vn/tin/", "https://a.vn/tin", true},
		{"generic", "https://a.vn/tin?id=1", "https://a.vn/tin?id=2", false},
	} {
		p := &Profile{Family: c.family}
		if same := p.Key(mustURL(t, c.a)) == p.Key(mustURL(t, c.b)); same != c.same {
			t.Errorf("%s: %s and %s: same %v", c.family, p.Key(mustURL(t, c.a)), p.Key(mustURL(t, c.b)), same)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add("https://a.vn/a;jsessionid=1?x=+++&y=%zz#f")
	f.Add("/(S(aaaaaaaaaaaaaaaaaaaaaaaa))/x?p_p_id=1")
	f.Add("//b/../..//c?&&=")
	f.Fuzz(func(t *testing.T, link string) {
		for _, family := range []string{"generic", "liferay", "nukeviet", "sharepoint"} {
			p := &Profile{Family: family}
			u, ok := p.Canonical(mustURL(t, "https://a.vn/tin/"), link)
			if !ok {
				continue
			}
			again, ok := p.Canonical(nil, u.String())
			if !ok || again.String() != u.String() {
				t.Errorf("%s: %q then %q", family, u, again)
			}
			if p.Key(u) == "" {
				t.Errorf("no key for %q", u)
			}
		}
	})
}
