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
	Text     string    `json:"text"` // of a mail, or the JSON body of a webhook
	Attempts int       `json:"attempts,omitempty"`
	Next     time.Time `json:"next,omitzero"` // of the next attempt
}

const (
	maxOutbox   = 1000
	firstRetry  = time.Minute
	lastRetry   = 2 * time.Hour
	giveUpAfter = 3 * 24 * time.Hour
	sendTime    = 20 * time.Second // for one letter
)

// errRefused is wrapped when asking again is of no use.
var errRefused = errors.New("refused for good")

// send puts a letter into the outbox; the oldest gives way when it is full.
func (s *State) send(l Letter) {
	if len(s.Outbox) >= maxOutbox {
		s.Outbox = s.Outbox[1:]
	}
	s.Outbox = append(s.Outbox, l)
}

// deliver sends what is due, oldest first. A receiver that fails once is left
// alone until its next time, so that a dead one costs one attempt a round.
func (w *Watch) deliver(ctx context.Context, now time.Time) error {
	var errs []error
	failed := map[string]time.Time{}
	for _, l := range slices.Clone(w.state.Outbox) {
		if ctx.Err() != nil {
			break
		}
		if until, bad := failed[l.To]; bad {
			w.keep(l.ID, func(l *Letter) { l.Next = until })
			continue
		}
		if l.Next.After(now) {
			failed[l.To] = l.Next // order is kept: nothing overtakes
			continue
		}
		if err := w.attempt(ctx, l, now); err != nil {
			errs = append(errs, err)
			failed[l.To] = now.Add(backoff(l.Attempts))
		}
		if err := w.Store.Save(w.state); err != nil {
			return errors.Join(append(errs, err)...)
		}
	}
	return errors.Join(errs...)
}

// attempt sends one letter and notes in the outbox what came of it.
func (w *Watch) attempt(ctx context.Context, l Letter, now time.Time) error {
	receivers, post := w.MailTo, w.Mail.send
	if l.Hook {
		receivers, post = w.HookTo, w.Hook.send
	}
	if !slices.Contains(receivers, l.To) { // it was taken out of the configuration
		w.drop(l.ID)
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, sendTime)
	err := post(limited, l, now)
	cancel()
	switch {
	case err == nil:
		w.drop(l.ID)
		return nil
	case ctx.Err() != nil:
		return nil //nolint:nilerr // stopped: the next run sends it
	case errors.Is(err, errRefused) || now.Sub(l.Made) > giveUpAfter:
		w.drop(l.ID)
		return fmt.Errorf("gave up telling %s: %w", l.receiver(), err)
	}
	w.keep(l.ID, func(l *Letter) { l.Next, l.Attempts = now.Add(backoff(l.Attempts)), l.Attempts+1 })
	return fmt.Errorf("tell %s, attempt %d: %w", l.receiver(), l.Attempts+1, err)
}

// backoff is the pause after a number of failures.
func backoff(failures int) time.Duration {
	return min(firstRetry<<min(failures, 10), lastRetry)
}

func (w *Watch) drop(id string) {
	w.state.Outbox = slices.DeleteFunc(w.state.Outbox, func(l Letter) bool { return l.ID == id })
}

func (w *Watch) keep(id string, change func(*Letter)) {
	for i := range w.state.Outbox {
		if w.state.Outbox[i].ID == id {
			change(&w.state.Outbox[i])
		}
	}
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
