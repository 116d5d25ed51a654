package command

import (
	"errors"
	"fmt"
	"path/filepath"

	"bantin/crawler/profiles"
	"bantin/crawler/site"
)

func (a *app) sitesFolder() string {
	if a.sites != "" {
		return a.sites
	}
	return filepath.Join(a.data, "sites")
}

// profiles reads the site profiles: the good ones, and an error that names the
// others. A folder that is not there holds none.
func (a *app) profiles() ([]*site.Profile, error) { return profiles.Load(a.sitesFolder()) }

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
