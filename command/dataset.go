package command

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/command/dataset"
	"bantin/crawler/archive"
)

func (a *app) exportDataset(ctx context.Context, dir, asOf, licence string) error {
	at, err := readMoment(asOf, time.Now())
	if err != nil {
		return err
	}
	var id string
	err = a.withArchive(ctx, func(ctx context.Context, ar *archive.Archive) (err error) {
		id, err = dataset.Write(ctx, ar, dir, dataset.Config{AsOf: at, Licence: licence, Version: strings.TrimPrefix(versionText(), "bantin ")})
		return err
	})
	if err != nil {
		return written(dir, err)
	}
	_, err = fmt.Fprintf(a.stdout, "%s %s, as of %s\n", dir, id, at.In(bulletin.Zone).Format(time.RFC3339))
	return err
}

// readMoment reads a day, which stands for its end in Vietnam, or a moment as in
// RFC 3339; empty is now. What is not over yet may still change.
func readMoment(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return now, nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		if at, err = time.ParseInLocation(time.DateOnly, s, bulletin.Zone); err != nil {
			return at, usageError{fmt.Errorf("--as-of %q: write a day as 2020-07-01, or a moment as 2020-07-01T15:04:05+07:00", s)}
		}
		at = at.AddDate(0, 0, 1).Add(-time.Millisecond)
	}
	if at.After(now) {
		return at, usageError{fmt.Errorf("--as-of %s is not over: what the archive holds may still change; name an earlier day, or leave --as-of out for now", s)}
	}
	return at, nil
}
