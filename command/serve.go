package command

import (
	"context"
	"fmt"
	"net"
	"os"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/searchd"
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
	embed   string
}

// serve answers until ctx ends.
func (s *service) serve(ctx context.Context, ix index.Index, ar *archive.Archive) error {
	var embedding embed.Sites
	if s.embed != "" {
		text, err := os.ReadFile(s.embed)
		if err != nil {
			return fmt.Errorf("--embed-sites: %w", err)
		}
		if embedding, err = embed.ReadSites(text); err != nil {
			return fmt.Errorf("--embed-sites %s: %w", s.embed, err)
		}
	}
	return searchd.Serve(ctx, searchd.Config{
		Listen: s.listen, Metrics: s.metrics,
		Web: web.Config{
			Index: ix, Store: ar, Missing: archive.ErrNotFound, Log: s.log,
			PublicURL: s.public, Origins: s.origins, Rate: s.rate, Burst: int(4*s.rate) + 1, EmbedSites: embedding,
		},
		Started: func(addr net.Addr) { fmt.Fprintf(s.stdout, "Bantin is ready: http://%s\n", addr) },
	})
}

func (a *app) serveCommand() *cobra.Command {
	s := service{app: a}
	var d *desk
	c := &cobra.Command{
		Use: "serve", Short: "Serve the index alone, without crawling", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withIndex(cmd.Context(), a.searched, func(ar *archive.Archive, ix *indexer.Live) error {
				loops, err := d.loops(ar, ix, s.public)
				if err != nil {
					return err
				}
				return together(cmd.Context(), append(loops,
					func(ctx context.Context) error { return s.serve(ctx, ix, ar) },
					func(ctx context.Context) error { return a.follow(ctx, ar, ix) })...)
			})
		},
	}
	s.flags(c)
	d = a.newDesk(c)
	return c
}

func (s *service) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "address of pages and API; port 0 takes a free one")
	f.StringVar(&s.metrics, "metrics", "", "address of /metrics for Prometheus, such as 127.0.0.1:9090 (default: none)")
	f.StringVar(&s.public, "public-url", "", "address that people use, such as https://bantin.example")
	f.StringSliceVar(&s.origins, "origin", nil, "origin whose scripts may read the API, such as https://portal.example; repeat for several")
	f.StringVar(&s.embed, "embed-sites", "", "JSON file of the sites that may embed the search box (default: any)")
	f.Float64Var(&s.rate, "rate", 20, "requests a second that one client may make for long; 0 for no limit")
}
