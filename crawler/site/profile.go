package site

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Profile is all that is particular about one portal. A zero field falls back
// to the preset of its family, then to detection on the page.
type Profile struct {
	ID         string        `yaml:"id" doc:"Short name in a-z, 0-9 and hyphens; part of every bulletin's id: never change it." pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
	Name       string        `yaml:"name,omitempty" doc:"What readers call the portal. It is also refused as an article's title."`
	Province   string        `yaml:"province,omitempty" doc:"Slug of the portal's own province, such as tuyen-quang." pattern:"^[a-z]+(-[a-z]+)*$"`
	Family     string        `yaml:"family" doc:"CMS family whose preset fills what is absent here."`
	Sample     bool          `yaml:"sample,omitempty" doc:"Part of the demonstration, not a real portal."`
	Paused     bool          `yaml:"paused,omitempty" doc:"Keep what was archived, fetch nothing."`
	Listings   []string      `yaml:"listings" doc:"First pages of the listings to follow; feeds and sitemaps work as well."`
	Feeds      []string      `yaml:"feeds,omitempty" doc:"RSS, Atom, sitemap or WordPress REST addresses read as further seeds."`
	Hosts      []string      `yaml:"hosts,omitempty" doc:"Other hosts that articles of these listings may live on."`
	Articles   string        `yaml:"articles,omitempty" doc:"Regular expression that the path and query of every article match." format:"regex"`
	Select     Selectors     `yaml:"select,omitempty" doc:"CSS selectors; a comma gives alternatives, the first with text wins."`
	JSON       JSONList      `yaml:"json,omitempty" doc:"Where a listing that comes as JSON has its parts, when their names do not tell."`
	Cut        []string      `yaml:"cut,omitempty" doc:"Words that begin a line after which an article's text ends."`
	Pager      string        `yaml:"pager,omitempty" doc:"How listings continue; absent means: find out on the page."`
	Pages      string        `yaml:"pages,omitempty" doc:"Address of listing page {page}, where no link gives it; {start} is the number of items before it."`
	PageSize   int           `yaml:"page_size,omitempty" doc:"Items a listing page holds, for {start}." minimum:"1" maximum:"1000"`
	ZeroBased  bool          `yaml:"zero_based,omitempty" doc:"The first page of {page} is 0."`
	MaxPages   int           `yaml:"max_pages,omitempty" doc:"Listing pages followed at most; absent means 10000." minimum:"1" maximum:"1000000"`
	Drop       []string      `yaml:"drop,omitempty" doc:"Query parameters that do not matter to what is shown; name* drops by prefix."`
	Pace       time.Duration `yaml:"pace,omitempty" doc:"Least time between two requests to the portal, such as 5s; absent means 3s."`
	Timeout    time.Duration `yaml:"timeout,omitempty" doc:"Longest wait for one answer; absent means 60s."`
	LegacyTLS  bool          `yaml:"legacy_tls,omitempty" doc:"Speak TLS 1.0 and RSA key exchange with this portal."`
	FetchChain bool          `yaml:"fetch_chain,omitempty" doc:"Fetch the intermediate certificates that the server omits; the chain is still verified."`
	SkipRobots bool          `yaml:"skip_robots,omitempty" doc:"Do not ask for robots.txt; only with the portal's consent."`
}

// Selectors are the CSS selectors of a listing's and an article's parts.
type Selectors struct {
	Item       string `yaml:"item,omitempty" doc:"Each listed item, or its link."`
	ItemDate   string `yaml:"item_date,omitempty" doc:"The printed date inside an item."`
	Next       string `yaml:"next,omitempty" doc:"The link to the next listing page."`
	Title      string `yaml:"title,omitempty" doc:"The article's title."`
	Lead       string `yaml:"lead,omitempty" doc:"The article's lead, when apart from the body."`
	Body       string `yaml:"body,omitempty" doc:"The article's text."`
	Date       string `yaml:"date,omitempty" doc:"The article's printed date of publication."`
	Author     string `yaml:"author,omitempty" doc:"The article's author."`
	Remove     string `yaml:"remove,omitempty" doc:"Parts inside the body that are not its text."`
	Attachment string `yaml:"attachment,omitempty" doc:"Links to attached files."`
}

// Pagers that a profile may name. FollowNumbers is right for most portals.
const (
	FollowNumbers     = "numbers"     // links with page numbers or an arrow
	FollowRelNext     = "rel-next"    // link[rel=next] alone
	FollowPostback    = "postback"    // ASP.NET form posts
	FollowUpdatePanel = "updatepanel" // ASP.NET asynchronous form posts
	FollowNothing     = "none"        // the listing has one page
)

// Pagers lists the values that Profile.Pager takes beside none at all.
func Pagers() []string {
	return []string{FollowNumbers, FollowRelNext, FollowPostback, FollowUpdatePanel, FollowNothing}
}

// Save writes the profile as dir/<id>.yaml, readable and with comments, and
// returns the file's name. It refuses to replace a file that is there. The
// JSON Schema for editors is put beside it.
func (p *Profile) Save(dir string) (string, error) {
	text, err := p.Marshal()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("save site profile: %w", err)
	}
	name := filepath.Join(dir, p.ID+".yaml")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("save site profile: %s exists: edit it or remove it first", name)
	}
	if err != nil {
		return "", fmt.Errorf("save site profile: %w", err)
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Close(), os.WriteFile(filepath.Join(dir, SchemaFile), schemaFile, 0o644))
	if err != nil {
		return "", fmt.Errorf("save site profile: %w", err)
	}
	return name, nil
}

// Allows tells whether u is on one of the portal's own hosts: those of its
// listings and feeds, with and without www, and the named further ones.
func (p *Profile) Allows(u *url.URL) bool {
	host := bareHost(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" || host == "" {
		return false
	}
	return slices.ContainsFunc(p.OwnHosts(), func(h string) bool { return bareHost(h) == host })
}

// OwnHosts are the portal's own hosts as they are named.
func (p *Profile) OwnHosts() []string {
	hosts := slices.Clone(p.Hosts)
	for _, s := range slices.Concat(p.Listings, p.Feeds) {
		if u, err := url.Parse(s); err == nil {
			hosts = append(hosts, u.Host)
		}
	}
	return hosts
}

func bareHost(host string) string {
	host = strings.ToLower(host)
	host = strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
	return strings.TrimPrefix(host, "www.")
}
