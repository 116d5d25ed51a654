package alert

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"time"
)

// Letter is one message to one receiver.
type Letter struct {
	ID       string    `json:"id"` // the same at every attempt, so that a receiver knows a repetition
	To       string    `json:"to"` // a mail address, or the address of a webhook
	Hook     bool      `json:"hook,omitempty"`
	Made     time.Time `json:"made"`
	Subject  string    `json:"subject,omitempty"`
	Text     string    `json:"text"`            // of a mail, or the JSON body of a webhook
	HTML     string    `json:"html,omitempty"`  // the same mail for those who read HTML
	Leave    string    `json:"leave,omitempty"` // address that ends such letters with one POST (RFC 8058)
	Follower string    `json:"follower,omitempty"`
	Attempts int       `json:"attempts,omitempty"`
	Next     time.Time `json:"next,omitzero"` // of the next attempt

	key []byte // in the book
}

const (
	maxOutbox   = 1000
	firstRetry  = time.Minute
	lastRetry   = 2 * time.Hour
	giveUpAfter = 3 * 24 * time.Hour
	sendTime    = 20 * time.Second // for one letter
)

// What came of a letter that was not taken.
var (
	errRefused = errors.New("refused for good") // asking again is of no use
	errLate    = errors.New("not taken for days")
	errWaits   = errors.New("waits for another letter to the same receiver")
)

// send puts a letter into the outbox; the oldest gives way when it is full.
func (s *State) send(l Letter) {
	if len(s.Outbox) >= maxOutbox {
		s.Outbox = s.Outbox[1:]
	}
	s.Outbox = append(s.Outbox, l)
}

// maxStreak is after how many failures in a row a round ends: then it is not
// the receivers.
const maxStreak = 5

// deliver sends those letters that are due, oldest first. A receiver that fails
// once is left alone until its next time, so that a dead one costs one attempt a
// round. What came of a letter is noted before the next: nil, or why it was not
// taken, with the letter as it is to be kept.
func deliver(ctx context.Context, now time.Time, letters []Letter, post func(context.Context, Letter, time.Time) error, note func(Letter, error) error) error {
	failed := map[string]time.Time{}
	streak := 0
	for _, l := range letters {
		if ctx.Err() != nil || streak == maxStreak {
			break
		}
		until, bad := failed[l.To]
		if !bad && l.Next.After(now) {
			failed[l.To] = l.Next // order is kept: nothing overtakes
			continue
		}
		stopped, problem := false, errWaits
		if bad {
			l.Next = until
		} else if stopped, problem = attempt(ctx, &l, now, post); stopped { // the next run sends it
			break
		} else if streak++; l.Next.After(now) {
			failed[l.To] = l.Next
		} else {
			streak = 0
		}
		if err := note(l, problem); err != nil {
			return err
		}
	}
	return nil //nolint:nilerr // what went wrong with a letter is noted
}

// attempt sends one letter; one that is to be tried again gets its next time.
func attempt(ctx context.Context, l *Letter, now time.Time, post func(context.Context, Letter, time.Time) error) (stopped bool, err error) {
	limited, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	err = post(limited, *l, now)
	switch {
	case err == nil || errors.Is(err, errRefused):
		return false, err
	case ctx.Err() != nil:
		return true, err
	case now.Sub(l.Made) > giveUpAfter:
		return false, fmt.Errorf("%w: %w", errLate, err)
	}
	l.Next, l.Attempts = now.Add(backoff(l.Attempts)), l.Attempts+1
	return false, err
}

// deliver sends what is due and returns what went wrong.
func (w *Watch) deliver(ctx context.Context, now time.Time) error {
	var errs []error
	post := func(ctx context.Context, l Letter, now time.Time) error {
		receivers, post := w.MailTo, w.Mail.send
		if l.Hook {
			receivers, post = w.HookTo, w.Hook.send
		}
		if !slices.Contains(receivers, l.To) { // it was taken out of the configuration
			return nil
		}
		return post(ctx, l, now)
	}
	note := func(l Letter, err error) error {
		switch over := errors.Is(err, errRefused) || errors.Is(err, errLate); {
		case over:
			errs = append(errs, fmt.Errorf("gave up telling %s: %w", l.receiver(), err))
			fallthrough
		case err == nil:
			w.state.Outbox = slices.DeleteFunc(w.state.Outbox, func(o Letter) bool { return o.ID == l.ID })
		default:
			if !errors.Is(err, errWaits) {
				errs = append(errs, fmt.Errorf("tell %s, attempt %d: %w", l.receiver(), l.Attempts, err))
			}
			i := slices.IndexFunc(w.state.Outbox, func(o Letter) bool { return o.ID == l.ID })
			w.state.Outbox[i] = l
		}
		return w.Store.Save(w.state)
	}
	err := deliver(ctx, now, slices.Clone(w.state.Outbox), post, note)
	return errors.Join(append(errs, err)...)
}

// backoff is the pause after a number of failures.
func backoff(failures int) time.Duration {
	return min(firstRetry<<min(failures, 10), lastRetry)
}

// receiver names whom a letter is for without what may be secret in an
// address of a webhook.
func (l Letter) receiver() string {
	if u, err := url.Parse(l.To); l.Hook && err == nil {
		return u.Scheme + "://" + u.Host
	}
	return l.To
}

// check finds out whether all receivers can be told.
func (c Config) check() error {
	for _, to := range c.MailTo {
		if a, err := mail.ParseAddress(to); err != nil || a.Address != to {
			return fmt.Errorf("%q is not a mail address", to)
		}
	}
	for _, to := range c.HookTo {
		if u, err := url.Parse(to); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("%q is not the address of a webhook: write it with https://", to)
		}
	}
	if len(c.MailTo) > 0 {
		if err := c.Mail.check(); err != nil {
			return err
		}
	}
	if len(c.HookTo) > 0 {
		return c.Hook.check()
	}
	return nil
}
