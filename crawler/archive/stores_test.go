package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// server is the address of the PostgreSQL server of this run, empty while the
// tests run over SQLite.
var server = os.Getenv("BANTIN_TEST_POSTGRES")

const postgresBin = "/usr/lib/postgresql/15/bin/"

// TestMain runs all tests over SQLite, then over PostgreSQL where Debian's
// package postgresql-15 is installed; BANTIN_REQUIRE=postgres demands it.
func TestMain(m *testing.M) {
	if path := os.Getenv(victim); path != "" {
		if err := crawlForever(context.Background(), path); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	if code == 0 && server == "" {
		code = overPostgres(m)
	}
	os.Exit(code)
}

func overPostgres(m *testing.M) int {
	if _, err := os.Stat(postgresBin + "initdb"); err != nil {
		fmt.Fprintln(os.Stderr, "no PostgreSQL here (apt-get install postgresql-15):", err)
		if strings.Contains(os.Getenv("BANTIN_REQUIRE"), "postgres") {
			return 1
		}
		return 0
	}
	dir, err := os.MkdirTemp("", "bantin-pg")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := startServer(dir); err != nil {
		fmt.Fprintln(os.Stderr, "start PostgreSQL:", err)
		return 1
	}
	defer func() { _ = asPostgres(dir, "pg_ctl", "-D", dir+"/data", "-m", "immediate", "stop") }()
	server = "postgres:///postgres?" + strings.ReplaceAll(url.Values{"host": {dir}, "user": {"bantin"}}.Encode(), "+", "%20")
	os.Setenv("BANTIN_TEST_POSTGRES", server) // for processes that tests start
	fmt.Fprintln(os.Stderr, "the same over PostgreSQL")
	return m.Run()
}

// startServer starts a server on a unix socket in dir.
func startServer(dir string) error {
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return err
		}
		uid, _ := strconv.Atoi(u.Uid)
		if err := os.Chown(dir, uid, -1); err != nil {
			return err
		}
	}
	if err := asPostgres(dir, "initdb", "-D", dir+"/data", "-A", "trust", "-U", "bantin", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		return err
	}
	return asPostgres(dir, "pg_ctl", "-D", dir+"/data", "-l", dir+"/log", "-o", "-k "+dir+" -c listen_addresses='' -c fsync=off -c max_connections=400", "-w", "start")
}

// asPostgres runs a program of the server, which refuses to be run by root.
func asPostgres(dir, program string, args ...string) error {
	cmd := exec.Command(postgresBin+program, args...)
	if os.Getuid() == 0 {
		cmd = exec.Command("setpriv", append([]string{"--reuid=postgres", "--regid=postgres", "--clear-groups", postgresBin + program}, args...)...)
	}
	cmd.Dir = dir
	out, err := os.Create(filepath.Join(dir, program+".out"))
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

// place is a new archive's address: a file of that name, or a schema.
func place(tb testing.TB, name string) string {
	tb.Helper()
	if server == "" {
		return filepath.Join(tb.TempDir(), name)
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; ; i++ {
		s := "archive_" + strconv.Itoa(i)
		_, err = db.ExecContext(context.Background(), "create schema "+s)
		if err != nil && strings.Contains(err.Error(), "42P06") {
			continue
		}
		if err = errors.Join(err, db.Close()); err != nil {
			tb.Fatal(err)
		}
		return server + "&options=-csearch_path%3D" + s
	}
}

// fileOnly skips what is about SQLite's files.
func fileOnly(t *testing.T) {
	t.Helper()
	if server != "" {
		t.Skip("about an archive in a file")
	}
}
