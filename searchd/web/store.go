package web

import (
	"context"
	"errors"

	"bantin/bulletin"
)

// Store is what the service asks of the archive. Its methods may run
// concurrently; what it does not hold it answers with Config.Missing.
type Store interface {
	// Versions returns every state of a bulletin's text, oldest first.
	Versions(ctx context.Context, id string) ([]bulletin.Version, error)
	// Original returns the page that a version was read out of, as the portal
	// sent it; version 0 is the latest.
	Original(ctx context.Context, id string, version int) (bulletin.Page, error)
	// Sites returns the state of every portal.
	Sites(ctx context.Context) ([]bulletin.SiteStatus, error)
}

// versions returns every state of a bulletin, none for one that came straight
// into the index.
func (s *server) versions(ctx context.Context, id string) ([]bulletin.Version, error) {
	v, err := s.Store.Versions(ctx, id)
	if s.missing(err) {
		return nil, nil
	}
	return v, err
}

func (s *server) missing(err error) bool { return s.Missing != nil && errors.Is(err, s.Missing) }
