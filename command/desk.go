package command

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/profiles"
	"bantin/indexer"

	"github.com/spf13/cobra"
)

// desk is what serves the operator beside the service: alarms and backups.
type desk struct {
	*app
	alarms  alarms
	backups backups
	folder  *profiles.Folder // of profiles; nil when none is watched

	admin, tokenFile string // the desk in the browser
	archive          *archive.Archive
	live             *indexer.Live
	troubles         *troubles
	look             look                          // flags of dry runs
	listening        atomic.Bool                   // in the browser
	operator         atomic.Pointer[http.ServeMux] // of the service that runs
}

func (a *app) newDesk(c *cobra.Command) *desk {
	d := &desk{app: a, alarms: alarms{app: a}}
	d.backups.asked = make(chan struct{}, 1)
	d.alarms.flags(c)
	d.backups.flags(c)
	c.Flags().StringVar(&d.admin, "admin", "", "address of the operator's desk, such as 127.0.0.1:8081 (default: none)")
	c.Flags().StringVar(&d.tokenFile, "admin-token-file", "", "file with the token that opens the desk")
	return d
}

// loops are what runs beside the service; address is where people find it.
func (d *desk) loops(ar *archive.Archive, ix *indexer.Live, address string) ([]part, error) {
	if err := d.backups.check(d.archiveFile()); err != nil {
		return nil, err
	}
	t := &troubles{archive: ar, index: ix, folders: []string{d.data}, leastMB: d.alarms.leastMB, days: d.alarms.backupDays}
	if d.backups.dir != "" {
		t.backups = &d.backups
	}
	if d.folder != nil {
		t.profiles = d.folder.Faults
	}
	w, err := d.alarms.watch(t, address)
	if err != nil {
		return nil, err
	}
	all := []part{
		{name: "backups", run: func(ctx context.Context) error { return d.backups.stay(ctx, ar, d.log) }},
	}
	if !d.engine.shared() { // who writes the index does them
		all = append(all, part{name: "errands", run: func(ctx context.Context) error { return d.errands(ctx, ar, ix) }})
	}
	if w != nil {
		all = append(all, part{name: "alarms", run: w.Run})
	}
	if d.admin != "" {
		d.archive, d.live, d.troubles = ar, ix, t
		if d.tokenFile == "" {
			return nil, usageError{errors.New("--admin needs --admin-token-file: openssl rand -base64 24 >FILE makes one")}
		}
		all = append(all, part{name: "desk", run: d.serve, fatal: d.idle})
	}
	return all, nil
}

// errandsEvery is how often somebody looks for errands.
const errandsEvery = time.Second

// errands does what the operator asks of the process that has the index open,
// until ctx ends. What is cut short then is done after the next start.
func (d *desk) errands(ctx context.Context, ar *archive.Archive, ix *indexer.Live) error {
	tick := time.NewTicker(errandsEvery)
	defer tick.Stop()
	for {
		e, err := ar.Errand(ctx, archive.Rebuild)
		if err == nil && e.Open() {
			d.log.Info("rebuilding the index, as asked")
			failure := ix.Rebuild(ctx, ar, nil)
			if ctx.Err() != nil {
				return nil
			}
			if failure != nil {
				d.log.Error("rebuild", "error", failure)
			}
			err = ar.Did(ctx, archive.Rebuild, e.Asked, failure)
		}
		if err != nil && ctx.Err() == nil {
			d.log.Error("errands", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
