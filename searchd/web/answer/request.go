package answer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// WriteJSON writes v without escaping the marks of highlighted text, which
// is escaped already.
func WriteJSON(c *gin.Context, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", b.Bytes())
	return nil
}

// ReadJSON reads one JSON value and refuses what it does not know.
func ReadJSON(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the object")
	}
	return nil
}

// RequestIDKey is where a request carries its id.
const RequestIDKey = "request-id"

// Policy is what a page of ours may load: its own files, and nothing inline.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// EntityTags splits an If-None-Match header, the marks of weakness dropped.
func EntityTags(header string) []string {
	if header == "" {
		return nil
	}
	tags := strings.Split(header, ",")
	for i, t := range tags {
		tags[i] = strings.TrimPrefix(strings.TrimSpace(t), "W/")
	}
	return tags
}

// Base is the address under which people reach the service, without a slash
// at its end.
func (s *Service) Base(c *gin.Context) string {
	if s.PublicURL != "" {
		return strings.TrimSuffix(s.PublicURL, "/")
	}
	if h := c.Writer.Header(); !slices.Contains(h.Values("Vary"), "Host") {
		h.Add("Vary", "Host") // a cache must not give one host's addresses to another
	}
	scheme := "http"
	peer, err := netip.ParseAddrPort(c.Request.RemoteAddr)
	behindProxy := err == nil && s.isProxy(peer.Addr().Unmap())
	if c.Request.TLS != nil || behindProxy && c.GetHeader("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	host := c.Request.Host
	if !saneHost.MatchString(host) {
		host = "localhost"
	}
	return scheme + "://" + host
}

// saneHost keeps a forged Host header from writing anything but an address.
var saneHost = regexp.MustCompile(`^[0-9A-Za-z._:\[\]-]{1,255}$`)

func (s *Service) isProxy(a netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Client returns whom to count: the peer or, behind a trusted proxy, the last
// address that such a proxy saw. One IPv6 network of 64 bits is one client.
func (s *Service) Client(c *gin.Context) netip.Addr {
	peer, err := netip.ParseAddrPort(c.Request.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(c.Request.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.isProxy(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
	}
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.Addr()
		}
	}
	return addr
}

// RetryAfter writes d in whole seconds, at least one.
func RetryAfter(d time.Duration) string {
	return strconv.Itoa(int(max(d+time.Second-1, time.Second) / time.Second))
}
