package crawler

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/crawler/extract"
	"bantin/crawler/site"
)

// CheckReport is what a dry run over a listing found. Its JSON is stable.
type CheckReport struct {
	OK        bool                `json:"ok"` // the profile would work
	Family    string              `json:"family"`
	Province  string              `json:"province"` // slug, empty when nobody knows
	Listing   site.Listing        `json:"listing"`
	Bulletins []bulletin.Bulletin `json:"bulletins"` // at most ten, as they would be stored
	Feeds     []string            `json:"feeds"`     // that answer but hold other news as well
	Warnings  []string            `json:"warnings"`

	Profile *site.Profile `json:"-"` // what site add would write
}

// checkedBulletins is how many items of a listing a check reads.
const checkedBulletins = 10

// Check finds out how the listing at an address is read and reads its first
// bulletins, storing nothing. province is the portal's, empty to tell it by
// the host. An error means that the listing itself could not be read.
func Check(ctx context.Context, fetch site.Fetch, address, province string) (CheckReport, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return CheckReport{}, fmt.Errorf("check %q: not an address: write it with http:// or https://", address)
	}
	known, _ := bulletin.HostByName(u.Host)
	survey, err := site.Detect(ctx, fetch, address, known.Family)
	if err != nil {
		return CheckReport{}, err
	}
	c := check{report: newReport(survey, u, province)}
	c.warned = slices.Clone(c.report.Warnings)
	if survey.Scripted != "" {
		return c.report, nil // nothing of this page is the list
	}
	c.articles(ctx, fetch)
	if !c.report.OK && c.tried > 0 {
		c.texts(ctx, fetch)
	}
	if err := ctx.Err(); err != nil {
		return c.report, fmt.Errorf("check %s: %w", address, err)
	}
	return c.report, nil
}

// texts reads a JSON list anew whose items lead to pages without a text, which
// a script makes, but hold the text themselves.
func (c *check) texts(ctx context.Context, fetch site.Fetch) {
	page, err := fetch(ctx, site.Request{Method: http.MethodGet, URL: first(c.report.Profile.Listings)})
	if err != nil {
		return
	}
	with := *c.report.Profile
	if with.JSON.Text = with.TextPath(page.Body); with.JSON.Text == "" {
		return
	}
	l, err := with.Listing(page.URL, page.Body)
	if err != nil || len(l.Items) == 0 {
		return
	}
	c.report.Profile, c.report.Listing.Items = &with, l.Items
	c.report.Warnings, c.pages, c.tried = c.warned, nil, 0
	c.articles(ctx, fetch)
}

// CheckPage is Check for a saved listing page: nothing is fetched, so the
// pager and the articles stay untried.
func CheckPage(pageURL *url.URL, page []byte, province string) (CheckReport, error) {
	known, _ := bulletin.HostByName(pageURL.Host)
	survey, err := site.Inspect(site.Page{URL: pageURL, Body: page}, known.Family)
	if err != nil {
		return CheckReport{}, fmt.Errorf("check: %w", err)
	}
	r := newReport(survey, pageURL, province)
	r.OK = len(r.Listing.Items) > 0
	return r, nil
}

func newReport(s *site.Survey, u *url.URL, province string) CheckReport {
	p := s.Profile
	p.ID = profileID(u)
	p.Province = province
	if p.Province == "" {
		p.Province, _ = bulletin.ProvinceOfHost(u.Host)
	}
	warnings := slices.Clone(s.Warnings)
	switch _, known := bulletin.ProvinceBySlug(p.Province); {
	case p.Province == "":
		warnings = append(warnings, "the host does not tell the province: give it with --province")
	case !known:
		warnings = append(warnings, fmt.Sprintf("province %q is unknown: give a slug such as tuyen-quang", p.Province))
	}
	return CheckReport{
		Family: p.Family, Province: p.Province, Listing: s.Listing, Bulletins: []bulletin.Bulletin{},
		Feeds: append([]string{}, s.Feeds...), Warnings: append([]string{}, warnings...), Profile: p,
	}
}

