package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/searchd"
	"bantin/searchd/alert"
	"bantin/searchd/ask"
	"bantin/searchd/web"
	"bantin/searchd/web/admin"
	"bantin/searchd/web/page"
)

// console is the operator's desk as the pages of searchd/web/admin ask for it.
type console struct {
	*desk
	archive   *archive.Archive
	index     *indexer.Live
	troubles  *troubles
	look      look // flags of dry runs
	listening atomic.Bool
}

var _ admin.Desk = (*console)(nil)

// serve answers the operator on a listener of its own until ctx ends.
func (c *console) serve(ctx context.Context) error {
	token, err := readSecret("admin-token-file", c.tokenFile)
	if err != nil {
		return err
	}
	style, err := page.Style()
	if err != nil {
		return err
	}
	h, err := admin.New(admin.Config{Desk: c, Token: token, Style: style, Log: c.log})
	if err != nil {
		return fmt.Errorf("--admin-token-file %s: %w", c.tokenFile, err)
	}
	return searchd.ServeHandler(ctx, c.admin, h, func(addr net.Addr) {
		c.listening.Store(true)
		fmt.Fprintf(c.stdout, "The operator's desk: http://%s\n", addr)
	})
}

// idle tells that the desk never listened: its flags are wrong.
func (c *console) idle(error) bool { return !c.listening.Load() }

// State implements admin.Desk.
func (c *console) State(ctx context.Context) (s admin.State, err error) {
	s = admin.State{Version: versionText(), At: time.Now().UTC().Truncate(time.Second), Alarms: []admin.Alarm{}, Profiles: []admin.Broken{}}
	found, err := c.troubles.find(ctx)
	if err != nil {
		return s, err
	}
	for _, t := range found {
		s.Alarms = append(s.Alarms, admin.Alarm{Kind: string(t.Kind), About: t.About, Detail: t.Detail})
		if t.Kind == alert.Profile {
			s.Profiles = append(s.Profiles, admin.Broken{File: t.About, Reason: t.Detail})
		}
	}
	if s.Disk, err = c.disk(ctx); err != nil {
		return s, err
	}
	if s.Index, err = c.indexState(ctx); err != nil {
		return s, err
	}
	s.Backups.Folder = c.backups.dir
	if c.backups.dir != "" {
		all, err := c.backups.list()
		if err != nil {
			return s, err
		}
		if s.Backups.Count = len(all); len(all) > 0 {
			s.Backups.Last = all[len(all)-1]
		}
		s.Backups.Running, s.Backups.Failure = c.backups.status()
	}
	return s, nil
}

func (c *console) disk(ctx context.Context) (d admin.Disk, err error) {
	if d.Pages, d.Versions, d.Attachments, err = c.archive.Sizes(ctx); err != nil {
		return d, err
	}
	if free, all, err := diskSpace(c.data); err == nil {
		d.Free, d.All = int64(free), int64(all) //nolint:gosec // no disk is that large
	}
	if d.Archive, err = c.archive.Size(ctx); err != nil {
		return d, err
	}
	d.Index = folderSize(c.indexFolder())
	if c.backups.dir != "" {
		d.Backups = folderSize(c.backups.dir)
	}
	return d, nil
}

// folderSize adds up the files below a folder; what vanishes meanwhile counts
// nothing.
func folderSize(dir string) (sum int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil //nolint:nilerr // see above
		}
		if info, err := d.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}

func (c *console) indexState(ctx context.Context) (i admin.Index, err error) {
	if i.Position, err = c.index.Position(ctx); err != nil {
		return i, err
	}
	if i.Last, err = c.archive.Last(ctx); err != nil {
		return i, err
	}
	e, err := c.archive.Errand(ctx, archive.Rebuild)
	i.Rebuilding, i.Rebuilt, i.Failure = e.Open(), e.Done, e.Said
	return i, err
}

// Portals implements admin.Desk.
func (c *console) Portals(ctx context.Context) ([]bulletin.SiteStatus, error) {
	all, err := c.archive.Sites(ctx)
	if err != nil {
		return nil, err
	}
	wanted, _, err := c.archive.Wanted(ctx)
	if err != nil {
		return nil, err
	}
	for id, what := range wanted {
		if what == "removed" {
			all = append(all, bulletin.SiteStatus{ID: id, State: what, Yield: []bulletin.YieldSample{}})
		}
	}
	slices.SortFunc(all, func(a, b bulletin.SiteStatus) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

// failedAtOnce is how many failed addresses are told at a time.
const failedAtOnce = 50

// Failed implements admin.Desk.
func (c *console) Failed(ctx context.Context, portal string, after int64) ([]admin.Failed, error) {
	return failures(ctx, c.archive, portal, after)
}

func failures(ctx context.Context, ar *archive.Archive, portal string, after int64) ([]admin.Failed, error) {
	all, err := ar.Failures(ctx, portal, after, failedAtOnce)
	out := []admin.Failed{}
	for _, f := range all {
		out = append(out, admin.Failed{
			ID: f.ID, URL: f.URL, Kind: string(f.Kind), Status: f.Status, Reason: f.Err, Attempts: f.Attempts, At: f.At, Due: f.Due, Page: f.Page != 0,
		})
	}
	return out, err
}

// Answered implements admin.Desk.
func (c *console) Answered(ctx context.Context, portal string, id int64) (bulletin.Page, int, error) {
	p, status, err := c.archive.Answered(ctx, portal, id)
	return p, status, unknown(err)
}

// unknown gives what the archive does not hold the desk's name.
func unknown(err error) error {
	if errors.Is(err, archive.ErrNotFound) || errors.As(err, new(usageError)) {
		return fmt.Errorf("%w: %w", admin.ErrUnknown, err)
	}
	return err
}

// TryAgain implements admin.Desk.
func (c *console) TryAgain(ctx context.Context, portal string, id int64) error {
	return unknown(c.archive.TryAgain(ctx, portal, id, time.Now()))
}

// Wish implements admin.Desk.
func (c *console) Wish(ctx context.Context, portal, wish string) error {
	switch wish {
	case "remove", "purge":
		r := removal{app: c.app, purge: wish == "purge"}
		return unknown(r.carryOut(ctx, c.archive, portal))
	}
	return unknown(c.grant(ctx, c.archive, portal, archive.Wish(wish)))
}

// Profile implements admin.Desk.
func (c *console) Profile(_ context.Context, portal string) (string, error) {
	name, err := c.profileFile(portal)
	if err != nil || name == "" {
		return "", err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

// Save implements admin.Desk.
func (c *console) Save(ctx context.Context, text string) (string, error) {
	return c.saveProfile(ctx, c.archive, text)
}

// Rebuild implements admin.Desk.
func (c *console) Rebuild(ctx context.Context) error {
	return c.archive.Ask(ctx, archive.Rebuild, time.Now())
}

// Backup implements admin.Desk.
func (c *console) Backup(context.Context) error {
	if c.backups.dir == "" {
		return fmt.Errorf("%w: there is no folder for backups, name one with --backup-dir", admin.ErrWrong)
	}
	c.backups.ask()
	return nil
}

// Unanswered implements admin.Desk.
func (c *console) Unanswered(ctx context.Context) ([]admin.Questions, error) {
	operator := c.operator.Load()
	if operator == nil {
		return []admin.Questions{}, nil // the service is being started
	}
	var report bytes.Buffer
	if err := ask.Here(ctx, operator, web.Unanswered, &report); err != nil {
		return nil, err
	}
	return readQuestions(&report)
}
