package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"sync/atomic"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/searchd"
	"bantin/searchd/alert"
	"bantin/searchd/web"
	"bantin/searchd/web/embed"

	"github.com/spf13/cobra"
)

// service is the flags of what is served.
type service struct {
	*app
	public  string
	origins []string
	rate    float64
	proxies []string
	embed   string
	desk    *desk
	keys    string
	follows bool
}

// stay serves until ctx ends. While the data folder cannot be written it
// serves what is there, and ends with errRoom when it can.
func (s *service) stay(ctx context.Context) error {
	ar, stuck, err := s.readable(ctx)
	if err != nil {
		return err
	}
	return withIndex(ctx, ar, s.searched, func(ix *indexer.Live) error {
		if stuck {
			return s.run(ctx, ix, ar, part{
				name: "disk", run: func(ctx context.Context) error { return s.room(ctx) },
				fatal: func(err error) bool { return errors.Is(err, errRoom) },
			})
		}
		loops, err := s.desk.loops(ar, ix, s.public)
		if err != nil {
			return err
		}
		follow := part{name: "indexer", run: func(ctx context.Context) error { return s.follow(ctx, ar, ix) }}
		return s.run(ctx, ix, ar, append(loops, follow)...)
	})
}

// errRoom tells that the data folder can be written, as it could not before.
var errRoom = errors.New("the data folder can be written again")

// room fails while the data folder cannot be written, and gives errRoom once a
// megabyte can be.
func (s *service) room(ctx context.Context) error {
	f, err := os.CreateTemp(s.data, "room-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 1<<20))
	err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	if err == nil {
		err = errRoom
	}
	return cmp.Or(ctx.Err(), err)
}

// run serves, with other parts beside.
func (s *service) run(ctx context.Context, ix *indexer.Live, ar *archive.Archive, others ...part) (err error) {
	var started atomic.Bool
	readers, err := s.readers(ix, ar)
	if err != nil {
		return err
	}
	if readers != nil {
		defer func() { err = errors.Join(err, readers.Book.Close()) }()
		others = append(others, part{name: "followers", run: readers.Run})
	}
	p := &parts{log: s.log}
	down := func() []string {
		all := p.Down()
		if err := ix.Harm(); err != nil {
			all = append(all, fmt.Sprintf("index: %v; it is being rebuilt", err))
		}
		return all
	}
	return p.run(ctx, append(others, part{
		name: "service", run: func(ctx context.Context) error { return s.serve(ctx, ix, ar, readers, down, &started) },
		fatal: func(error) bool { return !started.Load() }, // an address that is taken, a file that cannot be read
	})...)
}

// serve answers until ctx ends.
func (s *service) serve(ctx context.Context, ix index.Index, ar *archive.Archive, readers *alert.Readers, down func() []string, started *atomic.Bool) error {
	embedding, err := configured("embed-sites", s.embed, embed.ReadSites)
	if err != nil {
		return err
	}
	keys, err := configured("api-keys", s.keys, web.ReadKeys)
	if err != nil {
		return err
	}
	proxies, err := prefixes(s.proxies)
	if err != nil {
		return err
	}
	operator := http.NewServeMux() // another one each time that the service is started
	s.desk.operator.Store(operator)
	defer os.Remove(s.serviceFile())
	return searchd.Serve(ctx, searchd.Config{
		Listen: s.listen, Metrics: s.metrics,
		Web: web.Config{
			Index: ix, Store: ar, Missing: archive.ErrNotFound, Log: s.log,
			PublicURL: s.public, Origins: s.origins, Keys: keys, Rate: s.rate, Burst: int(4*s.rate) + 1, EmbedSites: embedding,
			Down: down, Proxies: proxies, Follows: readers, Operator: operator,
		},
		Started: func(addr net.Addr) {
			started.Store(true)
			// Without it a search takes longer to find the service.
			if err := os.WriteFile(s.serviceFile(), []byte(addr.String()+"\n"), 0o600); err != nil {
				s.log.Warn("the address of the service is not noted", "error", err)
			}
			fmt.Fprintf(s.stdout, "Bantin is ready: http://%s\n", addr)
		},
	})
}

func (a *app) serveCommand() *cobra.Command {
	s := service{app: a}
	c := &cobra.Command{
		Use: "serve", Short: "Serve the index alone, without crawling", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for {
				err := s.stay(cmd.Context())
				if !errors.Is(err, errRoom) {
					return err
				}
				a.log.Info("the data folder can be written again")
			}
		},
	}
	s.flags(c)
	s.desk = a.newDesk(c)
	return c
}

// configured reads the file that a flag names; none gives the zero value.
func configured[T any](flag, file string, read func([]byte) (T, error)) (v T, err error) {
	if file == "" {
		return v, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return v, fmt.Errorf("--%s: %w", flag, err)
	}
	if v, err = read(text); err != nil {
		return v, fmt.Errorf("--%s %s: %w", flag, file, err)
	}
	return v, nil
}

// prefixes reads addresses and networks.
func prefixes(texts []string) (all []netip.Prefix, err error) {
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			a, err := netip.ParseAddr(text)
			if err != nil {
				return nil, usageError{fmt.Errorf("--trusted-proxy %q: write an address or a network as 172.16.0.0/12", text)}
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

func (s *service) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "address of pages and API; port 0 takes a free one")
	f.StringVar(&s.metrics, "metrics", "", "address of /metrics for Prometheus, such as 127.0.0.1:9090 (default: none)")
	f.StringVar(&s.public, "public-url", "", "address that people use, such as https://bantin.example")
	f.StringSliceVar(&s.origins, "origin", nil, "origin whose scripts may read the API, such as https://portal.example; repeat for several (default: any)")
	f.StringVar(&s.keys, "api-keys", "", "JSON file of the hashed keys of programs that may ask more than a visitor")
	f.StringVar(&s.embed, "embed-sites", "", "JSON file of the sites that may embed the search box (default: any)")
	f.StringSliceVar(&s.proxies, "trusted-proxy", nil, "address or network (CIDR) of a proxy whose X-Forwarded-For is believed, such as 172.16.0.0/12; repeat for several")
	f.BoolVar(&s.follows, "follow", false, "let readers follow searches by mail and programs by webhook (needs --smtp, --smtp-from and --public-url)")
	f.Float64Var(&s.rate, "rate", 20, "requests a second that one client may make for long; 0 for no limit")
}
