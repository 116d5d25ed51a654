package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "203.113.1.1": true, "2001:4860:4860::8888": true, "64:ff9b::808:808": true,
		"127.0.0.1": false, "127.9.9.9": false, "0.0.0.0": false, "10.1.2.3": false, "172.31.0.1": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "198.18.0.1": false,
		"224.0.0.1": false, "255.255.255.255": false, "240.0.0.1": false, "192.0.2.1": false,
		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::7f00:1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a00:1": false, "64:ff9b:1::1": false, "2002:7f00:1::": false,
		"fe80::1%eth0": false, "fc00::1": false, "fd12::1": false, "ff02::1": false, "2001:db8::1": false, "2001::1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: public %v, want %v", address, got, want)
		}
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a private server was reached")
	}))
	defer inner.Close()
	outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/inside":
			http.Redirect(w, r, inner.URL, http.StatusFound)
		case "/robots.txt":
			http.NotFound(w, r)
		default:
			html(w, "x")
		}
	}))
	defer outer.Close()
	address := strings.TrimPrefix(outer.URL, "http://")
	_, port, _ := strings.Cut(strings.TrimPrefix(inner.URL, "http://"), ":")
	client := New(Options{Allow: []string{address}})
	defer client.Close()
	do(t, client, Request{URL: outer.URL + "/fine"})
	for _, request := range []Request{
		{URL: outer.URL + "/inside", Hosts: []string{"127.0.0.1:" + port}},
		{URL: inner.URL},
		{URL: "http://localhost:" + port},
		{URL: "http://[::ffff:127.0.0.1]:" + port},
		{URL: "http://2130706433:" + port},
		{URL: "http://0x7f.1:" + port},
		{URL: "http://0:" + port},
	} {
		if _, err := client.Do(t.Context(), request); !errors.Is(err, ErrPrivate) && err == nil {
			t.Errorf("%s: %v, want %v", request.URL, err, ErrPrivate)
		}
	}
}

func TestAddressesNotToFetch(t *testing.T) {
	client := New(Options{})
	defer client.Close()
	for _, address := range []string{"ftp://h/", "file:///etc/passwd", "http://", "//h/", "http://u:p@h/", "javascript:void(0)", "http://h:x/", "%"} {
		if _, err := client.Do(t.Context(), Request{URL: address}); !errors.Is(err, ErrAddress) {
			t.Errorf("%s: %v, want %v", address, err, ErrAddress)
		}
	}
}

func TestRobotsOfAPrivateRedirectAreNone(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a private server was reached")
	}))
	defer inner.Close()
	outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.Redirect(w, r, inner.URL+"/robots.txt", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "text")
	}))
	defer outer.Close()
	client := New(Options{Allow: []string{strings.TrimPrefix(outer.URL, "http://")}})
	defer client.Close()
	do(t, client, Request{URL: outer.URL + "/a"})
}

func TestProxy(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		html(w, "proxied "+r.URL.Host)
	}))
	defer proxy.Close()
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := New(Options{Proxy: http.ProxyURL(address)})
	defer client.Close()
	if got := string(do(t, client, Request{URL: "http://portal.invalid/", SkipRobots: true}).Text); got != "proxied portal.invalid" {
		t.Errorf("answer %q", got)
	}
	for _, target := range []string{"http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/"} {
		if _, err := client.Do(t.Context(), Request{URL: target, SkipRobots: true}); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s through a proxy: %v, want %v", target, err, ErrPrivate)
		}
	}

	t.Setenv("HTTP_PROXY", proxy.URL)
	plain := New(Options{})
	defer plain.Close()
	if _, err := plain.Do(t.Context(), Request{URL: "http://portal.invalid/", SkipRobots: true}); err == nil {
		t.Error("the environment's proxy was used unasked")
	}
}
