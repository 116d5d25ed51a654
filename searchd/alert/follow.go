package alert

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"bantin/bulletin"
)

const (
	followBatch = 500              // changes taken up at once
	saveTime    = 10 * time.Minute // at most between a portal's answer and its change in the feed, clocks of several machines included
)

// follow takes up what the feed brought as far as the index has it. The
// place in the feed is kept together with what followers will be told, so a
// crash repeats a batch and loses nothing.
func (r *Readers) follow(ctx context.Context, now time.Time) error {
	at, err := r.place(ctx, now)
	if err != nil {
		return err
	}
	last, err := r.Feed.Last(ctx)
	if err != nil {
		return fmt.Errorf("last change: %w", err)
	}
	indexed, err := r.Position(ctx)
	if err != nil {
		return fmt.Errorf("position of the index: %w", err)
	}
	since := at.Time.Add(-saveTime)
	for at.Position < min(last, indexed) {
		changes, err := r.Feed.Changes(ctx, at.Position, followBatch)
		if err != nil {
			return fmt.Errorf("changes: %w", err)
		}
		changes = slices.DeleteFunc(changes, func(c bulletin.Change) bool { return c.Seq > indexed })
		if len(changes) == 0 {
			break
		}
		next := at
		next.Position = changes[len(changes)-1].Seq
		if err := r.takeUp(ctx, changes, next, since, now); err != nil {
			return err
		}
		at = next
	}
	if at.Position < last || now.Sub(at.Time) < saveTime {
		return nil
	}
	at.Time = now
	return r.keep(ctx, at)
}

// place is where the feed was followed to. A new book begins at its end, and one
// that followed another archive at its start: what is older than the last look
// is no news.
func (r *Readers) place(ctx context.Context, now time.Time) (at place, err error) {
	var known bool
	if err := r.Book.view(func(p page) (err error) { at, known, err = p.place(); return err }); err != nil {
		return at, err
	}
	if !known {
		at.Time = now
		if at.Position, err = r.Feed.Last(ctx); err != nil {
			return at, fmt.Errorf("last change: %w", err)
		}
		return at, r.keep(ctx, at)
	}
	holds, err := r.Feed.Holds(ctx, at.Epoch, at.Position)
	if err != nil {
		return at, fmt.Errorf("history of the archive: %w", err)
	}
	if !holds {
		at.Position = 0
	}
	return at, nil
}

func (r *Readers) keep(ctx context.Context, at place) (err error) {
	if at.Epoch, err = r.Feed.Epoch(ctx); err != nil {
		return fmt.Errorf("history of the archive: %w", err)
	}
	return r.Book.update(func(p page) error { return p.put(metaBucket, placeKey, at) })
}

// question is what several followers may ask for.
type question struct{ text, language string }

// takeUp notes for every follower what is news among changes.
func (r *Readers) takeUp(ctx context.Context, changes []bulletin.Change, next place, since, now time.Time) error {
	ids := make([]string, len(changes))
	for i, c := range changes {
		ids[i] = c.ID
	}
	found := map[question][]Item{}
	for _, q := range r.questions() {
		items, err := r.Answers.Among(ctx, q.text, q.language, ids)
		if errors.Is(err, ErrQuestion) { // which holds up no other
			r.Log.Error("a question that is followed cannot be asked", "error", err)
			continue
		}
		if err != nil {
			return fmt.Errorf("look for news: %w", err)
		}
		found[q] = items
	}
	versions, err := r.versions(ctx, found)
	if err != nil {
		return err
	}
	if next.Epoch, err = r.Feed.Epoch(ctx); err != nil {
		return fmt.Errorf("history of the archive: %w", err)
	}
	return r.change(func(p page) (map[string]*Follower, error) {
		changed := map[string]*Follower{}
		for id, f := range r.followers {
			if f.Since.IsZero() {
				continue
			}
			after := f.copied()
			if after.takeAll(found[question{f.Question, f.Language}], versions, r.Answers.Asked, since, now) {
				after.forget(since.Add(-saveTime))
				changed[id] = after
			}
		}
		return changed, p.put(metaBucket, placeKey, next)
	})
}

// copied is a follower that may be changed while others read f.
func (f *Follower) copied() *Follower {
	c := *f
	c.Pending = slices.Clone(f.Pending)
	c.Recent = maps.Clone(f.Recent)
	return &c
}

// takeAll takes what is news to f and tells whether anything was.
func (f *Follower) takeAll(items []Item, versions map[string][]bulletin.Version, asked func(string, *bulletin.Bulletin) string, since, now time.Time) (took bool) {
	if own := f.Since.Add(-saveTime); own.After(since) {
		since = own
	}
	for _, item := range items {
		number, changed := news(versions[item.ID], since, func(b *bulletin.Bulletin) string { return asked(f.Question, b) })
		item.Changed = changed
		if number > 0 && f.take(item, number, now) {
			took = true
		}
	}
	return took
}

// questions are those of all who confirmed, each once.
func (r *Readers) questions() []question {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[question]bool{}
	var all []question
	for _, f := range r.followers {
		q := question{f.Question, f.Language}
		if !f.Since.IsZero() && !seen[q] {
			seen[q] = true
			all = append(all, q)
		}
	}
	return all
}

// versions reads the states of all that was found.
func (r *Readers) versions(ctx context.Context, found map[question][]Item) (map[string][]bulletin.Version, error) {
	all := map[string][]bulletin.Version{}
	for _, items := range found {
		for _, item := range items {
			if _, known := all[item.ID]; known {
				continue
			}
			v, err := r.Answers.Versions(ctx, item.ID)
			if err != nil {
				return nil, fmt.Errorf("versions of %s: %w", item.ID, err)
			}
			all[item.ID] = v
		}
	}
	return all, nil
}
