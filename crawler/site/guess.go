package site

import "net/url"

// FeedGuesses are the addresses at which a family publishes feeds, sitemaps
// and REST answers when its pages do not say so.
func (p *Profile) FeedGuesses(pageURL *url.URL) []string {
	guess := []string{"/sitemap.xml"}
	switch p.Preset().Name {
	case "wordpress":
		guess = []string{"/wp-json/wp/v2/posts?per_page=100&_fields=link,date,title", "/feed/", "/wp-sitemap.xml", "/sitemap.xml"}
	case "drupal":
		guess = []string{"/rss.xml", "/sitemap.xml"}
	case "nukeviet":
		guess = []string{"/sitemap.xml", "/news/rss/"}
	}
	var out []string
	for _, g := range guess {
		if u, ok := resolve(pageURL, g); ok {
			out = append(out, u.String())
		}
	}
	return out
}
