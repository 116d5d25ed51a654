package site

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Page is a fetched page as detection needs it.
type Page struct {
	URL     *url.URL // after redirects
	Body    []byte   // in UTF-8, but a feed as it came
	Cookies []string // names of the cookies that came with it
}

// Fetch asks a portal for a page; the requests of one detection share their
// cookies and come one after the other.
type Fetch func(ctx context.Context, r Request) (Page, error)

// Survey is what Detect found out from a listing's address.
type Survey struct {
	Profile  *Profile // complete but for id, name, province and article selectors
	Listing  Listing  // the first page
	Feeds    []string // further feeds that answer but hold other news as well
	Scripted string   // address at which the page's script fetches the list, when it does
	Warnings []string
}

func (s *Survey) warn(format string, args ...any) {
	s.Warnings = append(s.Warnings, fmt.Sprintf(format, args...))
}

// Detect finds out from a listing's address how the portal is read: family,
// items, pager, feeds. hint is a family that the portal is known to run, empty
// when nobody knows. It asks for at most ten pages.
func Detect(ctx context.Context, fetch Fetch, listing, hint string) (*Survey, error) {
	start, listing, err := firstPage(ctx, fetch, listing)
	if err != nil {
		return nil, fmt.Errorf("detect: %w", err)
	}
	s, err := Inspect(start, hint)
	if err != nil {
		return nil, fmt.Errorf("detect: %w", err)
	}
	s.Profile.Listings = []string{listing}
	s.lookInto(ctx, fetch)
	s.dropVolatile(ctx, fetch, start)
	if u, err := url.Parse(listing); err == nil && bareHost(u.Host) != bareHost(start.URL.Host) {
		s.warn("the portal redirects to %s", start.URL)
		s.Profile.Hosts = append(s.Profile.Hosts, start.URL.Host)
	}
	if len(s.Listing.Items) < leastPlain {
		s.checkScripts(ctx, fetch, start)
	}
	s.checkPager(ctx, fetch, start)
	s.checkFeeds(ctx, fetch, start)
	return s, nil
}

// firstPage fetches the listing, by way of a page that only sends on to it.
func firstPage(ctx context.Context, fetch Fetch, listing string) (Page, string, error) {
	for range 3 {
		page, err := fetch(ctx, Request{Method: "GET", URL: listing})
		if err != nil {
			return Page{}, listing, err
		}
		next := SentOn(page.URL, page.Body)
		if next == "" {
			return page, listing, nil
		}
		listing = next
	}
	return Page{}, listing, errors.New("it sends from page to page: give the address where that ends")
}

// maxPartTries bounds the parts of a sitemap that a check looks into.
const maxPartTries = 3

// lookInto takes the items of one part of an index of sitemaps, to be checked.
func (s *Survey) lookInto(ctx context.Context, fetch Fetch) {
	for i, part := range s.Listing.Parts {
		if len(s.Listing.Items) > 0 || i == maxPartTries {
			break
		}
		page, err := fetch(ctx, Request{Method: "GET", URL: part.URL})
		if err != nil {
			s.warn("%s: %v", part.URL, err)
			continue
		}
		if l, err := s.Profile.Listing(page.URL, page.Body); err == nil {
			s.Listing.Items = l.Items
		}
	}
	if len(s.Listing.Parts) > 0 && len(s.Listing.Items) == 0 {
		s.warn("none of the first parts of the sitemap holds an article")
	}
}

// dropVolatile asks for the first page again, where its links have parameters,
// and drops those that changed.
func (s *Survey) dropVolatile(ctx context.Context, fetch Fetch, start Page) {
	if !slices.ContainsFunc(s.Listing.Items, func(it Item) bool { return strings.Contains(it.URL, "?") }) {
		return
	}
	page, err := fetch(ctx, Request{Method: "GET", URL: s.Profile.Listings[0]})
	if err != nil {
		return
	}
	l, err := s.Profile.Listing(page.URL, page.Body)
	if err != nil {
		return
	}
	if s.Profile.Drop = volatile(s.Listing.Items, l.Items); len(s.Profile.Drop) == 0 {
		return
	}
	if again, err := s.Profile.Listing(start.URL, start.Body); err == nil {
		s.Listing = again
	}
}

// Inspect is the part of Detect that needs only the one page.
func Inspect(start Page, hint string) (*Survey, error) {
	s := &Survey{Profile: &Profile{ID: "x", Family: Generic, Listings: []string{start.URL.String()}}}
	if FamilyByName(hint) != nil {
		s.Profile.Family = hint
	}
	if f := DetectFamily(start); f != Generic {
		s.Profile.Family = f
	}
	s.Profile.Name = Name(start.Body)
	l, err := s.Profile.Listing(start.URL, start.Body)
	if err != nil {
		return nil, err
	}
	s.Listing = s.orGeneric(l, start)
	switch n := len(s.Listing.Items); {
	case n == 0 && len(s.Listing.Parts) > 0: // see lookInto
	case n == 0:
		s.warn("no links to articles found: is %s a listing? select.item can name them", start.URL)
	case n < 3:
		s.warn("too few links to articles: %d", n)
	}
	s.Profile.Hosts = append(s.Profile.Hosts, s.otherHosts(start.URL)...)
	return s, nil
}

