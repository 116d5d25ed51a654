package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"bantin/crawler/archive"
	"bantin/crawler/fetch"
)

// missing records that the portal says that nothing is there, by 404 or 410 or
// in words. A listing that is not there is a failure. Nothing is final but
// three answers of 404 or 410 over a week in which the listings were well.
func (j *job) missing(ctx context.Context, out *archive.Outcome) error {
	if j.listing() {
		j.refused(out, fmt.Errorf("%d %s", out.Status, http.StatusText(out.Status)))
		return nil
	}
	n, said := j.claim.Missing+1, out.Status == http.StatusGone || out.Status == http.StatusNotFound
	out.Missing, out.Gone, j.news.gone = true, out.Status == http.StatusGone || n > 1, 1
	if said && n >= goneForGood && j.now().Sub(j.claim.MissingSince) >= goneOver {
		well, err := j.archive.Well(ctx, j.claim.Site, j.claim.MissingSince)
		if err != nil || well {
			return err
		}
	}
	j.again(out, missingAfter(n))
	return nil
}

// refused plans what follows a failure.
func (j *job) refused(out *archive.Outcome, err error) {
	out.Err, out.Trouble = err.Error(), reasonOf(err)
	out.Priority = j.claim.Priority
	if j.listing() {
		j.refusedListing(out, err)
		return
	}
	retry := j.claim.Attempts
	switch {
	case errors.Is(err, fetch.ErrDisallowed):
		out.Trouble, j.news.final, j.news.skipped = "", true, true // no failure: it is told as skipped
		j.again(out, max(week, failedAfter(retry)))
	case fetch.Permanent(err):
		j.news.final = true
		j.again(out, failedAfter(retry))
	case retry <= maxRetries:
		out.Due = j.now().Add(fetch.Backoff(retry, j.gap()))
	default:
		j.news.final = true
		j.again(out, failedAfter(retry-maxRetries))
	}
}

// failed handles an exchange without an answer.
func (j *job) failed(ctx context.Context, err error) error {
	if wait, ok := errors.AsType[*fetch.WaitError](err); ok {
		j.waits(wait)
		return j.archive.Postpone(ctx, j.claim, wait.Until)
	}
	if j.pass == nil {
		return err // the archive itself failed
	}
	out := &archive.Outcome{}
	j.refused(out, err)
	return j.save(ctx, out)
}

// waits notes that the portal cannot be asked now.
func (j *job) waits(w *fetch.WaitError) {
	j.mu.Lock()
	said := j.total(j.claim.Site).waiting != ""
	j.total(j.claim.Site).waiting = w.Error()
	j.mu.Unlock()
	if !said {
		j.log.Warn("the portal cannot be asked", "site", j.claim.Site, "reason", w.Reason, "until", w.Until)
	}
	j.progress(func(e *Event) { e.Waiting, e.Err = w.Until, w.Reason })
}