// profileID makes an id of a host: ubmttq-yenbai of www.ubmttq.yenbai.gov.vn.
func profileID(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, end := range []string{".vn", ".com", ".gov", ".org", ".net", ".edu", ".localhost"} {
		host = strings.TrimSuffix(host, end)
	}
	id := strings.FieldsFunc(host, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(id) == 0 {
		return "portal"
	}
	return strings.Join(id, "-")
}

// check is one run of Check.
type check struct {
	given  bool // the profile stays as it is
	report CheckReport
	pages  []checked
	tried  int
	warned []string // before the articles
}

// checked is one article's page with what was read from it.
type checked struct {
	page    site.Page
	item    site.Item
	fetched time.Time
	result  extract.Result
}

// articles fetches the first items, learns selectors from them and reads them
// once more the way a crawl would.
func (c *check) articles(ctx context.Context, fetch site.Fetch) {
	for _, item := range c.report.Listing.Items {
		if c.tried == checkedBulletins || ctx.Err() != nil {
			break
		}
		c.tried++
		page, err := itemPage(ctx, fetch, item)
		if err != nil {
			c.warn("%s: %v", item.URL, err)
			continue
		}
		if home(c.report.Profile, page.URL) {
			c.warn("%s: leads to %s: the article is gone", item.URL, page.URL)
			continue
		}
		now := time.Now()
		result, err := extract.ArticleListed(c.report.Profile, extract.ReadListed(item, now), page.URL, page.Body, now)
		if err != nil {
			c.warn("%v", err)
			continue
		}
		c.pages = append(c.pages, checked{page, item, now, result})
	}
	if !c.given {
		c.learn()
		c.name()
	}
	for _, p := range c.pages {
		c.report.Bulletins = append(c.report.Bulletins, p.result.Bulletin)
		c.doubts(p)
	}
	c.sameTitles()
	c.report.OK = len(c.pages) > 0 && len(c.pages)*2 >= c.tried
	if !c.report.OK && c.tried > 0 {
		c.warn("only %d of %d articles could be read", len(c.pages), c.tried)
	}
}

// itemPage is the page of an item, the item itself where it has none.
func itemPage(ctx context.Context, fetch site.Fetch, item site.Item) (site.Page, error) {
	if item.Raw == nil {
		return fetch(ctx, site.Request{Method: "GET", URL: item.URL})
	}
	u, err := url.Parse(item.URL)
	return site.Page{URL: u, Body: item.Raw}, err
}

func (c *check) warn(format string, args ...any) {
	c.report.Warnings = append(c.report.Warnings, fmt.Sprintf(format, args...))
}

// name takes the portal's name from what its pages have in common, else from
// the host.
func (c *check) name() {
	var pages [][]byte
	for _, p := range c.pages[:min(len(c.pages), learnFrom)] {
		if p.item.Raw != nil {
			return
		}
		pages = append(pages, p.page.Body)
	}
	p := c.report.Profile
	p.Name = cmp.Or(p.Name, site.Name(pages...))
}

// learnFrom is how many articles selectors are learned from.
const learnFrom = 4

// learn writes selectors into the profile that lead to what was read, and
// keeps those with which every page reads at least as well as without.
func (c *check) learn() {
	if len(c.pages) == 0 || c.pages[0].item.Raw != nil {
		return // an item names its own parts
	}
	var samples []site.Sample
	for _, p := range c.pages[:min(len(c.pages), learnFrom)] {
		paragraphs := strings.Split(p.result.Bulletin.Body, "\n\n")
		first := paragraphs[min(1, len(paragraphs)-1)]
		samples = append(samples, site.Sample{
			Page: p.page.Body, Title: p.result.Bulletin.Title, Date: p.result.PrintedDate,
			First: head(first), Last: head(paragraphs[len(paragraphs)-1]),
		})
	}
	with := *c.report.Profile
	with.Select = site.FieldSelectors(samples)
	with.Select.Item = c.report.Profile.Select.Item
	if c.keep(with) {
		return
	}
	with.Select.Body = "" // its author may stand outside
	c.keep(with)
}

// keep makes a profile the report's when it reads every page as well as the
// one before, and tells whether it does.
func (c *check) keep(with site.Profile) bool {
	if with.Select == (site.Selectors{}) || with.Validate() != nil {
		return false
	}
	results := make([]extract.Result, len(c.pages))
	for i, p := range c.pages {
		r, err := extract.ArticleListed(&with, extract.ReadListed(p.item, p.fetched), p.page.URL, p.page.Body, p.fetched)
		if err != nil || !asGood(r.Bulletin, p.result.Bulletin) {
			return false
		}
		results[i] = r
	}
	for i, r := range results {
		c.pages[i].result = r
	}
	*c.report.Profile = with
	return true
}

// head is a piece of a paragraph long enough to find it by.
func head(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(len(words), 12)], " ")
}

func asGood(now, before bulletin.Bulletin) bool {
	return now.Title == before.Title && len(now.Body)*100 >= len(before.Body)*98 && len(now.Body)*100 <= len(before.Body)*105 &&
		now.Published.Equal(before.Published) && now.Author == before.Author
}

// doubts reports what is doubtful about one bulletin.
func (c *check) doubts(p checked) {
	for _, d := range p.result.Doubts {
		if d != extract.GuessedBody {
			c.warn("%s: %s", p.item.URL, d)
		}
	}
	if p.item.Title != "" && !extract.SameTitle(p.item.Title, p.result.Bulletin.Title) {
		c.warn("%s: title %q is listed as %q", p.item.URL, p.result.Bulletin.Title, p.item.Title)
	}
}

// sameTitles warns when different articles came out with one title: it is the
// portal's, not theirs.
func (c *check) sameTitles() {
	count := map[string]int{}
	for _, p := range c.pages {
		count[p.result.Bulletin.Title]++
	}
	for title, n := range count {
		if n > 1 && n*2 > len(c.pages) {
			c.warn("%d of %d articles have the title %q: select.title must name the right element", n, len(c.pages), title)
		}
	}
}
