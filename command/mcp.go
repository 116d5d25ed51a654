package command

import (
	"bantin/searchd/web/mcp"

	"github.com/spf13/cobra"
)

func (a *app) mcpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "mcp", Short: "Let an assistant read the archive over standard input and output (MCP)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return mcp.Stdio(cmd.Context(), mcp.New(a.ask, versionText()))
		},
	}
}
