package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
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

// sitemapFile is one part of the site map.
type sitemapFile struct {
	name  string
	last  time.Time // publication of its newest bulletin
	write func(c *gin.Context) error
}

// Sitemap lists the parts: the pages, the cited documents, and the bulletins by
// year, so that what is old stays in its part.
func (s *Exports) Sitemap(c *gin.Context) error {
	files, err := s.sitemapFiles(c)
	if err != nil {
		return err
	}
	base := s.Base(c)
	c.Header("Content-Type", "application/xml; charset=utf-8")
	return s.send(c, func(w *bufio.Writer, _ func() error) error {
		m := sitemapWriter{w: w, base: base, element: "sitemap"}
		m.print(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for _, f := range files {
			m.entry("/sitemap-"+f.name, f.last)
		}
		m.print("</sitemapindex>\n")
		return m.err
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
	c.Header("Content-Type", "application/xml; charset=utf-8")
	return files[i].write(c)
}

func (s *Exports) sitemapFiles(ctx context.Context) ([]sitemapFile, error) {
	newest, err := s.newest(ctx, nil)
	if err != nil {
		return nil, err
	}
	files := []sitemapFile{{name: "pages.xml", last: newest, write: s.sitemapPages}}
	counts, err := s.DocumentCounts(ctx)
	if err != nil {
		return nil, err
	}
	for n := range parts(len(counts), maxSitemap) {
		files = append(files, sitemapFile{fmt.Sprintf("documents-%d.xml", n+1), newest, func(c *gin.Context) error { return s.sitemapDocuments(c, n) }})
	}
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
		files = append(files, s.sitemapYear(year, q, newest)...)
		known.Children = append(known.Children, index.Term{Field: index.Year, Value: year.Value})
		rest -= year.Count
	}
	q := index.Query{Sort: index.Oldest}
	if len(known.Children) > 0 {
		q.Root = index.Not{Child: known}
	}
	return append(files, s.sitemapYear(index.Count{Value: "other", Count: rest}, q, time.Time{})...), nil
}

// sitemapYear lists the parts that the bulletins of one year fill.
func (s *Exports) sitemapYear(year index.Count, q index.Query, newest time.Time) []sitemapFile {
	var files []sitemapFile
	for n := range parts(year.Count, maxSitemap) {
		files = append(files, sitemapFile{fmt.Sprintf("bulletins-%s-%d.xml", year.Value, n+1), newest, func(c *gin.Context) error {
			base := s.Base(c)
			f := form{newList: func(w io.Writer, _ listMeta) lister {
				return &bulletinMap{sitemapWriter{w: w, base: base, element: "url"}, n * maxSitemap, maxSitemap}
			}}
			return s.stream(c, q, f, listMeta{})
		}})
	}
	return files
}

// Parts is how many parts of a size n things fill.
func parts(n, size int) int { return (n + size - 1) / size }

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
func (s *Exports) sitemapPages(c *gin.Context) error {
	base := s.Base(c)
	return s.send(c, func(w *bufio.Writer, sent func() error) error {
		m := sitemapWriter{w: w, base: base, element: "url"}
		m.begin()
		last, err := s.newest(c, nil)
		for _, path := range []string{"/", "/meetings", "/coverage", "/trends", "/concordance", "/compare", "/status"} {
			m.entry(path, last)
		}
		for _, path := range []string{"/help", "/embed"} {
			m.entry(path, time.Time{})
		}
		for _, p := range bulletin.Provinces() {
			if err == nil {
				last, err = s.newest(c, map[index.Field][]string{index.Province: {p.Slug}})
			}
			m.entry("/provinces/"+p.Slug, last)
		}
		m.end()
		return cmp.Or(err, sent(), m.err)
	})
}

// sitemapDocuments writes the pages of the cited documents, in the order of
// their keys, each with the last year in which a bulletin cited it: one walk
// over the columns of the facets tells that of all of them.
func (s *Exports) sitemapDocuments(c *gin.Context, n int) error {
	pairs, err := s.Index.Cross(c, index.Query{}, index.Cites, index.Year)
	if err != nil {
		return err
	}
	last := map[string]string{}
	for pair := range pairs {
		last[pair[0]] = max(last[pair[0]], pair[1])
	}
	counts, err := s.DocumentCounts(c)
	if err != nil {
		return err
	}
	keys := make([]string, len(counts))
	for i, d := range counts {
		keys[i] = d.Value
	}
	slices.Sort(keys)
	keys = keys[min(n*maxSitemap, len(keys)):min((n+1)*maxSitemap, len(keys))]
	base := s.Base(c)
	return s.send(c, func(w *bufio.Writer, sent func() error) error {
		m := sitemapWriter{w: w, base: base, element: "url"}
		m.begin()
		for _, key := range keys {
			m.page("/documents/"+url.PathEscape(key), last[key])
			if err := cmp.Or(sent(), m.err); err != nil {
				return err
			}
		}
		m.end()
		return m.err
	})
}

// bulletinMap writes some of a year's bulletins.
type bulletinMap struct {
	sitemapWriter
	skip, room int
}

func (l *bulletinMap) begin() error {
	l.sitemapWriter.begin()
	return l.err
}

func (l *bulletinMap) add(d index.Document) error {
	switch {
	case l.skip > 0:
		l.skip--
		return nil
	case l.room == 0:
		return errFull
	}
	l.room--
	l.entry("/bulletins/"+url.PathEscape(d.ID), d.Published)
	return l.err
}

func (l *bulletinMap) end() error {
	l.sitemapWriter.end()
	return l.err
}

// sitemapWriter writes addresses as the sitemap protocol wants them.
type sitemapWriter struct {
	w       io.Writer
	base    string
	element string
	err     error // the first, after which nothing is written
}

func (m *sitemapWriter) begin() {
	m.print(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
}

func (m *sitemapWriter) end() { m.print("</urlset>\n") }

func (m *sitemapWriter) entry(path string, at time.Time) {
	day := ""
	if !at.IsZero() {
		day = at.In(bulletin.Zone).Format(time.DateOnly)
	}
	m.page(path, day)
}

// page writes an address that last changed on a day or in a year, as far as
// that is known.
func (m *sitemapWriter) page(path, last string) {
	var b strings.Builder
	b.WriteString("<" + m.element + "><loc>")
	m.err = cmp.Or(m.err, xml.EscapeText(&b, []byte(m.base+path)))
	b.WriteString("</loc>")
	if last != "" {
		b.WriteString("<lastmod>" + last + "</lastmod>")
	}
	m.print(b.String() + "</" + m.element + ">\n")
}

func (m *sitemapWriter) print(s string) {
	if m.err == nil {
		_, m.err = io.WriteString(m.w, s)
	}
}
