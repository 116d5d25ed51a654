package command

import (
	_ "embed" // for the notices
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	var linked bool
	c := &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if linked {
				_, err := io.WriteString(a.stdout, notices)
				return err
			}
			_, err := fmt.Fprintln(a.stdout, versionText())
			return err
		},
	}
	c.Flags().BoolVar(&linked, "notices", false, "print the licences and notices of all that is linked into the program")
	return c
}

// notices are made by TestNotices out of the modules that are linked.
//
//go:embed notices.txt
var notices string

// versionText is the version of the module and of the commit it was built from.
func versionText() string {
	version, commit := "devel", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; v != "" && v != "(devel)" {
			version = v
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = " " + s.Value[:min(len(s.Value), 12)]
			}
		}
		return fmt.Sprintf("bantin %s%s %s", version, commit, info.GoVersion)
	}
	return "bantin " + version
}
