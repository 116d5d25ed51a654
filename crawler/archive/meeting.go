package archive

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"

	"bantin/bulletin"
	"bantin/cache"
	"bantin/crawler/archive/meeting"
	"bantin/crawler/archive/store"
)

// Meetings are what meeting.All makes of all bulletins, found one
// bulletin at a time. A report that states host and day, a firm one, says by
// itself which meeting it is of; any other, a loose one, is compared with those
// firm ones alone that share a key with it (meeting.Account.Keys), and what it
// fits is kept. One that fits several meetings is settled: a further firm report
// is compared with the others alone, so that a report costs the same however
// many there are of one host and quarter, unless none of them fit together.

// meetStep is how many bulletins are looked at in one transaction.
const meetStep = 200

// Meeting returns the id under which a meeting is known today, given that or
// one that it had before; ErrNotFound when no bulletin here reported it.
func (a *Archive) Meeting(ctx context.Context, id string) (now string, err error) {
	err = a.view(ctx, func(v *view) error {
		err := v.Row(ctx, "select meeting from bulletin where meeting = $1 and withdrawn = 0 limit 1", []any{id}, &now)
		if errors.Is(err, sql.ErrNoRows) {
			err = v.Row(ctx, `select b.meeting from former f join bulletin b on b.num = f.bulletin
				where f.id = $1 and b.withdrawn = 0 and b.meeting is not null order by b.id limit 1`, []any{id}, &now)
		}
		return missing(err)
	})
	return now, err
}

// toMeet queues a bulletin; told says that what it says may have changed. One
// that reported no meeting and reports none now is passed over.
func (t *tx) toMeet(num int64, told, reports bool) error {
	if !reports {
		var was int
		err := t.Row("select count(*) from report where bulletin = $1", []any{num}, &was)
		if err != nil || was == 0 {
			return err
		}
	}
	return t.Exec(`insert into meet (bulletin, told) values ($1, $2)
		on conflict (bulletin) do update set told = case when excluded.told = 1 then 1 else meet.told end`, num, number(told))
}

// meetings finds meetings; what it has read is true as long as its holder is the
// only one who does, and is to be cleared when a transaction fails.
type meetings struct {
	*tx
	read    cache.Of[int64, *meeting.Account] // nil for one that reports none
	changed map[string]*turnover              // in this transaction, by key of the meeting
}

// turnover are the reports that a meeting got and lost.
type turnover struct {
	came map[string]bulletin.Report // by bulletin
	left map[string]bool
}

// Sides of a report in the table of keys.
const (
	sideOpen    = 0 // loose, and may come to fit another meeting
	sideFirm    = 1
	sideSeveral = 2 // loose, and fits several
)

// several is what a report fits that fits more than one meeting.
const several = "*"

// report is a row of the table of reports.
type report struct {
	bulletin.Report
	num                          int64
	copies, plain, fits, meeting string
}

func (r report) firm() bool  { return r.plain != "" }
func (r report) loose() bool { return r.num != 0 && r.plain == "" }

func (r report) side() int {
	switch {
	case r.firm():
		return sideFirm
	case r.fits == several:
		return sideSeveral
	}
	return sideOpen
}

// meetStep looks at a few bulletins of the queue and returns how many.
func (a *Archive) meetStep(ctx context.Context, m *meetings) (n int, err error) {
	tried := false
	err = a.update(ctx, func(t *tx) error {
		if tried { // what the first try read is void
			m.read.Clear()
		}
		m.tx, m.changed, tried = t, map[string]*turnover{}, true
		type one struct {
			num  int64
			told bool
		}
		due, err := store.List(t.Rows("select bulletin, told = 1 from meet order by told desc, bulletin desc limit $1", meetStep),
			func(d *one) []any { return []any{&d.num, &d.told} })
		n = len(due)
		for _, d := range due {
			err = cmp.Or(t.Exec("delete from meet where bulletin = $1", d.num), m.look(d.num, d.told))
			if err != nil {
				return fmt.Errorf("meeting of bulletin %d: %w", d.num, err)
			}
		}
		return cmp.Or(err, m.name())
	})
	if err != nil {
		m.read.Clear()
	}
	return n, err
}

