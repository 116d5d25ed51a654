package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/crawler"
	"bantin/crawler/fetch"
	"bantin/crawler/site"

	"github.com/spf13/cobra"
)

func (a *app) siteCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "site", Short: "Look at portals, write their profiles, list them, pause and remove them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.siteCheckCommand(), a.siteAddCommand(), a.siteSaveCommand(), a.siteListCommand(), a.siteFailedCommand(), a.siteRetryCommand())
	c.AddCommand(a.wishCommands()...)
	return c
}

// look is the flags of a dry run over a portal.
type look struct {
	*app
	province, url, id string
	pause             time.Duration
	allow             []string // ip:port reachable although private
	legacyTLS, asJSON bool
}

func (l *look) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&l.province, "province", "", "slug of the portal's province, when the host does not tell: tuyen-quang")
	f.DurationVar(&l.pause, "pause", 2*time.Second, "pause between two requests to the portal")
	f.BoolVar(&l.legacyTLS, "legacy-tls", false, "speak TLS 1.0 and RSA key exchange with this portal")
	f.BoolVar(&l.allowPrivate, "allow-private", false, "reach loopback and private addresses")
	f.StringVar(&l.contact, "contact", "", "your mail or web address, sent with every request")
	f.BoolVar(&l.asJSON, "json", false, "print the report as JSON")
}

func (a *app) siteCheckCommand() *cobra.Command {
	l := look{app: a}
	c := &cobra.Command{
		Use: "check URL|FILE", Short: "Show how a listing, or that of a profile, would be read; stores nothing",
		Long: "Find out from a listing's address how the portal is read: its family, the items, the\n" +
			"next page, the first ten bulletins as they would be stored, and what is doubtful. A saved\n" +
			"page serves for the listing alone; a FILE.yaml is a profile, whose first listing is read as it\n" +
			"says. Exit status 1 when it would not work.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := l.report(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return l.verdict(r)
		},
	}
	l.flags(c)
	c.Flags().StringVar(&l.url, "url", "", "address that a saved page came from")
	return c
}

func (a *app) siteAddCommand() *cobra.Command {
	l := look{app: a}
	c := &cobra.Command{
		Use: "add URL", Short: "Check a listing and write its profile",
		Long: "Check a listing and write the profile of its portal. A further listing of a portal that\n" +
			"has a profile is added to that.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if l.id != "" && (&site.Profile{ID: l.id, Family: site.Generic, Listings: args}).Validate() != nil {
				return usageError{fmt.Errorf("--id %q: write a-z, 0-9 and single hyphens", l.id)}
			}
			r, err := l.report(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := l.verdict(r); err != nil {
				return err
			}
			return l.write(r.Profile)
		},
	}
	l.flags(c)
	c.Flags().StringVar(&l.id, "id", "", "short name of the site (default: from the host)")
	return c
}

// write puts a new profile into the sites folder, or its listing into the
// profile that the portal has there.
func (l *look) write(p *site.Profile) error {
	known, err := l.profiles()
	if err != nil {
		l.log.Warn("left out", "error", err)
	}
	u, err := url.Parse(p.Listings[0])
	if err != nil {
		return err
	}
	at := slices.IndexFunc(known, func(k *site.Profile) bool {
		return k.Allows(u) && (l.id == "" || l.id == k.ID) && (l.province == "" || l.province == k.Province)
	})
	if at >= 0 {
		file, err := site.AddListing(l.sitesFolder(), known[at].ID, p.Listings[0])
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(l.stderr, "added to %s: a further listing of %s\n", file, known[at].ID)
		return err
	}
	if l.id != "" {
		p.ID = l.id
	}
	file, err := p.Save(l.sitesFolder())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(l.stderr, "wrote %s: look it over, then: bantin up\n", file)
	return err
}