// orGeneric reads the page without the family's knowledge when that leaves
// much more of it: some portals wear a theme of their own.
func (s *Survey) orGeneric(l Listing, start Page) Listing {
	if s.Profile.Family == Generic || len(l.Items) >= 3 {
		return l
	}
	plain := *s.Profile
	plain.Family = Generic
	other, err := plain.Listing(start.URL, start.Body)
	if err != nil || len(other.Items) <= len(l.Items)+1 {
		return l
	}
	s.warn("items do not look like those of %s: read as %s", s.Profile.Family, Generic)
	s.Profile.Family = Generic
	return other
}

// otherHosts are further hosts that most links of the listing go to.
func (s *Survey) otherHosts(at *url.URL) []string {
	var out []string
	for _, it := range s.Listing.Items {
		u, err := url.Parse(it.URL)
		if err == nil && bareHost(u.Host) != bareHost(at.Host) && !slices.Contains(out, u.Host) {
			out = append(out, u.Host)
		}
	}
	return out
}

// checkPager asks for the second page and, where it is none, tries the other
// ways to turn pages.
func (s *Survey) checkPager(ctx context.Context, fetch Fetch, start Page) {
	if s.Listing.Next == nil {
		if IsFeed(start.Body) {
			return // as long as it is
		}
		if len(s.Listing.Items) > 0 && s.Listing.Last > 1 {
			s.warn("the listing has %d pages but no link to the second was found: pages or select.next can name it", s.Listing.Last)
		} else if len(s.Listing.Items) > 0 {
			s.warn("no further page found: the listing has one page, or select.next must name the link")
		}
		return
	}
	problem := s.tryNext(ctx, fetch, start, *s.Profile, s.Listing.Next)
	if problem == "" {
		return
	}
	for _, way := range []string{FollowUpdatePanel, FollowRelNext} {
		other := *s.Profile
		other.Pager = way
		l, err := other.Listing(start.URL, start.Body)
		if err != nil || l.Next == nil || same(l.Next, s.Listing.Next) {
			continue
		}
		if s.tryNext(ctx, fetch, start, other, l.Next) == "" {
			s.Profile.Pager, s.Listing.Next = way, l.Next
			return
		}
	}
	s.warn("the second page does not work: %s", problem)
}

func same(a, b *Request) bool {
	return a.Method == b.Method && a.URL == b.URL && a.Form.Encode() == b.Form.Encode()
}

// tryNext tells what is wrong with the page that a request brings, empty when
// it holds mostly new items. From two good pages it learns what selects items.
func (s *Survey) tryNext(ctx context.Context, fetch Fetch, start Page, p Profile, next *Request) string {
	page, err := fetch(ctx, *next)
	if err != nil {
		return err.Error()
	}
	l, err := p.ListingAfter(next, page.URL, page.Body)
	if err != nil {
		return err.Error()
	}
	switch {
	case len(l.Items) == 0:
		return "it holds no items"
	case (len(l.Items)-s.known(l.Items))*2 < len(l.Items):
		return "it repeats the first page"
	}
	s.learnItems(start, page, l.Items)
	return ""
}

// known counts those of some items that the listing holds.
func (s *Survey) known(items []Item) (n int) {
	own := keysOf(s.Listing.Items)
	for _, it := range items {
		if own[it.Key] {
			n++
		}
	}
	return n
}

func (s *Survey) learnItems(start, second Page, items []Item) {
	first, ok := newListed(start, s.Listing.Items)
	other, also := newListed(second, items)
	if ok && also && len(first.keys) >= 3 && len(other.keys) >= 3 {
		s.Profile.Select.Item = s.Profile.itemSelector(first, other)
	}
}

// maxFeedTries bounds the requests spent on feeds.
const maxFeedTries = 4

// checkFeeds asks for the feeds that the page names and that the family is
// known for. A feed that holds the listing's own items becomes a seed.
func (s *Survey) checkFeeds(ctx context.Context, fetch Fetch, start Page) {
	tries := slices.Concat(s.Listing.Feeds, s.Profile.FeedGuesses(start.URL))
	for i, address := range slices.Compact(tries) {
		if slices.Contains(s.Profile.Listings, address) {
			continue
		}
		if i >= maxFeedTries || ctx.Err() != nil {
			return
		}
		page, err := fetch(ctx, Request{Method: "GET", URL: address})
		if err != nil || !IsFeed(page.Body) {
			continue
		}
		l, err := s.Profile.Listing(page.URL, page.Body)
		if err != nil || len(l.Items)+len(l.Parts) == 0 {
			continue
		}
		if hits := s.known(l.Items); hits > 0 && hits*2 >= len(l.Items) {
			s.Profile.Feeds = append(s.Profile.Feeds, address)
		} else {
			s.Feeds = append(s.Feeds, address)
		}
	}
}

// IsFeed tells a feed, a sitemap or JSON from a page that is parsed whole.
func IsFeed(body []byte) bool {
	body = []byte(strings.TrimLeft(string(body[:min(len(body), 1024)]), " \t\r\n\ufeff"))
	return isXML(body) || strings.HasPrefix(string(body), "[") || strings.HasPrefix(string(body), "{")
}
