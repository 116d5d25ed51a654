// Package dataset writes what an archive held at some moment as a Frictionless
// Data Package: tables as CSV and Parquet, a codebook, a snapshot id and
// checksums, so that a paper can name what it used and another can get the same
// again. It reads the archive alone and knows nothing of indexes or services.
package dataset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

// Config says what is written.
type Config struct {
	AsOf    time.Time // what the archive held then; not in the future
	Licence string    // SPDX identifier of the terms of the compilation
	Version string    // of the program
}

// Write writes the package to a folder that is not there yet. It gets its name
// when all of it is written: what fails leaves nothing. The same archive, moment
// and version of the program give the same bytes, the table of portals aside,
// whose names are those of today. It returns the snapshot's id.
func Write(ctx context.Context, ar *archive.Archive, dir string, cfg Config) (id string, err error) {
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return "", errors.Join(fmt.Errorf("%s is there already: name another folder or move it away", dir), err)
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-*.part")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(part))
		}
	}()
	err = errors.Join(os.Chmod(part, 0o755), os.Mkdir(filepath.Join(part, "data"), 0o755)) //nolint:gosec // to be read by others
	if err != nil {
		return "", err
	}
	cfg.AsOf = cfg.AsOf.Truncate(time.Millisecond)
	files, err := writeTables(ctx, ar, part, cfg)
	if err != nil {
		return "", err
	}
	if id, err = describe(part, files, cfg); err != nil {
		return "", err
	}
	return id, os.Rename(part, dir)
}

// writeTables writes all tables and returns their files in order.
func writeTables(ctx context.Context, ar *archive.Archive, dir string, cfg Config) (files []*file, err error) {
	s, err := survey(ctx, ar, cfg.AsOf)
	if err != nil {
		return nil, err
	}
	sites, err := ar.Sites(ctx)
	if err != nil {
		return nil, err
	}
	sheets := map[string]*sheet{}
	defer func() {
		for _, t := range tables {
			if s := sheets[t.name]; s != nil {
				err = errors.Join(err, s.close())
			}
		}
	}()
	for _, t := range tables {
		if sheets[t.name], err = newSheet(dir, t, cfg.Version); err != nil {
			return nil, err
		}
		files = append(files, sheets[t.name].csv, sheets[t.name].parquet)
	}
	err = s.write(ctx, ar, cfg.AsOf, sheets)
	if err == nil {
		err = s.writeCounted(sheets, sites)
	}
	return files, err
}

func (s *snapshot) write(ctx context.Context, ar *archive.Archive, at time.Time, sheets map[string]*sheet) error {
	for h, err := range ar.AsOf(ctx, at) {
		if err != nil {
			return err
		}
		row, cites := s.bulletin(h)
		if err := sheets["bulletins"].add(row); err != nil {
			return err
		}
		for _, c := range cites {
			if err := sheets["citations"].add(c); err != nil {
				return err
			}
		}
	}
	for _, m := range s.meetings {
		err := sheets["meetings"].add(meetingRow{
			ID: m.ID, Province: m.Province, Host: m.Host, Kind: string(m.Kind), Day: m.Day,
			PeriodYear: int64(m.Period.Year), PeriodQuarter: int64(m.Period.Quarter), PeriodBasis: string(m.Period.Basis), Bulletins: int64(len(m.Members)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeCounted writes what was counted on the way.
func (s *snapshot) writeCounted(sheets map[string]*sheet, sites []bulletin.SiteStatus) error {
	for _, key := range slices.Sorted(maps.Keys(s.documents)) {
		if err := sheets["documents"].add(s.documents[key].done()); err != nil {
			return err
		}
	}
	for _, site := range sites {
		p := s.portals[site.ID]
		if p == nil {
			continue
		}
		p.Name, p.URL, p.Province, p.Family, p.Sample = site.Name, site.URL, site.Province, site.Family, site.Sample
	}
	for _, id := range slices.Sorted(maps.Keys(s.portals)) {
		if err := sheets["portals"].add(*s.portals[id]); err != nil {
			return err
		}
	}
	return nil
}
