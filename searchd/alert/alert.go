// Package alert tells people by mail and programs by webhook what they asked
// to be told: at present the troubles of the operator, each once when it
// begins and once when it ends. It owns the memory of what was told, the
// letters on their way and their sending. What is wrong it asks of its caller.
package alert

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"
)

// Kind says what sort of trouble one is.
type Kind string

// The troubles of an operator.
const (
	Failing Kind = "portal-failing" // a portal cannot be read any more
	Yield   Kind = "yield-fallen"   // a portal that used to bring something has stopped
	Disk    Kind = "disk-low"
	Backup  Kind = "no-backup"
	Behind  Kind = "index-behind" // the index does not follow the archive
	Profile Kind = "profile-broken"
)

// Trouble is one thing that is wrong as long as it lasts. Kind and About
// identify it; the rest may change meanwhile.
type Trouble struct {
	Kind   Kind   `json:"kind"`
	About  string `json:"about"`            // id of the portal, path of the folder
	Name   string `json:"name,omitempty"`   // of the portal, for people
	Detail string `json:"detail,omitempty"` // what is known of it, in English as in the log
}

func (t Trouble) key() string { return string(t.Kind) + " " + t.About }

// Config says what to watch and whom to tell.
type Config struct {
	Look  func(ctx context.Context) ([]Trouble, error) // every trouble there is now
	Store Store

	Mail     Mail
	MailTo   []string // addresses
	Hook     Hook
	HookTo   []string // http and https addresses
	Language string   // of the letters: vi or en
	Address  string   // of the operator's desk or the service, named in letters; may be empty
	Log      *slog.Logger
}

// Watch looks for troubles and tells of them. One goroutine at a time may
// use it.
type Watch struct {
	Config
	state State
	words *words
}

// New checks the configuration and takes up what an earlier Watch left.
func New(c Config) (*Watch, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	words, err := loadWords(c.Language)
	if err != nil {
		return nil, err
	}
	state, err := c.Store.Load()
	if err != nil {
		return nil, fmt.Errorf("what was told: %w", err)
	}
	return &Watch{Config: c, state: state, words: words}, nil
}

// watchEvery is the time between two looks for troubles.
const watchEvery = time.Minute

// Run watches until ctx ends; what is not delivered then is sent by the next
// Watch over the same store.
func (w *Watch) Run(ctx context.Context) error {
	for {
		if err := w.Step(ctx, time.Now()); err != nil && ctx.Err() == nil {
			w.Log.Error("alerts", "error", err)
		}
		select {
		case <-time.After(watchEvery):
		case <-ctx.Done():
			return nil
		}
	}
}

// Step looks once and sends what is due.
func (w *Watch) Step(ctx context.Context, now time.Time) error {
	seen, err := w.Look(ctx)
	if err != nil {
		return fmt.Errorf("look for troubles: %w", err)
	}
	began, ended := w.state.observe(now, seen)
	if len(began)+len(ended) > 0 {
		if err := w.write(Notice{At: now.UTC().Truncate(time.Second), Began: began, Ended: ended}); err != nil {
			return err
		}
	}
	// A trouble is remembered as told in the same step that keeps the letters:
	// a crash before repeats the look, a crash after it sends them later.
	if err := w.Store.Save(w.state); err != nil {
		return fmt.Errorf("keep what was told: %w", err)
	}
	return w.deliver(ctx, now)
}

// Notice is what one look brought to tell; its JSON is the body of a webhook.
type Notice struct {
	At    time.Time `json:"at"`
	Began []Trouble `json:"began"`
	Ended []Trouble `json:"ended"`
}

// write puts a notice into the outbox, once for every receiver.
func (w *Watch) write(n Notice) error {
	for _, t := range n.Began {
		w.Log.Warn("trouble began", "kind", t.Kind, "about", t.About, "detail", t.Detail)
	}
	for _, t := range n.Ended {
		w.Log.Info("trouble ended", "kind", t.Kind, "about", t.About)
	}
	l, err := w.words.letter("troubles", struct {
		Notice
		Address string
	}{n, w.Address})
	if err != nil {
		return err
	}
	body, err := json.Marshal(struct {
		Type string `json:"type"`
		Notice
	}{"bantin.troubles", n})
	if err != nil {
		return err
	}
	for _, to := range w.MailTo {
		w.state.send(Letter{ID: rand.Text(), To: to, Made: n.At, Subject: l.Subject, Text: l.Text})
	}
	for _, to := range w.HookTo {
		w.state.send(Letter{ID: rand.Text(), To: to, Made: n.At, Hook: true, Text: string(body)})
	}
	return nil
}
