package command

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"bantin/bulletin"
	"bantin/crawler"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
	"bantin/searchd/web/admin"

	"golang.org/x/net/html"
)

// checkPace is the pause between two requests of a dry run.
const checkPace = time.Second

// Check implements admin.Desk.
func (c *console) Check(ctx context.Context, address, province, profile string) (admin.Report, error) {
	client := fetch.New(fetch.Options{AllowPrivate: c.allowPrivate, Contact: c.contact, Allow: c.look.allow})
	defer client.Close()
	visit, err := crawler.Visit(client, checkPace, c.look.legacyTLS)
	if err != nil {
		return admin.Report{}, err
	}
	seen := &pageTexts{texts: map[string]string{}}
	ask := func(ctx context.Context, r site.Request) (site.Page, error) {
		page, err := visit(ctx, r)
		if err == nil {
			seen.add(r.URL, page)
		}
		return page, err
	}
	var report crawler.CheckReport
	if strings.TrimSpace(profile) != "" {
		p, err := readProfile(profile)
		if err != nil {
			return admin.Report{}, err
		}
		report, err = crawler.CheckProfile(ctx, ask, *p)
		if err != nil {
			return admin.Report{}, fmt.Errorf("%w: %w", admin.ErrWrong, err)
		}
		return seen.report(report, profile)
	}
	if _, known := bulletin.ProvinceBySlug(province); province != "" && !known {
		return admin.Report{}, fmt.Errorf("%w: there is no province %q", admin.ErrWrong, province)
	}
	if report, err = crawler.Check(ctx, ask, strings.TrimSpace(address), province); err != nil {
		return admin.Report{}, fmt.Errorf("%w: %w", admin.ErrWrong, err)
	}
	text, err := report.Profile.Marshal()
	if err != nil {
		return admin.Report{}, err
	}
	return seen.report(report, string(text))
}

// pageTexts is what readers see on the pages of a dry run, by the address that
// was asked for.
type pageTexts struct {
	mu    sync.Mutex
	texts map[string]string
}

const (
	maxShown = 8000 // letters of a page
	maxPages = 50
)

func (t *pageTexts) add(address string, page site.Page) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.texts) < maxPages {
		text := visibleText(string(page.Body))
		t.texts[address], t.texts[page.URL.String()] = text, text
	}
}

// report puts every bulletin beside what its page shows.
func (t *pageTexts) report(r crawler.CheckReport, profile string) (admin.Report, error) {
	out := admin.Report{
		OK: r.OK, Family: r.Family, Province: r.Province, Items: len(r.Listing.Items), Warnings: r.Warnings,
		Profile: profile, Read: []admin.Read{},
	}
	if n := r.Listing.Next; n != nil {
		out.Next = n.URL
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, b := range r.Bulletins {
		out.Read = append(out.Read, admin.Read{Bulletin: b, Shown: t.texts[b.URL]})
	}
	return out, nil
}

// visibleText is what a reader sees of a page, a line for a block, shortened.
func visibleText(page string) string {
	var lines []string
	var line strings.Builder
	letters, hidden := 0, 0
	end := func() {
		if s := strings.Join(strings.Fields(line.String()), " "); s != "" {
			lines = append(lines, s)
			letters += len([]rune(s))
		}
		line.Reset()
	}
	for z := html.NewTokenizer(strings.NewReader(page)); letters < maxShown; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		name, _ := z.TagName()
		switch tag := string(name); {
		case kind == html.TextToken && hidden == 0:
			line.Write(z.Text())
		case tag == "script" || tag == "style" || tag == "noscript" || tag == "title" || tag == "template":
			hidden = max(hidden+opened[kind], 0)
		case kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken:
			if !inlineTags[tag] {
				end()
			}
		}
	}
	end()
	return html.UnescapeString(strings.Join(lines, "\n"))
}

// opened is how a tag changes the number of open elements.
var opened = map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}

// inlineTags stand within a line.
var inlineTags = map[string]bool{
	"a": true, "b": true, "i": true, "em": true, "strong": true, "span": true, "u": true, "font": true, "small": true, "sup": true, "sub": true, "mark": true, "abbr": true,
}
