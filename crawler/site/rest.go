package site

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// post is an entry of /wp-json/wp/v2/posts or of a JSON Feed.
type post struct {
	Link  string `json:"link"`
	URL   string `json:"url"`
	Date  string `json:"date"`
	Pub   string `json:"date_published"`
	Title title  `json:"title"`
}

// title is a string in JSON Feed and an object in WordPress.
type title string

// UnmarshalJSON accepts both.
func (t *title) UnmarshalJSON(b []byte) error {
	var wp struct {
		Rendered string `json:"rendered"`
	}
	if json.Unmarshal(b, &wp) == nil {
		*t = title(wp.Rendered)
		return nil
	}
	var s string
	err := json.Unmarshal(b, &s)
	*t = title(s)
	return err
}

// restListing reads WordPress posts; a JSON object is a JSON Feed or the error
// that WordPress answers past the last page, which ends the walk.
func (p *Profile) restListing(pageURL *url.URL, page []byte) (Listing, error) {
	var feed struct {
		Items []post `json:"items"`
		Next  string `json:"next_url"`
		Code  string `json:"code"`
	}
	posts, err := []post(nil), error(nil)
	if page[0] == '[' {
		err = json.Unmarshal(page, &posts)
	} else if err = json.Unmarshal(page, &feed); err == nil {
		posts = feed.Items
	}
	if err != nil {
		return Listing{}, fmt.Errorf("listing %s: %w: %w", pageURL, ErrNotListing, err)
	}
	if posts == nil && feed.Code != "" && feed.Code != "rest_post_invalid_page_number" {
		return Listing{}, fmt.Errorf("listing %s: %w: the portal answers %s", pageURL, ErrNotListing, feed.Code)
	}
	l := Listing{Items: []Item{}, Page: max(pageNumber(pageURL), 1)}
	for _, e := range posts {
		u, ok := p.Canonical(pageURL, firstOf(e.Link, e.URL))
		if !ok || !p.Allows(u) && bareHost(u.Host) != bareHost(pageURL.Host) || len(l.Items) >= maxItems {
			continue
		}
		l.Items = append(l.Items, Item{URL: u.String(), Key: p.Key(u), Title: plainText(string(e.Title)), Published: firstOf(e.Date, e.Pub)})
	}
	if u, ok := p.pageAddress(pageURL, feed.Next); ok && feed.Next != "" {
		l.Next = &Request{Method: "GET", URL: u.String()}
	} else if page[0] == '[' && len(posts) > 0 {
		l.Next = restNext(pageURL, l.Page, len(posts))
	}
	return l, nil
}

// restNext asks for the page after a full one.
func restNext(pageURL *url.URL, page, got int) *Request {
	q := pageURL.Query()
	size := atoi(q.Get("per_page"))
	if size == 0 {
		size = 10
	}
	if got < size {
		return nil
	}
	q.Set("page", strconv.Itoa(page+1))
	u := *pageURL
	u.RawQuery = q.Encode()
	return &Request{Method: "GET", URL: u.String()}
}

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
