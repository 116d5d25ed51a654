package alert

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/wneessen/go-mail"
)

// sendAtOnce is how many letters are sent between two looks at the feed.
const sendAtOnce = 200

// write puts what followers are due on its way. The letter and the note that
// it is written are kept together.
func (r *Readers) write(now time.Time) error {
	return r.change(func(p page) (map[string]*Follower, error) {
		changed := map[string]*Follower{}
		for id, f := range r.followers {
			if f.Since.IsZero() || !f.due(now) {
				continue
			}
			if p.full() {
				break
			}
			l, err := r.digest(f, now)
			if err != nil {
				return nil, err
			}
			if err := p.post(l); err != nil {
				return nil, err
			}
			after := f.copied()
			after.Pending, after.More, after.Sent = nil, 0, now.UTC()
			changed[id] = after
		}
		return changed, nil
	})
}

// Digest is what one letter tells; its JSON is the body of a webhook.
type Digest struct {
	Type      string    `json:"type"` // bantin.news
	At        time.Time `json:"at"`
	Question  string    `json:"question"`
	Title     string    `json:"title"`
	Search    string    `json:"search"` // page with all that the question finds
	Bulletins []Told    `json:"bulletins"`
	More      int       `json:"more"`  // that are not listed
	Leave     string    `json:"leave"` // POST there ends it
	Every     Rhythm    `json:"-"`
	Address   string    `json:"-"`
}

// Told is one bulletin of a Digest.
type Told struct {
	Item
	Page   string `json:"page"`
	Copies int    `json:"copies"` // near-duplicates that are news too
}

// digest writes the letter of a follower.
func (r *Readers) digest(f *Follower, now time.Time) (l Letter, err error) {
	d := Digest{
		Type: "bantin.news", At: now.UTC().Truncate(time.Second), Question: f.Question, Title: f.Title, Search: r.Address + "/search?" + f.Question,
		Bulletins: []Told{}, More: f.More, Leave: r.address("/follow/leave", forLeaving, f.ID), Every: f.Every, Address: r.Address,
	}
	groups := map[string]int{}
	for _, item := range f.Pending {
		if at, known := groups[item.Group]; known && item.Group != "" {
			d.Bulletins[at].Copies++
			continue
		}
		groups[item.Group] = len(d.Bulletins)
		d.Bulletins = append(d.Bulletins, Told{Item: item, Page: r.Address + "/bulletins/" + item.ID})
	}
	if f.Hook {
		body, err := json.Marshal(d)
		l.Text = string(body)
		if err != nil {
			return l, err
		}
	} else if l, err = r.letters[f.Language].letter("digest", d); err != nil {
		return l, err
	}
	l.ID, l.To, l.Hook, l.Follower, l.Leave, l.Made = rand.Text(), f.To, f.Hook, f.ID, d.Leave, d.At
	return l, nil
}

// send sends the letters that wait. A crash between the sending and the note
// of it sends one letter once more, under the same name.
func (r *Readers) send(ctx context.Context, now time.Time) error {
	var letters []Letter
	err := r.Book.view(func(p page) (err error) { letters, err = p.letters(sendAtOnce, now); return err })
	if err != nil {
		return err
	}
	var errs []error
	note := func(l Letter, err error) error {
		if err != nil && !errors.Is(err, errWaits) {
			errs = append(errs, fmt.Errorf("a letter, attempt %d: %w", l.Attempts, err))
		}
		// An address that takes no letters is forgotten, and so is a program that
		// has been away for days.
		over := errors.Is(err, errRefused) || errors.Is(err, errLate) && l.Hook
		return r.change(func(p page) (map[string]*Follower, error) {
			if err := p.tx.Bucket(lettersBucket).Delete(l.key); err != nil {
				return nil, err
			}
			if over {
				return map[string]*Follower{l.Follower: nil}, nil
			}
			if err == nil || errors.Is(err, errLate) || r.followers[l.Follower] == nil {
				return nil, nil
			}
			return nil, p.post(l)
		})
	}
	err = deliver(ctx, now, letters, r.post, note)
	return errors.Join(append(errs, err)...)
}

