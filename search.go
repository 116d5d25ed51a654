package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/searchd/web"

	"github.com/spf13/cobra"
)

// filters are the search's parameters as flags.
type filters struct {
	many   map[string]*[]string
	period stretch
}

func (f *filters) flags(c *cobra.Command) {
	f.many = map[string]*[]string{}
	for _, p := range []struct{ name, help string }{
		{"province", "slug of a province as of the bulletin's date, such as tuyen-quang"},
		{"province-now", "slug of today's province"},
		{"quarter", "quarter covered, such as 2020-Q3"},
		{"year", "year of publication"},
		{"org", "id of an organization, such as mttq"},
		{"kind", "kind of event, such as giao-ban"},
		{"source", "id of a site"},
		{"cites", "key or number of a cited document"},
	} {
		f.many[p.name] = c.Flags().StringSlice(p.name, nil, p.help+"; repeat for several")
	}
	f.period.flags(c)
}

func (f *filters) values() url.Values {
	v := url.Values{}
	for name, values := range f.many {
		for _, value := range *values {
			v.Add(strings.ReplaceAll(name, "-", "_"), value)
		}
	}
	set(v, "from", f.period.from)
	set(v, "to", f.period.to)
	return v
}

func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

func (a *app) searchCommand() *cobra.Command {
	var f filters
	var size int
	var sort, after string
	var asJSON bool
	c := &cobra.Command{
		Use: "search QUERY", Short: "Search in the terminal, with the same query language as the pages",
		Long: "Search with the same query language and the same answers as the service. Words are\n" +
			"required; \"…\" is a phrase, -word excludes. Put -- before a query that begins with a minus.",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			v := f.values()
			set(v, "q", strings.Join(args, " "))
			set(v, "sort", sort)
			set(v, "after", after)
			v.Set("size", strconv.Itoa(size))
			var body strings.Builder
			if err := a.ask(cmd.Context(), "/api/v1/search", v, &body); err != nil {
				return err
			}
			if asJSON {
				_, err := io.WriteString(a.stdout, body.String())
				return err
			}
			return a.printHits(body.String())
		},
	}
	f.flags(c)
	c.Flags().IntVar(&size, "size", 10, "hits to print")
	c.Flags().StringVar(&sort, "sort", "", "relevance, newest or oldest")
	c.Flags().StringVar(&after, "after", "", "where the page before ended")
	c.Flags().BoolVar(&asJSON, "json", false, "print the JSON of /api/v1/search")
	c.Flags().StringVar(&a.listen, "listen", "127.0.0.1:8080", "service to ask when one has the index open")
	return c
}

// ask puts a question to the service: in this process, or to the one that has
// the index open. What is no success becomes an error.
func (a *app) ask(ctx context.Context, path string, v url.Values, out io.Writer) error {
	address := path + "?" + v.Encode()
	err := a.withIndex(ctx, func(ar *archive.Archive, ix *indexer.Live) error {
		if _, err := indexer.CatchUp(ctx, ar, ix, nil); err != nil {
			return err
		}
		handler, err := web.New(web.Config{Index: ix, Store: ar, Missing: archive.ErrNotFound})
		if err != nil {
			return err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		req.RemoteAddr = "127.0.0.1:0"
		w := &inside{header: http.Header{}, out: out}
		handler.ServeHTTP(w, req)
		return w.err()
	})
	if !errors.Is(err, index.ErrLocked) {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+a.listen+address, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the index is in use by another process, and no service answers: %w; give its address with --listen", err)
	}
	defer resp.Body.Close()
	w := &inside{header: resp.Header, out: out}
	w.WriteHeader(resp.StatusCode)
	if _, err := io.Copy(w, resp.Body); err != nil {
		return err
	}
	return w.err()
}

// inside is the answer to a request made in this process: a success is passed
// on as it comes, a problem is kept.
type inside struct {
	header  http.Header
	out     io.Writer
	status  int
	problem strings.Builder
	failed  error
}

func (w *inside) Header() http.Header { return w.header }

func (w *inside) WriteHeader(status int) { w.status = status }

func (w *inside) Write(p []byte) (int, error) {
	if w.status >= http.StatusBadRequest {
		return w.problem.Write(p[:min(len(p), 1<<16)])
	}
	n, err := w.out.Write(p)
	if err != nil {
		w.failed = err
	}
	return n, err
}

// Flush does nothing: the answer is passed on as it comes.
func (w *inside) Flush() {}

// err is the problem that the service told.
func (w *inside) err() error {
	if w.status < http.StatusBadRequest {
		return w.failed
	}
	var p struct{ Title, Detail string }
	if json.Unmarshal([]byte(w.problem.String()), &p) != nil || p.Title == "" {
		p.Title = http.StatusText(w.status)
	}
	err := errors.New(strings.TrimSuffix(strings.TrimSpace(p.Title+": "+p.Detail), ":"))
	if w.status == http.StatusBadRequest {
		return usageError{err}
	}
	return err
}

var tag = regexp.MustCompile(`<[^>]*>`)

// printHits shows the JSON of a search to a person.
func (a *app) printHits(body string) error {
	var r struct {
		Query struct {
			Relaxed   bool
			Corrected *string
		}
		Total int
		Hits  []struct {
			URL, Title  string
			SnippetHTML string `json:"snippet_html"`
			Published   string
			Province    *struct{ Label string }
			Period      *struct{ Year, Quarter int }
			Duplicates  int
		}
		Next *string
	}
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, quantity(r.Total, "bulletin"))
	if r.Query.Relaxed {
		fmt.Fprintln(a.stdout, "nothing has all of it as typed: these are near")
	}
	if r.Query.Corrected != nil && *r.Query.Corrected != "" {
		fmt.Fprintf(a.stdout, "did you mean: %s\n", *r.Query.Corrected)
	}
	for i, h := range r.Hits {
		facts := []string{}
		if len(h.Published) >= len("2006-01-02") {
			facts = append(facts, h.Published[:len("2006-01-02")])
		}
		if h.Province != nil {
			facts = append(facts, h.Province.Label)
		}
		if h.Period != nil {
			facts = append(facts, fmt.Sprintf("%d-Q%d", h.Period.Year, h.Period.Quarter))
		}
		if h.Duplicates > 0 {
			facts = append(facts, fmt.Sprintf("+%d near-duplicates", h.Duplicates))
		}
		fmt.Fprintf(a.stdout, "\n%d. %s\n   %s\n", i+1, h.Title, strings.Join(facts, " · "))
		if s := html.UnescapeString(tag.ReplaceAllString(h.SnippetHTML, "")); s != "" {
			fmt.Fprintf(a.stdout, "   %s\n", s)
		}
		fmt.Fprintf(a.stdout, "   %s\n", h.URL)
	}
	if r.Next != nil && *r.Next != "" {
		fmt.Fprintf(a.stdout, "\nmore: --after %s\n", *r.Next)
	}
	return nil
}
