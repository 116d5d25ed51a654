// Package profiles keeps the site profiles of a folder in force while their files
// come, change and go.
package profiles

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"bantin/bulletin"
	"bantin/crawler/site"

	"github.com/fsnotify/fsnotify"
)

// Folder is the profiles of a folder as they are in force. A file that becomes
// unreadable is named, and what it said before stays in force.
type Folder struct {
	dir string
	log *slog.Logger

	mu     sync.Mutex
	files  map[string]profileFile
	broken map[string]string // why, by file
}

// profileFile is what a file said when it was last sound.
type profileFile struct {
	sum     [sha256.Size]byte // of what it says now, sound or not
	profile *site.Profile     // nil when it never was sound
}

// New watches a folder that need not be there yet; Read takes it in.
func New(dir string, log *slog.Logger) *Folder {
	return &Folder{dir: dir, log: log, files: map[string]profileFile{}, broken: map[string]string{}}
}

// Load reads a folder once: the good profiles, and an error that names the
// others. A folder that is not there holds none.
func Load(dir string) ([]*site.Profile, error) {
	f := New(dir, slog.New(slog.DiscardHandler))
	_, err := f.Read()
	faults := f.Faults()
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		err = errors.Join(err, errors.New(faults[name]))
	}
	return f.Profiles(), err
}

// Read takes in the folder as it is, and tells whether another set of profiles
// is in force now.
func (f *Folder) Read() (changed bool, err error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("site profiles: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	there := map[string]bool{}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); e.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		there[e.Name()] = true
		changed = f.readFile(e.Name()) || changed
	}
	for name, old := range f.files {
		if !there[name] {
			delete(f.files, name)
			delete(f.broken, name)
			changed = changed || old.profile != nil
			f.log.Info("profile taken away", "file", name)
		}
	}
	return changed, nil
}

// readFile takes in one file, and tells whether another profile is in force.
func (f *Folder) readFile(name string) bool {
	old, known := f.files[name]
	text, err := os.ReadFile(filepath.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false // gone since the folder was read: the next look sees it
	}
	sum := sha256.Sum256(text)
	if err == nil && known && sum == old.sum {
		return false
	}
	var p *site.Profile
	if err == nil {
		p, err = Parse(name, text)
	}
	if err != nil {
		if f.broken[name] != err.Error() {
			f.log.Error("profile broken", "file", name, "error", err, "in_force", old.profile != nil)
		}
		f.broken[name] = err.Error()
		f.files[name] = profileFile{sum, old.profile}
		return false
	}
	delete(f.broken, name)
	f.files[name] = profileFile{sum, p}
	f.log.Info("profile read", "file", name, "site", p.ID)
	return true
}

// Profiles are those in force, in the order of their files.
func (f *Folder) Profiles() []*site.Profile {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, _ := f.inForce()
	return all
}

// inForce parts the profiles from the files whose id an earlier file has.
func (f *Folder) inForce() (all []*site.Profile, clashes map[string]string) {
	clashes = map[string]string{}
	taken := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		p := f.files[name].profile
		if p == nil {
			continue
		}
		if first, clash := taken[p.ID]; clash {
			clashes[name] = fmt.Sprintf("%s: id %q is taken by %s: give it another", name, p.ID, first)
			continue
		}
		taken[p.ID] = name
		all = append(all, p)
	}
	return all, clashes
}

// Faults are the files that cannot be used, with the reason.
func (f *Folder) Faults() map[string]string {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, all := f.inForce()
	maps.Copy(all, f.broken)
	return all
}

// Parse reads a profile and refuses one of a province that there is not; name
// stands in errors.
func Parse(name string, text []byte) (*site.Profile, error) {
	p, err := site.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if _, known := bulletin.ProvinceBySlug(p.Province); p.Province != "" && !known {
		return nil, fmt.Errorf("site %s: there is no province %q: write its name without accents, such as thua-thien-hue", p.ID, p.Province)
	}
	return p, nil
}

const (
	calm    = 200 * time.Millisecond // an editor writes a file in several steps
	glimpse = 15 * time.Second       // some file systems tell of no change
)

// Watch hands out the profiles in force whenever they are others, until ctx
// ends.
func (f *Folder) Watch(ctx context.Context, use func([]*site.Profile) error) error {
	events, faults, done := f.events()
	defer done()
	for {
		select {
		case <-events:
			select {
			case <-time.After(calm):
			case <-ctx.Done():
			}
		case err := <-faults: // too many events at once: look
			f.log.Debug("profiles", "error", err)
		case <-time.After(glimpse):
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return nil
		}
		changed, err := f.Read()
		if err == nil && changed {
			err = use(f.Profiles())
		}
		if err != nil && ctx.Err() == nil {
			f.log.Error("profiles", "error", err)
		}
	}
}

// events tells when something happened in the folder; the channels are silent
// where the system tells nothing.
func (f *Folder) events() (<-chan fsnotify.Event, <-chan error, func()) {
	w, err := fsnotify.NewWatcher()
	if err == nil {
		if err = errors.Join(os.MkdirAll(f.dir, 0o750), w.Add(f.dir)); err == nil {
			return w.Events, w.Errors, func() { _ = w.Close() }
		}
		_ = w.Close()
	}
	f.log.Warn("profiles are looked at now and then only", "folder", f.dir, "error", err)
	return nil, nil, func() {}
}
