package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/profiles"
	"bantin/crawler/site"
	"bantin/searchd/web/admin"

	"github.com/spf13/cobra"
)

// maxProfile bounds the text of a profile, in bytes.
const maxProfile = 100_000

func (a *app) siteSaveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "save FILE|-", Short: "Put a profile into force",
		Long: "Validate the profile in a file, or on the standard input, and put it into force in the\n" +
			"folder of profiles, in the place of the one with its id. A crawl that runs takes it up\n" +
			"within seconds. bantin site check FILE.yaml tries it before.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := a.profileText(args[0])
			if err != nil {
				return err
			}
			return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error {
				id, err := a.saveProfile(ctx, ar, text)
				if err == nil {
					_, err = fmt.Fprintf(a.stdout, "%s: saved\n", id)
				}
				return err
			})
		},
	}
}

// profileText reads a profile from a file or, for -, the standard input.
func (a *app) profileText(name string) (string, error) {
	var text []byte
	err := a.reading(name, func(r io.Reader) (err error) {
		text, err = io.ReadAll(io.LimitReader(r, maxProfile+1))
		return err
	})
	return string(text), err
}

// saveProfile puts the text of a profile into force and returns its id; a
// portal that was removed comes back with it.
func (a *app) saveProfile(ctx context.Context, ar *archive.Archive, text string) (string, error) {
	p, err := readProfile(text)
	if err != nil {
		return "", err
	}
	name, err := a.profileFile(p.ID)
	if err != nil {
		return "", err
	}
	if name == "" {
		name = filepath.Join(a.sitesFolder(), p.ID+".yaml")
	}
	if err := os.MkdirAll(a.sitesFolder(), 0o750); err != nil {
		return "", err
	}
	// The folder is watched: a profile appears there whole.
	part := name + ".new"
	if err := errors.Join(os.WriteFile(part, []byte(text), 0o640), os.Rename(part, name)); err != nil {
		return "", errors.Join(err, os.Remove(part))
	}
	wanted, _, err := ar.Wanted(ctx)
	if err == nil && wanted[p.ID] == "removed" {
		err = ar.Grant(ctx, p.ID, archive.Resume, time.Now())
	}
	return p.ID, err
}

func readProfile(text string) (*site.Profile, error) {
	if len(text) > maxProfile {
		return nil, fmt.Errorf("%w: a profile has %d bytes at most", admin.ErrWrong, maxProfile)
	}
	p, err := profiles.Parse("profile.yaml", []byte(strings.ReplaceAll(text, "\r\n", "\n")))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", admin.ErrWrong, err)
	}
	return p, nil
}
