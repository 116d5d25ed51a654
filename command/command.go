// Package command is the command line of bantin, one file a command. It wires
// the other packages together and owns nothing else.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"bantin/crawler/extract"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Main runs the command line of this process and returns its exit code: 0
// done, 1 something failed, 2 wrong usage. SIGINT and SIGTERM end the work.
func Main() int {
	if child, err := extract.ServeChild(os.Args[1:], os.Stdin, os.Stdout); child {
		return report(os.Stderr, err)
	}
	signal.Ignore(syscall.SIGPIPE) // a reader that went away is an error of writing
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ended := make(chan int, 1)
	go func() {
		err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			err = errStopped
		}
		ended <- report(os.Stderr, err)
	}()
	select {
	case code := <-ended:
		return code
	case <-ctx.Done():
	}
	stop() // a second signal ends the process at once
	select {
	case code := <-ended:
		return code
	case <-time.After(stopTime):
		// Something does not heed the stop, such as reading a pipe. Archive and
		// index are whole at any moment, so the process may just end.
		return report(os.Stderr, errStopped)
	}
}

// stopTime is how long a process may take to end once it is told to.
const stopTime = 4500 * time.Millisecond

var errStopped = errors.New("stopped before it was done; what was acknowledged is safe, the rest begins anew next time")

// usageError is an error of the person who typed the command.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// report says what went wrong and returns the exit code: 0 done, 1 something
// failed, 2 wrong usage.
func report(w io.Writer, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.As(err, new(usageError)):
		fmt.Fprintf(w, "bantin: %v\n", err)
		return 2
	case errors.Is(err, errSilent):
		return 1
	}
	fmt.Fprintf(w, "bantin: %v\n", err)
	return 1
}

// errSilent fails a command that has said already what went wrong.
var errSilent = errors.New("already reported")

// run is the whole program without the process around it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	root := a.command()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil && strings.HasPrefix(err.Error(), "unknown command") {
		return usageError{fmt.Errorf("%w; bantin --help lists the commands", err)}
	}
	return err
}

// app is what every command shares.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger

	data, sites, db  string
	engine           engine
	listen, metrics  string
	allowPrivate     bool
	contact          string
	verbose, logJSON bool
}

const long = `Bantin searches the bulletins that Vietnam's provinces publish.

It harvests the listings of provincial portals, keeps every page, reads out of
each bulletin its province, the quarter it covers, the organizations and the
documents it cites, and answers searches with and without accents.

Try it, with no network and nothing to set up:

  bantin up --demo        then open http://127.0.0.1:8080

With portals of your own:

  bantin site add https://portal.example/tin-hoat-dong
  bantin up

Every flag has a twin in the environment: --data is BANTIN_DATA.`

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use: "bantin", Short: "A search engine over the bulletins of Vietnam's provinces", Long: long,
		SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.prepare(cmd) },
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; %s --help lists the flags", err, cmd.CommandPath())}
	})
	f := root.PersistentFlags()
	f.StringVar(&a.data, "data", "data", "folder that holds the archive and the index")
	f.StringVar(&a.sites, "sites", "", "folder of site profiles (default: sites in the data folder)")
	f.StringVar(&a.db, "db", "", "archive: a file (default: archive.db in the data folder) or a postgres:// address")
	a.engine.flags(f)
	f.BoolVarP(&a.verbose, "verbose", "v", false, "log more")
	f.BoolVar(&a.logJSON, "log-json", false, "log as JSON lines")
	for _, group := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"run", "Run:", []*cobra.Command{a.upCommand(), a.crawlCommand(), a.indexCommand(), a.serveCommand()}},
		{"ask", "Ask:", []*cobra.Command{a.searchCommand(), a.extractCommand(), a.analyzeCommand(), a.evalCommand()}},
		{"keep", "Portals and data:", []*cobra.Command{
			a.siteCommand(), a.questionsCommand(), a.importCommand(), a.exportCommand(), a.reextractCommand(), a.backupCommand(), a.restoreCommand(),
		}},
	} {
		root.AddGroup(&cobra.Group{ID: group.id, Title: group.title})
		for _, c := range group.commands {
			c.GroupID = group.id
			root.AddCommand(c)
		}
	}
	root.AddCommand(a.doctorCommand(), a.healthcheckCommand(), a.versionCommand(), a.mcpCommand())
	wrapArguments(root)
	return root
}

// wrapArguments makes a wrong number of arguments an error of usage.
func wrapArguments(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{fmt.Errorf("%w; usage: %s", err, cmd.UseLine())}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		wrapArguments(sub)
	}
}

// prepare takes what the flags leave open from the environment and sets up the
// log.
func (a *app) prepare(cmd *cobra.Command) error {
	if err := fromEnvironment(cmd); err != nil {
		return err
	}
	if err := a.engine.check(); err != nil {
		return err
	}
	level := slog.LevelInfo
	if a.verbose {
		level = slog.LevelDebug
	}
	options := &slog.HandlerOptions{Level: level}
	a.log = slog.New(slog.NewTextHandler(a.stderr, options))
	if a.logJSON {
		a.log = slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	return nil
}

// fromEnvironment gives each flag that was not typed the value of its twin in
// the environment: --allow-private is BANTIN_ALLOW_PRIVATE.
func fromEnvironment(cmd *cobra.Command) error {
	var wrong error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "BANTIN_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		text, ok := os.LookupEnv(name)
		if !ok || f.Changed || wrong != nil {
			return
		}
		if err := cmd.Flags().Set(f.Name, text); err != nil {
			wrong = usageError{fmt.Errorf("%s=%q: %w", name, text, err)}
		}
	})
	return wrong
}
