package alert

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"bantin/bulletin"
)

// Feed is what Readers ask of the archive.
type Feed interface {
	Changes(ctx context.Context, after int64, limit int) ([]bulletin.Change, error)
	Last(ctx context.Context) (int64, error)
	Epoch(ctx context.Context) (string, error)
	Holds(ctx context.Context, epoch string, position int64) (bool, error)
}

// Answers is what Readers ask of the service.
type Answers interface {
	// Among returns the bulletins among ids that a question finds, newest first.
	Among(ctx context.Context, question, language string, ids []string) ([]Item, error)
	// Asked writes what a question asks for in a bulletin: equal texts are no news.
	Asked(question string, b *bulletin.Bulletin) string
	// Versions returns every state of a bulletin, oldest first.
	Versions(ctx context.Context, id string) ([]bulletin.Version, error)
}

// ReadersConfig says where readers are remembered, what is followed for them
// and how they are told. All but Log and HookClient is required.
type ReadersConfig struct {
	Book     *Book
	Feed     Feed
	Answers  Answers
	Position func(ctx context.Context) (int64, error) // how far the index has followed the feed

	Mail       Mail
	Address    string       // of the service, such as https://bantin.example
	HookClient *http.Client // for addresses that anybody may name: it must reach none that is private; nil takes no webhooks
	Log        *slog.Logger
}

// Readers tells readers by mail and programs by webhook of what they follow:
// of every bulletin once, and again when the portal changed what their question
// asks for. Run does it; the other methods may be called beside.
type Readers struct {
	ReadersConfig
	letters map[string]*words // by language
	wake    chan struct{}

	mu        sync.Mutex
	key       []byte
	followers map[string]*Follower // as in the book
}

// NewReaders checks the configuration and takes up what the book holds.
func NewReaders(c ReadersConfig) (*Readers, error) {
	if err := c.Mail.check(); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(c.Address, "https://") && !strings.HasPrefix(c.Address, "http://") {
		return nil, fmt.Errorf("the address of the service %q is written in letters: write it with https://", c.Address)
	}
	c.Address = strings.TrimSuffix(c.Address, "/")
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	r := &Readers{ReadersConfig: c, wake: make(chan struct{}, 1), letters: map[string]*words{}}
	for _, lang := range []string{"vi", "en"} {
		var err error
		if r.letters[lang], err = loadWords(lang); err != nil {
			return nil, err
		}
	}
	err := c.Book.view(func(p page) (err error) {
		r.key = p.secret()
		r.followers, err = p.followers()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("who follows what: %w", err)
	}
	return r, nil
}

// lookEvery is how often the feed is looked at.
const lookEvery = 10 * time.Second

// Run follows the feed and sends letters until ctx ends; what is left then is
// done by the next run over the same book.
func (r *Readers) Run(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := r.Step(ctx, time.Now()); err != nil && ctx.Err() == nil {
			r.Log.Error("letters to readers", "error", err)
		}
		select {
		case <-tick.C:
		case <-r.wake:
		case <-ctx.Done():
			return nil
		}
	}
}

// Step takes up what the feed brought, writes the letters that are due and
// sends what waits.
func (r *Readers) Step(ctx context.Context, now time.Time) error {
	err := r.follow(ctx, now)
	return errors.Join(err, r.expire(now), r.write(now), r.send(ctx, now), r.Book.scrub())
}

