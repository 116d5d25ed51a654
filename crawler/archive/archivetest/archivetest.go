// Package archivetest gives tests a place for an archive: a file, or a schema
// of a PostgreSQL server that it starts and stops. It knows nothing of what an
// archive holds.
package archivetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
)

const (
	programs = "/usr/lib/postgresql/15/bin/"
	variable = "BANTIN_TEST_POSTGRES" // address of the server of this run, also for processes that tests start
)

// Main runs all tests over SQLite and then, where Debian's package
// postgresql-15 is installed, those that skip does not match over PostgreSQL
// as well; empty skips none. BANTIN_REQUIRE=postgres demands the server. It
// returns the exit code.
func Main(m *testing.M, skip string) int {
	code := m.Run()
	if code != 0 || Remote() {
		return code
	}
	if reason := missing(); reason != "" {
		fmt.Fprintln(os.Stderr, reason)
		if required() {
			return 1
		}
		return 0
	}
	s, err := start()
	if err != nil {
		fmt.Fprintln(os.Stderr, "start PostgreSQL:", err)
		return 1
	}
	defer s.remove()
	current = s
	if err := os.Setenv(variable, s.address); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if skip != "" {
		if err := flag.Set("test.skip", skip); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	fmt.Fprintln(os.Stderr, "the same over PostgreSQL")
	return m.Run()
}

// current is the server of this run, nil while the tests run over SQLite.
var current *Server

// Remote tells whether this run is over PostgreSQL.
func Remote() bool { return os.Getenv(variable) != "" }

// FileOnly skips a test that is about SQLite's files.
func FileOnly(tb testing.TB) {
	tb.Helper()
	if Remote() {
		tb.Skip("about an archive in a file")
	}
}

// Place is a new archive's address in this run's store: a file of that name,
// or a schema.
func Place(tb testing.TB, name string) string {
	tb.Helper()
	if !Remote() {
		return filepath.Join(tb.TempDir(), name)
	}
	return schema(tb, os.Getenv(variable))
}

// Current is the server of this run; it skips the test while the run is over
// SQLite.
func Current(tb testing.TB) *Server {
	tb.Helper()
	if current == nil {
		tb.Skip("about PostgreSQL")
	}
	return current
}

// Server is a PostgreSQL server on a Unix socket.
type Server struct{ dir, address string }

// Postgres starts a server for one test, which is skipped where there is none.
func Postgres(tb testing.TB) *Server {
	tb.Helper()
	if reason := missing(); reason != "" {
		if required() {
			tb.Fatal(reason)
		}
		tb.Skip(reason)
	}
	s, err := start()
	if err != nil {
		tb.Fatal("start PostgreSQL:", err)
	}
	tb.Cleanup(s.remove)
	return s
}

// Place is the address of a new schema.
func (s *Server) Place(tb testing.TB) string {
	tb.Helper()
	return schema(tb, s.address)
}

// Stop stops the server as a crash does.
func (s *Server) Stop() error { return s.run("pg_ctl", "-D", s.dir+"/data", "-m", "immediate", "stop") }

// Start starts the server again.
func (s *Server) Start() error {
	return s.run("pg_ctl", "-D", s.dir+"/data", "-l", s.dir+"/log", "-o", "-k "+s.dir+" -c listen_addresses='' -c fsync=off -c max_connections=400", "-w", "start")
}

// Cut ends all connections but its own, and returns when they have ended.
func (s *Server) Cut() error {
	db, err := sql.Open("pgx", s.address)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(context.Background(), "select pg_terminate_backend(pid, 60000) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'")
	return errors.Join(err, db.Close())
}

func missing() string {
	if _, err := os.Stat(programs + "initdb"); err != nil {
		return fmt.Sprint("no PostgreSQL here (apt-get install postgresql-15): ", err)
	}
	return ""
}

func required() bool { return strings.Contains(os.Getenv("BANTIN_REQUIRE"), "postgres") }

func start() (*Server, error) {
	dir, err := os.MkdirTemp("", "bantin-pg")
	if err != nil {
		return nil, err
	}
	s := &Server{dir, "postgres:///postgres?" + strings.ReplaceAll(url.Values{"host": {dir}, "user": {"bantin"}}.Encode(), "+", "%20")}
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(dir))
		}
		uid, err := strconv.Atoi(u.Uid)
		if err == nil {
			err = os.Chown(dir, uid, -1)
		}
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(dir))
		}
	}
	err = s.run("initdb", "-D", dir+"/data", "-A", "trust", "-U", "bantin", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if err == nil {
		err = s.Start()
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// remove stops the server and removes what it wrote.
func (s *Server) remove() {
	if err := errors.Join(s.Stop(), os.RemoveAll(s.dir)); err != nil {
		fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
	}
}

// run runs a program of the server, which refuses to be run by root.
func (s *Server) run(program string, args ...string) error {
	cmd := exec.CommandContext(context.Background(), programs+program, args...)
	if os.Getuid() == 0 {
		cmd = exec.CommandContext(context.Background(), "setpriv", append([]string{"--reuid=postgres", "--regid=postgres", "--clear-groups", programs + program}, args...)...)
	}
	cmd.Dir = s.dir
	out, err := os.Create(filepath.Join(s.dir, program+".out")) // no pipe, which the server would keep open
	if err != nil {
		return err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w: %s", program, err, said)
	}
	return nil
}

// schema makes a schema.
func schema(tb testing.TB, server string) string {
	tb.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		tb.Fatal(err)
	}
	name := "archive_" + strings.ToLower(rand.Text())
	_, err = db.ExecContext(context.Background(), "create schema "+name)
	if err = errors.Join(err, db.Close()); err != nil {
		tb.Fatal(err)
	}
	return server + "&options=-csearch_path%3D" + name
}
