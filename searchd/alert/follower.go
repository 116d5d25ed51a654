package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	netmail "net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
)

// Rhythm is how often a follower is told.
type Rhythm string

// Rhythms; letters come in the morning, weekly ones on Mondays.
const (
	Daily  Rhythm = "daily"
	Weekly Rhythm = "weekly"
	AtOnce Rhythm = "at-once" // for webhooks
)

// Follower is one reader or program that follows one question.
type Follower struct {
	ID       string             `json:"id"`
	To       string             `json:"to"` // a mail address, or the address of a webhook
	Hook     bool               `json:"hook,omitempty"`
	Secret   []byte             `json:"secret,omitempty"` // signs the webhooks
	Question string             `json:"question"`         // the query of an address: q=…&province=…
	Title    string             `json:"title"`            // the question in words
	Language string             `json:"language"`         // vi or en
	Every    Rhythm             `json:"every"`
	Asked    time.Time          `json:"asked"`
	Since    time.Time          `json:"since,omitzero"` // confirmed; zero until then
	Sent     time.Time          `json:"sent,omitzero"`  // the last letter
	Pending  []Item             `json:"pending,omitempty"`
	More     int                `json:"more,omitempty"` // that Pending had no room for
	Recent   map[string]telling `json:"recent,omitempty"`
}

// telling notes which state of a bulletin was taken up, and when.
type telling struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
}

// Item is a bulletin that a letter tells of.
type Item struct {
	ID      string `json:"id"`
	Group   string `json:"group,omitempty"` // of near-duplicates, which one letter names once
	Title   string `json:"title"`
	Line    string `json:"line,omitempty"` // day, place and portal
	Text    string `json:"text,omitempty"` // the sentence that was found
	Changed bool   `json:"changed"`        // the portal changed what the question asks for
}

// Bounds of what is kept.
const (
	maxFollowers   = 10_000
	maxUnconfirmed = 2000
	maxOfOne       = 50 // questions of one address
	maxAskedOfOne  = 3  // letters to an address that has not confirmed them
	maxPending     = 50 // bulletins of one letter
	maxQuestion    = 2000

	confirmWithin = 48 * time.Hour
)

// due tells whether a follower is to be told now of what there is.
func (f *Follower) due(now time.Time) bool {
	if len(f.Pending) == 0 {
		return false
	}
	last := f.Since
	if f.Sent.After(last) {
		last = f.Sent
	}
	return f.Every == AtOnce || !now.Before(f.Every.next(last))
}

// morning is the hour at which letters are sent.
const morning = 7

// next is the first morning of a rhythm after t.
func (r Rhythm) next(t time.Time) time.Time {
	t = t.In(bulletin.Zone)
	next := time.Date(t.Year(), t.Month(), t.Day(), morning, 0, 0, 0, bulletin.Zone)
	for !next.After(t) || r == Weekly && next.Weekday() != time.Monday {
		next = next.AddDate(0, 0, 1)
	}
	return next
}

// take adds a bulletin to what the follower will be told, unless that state of
// it was taken up before.
func (f *Follower) take(item Item, version int, now time.Time) bool {
	if f.Recent[item.ID].Version >= version {
		return false
	}
	if f.Recent == nil {
		f.Recent = map[string]telling{}
	}
	f.Recent[item.ID] = telling{version, now}
	i := slices.IndexFunc(f.Pending, func(p Item) bool { return p.ID == item.ID })
	switch {
	case i >= 0:
		item.Changed = f.Pending[i].Changed // what is new stays new
		f.Pending[i] = item
	case len(f.Pending) < maxPending:
		f.Pending = append(f.Pending, item)
	default:
		f.More++
	}
	return true
}

// forget drops the tellings of before a moment.
func (f *Follower) forget(before time.Time) {
	for id, told := range f.Recent {
		if told.At.Before(before) {
			delete(f.Recent, id)
		}
	}
}

// news tells whether what versions hold past a moment is news to who asks:
// the number of the state to tell, 0 for none, and whether the bulletin was
// there before. asked writes what the question asks for in a text. A version
// that is no younger than one before it was read anew out of an older page: that
// is no news.
func news(versions []bulletin.Version, since time.Time, asked func(*bulletin.Bulletin) string) (number int, changed bool) {
	var newest time.Time
	for i := range versions {
		v := &versions[i]
		if !v.Fetched.After(newest) {
			continue
		}
		newest = v.Fetched
		switch {
		case !v.Fetched.After(since):
		case i == 0:
			number = v.Number
		case number > 0 && !changed:
			number = v.Number
		case asked(&versions[i-1].Bulletin) != asked(&v.Bulletin):
			number, changed = v.Number, true
		}
	}
	return number, changed
}

// Errors of wishes to follow.
var (
	ErrAddress   = errors.New("no address that letters can be sent to")
	ErrRhythm    = errors.New("letters come daily or weekly")
	ErrQuestion  = errors.New("the question cannot be followed")
	ErrFull      = errors.New("no more followers are taken at present")
	ErrChallenge = errors.New("the address did not answer with the challenge")
)

// mailAddress reads an address as people type it. Only plain ones are taken.
func mailAddress(s string) (string, error) {
	s = strings.TrimSpace(s)
	a, err := netmail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' }) {
		return "", ErrAddress
	}
	at := strings.LastIndexByte(s, '@')
	domain := strings.ToLower(s[at+1:])
	if !strings.Contains(strings.Trim(domain, "."), ".") || strings.HasPrefix(domain, "[") {
		return "", ErrAddress
	}
	return s[:at+1] + domain, nil
}

// HookForm is the form of the address of a webhook.
var HookForm = regexp.MustCompile(`^https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~=&-]*)?$`)

// MaxHook is how long the address of a webhook may be.
const MaxHook = 500

// Purposes of tokens: what opens one door opens no other.
const (
	forConfirming = "confirm"
	forLeaving    = "leave"
)

// token names a follower in the address of a letter, for one purpose; whoever
// has it reads the follower's mail.
func token(key []byte, purpose, id string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(purpose + " " + id))
	return id + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}

// readToken returns the follower that a token names, empty for a forged one.
func readToken(key []byte, purpose, text string) string {
	id, _, _ := strings.Cut(text, ".")
	if !hmac.Equal([]byte(token(key, purpose, id)), []byte(text)) {
		return ""
	}
	return id
}
