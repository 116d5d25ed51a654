package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// special are the ranges of the IANA special-purpose registries that are not
// public although netip calls them global unicast.
var special = parsePrefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
)

var (
	nat64    = netip.MustParsePrefix("64:ff9b::/96")
	sixToFor = netip.MustParsePrefix("2002::/16")
)

func parsePrefixes(texts ...string) []netip.Prefix {
	prefixes := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		prefixes[i] = netip.MustParsePrefix(text)
	}
	return prefixes
}

// public tells whether ip is an address of the open internet; an IPv4 address
// inside a mapped, NAT64 or 6to4 form is judged as itself.
func public(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	if bytes := ip.As16(); nat64.Contains(ip) {
		return public(netip.AddrFrom4([4]byte(bytes[12:16])))
	} else if sixToFor.Contains(ip) {
		return public(netip.AddrFrom4([4]byte(bytes[2:6])))
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	return !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// guard refuses connections to private addresses. It sees the resolved
// address of every connection, so a host name or a redirect cannot hide one.
type guard struct {
	all   bool
	allow []string // ip:port
}

func (g guard) control(_, address string, _ syscall.RawConn) error {
	if g.all || slices.Contains(g.allow, address) {
		return nil
	}
	where, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrPrivate, address)
	}
	if !public(where.Addr()) {
		return fmt.Errorf("%w: %s", ErrPrivate, where.Addr())
	}
	return nil
}

// Public is the control of a dialer that connects to public addresses alone,
// for others who ask addresses that anybody may have named.
func Public(network, address string, c syscall.RawConn) error {
	return guard{}.control(network, address, c)
}

func newDialer(o Options) *net.Dialer {
	g := guard{all: o.AllowPrivate, allow: slices.Clone(o.Allow)}
	if o.Proxy != nil {
		g.all = true // the proxy, which often is private, makes the connections
	}
	return &net.Dialer{Timeout: o.Limits.Dial, KeepAlive: 30 * time.Second, Control: g.control}
}

func newTransport(o Options, s security) *http.Transport {
	dialer := newDialer(o)
	direct := o
	direct.Proxy = nil // certificates name addresses too: they are fetched under the guard
	secure := &secureDialer{dialer: dialer, security: s, limit: o.Limits.TLS, roots: o.Roots, issuers: newIssuers(newDialer(direct))}
	return &http.Transport{
		Proxy:                  o.Proxy,
		DialContext:            dialer.DialContext,
		DialTLSContext:         secure.dial,
		TLSClientConfig:        s.config(o.Roots), // through a proxy, where dial is not used
		DisableCompression:     true,              // unpacked under our own cap
		MaxConnsPerHost:        1,
		MaxIdleConnsPerHost:    1,
		MaxIdleConns:           64,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    o.Limits.TLS,
		MaxResponseHeaderBytes: 256 << 10,
		ReadBufferSize:         8 << 10,
	}
}

func lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, fmt.Errorf("name %s: %w", host, err)
	}
	return addresses, nil
}

// serverOf names the server behind addresses: the least public one, or a
// private one with its port.
func serverOf(addresses []netip.Addr, port string) string {
	slices.SortFunc(addresses, netip.Addr.Compare)
	for _, ip := range addresses {
		if public(ip) {
			return ip.Unmap().String()
		}
	}
	if len(addresses) == 0 {
		return ""
	}
	return net.JoinHostPort(addresses[0].Unmap().String(), port)
}
