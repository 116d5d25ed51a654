package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"bantin/indexer/index"
)

// Builds keeps the builds of an index, one of which is in use. A build goes on
// answering while another takes its place.
type Builds interface {
	// Current returns the name of the build in use, empty when there is none.
	Current(ctx context.Context) (string, error)
	// Next returns the name of a build that does not exist yet.
	Next(ctx context.Context) (string, error)
	// Open opens a build, empty when it is new.
	Open(ctx context.Context, name string) (index.Index, error)
	// Use puts a build in use, in one step that is seen whole or not at all.
	Use(ctx context.Context, name string) error
	// Clean removes the builds but the one to keep: what a crash or a replacement
	// left. Builds that somebody may still search stay for a while.
	Clean(ctx context.Context, keep string) error
	// Epoch returns what KeepEpoch kept for a build, empty for nothing: the epoch
	// of the archive that the build follows.
	Epoch(ctx context.Context, name string) (string, error)
	KeepEpoch(ctx context.Context, name, epoch string) error
}

// Opener opens one engine's index in a directory of its own.
type Opener func(path string) (index.Index, error)

// Directories are builds in a folder: a subdirectory each, the file "current"
// with the name of the one in use, and a file beside each with its epoch. One
// process at a time may have them.
func Directories(dir string, open Opener) (Builds, error) {
	return directories{dir, open}, os.MkdirAll(dir, 0o700)
}

type directories struct {
	dir  string
	open Opener
}

const (
	buildPrefix = "build-"
	epochSuffix = ".epoch"
)

func (d directories) Current(context.Context) (string, error) {
	name, err := readLine(filepath.Join(d.dir, "current"))
	if name != "" && name != filepath.Base(name) {
		return "", nil // torn: a new build replaces it
	}
	return name, err
}

func (d directories) Next(context.Context) (string, error) {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return "", err
	}
	last := 0
	for _, e := range entries {
		if n, err := strconv.Atoi(strings.TrimPrefix(e.Name(), buildPrefix)); err == nil {
			last = max(last, n)
		}
	}
	return fmt.Sprintf("%s%04d", buildPrefix, last+1), nil
}

func (d directories) Open(_ context.Context, name string) (index.Index, error) {
	return d.open(filepath.Join(d.dir, name))
}

func (d directories) Use(_ context.Context, name string) error {
	return writeLine(filepath.Join(d.dir, "current"), name)
}

func (d directories) Clean(_ context.Context, keep string) error {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), buildPrefix) && strings.TrimSuffix(e.Name(), epochSuffix) != keep {
			err = errors.Join(err, os.RemoveAll(filepath.Join(d.dir, e.Name())))
		}
	}
	return err
}

func (d directories) Epoch(_ context.Context, name string) (string, error) {
	return readLine(filepath.Join(d.dir, name+epochSuffix))
}

func (d directories) KeepEpoch(_ context.Context, name, epoch string) error {
	return writeLine(filepath.Join(d.dir, name+epochSuffix), epoch)
}

// readLine is what writeLine wrote, empty where there is nothing.
func readLine(name string) (string, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(b)), err
}

// writeLine replaces a file in one step that survives a crash whole or not at
// all.
func writeLine(name, text string) error {
	tmp := name + ".new"
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return os.Rename(tmp, name)
}
