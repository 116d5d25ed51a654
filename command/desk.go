package command

import (
	"context"

	"bantin/crawler/archive"
	"bantin/indexer"

	"github.com/spf13/cobra"
)

// desk is what serves the operator beside the service: alarms and backups.
type desk struct {
	*app
	alarms  alarms
	backups backups
	folder  *folder // of profiles; nil when none is watched
}

func (a *app) newDesk(c *cobra.Command) *desk {
	d := &desk{app: a, alarms: alarms{app: a}}
	d.alarms.flags(c)
	d.backups.flags(c)
	return d
}

// loops are what runs beside the service; address is where people find it.
func (d *desk) loops(ar *archive.Archive, ix *indexer.Live, address string) ([]part, error) {
	if err := d.backups.check(); err != nil {
		return nil, err
	}
	all := []part{{name: "backups", run: func(ctx context.Context) error { return d.backups.stay(ctx, ar, d.log) }}}
	t := &troubles{archive: ar, index: ix, folders: []string{d.data}, leastMB: d.alarms.leastMB, days: d.alarms.backupDays}
	if d.backups.dir != "" {
		t.backups = &d.backups
	}
	if d.folder != nil {
		t.profiles = d.folder.faults
	}
	w, err := d.alarms.watch(t, address)
	if w != nil {
		all = append(all, part{name: "alarms", run: w.Run})
	}
	return all, err
}
