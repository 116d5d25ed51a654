package crawler

import (
	"context"
	"fmt"
	"path"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
)

// readAttachment reads the text of a file in a child process; the bulletins
// that link the file are searched by it too. A file keeps its address for
// good, so it is asked for once.
func (j *job) readAttachment(ctx context.Context, resp *fetch.Response, out *archive.Outcome) error {
	out.Due = time.Time{}
	a := bulletin.Attachment{URL: j.claim.URL, Name: path.Base(resp.URL.Path), MediaType: resp.MediaType()}
	a, err := extract.AttachmentText(ctx, a, resp.Raw)
	if err != nil {
		return fmt.Errorf("attachment %s: %w", j.claim.URL, err)
	}
	out.Attachment = &a
	return nil
}
