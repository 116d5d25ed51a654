package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bantin/cache"
	"bantin/crawler/archive/store"
)

// Groups and meetings are found after the commit that stored a bulletin. The saving
// transaction queues it; one holder of a lock, whichever process that is,
// empties the queue in steps that are short, so that whoever saves waits for
// one of them at most. A process that dies leaves the rest to the next.

const (
	pendingStep = 400                    // bulletins compared in one transaction
	gather      = 250 * time.Millisecond // that a queue waits for more, unless Settle asks
	regroupStep = 400                    // bulletins passed through the feed in one transaction, at most
)

// queue notes a bulletin whose text changed, for which the feed has moved.
func (t *tx) queue(num int64, now text) error {
	t.queued = append(t.queued, pended{num: num, mark: t.last, now: now})
	return t.Exec("insert into pending (bulletin, mark) values ($1, $2) on conflict (bulletin) do update set mark = excluded.mark", num, t.last)
}

// Settle empties the queues of bulletins whose groups and meetings are to be
// found, and returns when it is empty or ctx ends. Without it the queue is emptied in the
// background while the archive is open.
func (a *Archive) Settle(ctx context.Context) error {
	if !a.store.Writes() {
		return nil
	}
	for {
		err := a.drain(ctx)
		if !errors.Is(err, store.ErrBusy) {
			return err
		}
		if left, err := a.unsettled(ctx); err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lookAgain / 10):
		}
	}
}

// unsettled counts what waits in the queues, up to 1.
func (a *Archive) unsettled(ctx context.Context) (n int, err error) {
	err = a.store.Row(ctx, `select count(*) from (select 1 from (select bulletin from pending limit 1) as p
		union all select 1 from (select bulletin from regroup limit 1) as r
		union all select 1 from (select bulletin from meet limit 1) as m
		union all select 1 from (select bulletin from renamed limit 1) as n) as queued`, nil, &n)
	return n, err
}

// groups is who empties the queue in the background.
type groups struct {
	queued chan struct{} // holds a token when something was queued
	turn   chan struct{} // holds a token while this process groups
	stop   context.CancelFunc
	ended  chan struct{}

	texts cache.Of[int64, pended] // what was queued last through this archive, to spare reading it
}

func newGroups() *groups {
	return &groups{queued: make(chan struct{}, 1), turn: make(chan struct{}, 1), stop: func() {}}
}

// recall fills in the text of a bulletin as it was queued, once.
func (g *groups) recall(p *pended) bool {
	known, ok := g.texts.Get(p.num, 0)
	g.texts.Forget(p.num)
	if ok = ok && known.mark == p.mark; ok {
		p.now = known.now
	}
	return ok
}

func (g *groups) wake() {
	select {
	case g.queued <- struct{}{}:
	default:
	}
}

// start empties the queue whenever something was queued through the archive,
// until end.
func (g *groups) start(ctx context.Context, a *Archive) {
	ctx, g.stop = context.WithCancel(context.WithoutCancel(ctx))
	g.ended = make(chan struct{})
	go func() {
		defer close(g.ended)
		for {
			select {
			case <-ctx.Done():
				return
			case <-g.queued:
			}
			select { // what a crawl saves page by page is grouped together
			case <-ctx.Done():
				return
			case <-time.After(gather):
			}
			if err := a.Settle(ctx); err != nil && ctx.Err() == nil {
				// Nothing is lost: what comes next finds the queue as it is.
				a.log.Warn("near-duplicates and meetings are not linked yet", "error", err)
			}
		}
	}()
}

// end stops after the step under way.
func (g *groups) end() {
	g.stop()
	if g.ended != nil {
		<-g.ended
	}
}

// drain takes the right to group and empties the queues; ErrBusy when another
// has it.
func (a *Archive) drain(ctx context.Context) error {
	if left, err := a.unsettled(ctx); err != nil || left == 0 {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case a.groups.turn <- struct{}{}:
		defer func() { <-a.groups.turn }()
	}
	right, err := a.store.Exclusive(ctx, "groups")
	if err != nil {
		return err
	}
	g, m := newGrouping(), new(meetings)
	for {
		n, err := a.step(ctx, g, m)
		if err != nil || n == 0 {
			return errors.Join(err, right.Close())
		}
	}
}

