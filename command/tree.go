package command

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Tree is the whole command line, for those who write manual pages and
// completions from it; its commands are not run.
func Tree() *cobra.Command {
	a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}
	return a.command()
}
