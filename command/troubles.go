package command

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"bantin/bulletin"
	"bantin/crawler"
	"bantin/crawler/archive"
	"bantin/indexer/index"
	"bantin/searchd/alert"
)

// behindAfter is how long the index may lag before it counts as a trouble: a
// large import takes a while.
const behindAfter = 15 * time.Minute

// troubles finds out what is wrong with an installation.
type troubles struct {
	archive  *archive.Archive
	index    index.Index
	folders  []string // whose disks must have room
	leastMB  int      // of room
	backups  *backups // nil when none are made
	days     int      // that the newest backup may be old
	profiles func() map[string]string

	mu     sync.Mutex
	mark   int64     // a change that the index did not have
	marked time.Time // when
}

// find returns every trouble there is now.
func (t *troubles) find(ctx context.Context) ([]alert.Trouble, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	sites, err := t.archive.Sites(ctx)
	if err != nil {
		return nil, err
	}
	all := portalTroubles(sites)
	if t.profiles != nil {
		for file, reason := range t.profiles() {
			all = append(all, alert.Trouble{Kind: alert.Profile, About: file, Detail: reason})
		}
	}
	disks, err := t.disks()
	if err != nil {
		return nil, err
	}
	all = append(all, disks...)
	behind, err := t.behind(ctx, now)
	if err != nil {
		return nil, err
	}
	all = append(all, behind...)
	return append(all, t.backup(now)...), nil
}

func portalTroubles(sites []bulletin.SiteStatus) (all []alert.Trouble) {
	for _, s := range sites {
		if s.Alarm == "" || s.State == "paused" {
			continue
		}
		kind := alert.Failing
		if crawler.Silent(s.Alarm) {
			kind = alert.Yield
		}
		all = append(all, alert.Trouble{Kind: kind, About: s.ID, Name: s.Name, Detail: s.Alarm})
	}
	return all
}

func (t *troubles) disks() (all []alert.Trouble, err error) {
	for _, folder := range t.folders {
		free, size, err := diskSpace(folder)
		if errors.Is(err, errors.ErrUnsupported) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("room in %s: %w", folder, err)
		}
		if free>>20 < uint64(max(t.leastMB, 0)) { //nolint:gosec // not negative
			all = append(all, alert.Trouble{Kind: alert.Disk, About: folder, Detail: fmt.Sprintf("%d MB free of %d MB", free>>20, size>>20)})
		}
	}
	return all, nil
}

// behind tells that the index still lacks what the archive had a while ago.
func (t *troubles) behind(ctx context.Context, now time.Time) ([]alert.Trouble, error) {
	at, err := t.index.Position(ctx)
	if err != nil {
		return nil, fmt.Errorf("position of the index: %w", err)
	}
	last, err := t.archive.Last(ctx)
	if err != nil {
		return nil, fmt.Errorf("last change: %w", err)
	}
	if at >= t.mark {
		t.mark, t.marked = last, now
	}
	if at >= t.mark || now.Sub(t.marked) < behindAfter {
		return nil, nil
	}
	return []alert.Trouble{{Kind: alert.Behind, About: "index", Detail: fmt.Sprintf("at change %d of %d", at, last)}}, nil
}

func (t *troubles) backup(now time.Time) []alert.Trouble {
	if t.backups == nil || t.days <= 0 {
		return nil
	}
	last, err := t.backups.last()
	if err != nil {
		return []alert.Trouble{{Kind: alert.Backup, About: t.backups.dir, Detail: err.Error()}}
	}
	if now.Sub(last) < time.Duration(t.days)*24*time.Hour {
		return nil
	}
	detail := "there is none"
	if !last.IsZero() {
		detail = "the last one is of " + minute(last, "")
	}
	return []alert.Trouble{{Kind: alert.Backup, About: t.backups.dir, Detail: detail}}
}
