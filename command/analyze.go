package command

import (
	"encoding/json"
	"strings"

	"bantin/analyzers/vi"

	"github.com/spf13/cobra"
)

func (a *app) analyzeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "analyze TEXT", Short: "Print every token stream of a text with byte offsets, as JSON",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			out := json.NewEncoder(a.stdout)
			out.SetEscapeHTML(false)
			return out.Encode(map[string]vi.Streams{"streams": vi.Analyze(strings.Join(args, " "))})
		},
	}
}
