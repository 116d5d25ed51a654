package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"bantin/crawler/archive"

	"github.com/spf13/cobra"
)

// siteFailedCommand lists the addresses of a site that could not be read.
func (a *app) siteFailedCommand() *cobra.Command {
	var asJSON bool
	var after int64
	c := &cobra.Command{
		Use: "failed ID", Short: "List the addresses of a site that could not be read, and until when they wait",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error {
				if err := knownSite(ctx, ar, args[0]); err != nil {
					return err
				}
				all, err := failures(ctx, ar, args[0], after)
				if err != nil {
					return err
				}
				if asJSON {
					return json.NewEncoder(a.stdout).Encode(all)
				}
				w := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
				fmt.Fprintln(w, "NUMBER\tADDRESS\tSTATUS\tATTEMPTS\tLAST\tNEXT\tREASON")
				for _, f := range all {
					fmt.Fprintf(w, "%d\t%s\t%d\t%d\t%s\t%s\t%s\n", f.ID, f.URL, f.Status, f.Attempts, minute(f.At, ""), minute(f.Due, "never"), f.Reason)
				}
				if len(all) == failedAtOnce {
					defer fmt.Fprintf(a.stdout, "there may be more: --after %d\n", all[len(all)-1].ID)
				}
				return w.Flush()
			})
		},
	}
	c.Flags().Int64Var(&after, "after", 0, "begin after the address of this number")
	c.Flags().BoolVar(&asJSON, "json", false, "print the addresses as JSON")
	return c
}

// siteRetryCommand makes one failed address due now.
func (a *app) siteRetryCommand() *cobra.Command {
	return &cobra.Command{
		Use: "retry ID NUMBER", Short: "Try one address of a site again now; bantin site failed ID gives the numbers",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil {
				return usageError{fmt.Errorf("%q is no number of an address: bantin site failed %s lists them", args[1], args[0])}
			}
			return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error {
				if err := knownSite(ctx, ar, args[0]); err != nil {
					return err
				}
				err := ar.TryAgain(ctx, args[0], number, time.Now())
				if errors.Is(err, archive.ErrNotFound) {
					return usageError{fmt.Errorf("site %s has no failed address %d: bantin site failed %s lists them", args[0], number, args[0])}
				}
				if err == nil {
					_, err = fmt.Fprintf(a.stdout, "%s: address %d will be tried again now\n", args[0], number)
				}
				return err
			})
		},
	}
}

// knownSite refuses an id that the archive does not know.
func knownSite(ctx context.Context, ar *archive.Archive, id string) error {
	wanted, _, err := ar.Wanted(ctx)
	if _, known := wanted[id]; err == nil && !known {
		err = usageError{fmt.Errorf("the archive knows no site %q: bantin site list shows the ids", id)}
	}
	return err
}
