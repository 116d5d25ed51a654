package command

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
	"bantin/crawler/site"

	"github.com/spf13/cobra"
)

const maxPage = 64 << 20

func (a *app) extractCommand() *cobra.Command {
	e := extraction{app: a}
	c := &cobra.Command{
		Use: "extract FILE|URL|-", Short: "Read one page and print its bulletin as JSON",
		Long: "Read one saved page, HTML or plain text, an address, or standard input, and print the\n" +
			"bulletin with every fact read out of it. Absent facts are null.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return e.run(cmd.Context(), args[0]) },
	}
	c.Flags().StringVar(&e.url, "url", "", "address that a saved page came from")
	c.Flags().StringVar(&e.site, "site", "", "id of the profile to read it with")
	c.Flags().StringVar(&e.province, "province", "", "slug of the portal's own province, such as tuyen-quang")
	c.Flags().BoolVar(&a.allowPrivate, "allow-private", false, "reach loopback and private addresses")
	return c
}

type extraction struct {
	*app
	url, site, province string
}

func (e *extraction) run(ctx context.Context, name string) error {
	if err := knownProvince(e.province); err != nil {
		return err
	}
	page, err := e.read(ctx, name)
	if err != nil {
		return err
	}
	b, err := e.bulletin(page)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return e.printJSON(b)
}

// read gets the page from where name says, in UTF-8.
func (e *extraction) read(ctx context.Context, name string) ([]byte, error) {
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		if e.url == "" {
			e.url = name
		}
		client := fetch.New(fetch.Options{AllowPrivate: e.allowPrivate, Contact: e.contact})
		defer client.Close()
		visit, err := crawler.Visit(client, 0, false)
		if err != nil {
			return nil, err
		}
		page, err := visit(ctx, site.Request{URL: name})
		return page.Body, err
	}
	var page []byte
	err := e.reading(name, func(r io.Reader) (err error) {
		page, err = io.ReadAll(io.LimitReader(r, maxPage+1))
		return err
	})
	if err == nil && len(page) > maxPage {
		err = fmt.Errorf("%s: larger than %d MB: that is no page", name, maxPage>>20)
	}
	if err != nil {
		return nil, err
	}
	return fetch.Decode(page, ""), nil
}

func (e *extraction) bulletin(page []byte) (bulletin.Bulletin, error) {
	if !looksLikeHTML(page) {
		b, err := extract.Text(string(page), facts.Hint{Province: e.hintProvince(), Fetched: time.Now(), URL: e.url})
		b.URL, b.Site = e.url, e.site
		return identified(b), err
	}
	address, err := url.Parse(e.url)
	if err != nil {
		return bulletin.Bulletin{}, usageError{fmt.Errorf("--url: %w", err)}
	}
	p, err := e.profile(page)
	if err != nil {
		return bulletin.Bulletin{}, err
	}
	got, err := extract.Article(p, address, page, time.Now())
	for _, d := range got.Doubts {
		fmt.Fprintf(e.stderr, "bantin: doubtful: %s\n", d)
	}
	return identified(got.Bulletin), err
}

func identified(b bulletin.Bulletin) bulletin.Bulletin {
	switch {
	case b.ID != "":
	case b.URL != "":
		b.ID = bulletin.NewID(b.Site, b.URL)
	default:
		b.ID = bulletin.NewID(b.Title, b.Body)
	}
	return b
}

func (e *extraction) hintProvince() string {
	if e.province != "" {
		return e.province
	}
	if u, err := url.Parse(e.url); err == nil && e.url != "" {
		slug, _ := bulletin.ProvinceOfHost(u.Hostname())
		return slug
	}
	return ""
}

// profile is the named one, or one for the family that the page shows.
func (e *extraction) profile(page []byte) (*site.Profile, error) {
	if e.site == "" {
		address, err := url.Parse(e.url)
		if err != nil {
			return nil, err
		}
		return &site.Profile{Family: site.DetectFamily(site.Page{URL: address, Body: page}), Province: e.hintProvince()}, nil
	}
	all, err := e.chosen([]string{e.site})
	if err != nil {
		return nil, err
	}
	p := *all[0]
	if e.province != "" {
		p.Province = e.province
	}
	return &p, nil
}

func looksLikeHTML(page []byte) bool {
	head := bytes.ToLower(page[:min(len(page), 4096)])
	for _, mark := range []string{"<!doctype", "<html", "<head", "<body", "<div", "<table", "<p>", "<title"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}