// look brings what a bulletin says up to date, and the meetings that depend on it.
func (m *meetings) look(num int64, told bool) error {
	was, err := m.report(num)
	if err != nil || !told && was.num == 0 {
		return err
	}
	now := was
	if told {
		m.read.Forget(num)
		if err = m.mayLose(was); err == nil {
			now, err = m.present(num)
		}
	}
	if err != nil {
		return err
	}
	if now.num != 0 {
		if now.copies, err = m.copies(now); err != nil {
			return err
		}
	}
	if told {
		err = m.write(was, now)
	} else if now.copies != was.copies {
		err = m.Exec("update report set copies = $1 where bulletin = $2", now.copies, num)
	}
	if err == nil && now.loose() {
		err = m.fit(now)
	}
	if err != nil {
		return err
	}
	err = cmp.Or(m.regard(was), m.regard(now))
	if told && now.firm() {
		err = cmp.Or(err, m.mayGain(num))
	}
	return err
}

// regard brings those together again that a report is or was one of.
func (m *meetings) regard(r report) error {
	if r.firm() {
		return m.part(r.plain)
	}
	if r.loose() {
		return m.join(r.copies)
	}
	return nil
}

// report reads what a bulletin said; num is 0 when it reported no meeting.
func (m *meetings) report(num int64) (report, error) {
	rs, err := m.reports("bulletin = $1", num)
	if err != nil || len(rs) == 0 {
		return report{}, err
	}
	return rs[0], nil
}

func (m *meetings) reports(where string, args ...any) (rs []report, err error) {
	type row struct {
		report
		body []byte
	}
	rows, err := store.List(m.Rows("select bulletin, copies, plain, fits, meeting, body from report where "+where, args...),
		func(r *row) []any { return []any{&r.num, &r.copies, &r.plain, &r.fits, &r.meeting, &r.body} })
	for _, r := range rows {
		if err := json.Unmarshal(r.body, &r.Report); err != nil {
			return nil, err
		}
		rs = append(rs, r.report)
	}
	return rs, err
}

// present is what a bulletin says now; num is 0 when it reports no meeting or
// was withdrawn.
func (m *meetings) present(num int64) (r report, err error) {
	a, err := m.account(num)
	if err != nil || a == nil {
		return r, err
	}
	r = report{Report: a.Report, num: num}
	if a.Firm() {
		r.plain = bulletin.MeetingOf([]bulletin.Report{a.Report}).ID
	}
	return r, nil
}

// copies names the near-duplicates that a report is of, as a meeting of their own
// is named.
func (m *meetings) copies(r report) (string, error) {
	var leader int64
	err := m.Row("select coalesce(leader, num) from bulletin where num = $1", []any{r.num}, &leader)
	return fmt.Sprintf("alone|%s|%s|%d", r.Province, r.Kind, leader), err
}

