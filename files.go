package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/site"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// archiveFile is the archive's file.
func (a *app) archiveFile() string {
	if a.db != "" {
		return a.db
	}
	return filepath.Join(a.data, "archive.db")
}

func (a *app) indexFolder() string { return filepath.Join(a.data, "index") }

func (a *app) sitesFolder() string {
	if a.sites != "" {
		return a.sites
	}
	return filepath.Join(a.data, "sites")
}

// openArchive opens the archive, making it and its folder when they are new.
func (a *app) openArchive(ctx context.Context) (*archive.Archive, error) {
	if err := os.MkdirAll(a.data, 0o750); err != nil {
		return nil, fmt.Errorf("data folder: %w; choose another with --data", err)
	}
	return archive.Open(ctx, a.archiveFile())
}

// profiles reads the site profiles: the good ones, and an error that names the
// others. A folder that is not there holds none.
func (a *app) profiles() (good []*site.Profile, err error) {
	if _, err := os.Stat(a.sitesFolder()); os.IsNotExist(err) && a.sites == "" {
		return nil, nil
	}
	all, err := site.Load(a.sitesFolder())
	for _, p := range all {
		if _, known := bulletin.ProvinceBySlug(p.Province); p.Province != "" && !known {
			err = errors.Join(err, fmt.Errorf("site %s: there is no province %q: write its name without accents, such as thua-thien-hue", p.ID, p.Province))
			continue
		}
		good = append(good, p)
	}
	return good, err
}

// usable is profiles for a run that one bad profile does not stop: the error is
// there, and logged, when some are bad, and there is no profile when all are.
func (a *app) usable(ids []string) ([]*site.Profile, error) {
	good, err := a.chosen(ids)
	if err != nil && len(good) > 0 {
		a.log.Warn("left out", "error", err)
	}
	return good, err
}

// chosen returns the profiles with the given ids, all for none; beside them the
// error that names the bad ones, when that concerns the choice.
func (a *app) chosen(ids []string) ([]*site.Profile, error) {
	all, err := a.profiles()
	if len(ids) == 0 {
		return all, err
	}
	var out []*site.Profile
	for _, id := range ids {
		p, missing := profileByID(all, id)
		if missing != nil {
			return nil, errors.Join(err, fmt.Errorf("%w in %s", missing, a.sitesFolder()))
		}
		out = append(out, p)
	}
	return out, nil
}

func profileByID(all []*site.Profile, id string) (*site.Profile, error) {
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, usageError{fmt.Errorf("there is no site %q: bantin site list shows the ids", id)}
}

// unpacked reads a plain, gzip or zstd file by its name.
func unpacked(name string, r io.Reader) (io.ReadCloser, error) {
	switch {
	case strings.HasSuffix(name, ".gz"):
		return gzip.NewReader(r)
	case strings.HasSuffix(name, ".zst"):
		d, err := zstd.NewReader(r, zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(r), nil
}

// terminal tells whether w is a terminal, where progress is drawn.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
