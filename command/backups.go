package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"

	"github.com/spf13/cobra"
)

// backups are the regular backups of an archive, each in a folder of its own
// that is named for its time.
type backups struct {
	dir   string
	every time.Duration
	keep  int

	asked   chan struct{} // holds a token when one is wanted now
	state   sync.Mutex
	running bool
	failure string // of the last one
}

// backupTime is the name of a backup's folder: its time, UTC.
const backupTime = "bantin-20060102T150405Z"

// again is the pause after a backup that failed.
const again = 10 * time.Minute

func (b *backups) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&b.dir, "backup-dir", "", "folder for regular backups of the archive (default: none are made)")
	f.DurationVar(&b.every, "backup-every", 24*time.Hour, "time between two backups")
	f.IntVar(&b.keep, "backup-keep", 7, "how many backups are kept")
}

// check is for the archive at an address.
func (b *backups) check(archived string) error {
	if b.dir != "" && store.Remote(archived) {
		return usageError{errors.New("--backup-dir is for an archive in a file; one in PostgreSQL is backed up with pg_dump -Fc")}
	}
	if b.dir != "" && (b.every < time.Minute || b.keep < 1) {
		return usageError{errors.New("--backup-every is a minute at least, and --backup-keep 1")}
	}
	return nil
}

// stay makes a backup whenever one is due, until ctx ends. A backup that fails
// is logged and tried again.
func (b *backups) stay(ctx context.Context, ar *archive.Archive, log *slog.Logger) error {
	if b.dir == "" {
		return nil
	}
	failed := false
	for {
		wait := again
		if last, err := b.last(); err == nil && !failed {
			wait = time.Until(last.Add(b.every))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-b.asked:
		case <-time.After(wait):
		}
		b.note(true, nil)
		name, err := b.make(ctx, ar, time.Now())
		b.note(false, err)
		if failed = err != nil; !failed {
			log.Info("backup made and verified", "folder", name)
		} else if ctx.Err() == nil {
			log.Error("backup", "error", err)
		}
	}
}

// ask wants a backup now.
func (b *backups) ask() {
	select {
	case b.asked <- struct{}{}:
	default: // one is wanted already
	}
}

func (b *backups) note(running bool, err error) {
	b.state.Lock()
	defer b.state.Unlock()
	if b.running = running; running {
		return
	}
	b.failure = ""
	if err != nil {
		b.failure = err.Error()
	}
}

// status tells whether one is being made, and why the last one failed.
func (b *backups) status() (running bool, failure string) {
	b.state.Lock()
	defer b.state.Unlock()
	return b.running, b.failure
}

// make writes a backup, verifies it and removes those that are too many. One
// that is not whole is removed.
func (b *backups) make(ctx context.Context, ar *archive.Archive, now time.Time) (string, error) {
	folder := filepath.Join(b.dir, now.UTC().Format(backupTime))
	part := folder + ".part"
	if err := b.sweep(); err != nil {
		return "", err
	}
	err := ar.Backup(ctx, part)
	if err == nil {
		err = store.Verify(ctx, part)
	}
	if err == nil {
		err = os.Rename(part, folder)
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(part))
	}
	return folder, b.prune()
}

// sweep removes what a crash left unfinished.
func (b *backups) sweep() error {
	parts, err := filepath.Glob(filepath.Join(b.dir, "bantin-*Z.part"))
	for _, part := range parts {
		err = errors.Join(err, os.RemoveAll(part))
	}
	return err
}

// prune removes the oldest backups beyond the number to keep.
func (b *backups) prune() error {
	all, err := b.list()
	if err != nil {
		return err
	}
	for len(all) > b.keep {
		if err := os.RemoveAll(filepath.Join(b.dir, all[0].Format(backupTime))); err != nil {
			return fmt.Errorf("remove the oldest backup: %w", err)
		}
		all = all[1:]
	}
	return nil
}

// list returns the times of the backups there are, oldest first.
func (b *backups) list() (all []time.Time, err error) {
	entries, err := os.ReadDir(b.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if at, err := time.Parse(backupTime, e.Name()); err == nil && e.IsDir() {
			all = append(all, at)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all, err
}

// last is the time of the newest backup, zero when there is none.
func (b *backups) last() (time.Time, error) {
	all, err := b.list()
	if err != nil || len(all) == 0 {
		return time.Time{}, err
	}
	return all[len(all)-1], nil
}
