package archive

import (
	"cmp"
	"math"

	"bantin/crawler/archive/store"
)

// fewFirm is how many firm reports are compared first: mostly two meetings that
// a loose report fits are among them.
const fewFirm = 32

// fit notes what a loose report fits.
func (m *meetings) fit(l report) error {
	for _, most := range []int{fewFirm, math.MaxInt32} {
		fits, all, err := m.fitOf(l.num, most)
		if err != nil {
			return err
		}
		if all || fits == several {
			return m.setFits(l, fits)
		}
	}
	return nil
}

// fitOf compares a loose report with the firm ones that share a key with it, at
// most so many; all tells that there are no more.
func (m *meetings) fitOf(num int64, most int) (fits string, all bool, err error) {
	near, err := store.List(m.Rows(`select k2.bulletin, r.meeting from report_key k2 join report r on r.bulletin = k2.bulletin
		where k2.side = 1 and k2.key in (select key from report_key where bulletin = $1) limit $2`, num, most),
		func(r *report) []any { return []any{&r.num, &r.meeting} })
	if err != nil {
		return "", false, err
	}
	for _, f := range near {
		if f.meeting == fits {
			continue
		}
		same, err := m.same(f.num, num)
		if err != nil {
			return "", false, err
		}
		if same && fits != "" {
			return several, true, nil
		}
		if same {
			fits = f.meeting
		}
	}
	return fits, len(near) < most, nil
}

// same compares a firm report with another.
func (m *meetings) same(firm, other int64) (bool, error) {
	a, err := m.account(firm)
	if err != nil || a == nil {
		return false, err
	}
	b, err := m.account(other)
	return err == nil && b != nil && a.Same(b), err
}

// setFits notes what a loose report fits by itself.
func (m *meetings) setFits(l report, fits string) error {
	if l.fits == fits {
		return nil
	}
	was := l.side()
	l.fits = fits
	if err := m.Exec("update report set fits = $1 where bulletin = $2", fits, l.num); err != nil || l.side() == was {
		return err
	}
	return m.Exec("update report_key set side = $1 where bulletin = $2", l.side(), l.num)
}

// mayLose queues the loose reports that may fit a firm one no more.
func (m *meetings) mayLose(was report) error {
	if !was.firm() {
		return nil
	}
	return m.Exec(`insert into meet (bulletin, told) select k2.bulletin, 0 from report_key k2 join report r on r.bulletin = k2.bulletin
		where k2.side in (0, 2) and k2.key in (select key from report_key where bulletin = $1) and r.fits in ($2, '*')
		group by k2.bulletin on conflict do nothing`, was.num, was.meeting)
}

// mayGain compares a firm report with the loose ones that may come to fit it.
func (m *meetings) mayGain(num int64) error {
	f, err := m.report(num)
	if err != nil {
		return err
	}
	near, err := store.List(m.Rows(`select distinct r.bulletin, r.fits, r.copies from report_key k2 join report r on r.bulletin = k2.bulletin
		where k2.side = 0 and k2.key in (select key from report_key where bulletin = $1) and r.fits <> $2`, num, f.meeting),
		func(r *report) []any { return []any{&r.num, &r.fits, &r.copies} })
	if err != nil {
		return err
	}
	return each(near, func(l report) error {
		same, err := m.same(num, l.num)
		if err != nil || !same {
			return err
		}
		fits := f.meeting
		if l.fits != "" {
			fits = several
		}
		return cmp.Or(m.setFits(l, fits), m.join(l.copies))
	})
}

// join gives near-duplicates the one meeting that they fit, or one of their own.
func (m *meetings) join(copies string) error {
	var first, last string
	const fits = "select fits from report where copies = $1 and plain = '' and fits > '' order by fits"
	err := m.Row("select coalesce(("+fits+" limit 1), ''), coalesce(("+fits+" desc limit 1), '')", []any{copies}, &first, &last)
	if err != nil {
		return err
	}
	key := copies
	if first != "" && first == last && first != several {
		key = first
	}
	for _, elsewhere := range []string{"meeting < $2", "meeting > $2"} {
		rs, unread := m.reports("copies = $1 and plain = '' and "+elsewhere, copies, key)
		err = cmp.Or(err, unread, each(rs, func(r report) error { return m.enter(r, key) }))
	}
	return err
}
