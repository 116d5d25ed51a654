package command

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// need skips a test whose tool is absent, or fails it where BANTIN_REQUIRE
// names the tool.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/" + name)
	}
	if err != nil {
		if slices.Contains(strings.Split(os.Getenv("BANTIN_REQUIRE"), ","), name) {
			t.Fatalf("%s is required", name)
		}
		t.Skipf("%s is not installed: apt install %s", name, name)
	}
	return path
}

// freePort is a port of loopback that nobody listens on at the moment.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// behind starts a proxy with what docs/proxy says, its ports, names and
// certificate replaced, in front of upstream, and returns its HTTPS port.
func behindProxy(t *testing.T, proxy, upstream string) (port string) {
	t.Helper()
	path, dir := need(t, proxy), t.TempDir()
	port, plain := freePort(t), freePort(t)
	cert := httptest.NewTLSServer(nil)
	defer cert.Close()
	key, err := tlsFiles(cert.TLS.Certificates[0], dir)
	if err != nil {
		t.Fatal(err)
	}
	var args []string
	name := map[string]string{"nginx": "nginx.conf", "caddy": "Caddyfile"}[proxy]
	text, err := os.ReadFile(filepath.Join("..", "docs", "proxy", name))
	if err != nil {
		t.Fatal(err)
	}
	config := strings.ReplaceAll(string(text), "127.0.0.1:8080", upstream)
	file := filepath.Join(dir, name)
	switch proxy {
	case "nginx":
		config = regexp.MustCompile(`listen \[::\].*;`).ReplaceAllString(config, "")
		config = strings.ReplaceAll(config, "listen 80;", "listen 127.0.0.1:"+plain+";")
		config = strings.ReplaceAll(config, "listen 443 ", "listen 127.0.0.1:"+port+" ")
		config = strings.ReplaceAll(config, "/etc/letsencrypt/live/bantin.example.vn/fullchain.pem", filepath.Join(dir, "cert.pem"))
		config = strings.ReplaceAll(config, "/etc/letsencrypt/live/bantin.example.vn/privkey.pem", key)
		config = wholeNginx(dir, config)
		args = []string{"-p", dir, "-c", file}
	case "caddy":
		config = strings.Replace(config, "bantin.example.vn {", fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n\thttp_port %s\n\thttps_port %s\n}\nhttps://bantin.example.vn:%s {\n\tbind 127.0.0.1\n\ttls %s %s", plain, port, port, filepath.Join(dir, "cert.pem"), key), 1)
		args = []string{"run", "--config", file, "--adapter", "caddyfile"}
	}
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	startProxy(t, dir, path, args...)
	return port
}

// wholeNginx is a configuration of nginx around a part of one.
func wholeNginx(dir, part string) string {
	return fmt.Sprintf("daemon off; worker_processes 1; pid %[1]s/pid; error_log stderr; events {}\nhttp { access_log off; client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;\n%[2]s\n}\n", dir, part)
}

// startProxy runs a proxy until the test ends.
func startProxy(t *testing.T, dir, path string, args ...string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	var said strings.Builder
	cmd.Stderr, cmd.Stdout = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	})
}

func tlsFiles(c tls.Certificate, dir string) (key string, err error) {
	key = filepath.Join(dir, "key.pem")
	der, err := marshalKey(c.PrivateKey)
	return key, errors.Join(err,
		os.WriteFile(filepath.Join(dir, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]}), 0o600),
		os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600))
}

// TestBehindProxy serves the samples behind each proxy with the configuration
// that the documentation shows.
func TestBehindProxy(t *testing.T) {
	for _, proxy := range []string{"nginx", "caddy"} {
		t.Run(proxy, func(t *testing.T) {
			seen := make(chan *http.Request, 100)
			service := startService(t, seen)
			port := behindProxy(t, proxy, service)
			client := &http.Client{
				Timeout: 10 * time.Second,
				Transport: &http.Transport{
					TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: "bantin.example.vn"}, //nolint:gosec // a certificate of the test
					DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
						return dialUntil(ctx, network, "127.0.0.1:"+port)
					},
				},
			}
			defer client.CloseIdleConnections()
			req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://bantin.example.vn/api/v1/search?q=m%E1%BA%B7t+tr%E1%BA%ADn", nil)
			req.Header.Set("X-Forwarded-For", "192.0.2.66")
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			var answer struct{ Total int }
			err = json.NewDecoder(resp.Body).Decode(&answer)
			resp.Body.Close()
			if err != nil || resp.StatusCode != http.StatusOK || answer.Total != 1 {
				t.Fatalf("%s, %v, total %d", resp.Status, err, answer.Total)
			}
			got := <-seen
			if f := got.Header.Get("X-Forwarded-For"); f != "127.0.0.1" {
				t.Errorf("the service takes %q for the visitor", f)
			}
			if got.Host != "bantin.example.vn" || resp.Header.Get("Strict-Transport-Security") == "" || resp.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("host %q, header %v", got.Host, resp.Header)
			}
			page, err := client.Get("https://bantin.example.vn/search.atom?q=m%E1%BA%B7t")
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(page.Body)
			page.Body.Close()
			if !strings.Contains(string(text), "https://bantin.example.vn/") {
				t.Errorf("a feed without the public address: %.200s", text)
			}
		})
	}
}

// dialUntil connects as soon as somebody listens, or gives up after a
// minute: the proxy has no way to say that it is ready.
func dialUntil(ctx context.Context, network, address string) (conn net.Conn, err error) {
	for range 2400 {
		if conn, err = (&net.Dialer{}).DialContext(ctx, network, address); err == nil {
			return conn, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(25 * time.Millisecond):
		}
	}
	return nil, err
}
