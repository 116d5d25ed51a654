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
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/searchd"
	"bantin/searchd/alert"
	"bantin/searchd/ask"
	"bantin/searchd/web"
	"bantin/searchd/web/admin"
	"bantin/searchd/web/page"
)

// desk is what the pages of searchd/web/admin ask.
var _ admin.Desk = (*desk)(nil)

// serve answers the operator on a listener of its own until ctx ends.
func (d *desk) serve(ctx context.Context) error {
	token, err := readSecret("admin-token-file", d.tokenFile)
	if err != nil {
		return err
	}
	style, err := page.Style()
	if err != nil {
		return err
	}
	h, err := admin.New(admin.Config{Desk: d, Token: token, Style: style, Log: d.log})
	if err != nil {
		return fmt.Errorf("--admin-token-file %s: %w", d.tokenFile, err)
	}
	return searchd.ServeHandler(ctx, d.admin, h, func(addr net.Addr) {
		d.listening.Store(true)
		fmt.Fprintf(d.stdout, "The operator's desk: http://%s\n", addr)
	})
}

// idle tells that the desk never listened: its flags are wrong.
func (d *desk) idle(error) bool { return !d.listening.Load() }

// State implements admin.Desk.
func (d *desk) State(ctx context.Context) (s admin.State, err error) {
	s = admin.State{Version: versionText(), At: time.Now().UTC().Truncate(time.Second), Alarms: []admin.Alarm{}, Profiles: []admin.Broken{}}
	found, err := d.troubles.find(ctx)
	if err != nil {
		return s, err
	}
	for _, t := range found {
		s.Alarms = append(s.Alarms, admin.Alarm{Kind: string(t.Kind), About: t.About, Detail: t.Detail})
		if t.Kind == alert.Profile {
			s.Profiles = append(s.Profiles, admin.Broken{File: t.About, Reason: t.Detail})
		}
	}
	if s.Disk, err = d.disk(ctx); err != nil {
		return s, err
	}
	if s.Index, err = d.indexState(ctx); err != nil {
		return s, err
	}
	s.Backups.Folder = d.backups.dir
	if d.backups.dir != "" {
		all, err := d.backups.list()
		if err != nil {
			return s, err
		}
		if s.Backups.Count = len(all); len(all) > 0 {
			s.Backups.Last = all[len(all)-1]
		}
		s.Backups.Running, s.Backups.Failure = d.backups.status()
	}
	return s, nil
}

func (d *desk) disk(ctx context.Context) (room admin.Disk, err error) {
	if room.Pages, room.Versions, room.Attachments, err = d.archive.Sizes(ctx); err != nil {
		return room, err
	}
	if free, all, err := diskSpace(d.data); err == nil {
		room.Free, room.All = int64(free), int64(all) //nolint:gosec // no disk is that large
	}
	if room.Archive, err = d.archive.Size(ctx); err != nil {
		return room, err
	}
	room.Index = folderSize(d.indexFolder())
	if d.backups.dir != "" {
		room.Backups = folderSize(d.backups.dir)
	}
	return room, nil
}

// folderSize adds up the files below a folder; what vanishes meanwhile counts
// nothing.
func folderSize(dir string) (sum int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil //nolint:nilerr // see above
		}
		if info, err := e.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}

func (d *desk) indexState(ctx context.Context) (i admin.Index, err error) {
	if i.Position, err = d.live.Position(ctx); err != nil {
		return i, err
	}
	if i.Last, err = d.archive.Last(ctx); err != nil {
		return i, err
	}
	e, err := d.archive.Errand(ctx, archive.Rebuild)
	i.Rebuilding, i.Rebuilt, i.Failure = e.Open(), e.Done, e.Said
	return i, err
}

// Portals implements admin.Desk.
func (d *desk) Portals(ctx context.Context) ([]bulletin.SiteStatus, error) {
	all, err := d.archive.Sites(ctx)
	if err != nil {
		return nil, err
	}
	wanted, _, err := d.archive.Wanted(ctx)
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
func (d *desk) Failed(ctx context.Context, portal string, after int64) ([]admin.Failed, error) {
	return failures(ctx, d.archive, portal, after)
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
func (d *desk) Answered(ctx context.Context, portal string, id int64) (bulletin.Page, int, error) {
	p, status, err := d.archive.Answered(ctx, portal, id)
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
func (d *desk) TryAgain(ctx context.Context, portal string, id int64) error {
	return unknown(d.archive.TryAgain(ctx, portal, id, time.Now()))
}

// Wish implements admin.Desk.
func (d *desk) Wish(ctx context.Context, portal, wish string) error {
	switch wish {
	case "remove", "purge":
		r := removal{app: d.app, purge: wish == "purge"}
		return unknown(r.carryOut(ctx, d.archive, portal))
	}
	return unknown(d.grant(ctx, d.archive, portal, archive.Wish(wish)))
}

// Profile implements admin.Desk.
func (d *desk) Profile(_ context.Context, portal string) (string, error) {
	name, err := d.profileFile(portal)
	if err != nil || name == "" {
		return "", err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

// Save implements admin.Desk.
func (d *desk) Save(ctx context.Context, text string) (string, error) {
	return d.saveProfile(ctx, d.archive, text)
}

// Rebuild implements admin.Desk.
func (d *desk) Rebuild(ctx context.Context) error {
	return d.archive.Ask(ctx, archive.Rebuild, time.Now())
}

// Backup implements admin.Desk.
func (d *desk) Backup(context.Context) error {
	if d.backups.dir == "" {
		return fmt.Errorf("%w: there is no folder for backups, name one with --backup-dir", admin.ErrWrong)
	}
	d.backups.ask()
	return nil
}

// Unanswered implements admin.Desk.
func (d *desk) Unanswered(ctx context.Context) ([]admin.Questions, error) {
	operator := d.operator.Load()
	if operator == nil {
		return []admin.Questions{}, nil // the service is being started
	}
	var report bytes.Buffer
	if err := ask.Here(ctx, operator, web.Unanswered, &report); err != nil {
		return nil, err
	}
	return readQuestions(&report)
}
