package command

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// finding is what doctor says of one part of an installation.
type finding struct {
	Part    string `json:"part"`
	Verdict string `json:"verdict"` // ok, advice or wrong
	Says    string `json:"says"`
	Do      string `json:"do,omitempty"` // what mends it
}

func well(part, says string, args ...any) finding {
	return finding{part, "ok", fmt.Sprintf(says, args...), ""}
}

func advice(part, says, do string) finding { return finding{part, "advice", says, do} }

func wrong(part string, err error, do string) finding {
	return finding{part, "wrong", oneLine(err.Error()), do}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (a *app) doctorCommand() *cobra.Command {
	d := doctor{app: a, now: time.Now}
	var asJSON bool
	c := &cobra.Command{
		Use: "doctor", Short: "Check this installation and say what to do", Args: cobra.NoArgs,
		Long: "Look at rights, room, clock, locale, DNS, proxies, versions and profiles, and say what\n" +
			"to do about each that is not well. It mends nothing itself. Exit status 1 when something is\n" +
			"wrong; advice alone is no failure.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			all := d.examine(cmd.Context())
			if asJSON {
				return verdictOf(all, json.NewEncoder(a.stdout).Encode(all))
			}
			for _, f := range all {
				fmt.Fprintf(a.stdout, "%-7s %-9s %s\n", f.Verdict, f.Part, f.Says)
				if f.Do != "" {
					fmt.Fprintf(a.stdout, "%17s %s\n", "→", f.Do)
				}
			}
			return verdictOf(all, nil)
		},
	}
	f := c.Flags()
	f.BoolVar(&asJSON, "json", false, "print the findings as JSON")
	f.BoolVar(&d.offline, "offline", false, "ask no name server")
	f.StringVar(&a.listen, "listen", "127.0.0.1:8080", "address that the service listens on")
	f.StringVar(&d.backups, "backup-dir", "", "folder of the regular backups")
	return c
}

func verdictOf(all []finding, err error) error {
	for _, f := range all {
		if err == nil && f.Verdict == "wrong" {
			return errSilent
		}
	}
	return err
}

// doctor examines an installation.
type doctor struct {
	*app
	offline bool
	backups string
	now     func() time.Time
}

// examine returns the findings of all parts, in the order in which they are
// best mended.
func (d *doctor) examine(ctx context.Context) (all []finding) {
	for _, look := range []func(context.Context) []finding{
		d.version, d.rights, d.space, d.limits, d.clock, d.locale, d.archived, d.cluster, d.profile, d.names, d.proxy, d.port, d.tools, d.backup,
	} {
		all = append(all, look(ctx)...)
	}
	return all
}
