package crawler

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// TestWordPress checks and crawls the real WordPress of Debian in two block
// themes, with posts whose tags have names of furniture.
func TestWordPress(t *testing.T) {
	const installed = "/usr/share/wordpress"
	for _, tool := range []string{"php", "mariadbd", "mariadb-install-db", "mariadb"} {
		if _, err := exec.LookPath(tool); err != nil {
			lacksWordPress(t, err)
		}
	}
	for _, theme := range []string{"twentytwentytwo", "twentytwentythree"} {
		if _, err := os.Stat(filepath.Join(installed, "wp-content", "themes", theme)); err != nil {
			lacksWordPress(t, err)
		}
		t.Run(theme, func(t *testing.T) { crawlWordPress(t, installed, theme) })
	}
}

func lacksWordPress(t *testing.T, err error) {
	t.Helper()
	const get = "apt-get install --no-install-recommends wordpress wordpress-theme-twentytwentytwo wordpress-theme-twentytwentythree php-cli php-mysql mariadb-server-core mariadb-client-core"
	if slices.Contains(strings.Split(os.Getenv("BANTIN_REQUIRE"), ","), "wordpress") {
		t.Fatalf("%v: %s", err, get)
	}
	t.Skipf("%v: %s", err, get)
}

// post is a story as install.php takes it.
type post struct {
	Title      string   `json:"title"`
	Lead       string   `json:"lead"`
	Paragraphs []string `json:"paragraphs"`
	At         string   `json:"at"`
	Author     string   `json:"author"`
	Tags       []string `json:"tags"`
}

func crawlWordPress(t *testing.T, installed, theme string) {
	const posts = 13
	var all []post
	want := map[string]story{}
	for no := 1; no <= posts; no++ {
		s := newStory(no)
		want[s.title] = s
		all = append(all, post{s.title, s.lead, s.paras, s.at.Format(time.DateTime), s.author, []string{"giao ban", "họp báo", "sidebar", "print", "comments", "widget"}})
	}
	address := startWordPress(t, installed, theme, all)
	client := fetch.New(fetch.Options{AllowPrivate: true})
	defer client.Close()
	ask, err := Visit(client, time.Millisecond, false)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Check(t.Context(), ask, address+"/category/hoat-dong/", "lang-son")
	if err != nil || !r.OK || len(r.Warnings) > 0 || r.Family != "wordpress" || len(r.Listing.Items) != 5 || r.Listing.Next == nil {
		t.Errorf("check: %v, ok %v, family %s, %d items, next %v, %q", err, r.OK, r.Family, len(r.Listing.Items), r.Listing.Next, r.Warnings)
	}
	if r.Profile == nil {
		return
	}
	p := r.Profile
	p.Pace, p.Feeds = time.Millisecond, nil // the pages alone
	a := openArchive(t)
	if _, err := New(a, Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}).Run(t.Context()); err != nil {
		t.Error(err)
	}
	h := &held{name: theme, province: "lang-son"}
	found := 0
	for _, c := range current(t, a) {
		found++
		if d := h.differences(want[c.Bulletin.Title], *c.Bulletin); len(d) > 0 {
			t.Errorf("%s\n\t%s", c.Bulletin.URL, strings.Join(d, "\n\t"))
		}
	}
	if found != posts {
		t.Errorf("%d of %d posts", found, posts)
	}
}

// startWordPress runs a copy of WordPress with a database of its own, both on
// this machine alone, until the test ends.
func startWordPress(t *testing.T, installed, theme string, posts []post) (address string) {
	t.Helper()
	dir := t.TempDir()
	text, err := json.Marshal(posts)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "posts.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	www := filepath.Join(dir, "www")
	command(t, "", "cp", "-rL", installed, www)
	for _, file := range []string{"wp-config.php", "router.php", "install.php"} {
		command(t, "", "cp", filepath.Join("..", "testdata", "wordpress", file), www)
	}
	data, socket := filepath.Join(dir, "db"), filepath.Join(www, "db.sock")
	var asRoot []string
	if os.Getuid() == 0 {
		asRoot = []string{"--user=root"}
	}
	command(t, "", "mariadb-install-db", append(asRoot, "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal")...)
	server(t, "", "mariadbd", append([]string{"--no-defaults", "--datadir=" + data, "--socket=" + socket, "--skip-networking", "--pid-file=" + filepath.Join(dir, "db.pid")}, asRoot...)...)
	await(t, func() bool {
		return exec.CommandContext(t.Context(), "mariadb", "--no-defaults", "--socket="+socket, "-uroot", "-e", "create database if not exists wordpress character set utf8mb4").Run() == nil
	})
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	address = "http://" + host
	command(t, www, "php", "install.php", address, filepath.Join(dir, "posts.json"), theme)
	server(t, www, "php", "-S", host, "router.php")
	await(t, func() bool {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/category/hoat-dong/", http.NoBody)
		if err != nil {
			return false
		}
		resp, err := http.DefaultClient.Do(req)
		return err == nil && resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
	})
	return address
}

func command(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// server runs a program until the test ends.
func server(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
	})
}

// await asks until the answer is yes, for a minute.
func await(t *testing.T, ready func() bool) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for range 600 {
		if ready() {
			return
		}
		<-tick.C
	}
	t.Fatal("what was started does not answer")
}
