package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
)

// archived opens the archive as every command does, and reads what stands in
// it.
func (d *doctor) archived(ctx context.Context) []finding {
	mend := "restore a backup beside it: bantin restore DIR --data ANOTHER"
	if store.Remote(d.archiveFile()) {
		mend = "see that PostgreSQL answers at this address and lets this user make tables: psql 'ADDRESS'"
	} else if _, err := os.Stat(d.archiveFile()); errors.Is(err, fs.ErrNotExist) {
		return []finding{advice("archive", "there is none yet", "bantin site add URL, then bantin up")}
	}
	ar, err := archive.Open(ctx, d.archiveFile())
	if err != nil {
		return []finding{wrong("archive", err, mend)}
	}
	sites, err := ar.Sites(ctx)
	if err := errors.Join(err, ar.Close()); err != nil {
		return []finding{wrong("archive", err, mend)}
	}
	all := []finding{}
	count := 0
	for _, s := range sites {
		count += s.Bulletins
		if s.Alarm != "" && s.State != "paused" {
			all = append(all, advice("portal", s.ID+": "+s.Alarm, "bantin site check "+s.URL+" shows what is read now"))
		}
	}
	return append([]finding{well("archive", "%s of %s", quantity(count, "bulletin"), quantity(len(sites), "portal"))}, all...)
}

func (d *doctor) profile(context.Context) []finding {
	good, err := d.profiles()
	if err != nil {
		return []finding{wrong("profiles", err, "correct the file; the others are used meanwhile")}
	}
	if len(good) == 0 {
		return []finding{advice("profiles", "there is none in "+d.sitesFolder(), "bantin site add URL writes one")}
	}
	return []finding{well("profiles", "%s in %s", quantity(len(good), "profile"), d.sitesFolder())}
}

const (
	namesAsked = 10 // at most
	nameTime   = 3 * time.Second
)

// names asks for the addresses of the portals.
func (d *doctor) names(ctx context.Context) []finding {
	if d.offline {
		return nil
	}
	good, _ := d.profiles() // named by profile
	var hosts []string
	for _, p := range good {
		if u, err := url.Parse(cmp.Or(p.Listings...)); err == nil && u.Hostname() != "" && !slices.Contains(hosts, u.Hostname()) {
			hosts = append(hosts, u.Hostname())
		}
	}
	hosts = hosts[:min(len(hosts), namesAsked)]
	var bad []string
	for _, host := range hosts {
		ctx, cancel := context.WithTimeout(ctx, nameTime)
		if _, err := net.DefaultResolver.LookupHost(ctx, host); err != nil {
			bad = append(bad, host)
		}
		cancel()
	}
	switch {
	case len(hosts) == 0:
		return nil
	case len(bad) == len(hosts):
		return []finding{wrong("names", fmt.Errorf("no name server knows %s", strings.Join(bad, ", ")), "look at /etc/resolv.conf and the network")}
	case len(bad) > 0:
		return []finding{advice("names", "no name server knows "+strings.Join(bad, ", "), "the portals may have moved: correct their profiles")}
	}
	return []finding{well("names", "%s found", quantity(len(hosts), "host"))}
}

// proxy tells of settings that the crawler pays no attention to: it checks the
// address of every server itself, which a proxy would hide.
func (d *doctor) proxy(context.Context) []finding {
	var set []string
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		if os.Getenv(name) != "" || os.Getenv(strings.ToLower(name)) != "" {
			set = append(set, name)
		}
	}
	if len(set) > 0 {
		return []finding{advice("proxy", strings.Join(set, " and ")+" is set, and the crawler goes to portals directly all the same", "let this machine reach the portals' ports 80 and 443")}
	}
	return []finding{well("proxy", "none is set; the crawler goes to portals directly")}
}

// port finds out who answers where the service listens.
func (d *doctor) port(ctx context.Context) []finding {
	ctx, cancel := context.WithTimeout(ctx, nameTime)
	defer cancel()
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", d.listen)
	if err == nil {
		_ = l.Close()
		return []finding{well("service", "does not run here; %s is free", d.listen)}
	}
	if _, _, err := net.SplitHostPort(d.listen); err != nil {
		return []finding{wrong("service", err, "write --listen as host:port")}
	}
	if alive(ctx, d.listen) != nil {
		return []finding{wrong("service", fmt.Errorf("%s is taken, and no Bantin answers there", d.listen), "choose another address with --listen")}
	}
	return []finding{well("service", "answers at %s", d.listen)}
}
