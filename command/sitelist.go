package command

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"bantin/bulletin"

	"github.com/spf13/cobra"
)

func (a *app) siteListCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "list", Short: "List the sites, their state and what they last brought", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			all, bad := a.statuses(cmd.Context())
			if asJSON && all != nil {
				return errors.Join(json.NewEncoder(a.stdout).Encode(all), bad)
			}
			if len(all) == 0 && bad != nil {
				return bad
			}
			if len(all) == 0 {
				_, err := fmt.Fprintf(a.stdout, "no sites yet: bantin site add URL writes a profile to %s\n", a.sitesFolder())
				return err
			}
			w := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
			fmt.Fprintln(w, "SITE\tPROVINCE\tFAMILY\tSTATE\tBULLETINS\tLAST\tFOUND\tNEW\tCHANGED\tFAILED\tWAITING\tUNTIL\tALARM")
			for _, s := range all {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\t%d\t%d\t%d\t%d\t%d\t%s\t%s\n", s.ID, s.Province, s.Family, s.State, s.Bulletins, minute(s.LastCrawl, "never"), s.Found, s.New, s.Changed, s.Failed, s.Waiting, minute(s.WaitingUntil, ""), cmp.Or(s.Alarm, s.Trouble))
			}
			return errors.Join(w.Flush(), bad)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the sites as JSON")
	return c
}

// minute writes a time in Vietnam, or what stands for none.
func minute(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return t.In(bulletin.Zone).Format("2006-01-02 15:04")
}

// statuses are the sites of the archive and the profiles not crawled yet. The
// error may tell of bad profiles beside them.
func (a *app) statuses(ctx context.Context) ([]bulletin.SiteStatus, error) {
	profiles, bad := a.profiles()
	ar, err := a.openArchive(ctx)
	if err != nil {
		return nil, err
	}
	all, err := ar.Sites(ctx)
	if all == nil {
		all = []bulletin.SiteStatus{}
	}
	for _, p := range profiles {
		if !slices.ContainsFunc(all, func(s bulletin.SiteStatus) bool { return s.ID == p.ID }) {
			all = append(all, bulletin.SiteStatus{ID: p.ID, Name: p.Name, URL: p.Listings[0], Province: p.Province, Family: p.Family, Sample: p.Sample, State: "new"})
		}
	}
	return all, errors.Join(err, bad, ar.Close())
}
