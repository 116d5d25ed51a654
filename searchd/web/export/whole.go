// Package export writes whole results for programs: feeds, tables,
// bibliographies and site maps, streamed in bounded memory.
package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"time"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// Exports answers with whole results.
type Exports struct{ *answer.Service }

// form is a way to write a whole result, one bulletin after the other.
type form struct {
	suffix string
	kind   string // content type
	feed   bool   // follows a search: newest first, never relaxed
	attach bool   // meant for a file
	write  func(w io.Writer, m listMeta, all each) error
}

// each calls a function with one bulletin of a result after the other, until it
// fails.
type each func(func(index.Document) error) error

// listMeta is what is known of a result before it is written.
type listMeta struct {
	answer.Labels
	base    string    // address of the service
	self    string    // address of this very list
	page    string    // address of its page
	title   string    // of a feed
	id      string    // stable name of the search
	updated time.Time // of the newest bulletin
}

// WholeParams are the parameters of a whole result.
var WholeParams = answer.WithFacets("from", "to", "sort", "lang")

// Whole answers with all that a search finds, in bounded memory.
func (s *Exports) Whole(f form) func(*gin.Context, answer.Params) error {
	return func(c *gin.Context, p answer.Params) error {
		q, m, err := s.prepareWhole(c, f, p)
		if err != nil {
			return err
		}
		h := c.Writer.Header()
		h.Set("Content-Type", f.kind)
		if f.attach {
			h.Set("Content-Disposition", `attachment; filename="bantin.`+f.suffix+`"`)
		}
		return s.stream(c, q, f, m)
	}
}

// prepareWhole works out which reading of the text is written, and what the
// list says of itself.
func (s *Exports) prepareWhole(c *gin.Context, f form, p answer.Params) (index.Query, listMeta, error) {
	r, err := s.Run(c, p, func(q *index.Query) error {
		q.Expand, q.Size = true, 1
		if f.feed {
			q.Sort = index.Newest
		}
		return nil
	})
	q, res := r.Asked, r.Result
	if err != nil {
		return q, listMeta{}, answer.SearchProblem(err, "after")
	}
	q.Root, q.Size = res.Root, 0
	m := s.listMeta(c, f, p)
	if len(res.Hits) > 0 {
		m.updated = res.Hits[0].Published
	}
	return q, m, nil
}

func (s *Exports) listMeta(c *gin.Context, f form, p answer.Params) listMeta {
	l := s.Labeller(c, s.Language(c))
	base := s.Base(c)
	plain := p
	plain.Lang, plain.Sort = "", index.Relevance
	sum := sha256.Sum256([]byte(plain.Address("")))
	return listMeta{
		Labels: l, base: base, self: base + p.Address("/search."+f.suffix), page: base + p.Address("/search"),
		title: SearchTitle(c, l, p), id: "urn:bantin:search:" + hex.EncodeToString(sum[:10]),
	}
}

// SearchTitle names a feed of a search.
func SearchTitle(ctx context.Context, l answer.Labels, p answer.Params) string {
	return l.T("name") + ": " + l.Search(ctx, p)
}

// flushEvery is after how many bulletins the client is sent what there is.
const flushEvery = 500

// stream writes the matches of q as they are read.
func (s *Exports) stream(c *gin.Context, q index.Query, f form, m listMeta) error {
	return s.send(c, func(w *bufio.Writer, sent func() error) error {
		return f.write(w, m, func(do func(index.Document) error) error {
			return s.Index.Each(c, q, func(d index.Document) error {
				if err := sent(); err != nil {
					return err
				}
				return do(d)
			})
		})
	})
}

// send writes an answer piece by piece; f says before each that it comes. What
// fails once something was sent ends the connection, so that nobody takes half
// for the whole.
func (s *Exports) send(c *gin.Context, f func(w *bufio.Writer, sent func() error) error) error {
	if c.Request.Method == http.MethodHead {
		c.Status(http.StatusOK)
		return nil
	}
	w := bufio.NewWriterSize(c.Writer, 32<<10)
	n := 0
	err := f(w, func() error {
		if n++; n%flushEvery == 0 {
			if err := w.Flush(); err != nil {
				return err
			}
			c.Writer.Flush()
		}
		return nil
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil && c.Writer.Written() {
		s.Log.Warn("whole result cut off", "route", c.FullPath(), "after", n, "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}