func (l *look) report(ctx context.Context, what string) (crawler.CheckReport, error) {
	if err := knownProvince(l.province); err != nil {
		return crawler.CheckReport{}, err
	}
	isFile := !strings.Contains(what, "://")
	if _, err := os.Stat(what); err != nil && isFile {
		return crawler.CheckReport{}, fmt.Errorf("%s: neither an address, which begins with http:// or https://, nor a saved page", what)
	}
	isProfile := isFile && (strings.HasSuffix(what, ".yaml") || strings.HasSuffix(what, ".yml"))
	if isFile && !isProfile {
		return l.saved(what)
	}
	client := fetch.New(fetch.Options{AllowPrivate: l.allowPrivate, Contact: l.contact})
	defer client.Close()
	visit, err := crawler.Visit(client, l.pause, l.legacyTLS)
	if err != nil {
		return crawler.CheckReport{}, err
	}
	if isProfile {
		text, err := l.profileText(what)
		if err != nil {
			return crawler.CheckReport{}, err
		}
		p, err := readProfile(text)
		if err != nil {
			return crawler.CheckReport{}, err
		}
		return crawler.CheckProfile(ctx, visit, *p)
	}
	return crawler.Check(ctx, visit, what, l.province)
}

// knownProvince refuses a slug that no province has.
func knownProvince(slug string) error {
	if _, ok := bulletin.ProvinceBySlug(slug); !ok && slug != "" {
		return usageError{fmt.Errorf("there is no province %q: write its name without accents, such as thua-thien-hue", slug)}
	}
	return nil
}

// printJSON prints a value for people and programs.
func (a *app) printJSON(v any) error {
	out := json.NewEncoder(a.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

func (l *look) saved(name string) (crawler.CheckReport, error) {
	page, err := os.ReadFile(name)
	if err != nil {
		return crawler.CheckReport{}, err
	}
	u, err := url.Parse(l.url)
	if err != nil {
		return crawler.CheckReport{}, usageError{fmt.Errorf("--url: %w", err)}
	}
	return crawler.CheckPage(u, fetch.Decode(page, ""), l.province)
}

// verdict prints the report, and fails when the profile would not work.
func (l *look) verdict(r crawler.CheckReport) error {
	var err error
	if l.asJSON {
		err = l.printJSON(r)
	} else {
		l.print(r)
	}
	if err == nil && !r.OK {
		err = errors.New("this listing would not work as it is: see the warnings; is it the page that lists the news?")
	}
	return err
}

func (l *look) print(r crawler.CheckReport) {
	fmt.Fprintf(l.stdout, "family    %s\nprovince  %s\nlisting   %s\n", r.Family, r.Province, quantity(len(r.Listing.Items), "item"))
	if n := r.Listing.Next; n != nil {
		fmt.Fprintf(l.stdout, "next      %s\n", strings.Join(strings.Fields(n.Method+" "+n.URL+" "+n.Form.Get("__EVENTARGUMENT")), " "))
	} else {
		fmt.Fprintln(l.stdout, "next      none found")
	}
	for i, b := range r.Bulletins {
		fmt.Fprintf(l.stdout, "\n%2d. %s\n", i+1, b.Title)
		facts := []string{minute(b.Published, "no date")}
		if b.Period.Year != 0 {
			facts = append(facts, fmt.Sprintf("%d-Q%d (%s)", b.Period.Year, b.Period.Quarter, b.Period.Basis))
		}
		facts = append(facts, b.Province, string(b.Kind), b.Author)
		facts = slices.DeleteFunc(facts, func(s string) bool { return s == "" })
		fmt.Fprintf(l.stdout, "    %s\n    %s\n", strings.Join(facts, " · "), first(b.Body, 160))
	}
	if text, err := r.Profile.Marshal(); err == nil && r.OK {
		fmt.Fprintf(l.stdout, "\nprofile\n%s", text)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(l.stdout, "\nwarning: %s", w)
	}
	if len(r.Warnings) > 0 {
		fmt.Fprintln(l.stdout)
	}
}

// first is the beginning of s, n letters at most, on one line.
func first(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s[:min(len(s), 8*n)]), " "))
	if len(r) > n {
		return string(r[:n]) + "…"
	}
	return string(r)
}
