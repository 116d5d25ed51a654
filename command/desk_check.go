package command

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"bantin/bulletin"
	"bantin/crawler"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
	"bantin/searchd/web/admin"
)

// checkPace is the pause between two requests of a dry run.
const checkPace = time.Second

// Check implements admin.Desk.
func (d *desk) Check(ctx context.Context, address, province, profile string) (admin.Report, error) {
	client := fetch.New(fetch.Options{AllowPrivate: d.allowPrivate, Contact: d.contact, Allow: d.look.allow})
	defer client.Close()
	visit, err := crawler.Visit(client, checkPace, d.look.legacyTLS)
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
		return seen.report(report, profile), nil
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
	return seen.report(report, string(text)), nil
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
		text := extract.Shown(string(page.Body), maxShown)
		t.texts[address], t.texts[page.URL.String()] = text, text
	}
}

// report puts every bulletin beside what its page shows.
func (t *pageTexts) report(r crawler.CheckReport, profile string) admin.Report {
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
	return out
}
