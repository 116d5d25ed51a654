package command

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/site"

	"github.com/spf13/cobra"
)

// wishCommands are what may be asked for a portal at any time; a crawl that
// runs sees it within a second or two, otherwise the next one does.
func (a *app) wishCommands() []*cobra.Command {
	all := []*cobra.Command{a.siteRemoveCommand()}
	for _, w := range []struct {
		wish        archive.Wish
		short, said string
	}{
		{archive.Pause, "Fetch nothing from a site until resume", "paused"},
		{archive.Resume, "Go on with a paused site, or take a removed one back", "resumed"},
		{archive.Fetch, "Read a site's listings now, and try again what failed", "will be crawled now"},
		{archive.Reread, "Look again at every article of a site", "will be looked at again"},
	} {
		all = append(all, &cobra.Command{
			Use: string(w.wish) + " ID", Short: w.short, Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error {
					if err := a.grant(ctx, ar, args[0], w.wish); err != nil {
						return err
					}
					_, err := fmt.Fprintf(a.stdout, "%s: %s\n", args[0], w.said)
					return err
				})
			},
		})
	}
	return all
}

// withArchive runs f with the archive and closes it.
func (a *app) withArchive(ctx context.Context, f func(context.Context, *archive.Archive) error) error {
	ar, err := a.openArchive(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(ctx, ar), ar.Close())
}

// grant carries out a wish for a portal that the archive knows or that has a
// profile.
func (a *app) grant(ctx context.Context, ar *archive.Archive, id string, w archive.Wish) error {
	if w == archive.Resume {
		if err := a.takeProfileBack(id); err != nil {
			return err
		}
	}
	err := ar.Grant(ctx, id, w, time.Now())
	if !errors.Is(err, archive.ErrNotFound) {
		return err
	}
	all, bad := a.profiles()
	p, missing := profileByID(all, id)
	if missing != nil {
		return errors.Join(bad, missing)
	}
	// It was never crawled: the wish waits for its first crawl.
	if err := ar.PutSite(ctx, archiveSite(p)); err != nil {
		return err
	}
	return ar.Grant(ctx, id, w, time.Now())
}

func archiveSite(p *site.Profile) archive.Site {
	return archive.Site{
		ID: p.ID, Name: p.Name, Province: p.Province, Family: p.Family, URL: cmp.Or(p.Listings...), Sample: p.Sample, Paused: p.Paused,
	}
}

// removal is what removing a portal takes out.
type removal struct {
	*app
	yes, purge bool
}

func (a *app) siteRemoveCommand() *cobra.Command {
	r := removal{app: a}
	c := &cobra.Command{
		Use: "remove ID", Short: "Stop crawling a site and take its bulletins out of search",
		Long: "Stop crawling a site and take its bulletins out of search, feeds and facets. The\n" +
			"archived pages are kept, and bantin site resume brings everything back, unless --purge\n" +
			"forgets them too. The profile is set aside as ID.yaml.removed.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error { return r.remove(ctx, ar, args[0]) })
		},
	}
	c.Flags().BoolVar(&r.yes, "yes", false, "do not ask")
	c.Flags().BoolVar(&r.purge, "purge", false, "forget the archived pages and versions too; this cannot be undone")
	return c
}

func (r *removal) remove(ctx context.Context, ar *archive.Archive, id string) error {
	says, err := r.describe(ctx, ar, id)
	if err != nil {
		return err
	}
	fmt.Fprintln(r.stdout, says)
	if !r.yes {
		fmt.Fprint(r.stdout, "Remove it? Write yes: ")
		line, _ := bufio.NewReader(r.stdin).ReadString('\n') // no answer is no
		if strings.TrimSpace(line) != "yes" {
			return errors.New("nothing was removed")
		}
	}
	if err := r.carryOut(ctx, ar, id); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.stdout, "%s: removed\n", id)
	return err
}

func (r *removal) carryOut(ctx context.Context, ar *archive.Archive, id string) error {
	if err := ar.Grant(ctx, id, archive.Remove, time.Now()); err != nil {
		return err
	}
	if err := r.setAside(id); err != nil {
		return err
	}
	if r.purge {
		return ar.Purge(ctx, id)
	}
	return nil
}

// describe says what a removal takes out.
func (r *removal) describe(ctx context.Context, ar *archive.Archive, id string) (string, error) {
	if err := knownSite(ctx, ar, id); err != nil {
		return "", err
	}
	wanted, _, err := ar.Wanted(ctx)
	if err != nil {
		return "", err
	}
	pages := "Its archived pages are kept: bantin site resume " + id + " brings everything back."
	if r.purge {
		pages = "Its archived pages and versions are forgotten for good."
	}
	if wanted[id] == "removed" {
		return id + " is removed already. " + pages, nil
	}
	all, err := ar.Sites(ctx)
	if err != nil {
		return "", err
	}
	var s bulletin.SiteStatus
	if i := slices.IndexFunc(all, func(s bulletin.SiteStatus) bool { return s.ID == id }); i >= 0 {
		s = all[i]
	}
	return fmt.Sprintf("%s (%s): %s will leave search, feeds and facets. %s", id, s.Name, quantity(s.Bulletins, "bulletin"), pages), nil
}

// asideSuffix marks the profile of a removed portal, which is not read.
const asideSuffix = ".removed"

// setAside moves the profile of a portal out of use; none is no error.
func (a *app) setAside(id string) error {
	name, err := a.profileFile(id)
	if err != nil || name == "" {
		return err
	}
	return os.Rename(name, name+asideSuffix)
}

// takeProfileBack undoes setAside, unless there is a new profile.
func (a *app) takeProfileBack(id string) error {
	for _, ext := range []string{".yaml", ".yml"} {
		name := filepath.Join(a.sitesFolder(), filepath.Base(id)+ext)
		if _, err := os.Stat(name + asideSuffix); err != nil {
			continue
		}
		if _, err := os.Stat(name); err == nil {
			continue
		}
		return os.Rename(name+asideSuffix, name)
	}
	return nil
}

// profileFile finds the file that holds the profile of an id; empty for none.
func (a *app) profileFile(id string) (string, error) {
	entries, err := os.ReadDir(a.sitesFolder())
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".yaml" && ext != ".yml" {
			continue
		}
		name := filepath.Join(a.sitesFolder(), e.Name())
		text, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		if p, err := site.Parse(e.Name(), text); err == nil && p.ID == id {
			return name, nil
		}
	}
	return "", err
}
