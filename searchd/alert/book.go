package alert

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// Book keeps who follows what, and the letters on their way, in a file of its
// own that only its owner may read: it holds addresses, which are in no archive,
// index or backup. One process has it open.
type Book struct {
	file string

	stale atomic.Bool // what was removed may still be in free pages

	mu sync.RWMutex // held for writing while the file is written anew
	db *bbolt.DB
}

// place is how far the feed was followed.
type place struct {
	Position int64     `json:"position"`
	Epoch    string    `json:"epoch"`
	Time     time.Time `json:"time"` // all that was saved until then was looked at
}

var (
	followersBucket = []byte("followers")
	lettersBucket   = []byte("letters")
	metaBucket      = []byte("meta")
	placeKey        = []byte("place")
	secretKey       = []byte("secret")
)

// OpenBook opens the file, making it when it is new. Close it in the end.
func OpenBook(file string) (*Book, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return nil, err
	}
	_ = os.Remove(file + ".new") // of a crash
	db, err := openFile(file)
	if err != nil {
		return nil, err
	}
	whole := false
	err = db.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		whole = meta != nil && meta.Get(secretKey) != nil
		return nil
	})
	if err == nil && !whole {
		err = db.Update(begin)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", file, err), db.Close())
	}
	b := &Book{file: file, db: db}
	b.stale.Store(whole)
	return b, nil
}

func openFile(file string) (*bbolt.DB, error) {
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{Timeout: time.Second})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, fmt.Errorf("%s is in use by another process: stop that one first", file)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return db, nil
}

// begin fills a new book.
func begin(tx *bbolt.Tx) error {
	for _, name := range [][]byte{followersBucket, lettersBucket, metaBucket} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return tx.Bucket(metaBucket).Put(secretKey, key)
}

// Close closes the file.
func (b *Book) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.db.Close()
}

// scrub writes the file anew when something was removed, whose bytes would stay
// in free pages: what is forgotten is nowhere.
func (b *Book) scrub() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.stale.Load() {
		return nil
	}
	clean, err := openFile(b.file + ".new")
	if err != nil {
		return err
	}
	err = bbolt.Compact(clean, b.db, 0)
	if err == nil {
		err = os.Rename(b.file+".new", b.file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s anew: %w", b.file, err), clean.Close(), os.Remove(b.file+".new"))
	}
	err = b.db.Close()
	b.db = clean
	b.stale.Store(false)
	return err
}

// page is the book within one transaction.
type page struct{ tx *bbolt.Tx }

func (b *Book) update(f func(page) error) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.db.Update(func(tx *bbolt.Tx) error { return f(page{tx}) })
}

func (b *Book) view(f func(page) error) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.db.View(func(tx *bbolt.Tx) error { return f(page{tx}) })
}

func (p page) put(bucket, key []byte, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return p.tx.Bucket(bucket).Put(key, data)
}

// secret is the key of all tokens.
func (p page) secret() []byte { return append([]byte(nil), p.tx.Bucket(metaBucket).Get(secretKey)...) }

// place returns how far the feed was followed; ok is false for a new book.
func (p page) place() (at place, ok bool, err error) {
	data := p.tx.Bucket(metaBucket).Get(placeKey)
	if data == nil {
		return at, false, nil
	}
	err = json.Unmarshal(data, &at)
	return at, true, err
}

func (p page) followers() (map[string]*Follower, error) {
	all := map[string]*Follower{}
	err := p.tx.Bucket(followersBucket).ForEach(func(_, data []byte) error {
		var f Follower
		if err := json.Unmarshal(data, &f); err != nil {
			return err
		}
		all[f.ID] = &f
		return nil
	})
	return all, err
}

// remove forgets a follower and the letters to it.
func (p page) remove(id string) error {
	if err := p.tx.Bucket(followersBucket).Delete([]byte(id)); err != nil {
		return err
	}
	var keys [][]byte
	err := p.tx.Bucket(lettersBucket).ForEach(func(key, data []byte) error {
		var l Letter
		err := json.Unmarshal(data, &l)
		if l.Follower == id {
			keys = append(keys, append([]byte(nil), key...))
		}
		return err
	})
	for _, key := range keys {
		err = errors.Join(err, p.tx.Bucket(lettersBucket).Delete(key))
	}
	return err
}

// full tells whether no more letters can wait.
func (p page) full() bool { return p.tx.Bucket(lettersBucket).Stats().KeyN >= maxLetters }

// maxLetters bounds the letters on their way.
const maxLetters = 5000

// post puts a letter on its way; those to be confirmed go before all others.
func (p page) post(l Letter) error {
	b := p.tx.Bucket(lettersBucket)
	n, err := b.NextSequence()
	if err != nil {
		return err
	}
	l.key = append([]byte{'2'}, binary.BigEndian.AppendUint64(nil, n)...)
	if l.Leave == "" {
		l.key[0] = '1'
	}
	return p.put(lettersBucket, l.key, l)
}

// letters are the first n that are due.
func (p page) letters(n int, now time.Time) (all []Letter, err error) {
	c := p.tx.Bucket(lettersBucket).Cursor()
	for key, data := c.First(); key != nil && len(all) < n; key, data = c.Next() {
		l := Letter{key: append([]byte(nil), key...)}
		if err := json.Unmarshal(data, &l); err != nil {
			return nil, err
		}
		if !l.Next.After(now) {
			all = append(all, l)
		}
	}
	return all, nil
}
