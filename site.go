package main

import "github.com/spf13/cobra"

func (a *app) siteCommand() *cobra.Command {
	return &cobra.Command{Use: "site", Short: "Look at portals and write their profiles"}
}
func (a *app) exportCommand() *cobra.Command    { return &cobra.Command{Use: "export"} }
func (a *app) reextractCommand() *cobra.Command { return &cobra.Command{Use: "reextract"} }