// account reads a bulletin as it is now, nil when it was withdrawn or reports no
// meeting. It is without its body: a firm report is compared without it.
func (m *meetings) account(num int64) (*meeting.Account, error) {
	if a, ok := m.read.Get(num, 0); ok {
		return a, nil
	}
	var body []byte
	var id string
	err := m.Row(`select b.id, v.body from bulletin b join version v on v.bulletin = b.num and v.number = b.version
		where b.num = $1 and b.withdrawn = 0`, []any{num}, &id, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b, err := m.a.codec.bulletin(body)
	if err != nil {
		return nil, err
	}
	b.ID, b.Body, b.Cites, b.Attachments = id, "", nil, nil
	a, _ := meeting.Of(&b)
	m.read.Put(num, 0, a, maxSketches)
	return a, nil
}

// write replaces a row and its keys.
func (m *meetings) write(was, now report) error {
	if now.num == 0 {
		if was.num == 0 {
			return nil
		}
		m.leave(was)
		return cmp.Or(m.renamed(was.num), m.dropKeys(was.num), m.Exec("delete from report where bulletin = $1", was.num))
	}
	body, err := json.Marshal(now.Report)
	if err != nil {
		return err
	}
	err = m.Exec(`insert into report (bulletin, copies, plain, cadence, parted, fits, meeting, body) values ($1, $2, $3, $4, -1, $5, $6, $7)
		on conflict (bulletin) do update set copies = excluded.copies, plain = excluded.plain, cadence = excluded.cadence,
		parted = -1, fits = excluded.fits, body = excluded.body`,
		now.num, now.copies, now.plain, now.Cadence, now.fits, was.meeting, string(body))
	if err != nil {
		return err
	}
	if was.meeting != "" && was.Report != now.Report {
		m.leave(was)
		now.meeting = was.meeting
		m.come(now)
	}
	if was.num != 0 {
		if err := m.dropKeys(now.num); err != nil {
			return err
		}
	}
	a, err := m.account(now.num)
	if err != nil {
		return err
	}
	return each(a.Keys(), func(key string) error {
		h := fnv.New64a()
		h.Write([]byte(key))
		return m.Exec("insert into report_key (key, side, bulletin) values ($1, $2, $3) on conflict do nothing", int64(h.Sum64()>>1), now.side(), now.num)
	})
}

func (m *meetings) dropKeys(num int64) error {
	return m.Exec("delete from report_key where bulletin = $1", num)
}

// renamed queues a bulletin whose meeting is another or called otherwise.
func (m *meetings) renamed(num int64) error {
	return m.Exec("insert into renamed (bulletin) values ($1) on conflict do nothing", num)
}

// leave and come note the turnover of a report's meeting.
func (m *meetings) leave(r report) {
	t := m.turnover(r.meeting)
	delete(t.came, r.ID)
	t.left[r.ID] = true
}

func (m *meetings) come(r report) { m.turnover(r.meeting).came[r.ID] = r.Report }

func (m *meetings) turnover(meeting string) *turnover {
	if m.changed[meeting] == nil {
		m.changed[meeting] = &turnover{map[string]bulletin.Report{}, map[string]bool{}}
	}
	return m.changed[meeting]
}

// enter puts a report into the meeting of a key.
func (m *meetings) enter(r report, key string) error {
	if r.meeting == key {
		return nil
	}
	if r.meeting != "" {
		m.leave(r)
	}
	r.meeting = key
	m.come(r)
	return cmp.Or(m.renamed(r.num), m.Exec("update report set meeting = $1 where bulletin = $2", key, r.num))
}

// part gives the reports of one body, kind and day their meeting, or meetings
// by cadence.
func (m *meetings) part(plain string) error {
	var first, last string
	const named = "select cadence from report where plain = $1 and plain <> '' and cadence > '' order by cadence"
	err := m.Row("select coalesce(("+named+" limit 1), ''), coalesce(("+named+" desc limit 1), '')", []any{plain}, &first, &last)
	if err != nil {
		return err
	}
	parted := number(meeting.Apart([]string{first, last}))
	var moved int
	err = m.Row("select count(*) from report where plain = $1 and plain <> '' and parted = $2", []any{plain, 1 - parted}, &moved)
	if moved > 0 { // their meetings are others, so what fits them is looked at again
		err = cmp.Or(err, m.Exec(`insert into meet (bulletin, told) select k2.bulletin, 0 from report_key k2 where k2.side <> 1 and k2.key in
			(select k1.key from report r join report_key k1 on k1.bulletin = r.bulletin where r.plain = $1 and r.plain <> '')
			group by k2.bulletin on conflict do nothing`, plain))
	}
	rs, unread := m.reports("plain = $1 and plain <> '' and parted in (-1, $2)", plain, 1-parted)
	return cmp.Or(err, unread, each(rs, func(r report) error {
		key := plain
		if parted == 1 {
			key += "|" + r.Cadence
		}
		return cmp.Or(m.enter(r, key), m.Exec("update report set parted = $1 where bulletin = $2", parted, r.num))
	}))
}
