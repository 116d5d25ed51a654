// Command package writes what goes beside the program into a package: its
// manual pages and the completions of shells, made from its commands.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bantin/command"

	"github.com/spf13/cobra/doc"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "package:", err)
		os.Exit(1)
	}
}

// run writes man/*.1 and completions/ into the folder args[0], for the version
// args[1] of the day args[2].
func run(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: package DIR VERSION YYYY-MM-DD")
	}
	man, completions := filepath.Join(args[0], "man"), filepath.Join(args[0], "completions")
	day, err := time.Parse(time.DateOnly, args[2])
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(man, 0o755), os.MkdirAll(completions, 0o755)); err != nil {
		return err
	}
	c := command.Tree()
	c.DisableAutoGenTag = true
	header := &doc.GenManHeader{Section: "1", Source: "bantin " + args[1], Manual: "Bantin", Date: &day}
	return errors.Join(
		doc.GenManTree(c, header, man),
		c.GenBashCompletionFileV2(filepath.Join(completions, "bantin.bash"), true),
		c.GenZshCompletionFile(filepath.Join(completions, "_bantin")),
		c.GenFishCompletionFile(filepath.Join(completions, "bantin.fish"), true),
	)
}
