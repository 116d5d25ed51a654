package alert

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// settled is how many looks in a row must agree before a trouble is told of,
// or told to be over: what flickers is no news.
const settled = 2

// State is what outlives a restart: the troubles that stand and the letters
// that were not delivered yet. The zero value is that of a new installation.
type State struct {
	Standing map[string]*Standing `json:"standing"`
	Outbox   []Letter             `json:"outbox"` // oldest first
}

// Standing is a trouble that was seen.
type Standing struct {
	Trouble Trouble   `json:"trouble"`
	Since   time.Time `json:"since"`
	Looks   int       `json:"looks"`  // that saw it, in a row, counted to settled
	Misses  int       `json:"misses"` // looks that did not, since
	Told    bool      `json:"told"`
}

// observe takes in what one look saw and returns what is to be told.
func (s *State) observe(now time.Time, seen []Trouble) (began, ended []Trouble) {
	began, ended = []Trouble{}, []Trouble{}
	if s.Standing == nil {
		s.Standing = map[string]*Standing{}
	}
	there := map[string]bool{}
	for _, t := range seen {
		if there[t.key()] {
			continue
		}
		there[t.key()] = true
		one := s.Standing[t.key()]
		if one == nil {
			one = &Standing{Since: now}
			s.Standing[t.key()] = one
		}
		one.Trouble, one.Misses, one.Looks = t, 0, min(one.Looks+1, settled)
		if one.Looks == settled && !one.Told {
			one.Told = true
			began = append(began, t)
		}
	}
	for key, one := range s.Standing {
		if there[key] {
			continue
		}
		one.Looks = 0
		if one.Misses++; one.Told && one.Misses < settled {
			continue
		}
		if one.Told {
			ended = append(ended, one.Trouble)
		}
		delete(s.Standing, key)
	}
	slices.SortFunc(ended, func(a, b Trouble) int { return cmp.Compare(a.key(), b.key()) })
	return began, ended
}

// Store keeps a State. What was saved last is loaded, whole, after a crash.
type Store interface {
	Load() (State, error) // the zero State when nothing was saved yet
	Save(s State) error
}

// File is a Store in one file, which only its owner may read: letters hold
// addresses.
type File string

// Load implements Store.
func (f File) Load() (s State, err error) {
	data, err := os.ReadFile(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return State{}, fmt.Errorf("%s: %w; remove the file to be told anew of what is wrong", f, err)
	}
	return s, nil
}

// Save implements Store.
func (f File) Save(s State) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if old, err := os.ReadFile(string(f)); err == nil && string(old) == string(data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o750); err != nil {
		return err
	}
	part, err := os.OpenFile(string(f)+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), string(f))
}