// step does one step of each kind, up to the first that leaves some of its
// queue: meetings depend on groups. It returns 0 when all queues are empty.
func (a *Archive) step(ctx context.Context, g *grouping, m *meetings) (done int, err error) {
	for _, s := range []struct {
		do   func() (int, error)
		most int
	}{
		{func() (int, error) { return a.groupStep(ctx, g) }, pendingStep},
		{func() (int, error) { return a.regroupStep(ctx) }, regroupStep},
		{func() (int, error) { return a.meetStep(ctx, m) }, meetStep},
		{func() (int, error) { return a.renameStep(ctx) }, regroupStep},
	} {
		n, err := s.do()
		done += n
		if err != nil || n == s.most {
			return done, err
		}
	}
	return done, nil
}

// pended is a bulletin of the queue with its text of today.
type pended struct {
	num, mark int64
	now       text
}

// groupStep compares a few bulletins of the queue and returns how many.
func (a *Archive) groupStep(ctx context.Context, g *grouping) (int, error) {
	all, err := read(ctx, a, func(v *view) ([]pended, error) { return v.pending(ctx) })
	if err != nil || len(all) == 0 {
		return 0, err
	}
	tried := false
	err = a.update(ctx, func(t *tx) error {
		if tried { // what the first try found is void
			g.forget()
		}
		g.tx, tried = t, true
		for _, p := range all {
			n, err := t.Count("delete from pending where bulletin = $1 and mark = $2", p.num, p.mark)
			if err != nil {
				return err
			}
			if n == 0 {
				continue // it changed meanwhile and is queued again
			}
			if err := cmp.Or(g.move(p.num, p.now), t.toMeet(p.num, true, p.now.reports)); err != nil {
				return fmt.Errorf("group of bulletin %d: %w", p.num, err)
			}
		}
		return nil
	})
	if err != nil {
		g.forget()
	}
	return len(all), err
}

// pending reads the head of the queue.
func (v *view) pending(ctx context.Context) (all []pended, err error) {
	all, err = store.List(v.Rows(ctx, "select bulletin, mark from pending order by bulletin limit $1", pendingStep),
		func(p *pended) []any { return []any{&p.num, &p.mark} })
	for i := range all {
		if err == nil && !v.a.groups.recall(&all[i]) {
			err = v.readText(ctx, &all[i])
		}
	}
	return all, err
}

// readText reads the text of a bulletin; one that was withdrawn has none.
func (v *view) readText(ctx context.Context, p *pended) error {
	var body []byte
	err := v.Row(ctx, `select v.body from bulletin b join version v on v.bulletin = b.num and v.number = b.version
		where b.num = $1 and b.withdrawn = 0`, []any{p.num}, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	b, err := v.a.codec.bulletin(body)
	p.now = textOf(&b)
	return err
}

// regroupStep passes a few bulletins through the feed, those whose group is
// another now, and returns at how many it looked. A group is named after the
// first bulletin, by id, that has the text of its number.
func (a *Archive) regroupStep(ctx context.Context) (n int, err error) {
	type member struct{ num, was, leader sql.NullInt64 }
	err = a.update(ctx, func(t *tx) error {
		members, err := store.List(t.Rows(`select b.num, b.leader, (select l.num from text t join bulletin l on l.text = t.grp where t.num = b.text order by l.id limit 1)
			from (select bulletin from regroup order by bulletin limit $1) as r join bulletin b on b.num = r.bulletin`, regroupStep),
			func(m *member) []any { return []any{&m.num, &m.was, &m.leader} })
		if err != nil {
			return err
		}
		n = len(members)
		return each(members, func(m member) error {
			if m.leader == m.num {
				m.leader = sql.NullInt64{}
			}
			if err := t.Exec("delete from regroup where bulletin = $1", m.num); err != nil || m.leader == m.was {
				return err
			}
			return cmp.Or(
				t.Exec("update bulletin set leader = $1 where num = $2", m.leader, m.num),
				t.touch(m.num.Int64),
				t.toMeet(m.num.Int64, false, false),
			)
		})
	})
	return n, err
}
