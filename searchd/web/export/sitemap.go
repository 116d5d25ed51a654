package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// maxSitemap is how many addresses the protocol allows in a part of the site map
// (sitemaps.org).
const maxSitemap = 50_000

// maxYears bounds the years that have parts of their own, the latest ones; what
// has another year or none shares the last parts.
const maxYears = 150

// adder adds a page of ours to a part, with the day or year of its last change,
// empty where nobody knows.
type adder func(path, last string) error

// sitemapFile is one part of the site map.
type sitemapFile struct {
	name   string
	last   time.Time // publication of its newest bulletin
	number int       // of the part among those that the pages fill
	pages  func(ctx context.Context, add adder) error
}

// filled are the parts that so many pages fill.
func filled(name string, count int, last time.Time, pages func(context.Context, adder) error) []sitemapFile {
	var files []sitemapFile
	for n := range (count + maxSitemap - 1) / maxSitemap {
		files = append(files, sitemapFile{fmt.Sprintf("%s-%d.xml", name, n+1), last, n, pages})
	}
	return files
}

// errFull ends a part that may hold no more.
var errFull = errors.New("the part is full")

// part adds those pages that are of the part of a number, if each has so much
// room.
func part(number, room int, add adder) adder {
	at := 0
	return func(path, last string) error {
		switch at++; {
		case at <= number*room:
			return nil
		case at > (number+1)*room:
			return errFull
		}
		return add(path, last)
	}
}

// Sitemap lists the parts: the pages, the cited documents, and the bulletins by
// year, so that what is old stays in its part.
func (s *Exports) Sitemap(c *gin.Context) error {
	files, err := s.sitemapFiles(c)
	if err != nil {
		return err
	}
	return s.sitemap(c, "sitemapindex", "sitemap", func(add adder) error {
		for _, f := range files {
			if err := add("/sitemap-"+f.name, dayOf(f.last)); err != nil {
				return err
			}
		}
		return nil
	})
}

// SitemapPart writes one of the parts.
func (s *Exports) SitemapPart(c *gin.Context) error {
	files, err := s.sitemapFiles(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(files, func(f sitemapFile) bool { return f.name == c.Param("name") })
	if i < 0 {
		return answer.NewProblem("not-found", nil)
	}
	return s.sitemap(c, "urlset", "url", func(add adder) error {
		err := files[i].pages(c, part(files[i].number, maxSitemap, add))
		if errors.Is(err, errFull) {
			return nil
		}
		return err
	})
}

func (s *Exports) sitemapFiles(ctx context.Context) ([]sitemapFile, error) {
	newest, err := s.newest(ctx, nil)
	if err != nil {
		return nil, err
	}
	files := []sitemapFile{{name: "pages.xml", last: newest, pages: s.sitemapPages}}
	counts, err := s.DocumentCounts(ctx)
	if err != nil {
		return nil, err
	}
	files = append(files, filled("documents", len(counts), newest, s.sitemapDocuments)...)
	res, err := s.Index.Search(ctx, index.Query{Facets: []index.Field{index.Year}})
	if err != nil {
		return nil, err
	}
	known, rest := index.Or{}, res.Total
	years := answer.ByTime(res.Facets[index.Year])
	for _, year := range years[:min(maxYears, len(years))] {
		q := index.Query{Filters: map[index.Field][]string{index.Year: {year.Value}}, Sort: index.Oldest}
		if newest, err = s.newest(ctx, q.Filters); err != nil {
			return nil, err
		}
		files = append(files, filled("bulletins-"+year.Value, year.Count, newest, s.sitemapBulletins(q))...)
		known.Children = append(known.Children, index.Term{Field: index.Year, Value: year.Value})
		rest -= year.Count
	}
	q := index.Query{Sort: index.Oldest}
	if len(known.Children) > 0 {
		q.Root = index.Not{Child: known}
	}
	return append(files, filled("bulletins-other", rest, time.Time{}, s.sitemapBulletins(q))...), nil
}

// sitemapBulletins writes the pages of the bulletins that a query finds.
func (s *Exports) sitemapBulletins(q index.Query) func(context.Context, adder) error {
	return func(ctx context.Context, add adder) error {
		return s.Index.Each(ctx, q, func(d index.Document) error { return add("/bulletins/"+url.PathEscape(d.ID), dayOf(d.Published)) })
	}
}

// newest returns when the newest bulletin of a selection was published, the
// zero time for none.
func (s *Exports) newest(ctx context.Context, filters map[index.Field][]string) (time.Time, error) {
	res, err := s.Index.Search(ctx, index.Query{Filters: filters, Sort: index.Newest, Size: 1, Expand: true})
	if err != nil || len(res.Hits) == 0 {
		return time.Time{}, err
	}
	return res.Hits[0].Published, nil
}

// sitemapPages writes the pages that are always there.
func (s *Exports) sitemapPages(ctx context.Context, add adder) error {
	last, err := s.newest(ctx, nil)
	for _, path := range []string{"/", "/meetings", "/coverage", "/trends", "/concordance", "/compare", "/status"} {
		err = cmp.Or(err, add(path, dayOf(last)))
	}
	err = cmp.Or(err, add("/help", ""), add("/embed", ""))
	for _, p := range bulletin.Provinces() {
		if err != nil {
			return err
		}
		if last, err = s.newest(ctx, map[index.Field][]string{index.Province: {p.Slug}}); err == nil {
			err = add("/provinces/"+p.Slug, dayOf(last))
		}
	}
	return err
}

// sitemapDocuments writes the pages of the cited documents, in the order of
// their keys, each with the last year in which a bulletin cited it: one walk
// over the columns of the facets tells that of all of them.
func (s *Exports) sitemapDocuments(ctx context.Context, add adder) error {
	pairs, err := s.Index.Cross(ctx, index.Query{}, index.Cites, index.Year)
	if err != nil {
		return err
	}
	last := map[string]string{}
	for pair := range pairs {
		last[pair[0]] = max(last[pair[0]], pair[1])
	}
	counts, err := s.DocumentCounts(ctx)
	if err != nil {
		return err
	}
	keys := make([]string, len(counts))
	for i, d := range counts {
		keys[i] = d.Value
	}
	slices.Sort(keys)
	for _, key := range keys {
		if err := add("/documents/"+url.PathEscape(key), last[key]); err != nil {
			return err
		}
	}
	return nil
}

// sitemap answers with the addresses that f adds, as the protocol wants them.
func (s *Exports) sitemap(c *gin.Context, root, element string, f func(add adder) error) error {
	base := s.Base(c)
	c.Header("Content-Type", "application/xml; charset=utf-8")
	return s.send(c, func(w *bufio.Writer, sent func() error) error {
		e := xml.NewEncoder(w)
		_, err := io.WriteString(w, xml.Header+"<"+root+` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+"\n")
		if err == nil {
			err = f(func(path, last string) error {
				address := struct {
					Loc     string `xml:"loc"`
					LastMod string `xml:"lastmod,omitempty"`
				}{base + path, last}
				return cmp.Or(sent(), e.EncodeElement(address, xml.StartElement{Name: xml.Name{Local: element}}), w.WriteByte('\n'))
			})
		}
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, "</"+root+">\n")
		return err
	})
}

// dayOf writes a day, nothing for the zero time.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(bulletin.Zone).Format(time.DateOnly)
}
