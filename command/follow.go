package command

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/indexer"
	"bantin/searchd/alert"
	question "bantin/searchd/web/answer"
)

// readers are those who follow searches; nil when that is off. The book that
// remembers them is closed in the end.
func (s *service) readers(ix *indexer.Live, ar *archive.Archive) (r *alert.Readers, err error) {
	if !s.follows {
		return nil, nil
	}
	al := &s.desk.alarms
	if al.server == "" || al.from == "" || s.public == "" {
		return nil, usageError{errors.New("--follow sends letters: it needs --smtp, --smtp-from and --public-url")}
	}
	mail, err := al.mail()
	if err != nil {
		return nil, err
	}
	book, err := alert.OpenBook(filepath.Join(s.data, "followers.db"))
	if err != nil {
		return nil, fmt.Errorf("who follows what: %w", err)
	}
	words, err := question.New(question.Config{Index: ix, Store: ar, Absent: archive.ErrNotFound, Log: s.log, PublicURL: s.public, Searched: func(time.Duration, int) {}})
	if err == nil {
		r, err = alert.NewReaders(alert.ReadersConfig{
			Book: book, Feed: ar, Answers: question.News{Service: words}, Position: ix.Position,
			Mail: mail, Address: s.public, HookClient: guarded(s.allowPrivate), Log: s.log,
		})
	}
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return r, nil
}

// guarded asks addresses that anybody may have named: it reaches none that is
// private, unless all may be reached, and follows no redirects.
func guarded(private bool) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !private {
		dialer.Control = fetch.Public
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext:         dialer.DialContext,
			TLSHandshakeTimeout: 10 * time.Second, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       20 * time.Second,
	}
}
