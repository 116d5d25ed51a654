package site

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestFeeds(t *testing.T) {
	var full strings.Builder
	for i := range 10 {
		fmt.Fprintf(&full, `,{"link":"https://a.vn/hoi-nghi-giao-ban-quy-ba-so-%d/","date":"2020-07-13T07:57:00","title":{"rendered":"Giao ban quý III &#8211; số %d"}}`, i, i)
	}
	for _, c := range []struct {
		name, family, at, body string
		items, feeds           int
		title, published, next string
	}{
		{"RSS", "generic", "https://a.vn/rss", `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A</title><link>https://a.vn</link><item><title><![CDATA[Giao ban <b>quý III</b> &amp; tổng kết]]></title><link>https://a.vn/tin/1.html?utm_source=rss</link><pubDate>Mon, 13 Jul 2020 07:57:00 +0700</pubDate></item></channel></rss>`, 1, 0, "Giao ban quý III & tổng kết", "2020-07-13T07:57:00+07:00", ""},
		{"NukeViet's minutes are the month", "nukeviet", "https://a.vn/news/rss/", `<rss><channel><item><title>Giao ban</title><link>https://a.vn/news/giao-ban-12.html</link><pubDate>Mon, 13 Jul 2020 07:07:00 +0700</pubDate></item></channel></rss>`, 1, 0, "Giao ban", "2020-07-13", ""},
		{"Atom", "generic", "https://a.vn/atom", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/atom?page=2"/><entry><title>Giao ban</title><link rel="edit" href="/e/1"/><link href="/tin/1"/><published>2020-07-13T07:57:00+07:00</published></entry></feed>`, 1, 0, "Giao ban", "2020-07-13T07:57:00+07:00", "https://a.vn/atom?page=2"},
		{"sitemap index", "generic", "https://a.vn/sitemap.xml", `<sitemapindex><sitemap><loc>https://a.vn/s1.xml.gz</loc></sitemap><sitemap><loc>https://evil.vn/s.xml</loc></sitemap></sitemapindex>`, 0, 1, "", "", ""},
		{"sitemap", "nukeviet", "https://a.vn/sitemap.xml", `<urlset><url><loc>https://a.vn/news/giao-ban-12.html</loc></url><url><loc>https://a.vn/news/hoat-dong/</loc></url></urlset>`, 1, 0, "", "", ""},
		{"torn feed", "generic", "https://a.vn/rss", `<rss><channel><item><title>Giao ban</title><link>https://a.vn/tin/1</link></item><item><title>Một`, 1, 0, "Giao ban", "", ""},
		{"WordPress, full page", "wordpress", "https://a.vn/wp-json/wp/v2/posts?per_page=10&page=2", "[" + full.String()[1:] + "]", 10, 0, "Giao ban quý III – số 0", "2020-07-13T07:57:00", "https://a.vn/wp-json/wp/v2/posts?page=3&per_page=10"},
		{"WordPress, last page", "wordpress", "https://a.vn/wp-json/wp/v2/posts?page=3", `[{"link":"https://a.vn/hoi-nghi-giao-ban-quy-ba/","date":"2020-07-13T07:57:00","title":{"rendered":"Giao ban"}}]`, 1, 0, "Giao ban", "2020-07-13T07:57:00", ""},
		{"WordPress, past the end", "wordpress", "https://a.vn/wp-json/wp/v2/posts?page=4", `{"code":"rest_post_invalid_page_number","message":"x","data":{"status":400}}`, 0, 0, "", "", ""},
		{"JSON Feed", "generic", "https://a.vn/feed.json", `{"version":"https://jsonfeed.org/version/1.1","next_url":"/feed.json?p=2","items":[{"url":"/tin/1","title":"Giao ban","date_published":"2020-07-13T07:57:00+07:00"}]}`, 1, 0, "Giao ban", "2020-07-13T07:57:00+07:00", "https://a.vn/feed.json?p=2"},
	} {
		p := &Profile{Family: c.family}
		l, err := p.Listing(mustURL(t, c.at), []byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		next := ""
		if l.Next != nil {
			next = l.Next.URL
		}
		if len(l.Items) != c.items || len(l.Parts) != c.feeds || next != c.next {
			t.Errorf("%s: %d items, %d parts, next %q", c.name, len(l.Items), len(l.Parts), next)
			continue
		}
		if c.items > 0 && (l.Items[0].Title != c.title || l.Items[0].Published != c.published) {
			t.Errorf("%s: %+v", c.name, l.Items[0])
		}
	}
	_, err := new(Profile).Listing(mustURL(t, "https://a.vn/wp-json/x"), []byte(`{"code":"rest_no_route"}`))
	if !errors.Is(err, ErrNotListing) {
		t.Errorf("no route: %v", err)
	}
}
