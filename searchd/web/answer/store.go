package answer

import (
	"context"
	"errors"

	"bantin/bulletin"

	"github.com/gin-gonic/gin"
)

// Store is what the service asks of the archive. Its methods may run
// concurrently; what it does not hold it answers with Config.Missing.
type Store interface {
	// Versions returns every state of a bulletin's text, oldest first.
	Versions(ctx context.Context, id string) ([]bulletin.Version, error)
	// Original returns the page that a version was read out of, as the portal
	// sent it; version 0 is the latest.
	Original(ctx context.Context, id string, version int) (bulletin.Page, error)
	// ByAddress returns the id of the bulletin at an address, whether it has a
	// scheme of its own or a final slash.
	ByAddress(ctx context.Context, address string) (string, error)
	// Meeting returns the id that a meeting has now, given that or one that it had before.
	Meeting(ctx context.Context, id string) (string, error)
	// Sites returns the state of every portal.
	Sites(ctx context.Context) ([]bulletin.SiteStatus, error)
}

// Versions returns every state of a bulletin, none for one that came straight
// into the index.
func (s *Service) Versions(ctx context.Context, id string) ([]bulletin.Version, error) {
	v, err := s.Store.Versions(Lasting(ctx), id)
	if s.Missing(err) {
		return nil, nil
	}
	return v, err
}

// Missing tells whether the archive lacks what was asked for.
func (s *Service) Missing(err error) bool { return s.Absent != nil && errors.Is(err, s.Absent) }

// Lasting is the context of a request for those who may look at it a moment
// longer than the request lasts, as a database does: gin uses its own contexts
// again.
func Lasting(ctx context.Context) context.Context {
	if c, ok := ctx.(*gin.Context); ok {
		return c.Request.Context()
	}
	return ctx
}
