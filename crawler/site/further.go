package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrListed is wrapped when a profile follows a listing already.
var ErrListed = errors.New("its profile follows this listing already")

// AddListing adds the address of a further listing to the profile of an id in
// dir, leaves all else in the file as it is, and returns the file's name.
func AddListing(dir, id, address string) (string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.y*ml"))
	if err != nil {
		return "", fmt.Errorf("add listing: %w", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("add listing: %w", err)
		}
		p, err := Parse(filepath.Base(name), text)
		if err != nil || p.ID != id {
			continue // Load tells of the bad ones
		}
		if slices.Contains(p.Listings, address) {
			return name, fmt.Errorf("%s: %w", name, ErrListed)
		}
		longer, err := withListing(name, text, len(p.Listings), address)
		if err != nil {
			return name, err
		}
		return name, replaceFile(name, longer)
	}
	return "", fmt.Errorf("add listing: no profile of id %q in %s", id, dir)
}

// withListing inserts a line after that of the last listing.
func withListing(name string, text []byte, listings int, address string) ([]byte, error) {
	lines := strings.SplitAfter(string(text), "\n")
	at := lineOf(text, fmt.Sprintf("listings[%d]", listings-1))
	last := lines[at-1]
	indent, _, listed := strings.Cut(last, "- ")
	if !listed || strings.TrimSpace(indent) != "" {
		return nil, fmt.Errorf("%s:%d: listings are not one a line: add %s by hand", name, at, address)
	}
	if !strings.HasSuffix(last, "\n") {
		lines[at-1] += "\n"
	}
	longer := []byte(strings.Join(slices.Insert(lines, at, indent+"- "+address+"\n"), ""))
	if p, err := Parse(filepath.Base(name), longer); err != nil || !slices.Contains(p.Listings, address) {
		return nil, fmt.Errorf("%s: add %s to its listings by hand: %w", name, address, err)
	}
	return longer, nil
}

// replaceFile writes a file anew, whole or not at all.
func replaceFile(name string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".profile-*")
	if err != nil {
		return fmt.Errorf("add listing: %w", err)
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("add listing: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
