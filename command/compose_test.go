package command

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

// composed is what the tests look at of compose.scale.yaml.
type composed struct {
	Services map[string]struct {
		Image       string
		Restart     string
		Command     []string
		Environment map[string]string
		Secrets     []any
		Volumes     []string
		Memory      string                  `yaml:"mem_limit"`
		HealthCheck struct{ Test []string } `yaml:"healthcheck"`
	}
	Secrets map[string]map[string]string
	Volumes map[string]any
}

func readComposed(t *testing.T) (c composed) {
	t.Helper()
	text, err := os.ReadFile("../compose.scale.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestComposeParts: the parts are there, each with a health check, a bound of its
// memory, and the volumes, files and secrets that it names.
func TestComposeParts(t *testing.T) {
	c := readComposed(t)
	kinds := map[string]int{}
	for name, s := range c.Services {
		kind, _, _ := strings.Cut(s.Image, ":")
		if kind == "bantin" {
			kind = s.Command[0]
		}
		kinds[kind]++
		if s.Restart == "" || s.Memory == "" || len(s.HealthCheck.Test) < 2 {
			t.Errorf("%s has no restart, bound of memory or health check", name)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if path, file := strings.CutPrefix(from, "./"); file && path != "sites" {
				if _, err := os.Stat(filepath.Join("..", path)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			} else if _, there := c.Volumes[from]; !file && !there {
				t.Errorf("%s: there is no volume %s", name, from)
			}
		}
		for _, one := range s.Secrets {
			id, _ := one.(string)
			if long, ok := one.(map[string]any); ok {
				id, _ = long["source"].(string)
			}
			if c.Secrets[id] == nil {
				t.Errorf("%s: there is no secret %q", name, id)
			}
		}
		for key, value := range s.Environment {
			if secret := strings.Contains(strings.ToUpper(key), "PASSWORD") || strings.Contains(strings.ToUpper(key), "TOKEN"); secret && !strings.HasPrefix(value, "/run/secrets/") {
				t.Errorf("%s: %s is no file", name, key)
			}
			if u, err := url.Parse(value); err == nil && u.User != nil {
				if _, has := u.User.Password(); has {
					t.Errorf("%s: there is a password in %s", name, key)
				}
			}
		}
	}
	want := map[string]int{"postgres": 1, "opensearchproject/opensearch": 3, "crawl": 2, "index": 1, "serve": 2, "nginx": 1}
	for kind, n := range want {
		if kinds[kind] != n {
			t.Errorf("%d of %s, want %d", kinds[kind], kind, n)
		}
	}
	for id, s := range c.Secrets {
		if len(s) != 1 || !strings.HasPrefix(s["file"], "./secrets/") {
			t.Errorf("secret %s is not a file of its own: %v", id, s)
		}
	}
}

// TestComposeCommands: our programs have the commands, flags and variables that they
// are started and asked with.
func TestComposeCommands(t *testing.T) {
	for name, s := range readComposed(t).Services {
		if s.Image != "bantin" {
			continue
		}
		for _, line := range [][]string{s.Command, s.HealthCheck.Test[2:]} {
			a := &app{stderr: os.Stderr}
			c, flags, err := a.command().Find(line)
			if err == nil {
				err = c.ParseFlags(flags)
			}
			if err == nil {
				err = c.ValidateArgs(c.Flags().Args())
			}
			if err != nil {
				t.Errorf("%s: %q: %v", name, line, err)
				continue
			}
			for key, value := range s.Environment {
				setVariable(t, c, name, key, value)
			}
			if err := a.engine.check(); err != nil || !a.engine.shared() || a.db == "" {
				t.Errorf("%s: %q: archive %q, %v", name, line, a.db, err)
			}
		}
	}
}

// setVariable sets the flag of a variable; one of another command is left alone.
func setVariable(t *testing.T, c *cobra.Command, service, key, value string) {
	t.Helper()
	flag, ours := strings.CutPrefix(key, "BANTIN_")
	flag = strings.ToLower(strings.ReplaceAll(flag, "_", "-"))
	if known := c.Flags().Lookup(flag); !ours || known == nil && c.Name() != "healthcheck" {
		t.Errorf("%s: nothing reads %s", service, key)
	} else if known != nil {
		if err := c.Flags().Set(flag, value); err != nil {
			t.Errorf("%s: %s: %v", service, key, err)
		}
	}
}

// TestComposeSecrets: the script makes every secret, none twice, and they fit
// together.
func TestComposeSecrets(t *testing.T) {
	need(t, "openssl")
	c := readComposed(t)
	dir := filepath.Join(t.TempDir(), "secrets")
	read := func() map[string]string {
		if out, err := exec.Command("../docs/scale/secrets", dir).CombinedOutput(); err != nil { //nolint:gosec // of this repository
			t.Fatalf("%v: %s", err, out)
		}
		all := map[string]string{}
		for id, s := range c.Secrets {
			text, err := os.ReadFile(filepath.Join(dir, strings.TrimPrefix(s["file"], "./secrets/")))
			if err != nil || len(text) < 16 {
				t.Errorf("secret %s: %d bytes, %v", id, len(text), err)
			}
			all[id] = strings.TrimSpace(string(text))
		}
		return all
	}
	all := read()
	for id, text := range read() {
		if text != all[id] {
			t.Errorf("%s was made anew", id)
		}
	}
	db, err := url.Parse(c.Services["indexer"].Environment["BANTIN_DB"])
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Join([]string{db.Hostname(), "5432", strings.TrimPrefix(db.Path, "/"), db.User.Username(), all["postgres_password"]}, ":")
	if all["pgpass"] != line || db.Query().Get("passfile") != "/run/secrets/pgpass" {
		t.Errorf("pgpass is not for %s", db)
	}
	ca, node := certificate(t, all["ca"]), certificate(t, all["node_certificate"])
	pool := x509.NewCertPool()
	pool.AddCert(ca)
	for address := range strings.SplitSeq(c.Services["indexer"].Environment["BANTIN_ENGINE_URL"], ",") {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := node.Verify(x509.VerifyOptions{Roots: pool, DNSName: u.Hostname()}); err != nil {
			t.Error(err)
		}
		s := c.Services[u.Hostname()]
		if s.Environment["plugins.security.nodes_dn"] != node.Subject.String() || !slices.Contains(s.Secrets, any("opensearch_password")) {
			t.Errorf("%s does not know its certificate %s", u.Hostname(), node.Subject)
		}
	}
	if out, err := exec.Command("bash", "-n", "../docs/scale/start-opensearch").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func certificate(t *testing.T, text string) *x509.Certificate {
	t.Helper()
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		t.Fatal("no certificate")
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestComposeNode: a node of the file starts with one user and a role, and its health
// check asks over TLS with the password, and believes no other answer.
func TestComposeNode(t *testing.T) {
	need(t, "openssl")
	need(t, "curl")
	dir := t.TempDir()
	run := func(name string, args ...string) error {
		out, err := exec.Command(name, args...).CombinedOutput() //nolint:gosec // of this test
		if err != nil {
			t.Logf("%s %v: %v: %s", name, args, err, out)
		}
		return err
	}
	secrets, home := filepath.Join(dir, "secrets"), filepath.Join(dir, "opensearch")
	if err := run("../docs/scale/secrets", secrets); err != nil {
		t.Fatal(err)
	}
	read := func(path ...string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(path...))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	write := func(text string, path ...string) {
		t.Helper()
		file := filepath.Join(path...)
		err := os.MkdirAll(filepath.Dir(file), 0o750)
		if err == nil {
			err = os.WriteFile(file, []byte(text), 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	password := strings.TrimSpace(read(secrets, "opensearch_password"))
	var status atomic.Int32
	status.Store(http.StatusOK)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, given, _ := r.BasicAuth()
		if w.WriteHeader(int(status.Load())); user != "bantin" || given != password || !strings.HasPrefix(r.URL.Path, "/_cluster/health") {
			t.Errorf("%q asks %s", user, r.URL)
		}
	}))
	pair, err := tls.LoadX509KeyPair(filepath.Join(secrets, "node.pem"), filepath.Join(secrets, "node.key"))
	if err != nil {
		t.Fatal(err)
	}
	s.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	s.StartTLS()
	t.Cleanup(s.Close)
	write(read(secrets, "ca.pem"), home, "config/certs/ca.pem")
	write("", home, "config/opensearch-security/internal_users.yml")
	write("#!/bin/bash\necho 'some words'\necho \"hash of $password\"\n", home, "plugins/opensearch-security/tools/hash.sh")
	write("#!/bin/bash\necho \"$@\" >started\n", home, "opensearch-docker-entrypoint.sh")
	script := filepath.Join(dir, "start")
	write(strings.NewReplacer("/usr/share/opensearch", home, "/run/secrets", secrets,
		"localhost:9200", strings.Replace(s.Listener.Addr().String(), "127.0.0.1", "localhost", 1)).Replace(read("../docs/scale/start-opensearch")), script)
	if err := run("bash", script); err != nil || read(home, "started") != "opensearch\n" {
		t.Fatalf("%q, %v", read(home, "started"), err)
	}
	var users map[string]struct{ Hash string }
	var roles map[string]struct {
		Indexes []struct {
			Patterns []string `yaml:"index_patterns"`
		} `yaml:"index_permissions"`
	}
	var mapped map[string]struct{ Users []string }
	for name, into := range map[string]any{"internal_users.yml": &users, "roles.yml": &roles, "roles_mapping.yml": &mapped} {
		if err := yaml.Unmarshal([]byte(read(home, "config/opensearch-security", name)), into); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	role := roles["bantin"].Indexes
	if users["bantin"].Hash != "hash of "+password || len(role) != 1 || role[0].Patterns[0] != "bantin*" || !slices.Equal(mapped["bantin"].Users, []string{"bantin"}) {
		t.Errorf("users %v, roles %v, mapped %v", users, roles, mapped)
	}
	if err := run("bash", script, "check"); err != nil {
		t.Errorf("a node that is well: %v", err)
	}
	status.Store(http.StatusRequestTimeout)
	if run("bash", script, "check") == nil {
		t.Error("a node that waits for others is well")
	}
	stranger := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(stranger.Close)
	write(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: stranger.Certificate().Raw})), home, "config/certs/ca.pem")
	if status.Store(http.StatusOK); run("bash", script, "check") == nil {
		t.Error("a node whose authority is unknown is well")
	}
}
