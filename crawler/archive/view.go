package archive

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// view is one reading transaction: all it reads is of one moment.
type view struct {
	*store.View
	a     *Archive
	known map[string][]string // documents by stem, as read so far
}

// view runs do over one moment of the archive.
func (a *Archive) view(ctx context.Context, do func(*view) error) error {
	return a.store.View(ctx, func(v *store.View) error {
		return do(&view{View: v, a: a, known: map[string][]string{}})
	})
}

// read gives what do reads of one moment of the archive.
func read[T any](ctx context.Context, a *Archive, do func(*view) (T, error)) (found T, err error) {
	err = a.view(ctx, func(v *view) error {
		found, err = do(v)
		return err
	})
	return found, err
}

// state is a row of the table of bulletins, for reading.
type state struct {
	num, seq  int64
	id        string
	version   int
	gone      time.Time
	withdrawn bool
	group     string
	meeting   string
}

const stateColumns = `num, seq, id, version, gone, withdrawn <> 0,
	coalesce((select l.id from bulletin l where l.num = bulletin.leader), id), coalesce(meeting, '')`

func (s *state) dest() []any {
	return []any{&s.num, &s.seq, &s.id, &s.version, when(&s.gone), &s.withdrawn, &s.group, &s.meeting}
}

// change is the present state of a bulletin as the feed tells it.
func (v *view) change(ctx context.Context, s state) (bulletin.Change, error) {
	c := bulletin.Change{Seq: s.seq, ID: s.id, Gone: s.gone, Group: s.group, Meeting: s.meeting}
	if s.withdrawn {
		return c, nil
	}
	b, _, err := v.version(ctx, s.num, s.version)
	if err != nil {
		return c, fmt.Errorf("bulletin %s: %w", s.id, err)
	}
	c.Bulletin = &b
	return c, nil
}

// version reads one version, its citations resolved and its attachments
// filled from what the archive knows now.
func (v *view) version(ctx context.Context, num int64, number int) (b bulletin.Bulletin, fetched time.Time, err error) {
	if b, fetched, err = v.printed(ctx, num, number); err != nil {
		return b, fetched, err
	}
	if err := v.fillAttachments(ctx, &b); err != nil {
		return b, fetched, err
	}
	err = v.resolve(ctx, &b)
	return b, fetched, err
}

// printed reads one version as it was stored.
func (v *view) printed(ctx context.Context, num int64, number int) (b bulletin.Bulletin, fetched time.Time, err error) {
	var body []byte
	err = v.Row(ctx, "select fetched, body from version where bulletin = $1 and number = $2", []any{num, number}, when(&fetched), &body)
	if err != nil {
		return b, fetched, missing(err)
	}
	if b, err = v.a.codec.bulletin(body); err != nil {
		return b, fetched, fmt.Errorf("version %d: %w", number, err)
	}
	dropForeign(&b)
	return b, fetched, nil
}

// dropForeign takes addresses away that are none of the web, such as
// javascript: ones that were stored before they were refused: answers carry
// addresses as links.
func dropForeign(b *bulletin.Bulletin) {
	if foreign(b.URL) {
		b.URL = ""
	}
	for i := range b.Attachments {
		if foreign(b.Attachments[i].URL) {
			b.Attachments[i].URL = ""
		}
	}
}

// foreign tells that an address has a scheme which is neither http nor https,
// as a browser reads it: it passes over control characters and space before,
// and over tabs and ends of line anywhere (https://url.spec.whatwg.org/#url-parsing).
// An address without a scheme is not foreign.
func foreign(address string) bool {
	address = strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' })
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
	scheme, _, found := strings.Cut(address, ":")
	if !found || scheme == "" || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") {
		return false
	}
	for i, c := range []byte(strings.ToLower(scheme)) {
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}