// post sends one letter. What it says of a failure names no address.
func (r *Readers) post(ctx context.Context, l Letter, now time.Time) error {
	r.mu.Lock()
	f := r.followers[l.Follower]
	r.mu.Unlock()
	switch {
	case f == nil: // they left meanwhile
		return nil
	case !l.Hook:
		return discreet(r.Mail.send(ctx, l, now))
	case r.HookClient == nil:
		return errRefused
	}
	return Hook{Secret: f.Secret, Client: r.HookClient}.send(ctx, l, now)
}

// discreet leaves of an error of the mail server what has no address in it. Only
// a server that does not know the reader refuses for good: whatever else it
// dislikes may be our fault, for which no reader is forgotten.
func discreet(err error) error {
	refusal, ok := errors.AsType[*mail.SendError](err)
	if !ok {
		return err
	}
	code := refusal.ErrorCode()
	if refusal.Reason == mail.ErrSMTPRcptTo && (code == 550 || code == 551 || code == 553) {
		return fmt.Errorf("%w: answer %d", errRefused, code)
	}
	return fmt.Errorf("the mail server did not take it: answer %d", code)
}

// challengeTime bounds the answer of a program to the challenge.
const challengeTime = 4 * time.Second

// HookTicket is what a program that follows a question needs to know.
type HookTicket struct {
	Secret []byte // signs its webhooks
	Token  string // ends them
}

// AskHook lets a program follow a question. The address is posted a challenge
// first, which it must answer with: so nobody names an address of others.
func (r *Readers) AskHook(ctx context.Context, w Wish, now time.Time) (HookTicket, error) {
	switch {
	case r.HookClient == nil:
		return HookTicket{}, ErrFull
	case len(w.To) > MaxHook || !HookForm.MatchString(w.To):
		return HookTicket{}, ErrAddress
	case len(w.Question) > maxQuestion:
		return HookTicket{}, ErrQuestion
	}
	to, f := w.To, w.follower(w.To, now)
	f.Hook, f.Every, f.Secret, f.Since = true, AtOnce, make([]byte, 32), f.Asked
	_, _ = rand.Read(f.Secret) // never fails
	if err := r.challenge(ctx, to); err != nil {
		return HookTicket{}, err
	}
	err := r.change(func(page) (map[string]*Follower, error) {
		if _, ofOne, _ := r.count(to); len(r.followers) >= maxFollowers || ofOne >= maxOfOne {
			return nil, ErrFull
		}
		return map[string]*Follower{f.ID: f}, nil
	})
	return HookTicket{f.Secret, token(r.key, forLeaving, f.ID)}, err
}

// challenge posts something unheard of, which the answer must hold.
func (r *Readers) challenge(ctx context.Context, to string) error {
	ctx, cancel := context.WithTimeout(ctx, challengeTime)
	defer cancel()
	word := rand.Text()
	body, err := json.Marshal(map[string]string{"type": "bantin.challenge", "challenge": word})
	if err != nil {
		return err
	}
	req, err := newPost(ctx, to, body)
	if err != nil {
		return ErrAddress
	}
	resp, err := r.HookClient.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrChallenge, withoutAddress(err))
	}
	defer resp.Body.Close()
	answered, err := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	if err != nil || resp.StatusCode/100 != 2 || subtle.ConstantTimeCompare(bytes.TrimSpace(answered), []byte(word)) != 1 {
		return ErrChallenge
	}
	return nil
}

func (w Wish) follower(to string, now time.Time) *Follower {
	return &Follower{ID: rand.Text(), To: to, Question: w.Question, Title: w.Title, Language: w.Language, Every: w.Every, Asked: now.UTC()}
}

// Written is the secret as Standard Webhooks writes it.
func (t HookTicket) Written() string { return "whsec_" + base64.StdEncoding.EncodeToString(t.Secret) }