// soon makes Run step now.
func (r *Readers) soon() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// change lets f change followers, and keeps what it changed; a nil follower is
// forgotten. Nothing is changed when it cannot be kept.
func (r *Readers) change(f func(p page) (changed map[string]*Follower, err error)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var changed map[string]*Follower
	err := r.Book.update(func(p page) (err error) {
		if changed, err = f(p); err != nil {
			return err
		}
		for id, one := range changed {
			if one == nil {
				r.Book.stale.Store(true)
				err = p.remove(id)
			} else {
				err = p.put(followersBucket, []byte(id), one)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id, one := range changed {
		if delete(r.followers, id); one != nil {
			r.followers[id] = one
		}
	}
	return nil
}

// Wish is what somebody wants to follow.
type Wish struct {
	To       string // a mail address or that of a webhook
	Question string // the query of an address
	Title    string // the question in words
	Language string
	Every    Rhythm
}

// Ask sends a letter in which the wish can be confirmed. Whether the address
// follows anything yet shows in nothing: neither in the error nor in the time
// it takes.
func (r *Readers) Ask(w Wish, now time.Time) error {
	to, err := mailAddress(w.To)
	switch {
	case err != nil:
		return err
	case w.Every != Daily && w.Every != Weekly:
		return ErrRhythm
	case len(w.Question) > maxQuestion:
		return ErrQuestion
	case r.letters[w.Language] == nil:
		w.Language = "vi"
	}
	f := w.follower(to, now)
	err = r.change(func(p page) (map[string]*Follower, error) {
		unconfirmed, ofOne, asked := r.count(to)
		if len(r.followers) >= maxFollowers || unconfirmed >= maxUnconfirmed {
			return nil, ErrFull
		}
		if ofOne >= maxOfOne || asked >= maxAskedOfOne {
			return nil, nil
		}
		l, err := r.letters[w.Language].letter("confirm", struct{ Link, Address string }{r.address("/follow/confirm", forConfirming, f.ID), r.Address})
		if err != nil {
			return nil, err
		}
		l.ID, l.To, l.Follower, l.Made = rand.Text(), to, f.ID, now.UTC()
		return map[string]*Follower{f.ID: f}, p.post(l)
	})
	r.soon()
	return err
}

// count counts those who have not confirmed, and the followers and unconfirmed
// wishes of one address.
func (r *Readers) count(to string) (unconfirmed, ofOne, askedOfOne int) {
	for _, f := range r.followers {
		open := f.Since.IsZero()
		if open {
			unconfirmed++
		}
		if f.To == to {
			ofOne++
			if open {
				askedOfOne++
			}
		}
	}
	return unconfirmed, ofOne, askedOfOne
}

// address is that of a page of the service for one follower.
func (r *Readers) address(path, purpose, id string) string {
	return r.Address + path + "?t=" + token(r.key, purpose, id)
}

// Asked returns the wish that a token of a letter confirms; false when it is
// unknown, out of date or forged.
func (r *Readers) Asked(t string) (Follower, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.followers[readToken(r.key, forConfirming, t)]
	if f == nil {
		return Follower{}, false
	}
	return *f, true
}

// Confirm lets the wish of a token hold, in the place of an older one of that
// address for the same question; false when the token is unknown.
func (r *Readers) Confirm(t string, now time.Time) (f Follower, ok bool, err error) {
	err = r.change(func(page) (map[string]*Follower, error) {
		asked := r.followers[readToken(r.key, forConfirming, t)]
		if asked == nil {
			return nil, nil
		}
		f, ok = *asked, true
		if !f.Since.IsZero() {
			return nil, nil
		}
		f.Since = now.UTC()
		changed := map[string]*Follower{f.ID: &f}
		for id, other := range r.followers {
			if id != f.ID && other.To == f.To && other.Question == f.Question && !other.Since.IsZero() {
				f.Since, f.Sent, f.Pending, f.More, f.Recent = other.Since, other.Sent, other.Pending, other.More, other.Recent
				changed[id] = nil
			}
		}
		return changed, nil
	})
	return f, ok, err
}

// Followed is one of the questions that an address follows.
type Followed struct {
	Follower
	Token string // that ends it
}

// Of returns what the address of a token's follower follows, that one first;
// nothing for an unknown token.
func (r *Readers) Of(t string) []Followed {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.followers[readToken(r.key, forLeaving, t)]
	if f == nil {
		return nil
	}
	var all []Followed
	for id, other := range r.followers {
		if other.To == f.To && !other.Since.IsZero() {
			all = append(all, Followed{*other, token(r.key, forLeaving, id)})
		}
	}
	slices.SortFunc(all, func(a, b Followed) int {
		if (a.ID == f.ID) != (b.ID == f.ID) {
			return map[bool]int{true: -1, false: 1}[a.ID == f.ID]
		}
		return strings.Compare(a.Title+a.ID, b.Title+b.ID)
	})
	return all
}

// Leave ends what a token names. An unknown one has ended before: no error.
func (r *Readers) Leave(t string) error {
	return r.end(t, func(f, other *Follower) bool { return f.ID == other.ID })
}

// Forget ends all that the address of a token's follower follows, so that
// nothing is left of the address.
func (r *Readers) Forget(t string) error {
	return r.end(t, func(f, other *Follower) bool { return f.To == other.To })
}

func (r *Readers) end(t string, which func(f, other *Follower) bool) error {
	return r.drop(func(other *Follower) bool {
		f := r.followers[readToken(r.key, forLeaving, t)]
		return f != nil && which(f, other)
	})
}

// expire forgets the addresses of those who did not confirm in time.
func (r *Readers) expire(now time.Time) error {
	return r.drop(func(f *Follower) bool { return f.Since.IsZero() && now.Sub(f.Asked) > confirmWithin })
}

// drop forgets some followers.
func (r *Readers) drop(which func(*Follower) bool) error {
	return r.change(func(page) (map[string]*Follower, error) {
		changed := map[string]*Follower{}
		for id, f := range r.followers {
			if which(f) {
				changed[id] = nil
			}
		}
		return changed, nil
	})
}
