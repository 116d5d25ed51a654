package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"bantin/bulletin"
)

// Meetings are what bulletin.Meetings makes of all bulletins, found one
// bulletin at a time. A report that states host and day says by itself which
// meeting it is of; any other is compared with those alone that share a key
// with it (bulletin.MeetingKeys), and is looked at again when one of them
// changes.

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

// meetings finds meetings in one transaction.
type meetings struct {
	*tx
	read    map[int64]*bulletin.Bulletin
	changed map[string]bool // keys of meetings whose reports changed
}

// report is a row of the table of reports.
type report struct {
	bulletin.Report
	num, copies    int64
	plain, meeting string
}

// meetStep looks at a few bulletins of the queue and returns how many.
func (a *Archive) meetStep(ctx context.Context) (n int, err error) {
	err = a.update(ctx, func(t *tx) error {
		type one struct {
			num  int64
			told bool
		}
		var due []one
		var d one
		err := t.Rows("select bulletin, told = 1 from meet order by told desc, bulletin desc limit $1", []any{meetStep}, func() error {
			due = append(due, d)
			return nil
		}, &d.num, &d.told)
		if err != nil {
			return err
		}
		n = len(due)
		m := &meetings{t, map[int64]*bulletin.Bulletin{}, map[string]bool{}}
		for _, d := range due {
			if err := t.Exec("delete from meet where bulletin = $1", d.num); err != nil {
				return err
			}
			if err := m.look(d.num, d.told); err != nil {
				return fmt.Errorf("meeting of bulletin %d: %w", d.num, err)
			}
		}
		return m.name()
	})
	return n, err
}

// look brings what a bulletin says up to date, and the meetings that depend on it.
func (m *meetings) look(num int64, told bool) error {
	was, err := m.report(num)
	if err != nil {
		return err
	}
	now, err := m.present(num)
	if err != nil {
		return err
	}
	if told {
		if err := m.near(was.plain); err != nil {
			return err
		}
	}
	if err := m.write(was, now); err != nil {
		return err
	}
	if told {
		if err := m.near(now.plain); err != nil {
			return err
		}
	}
	for _, plain := range []string{was.plain, now.plain} {
		if err := m.part(plain); err != nil {
			return err
		}
	}
	if was.loose() && (!now.loose() || was.set() != now.set()) {
		if err := m.Exec("insert into meet (bulletin, told) select bulletin, 0 from report where copies = $1 and plain = '' on conflict do nothing", was.copies); err != nil {
			return err
		}
	}
	if now.loose() {
		return m.join(now)
	}
	return nil
}

// loose tells whether there is a report that leaves host or day open.
func (r report) loose() bool { return r.num != 0 && r.plain == "" }

// set names the near-duplicates that join a meeting together.
func (r report) set() string {
	return fmt.Sprintf("alone|%s|%s|%d", r.Province, r.Kind, r.copies)
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
	var r report
	var body []byte
	err = m.Rows("select bulletin, copies, plain, meeting, body from report where "+where, args, func() error {
		r.Report = bulletin.Report{}
		if err := json.Unmarshal(body, &r.Report); err != nil {
			return err
		}
		rs = append(rs, r)
		return nil
	}, &r.num, &r.copies, &r.plain, &r.meeting, &body)
	return rs, err
}

// present is what a bulletin says now; num is 0 when it reports no meeting or
// was withdrawn.
func (m *meetings) present(num int64) (r report, err error) {
	b, err := m.bulletin(num)
	if err != nil || b == nil {
		return r, err
	}
	said, ok := bulletin.ReportOf(b)
	if !ok {
		return r, nil
	}
	r = report{Report: said, num: num}
	if said.Firm() {
		r.plain = bulletin.MeetingOf([]bulletin.Report{said}).ID
	}
	return r, m.Row("select coalesce(leader, num) from bulletin where num = $1", []any{num}, &r.copies)
}

// bulletin reads a bulletin as it is now, nil when it was withdrawn.
func (m *meetings) bulletin(num int64) (*bulletin.Bulletin, error) {
	if b, ok := m.read[num]; ok {
		return b, nil
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
	whole, err := m.a.codec.plain.dec.DecodeAll(body, nil)
	if err != nil {
		return nil, err
	}
	b := new(bulletin.Bulletin)
	if err := b.UnmarshalJSON(whole); err != nil {
		return nil, err
	}
	b.ID, b.Cites, b.Attachments = id, nil, nil
	if len(m.read) >= maxSketches {
		clear(m.read)
	}
	m.read[num] = b
	return b, nil
}

// write replaces a row and its keys.
func (m *meetings) write(was, now report) error {
	if now.num == 0 {
		if was.num == 0 {
			return nil
		}
		m.changed[was.meeting] = true
		if err := m.Exec("insert into renamed (bulletin) values ($1) on conflict do nothing", was.num); err != nil {
			return err
		}
		if err := m.Exec("delete from report_key where bulletin = $1", was.num); err != nil {
			return err
		}
		return m.Exec("delete from report where bulletin = $1", was.num)
	}
	body, err := json.Marshal(now.Report)
	if err != nil {
		return err
	}
	err = m.Exec(`insert into report (bulletin, copies, plain, meeting, body) values ($1, $2, $3, $4, $5)
		on conflict (bulletin) do update set copies = excluded.copies, plain = excluded.plain, body = excluded.body`,
		now.num, now.copies, now.plain, was.meeting, string(body))
	if err != nil {
		return err
	}
	m.changed[was.meeting] = true // which may take facts from it
	b, err := m.bulletin(now.num)
	if err != nil {
		return err
	}
	if err := m.Exec("delete from report_key where bulletin = $1", now.num); err != nil {
		return err
	}
	for _, key := range b.MeetingKeys() {
		h := fnv.New64a()
		h.Write([]byte(key))
		err := m.Exec("insert into report_key (key, bulletin, firm) values ($1, $2, $3) on conflict do nothing", int64(h.Sum64()>>1), now.num, number(now.Firm()))
		if err != nil {
			return err
		}
	}
	return nil
}

// near queues the reports that may join a meeting of this name.
func (m *meetings) near(plain string) error {
	if plain == "" {
		return nil
	}
	return m.Exec(`insert into meet (bulletin, told) select k2.bulletin, 0 from report r
		join report_key k1 on k1.bulletin = r.bulletin join report_key k2 on k2.key = k1.key and k2.firm = 0
		where r.plain = $1 and r.plain <> '' group by k2.bulletin on conflict do nothing`, plain)
}

// part gives the reports of one body, kind and day their meeting, or meetings
// by cadence.
func (m *meetings) part(plain string) error {
	if plain == "" {
		return nil
	}
	rs, err := m.reports("plain = $1 and plain <> ''", plain)
	if err != nil {
		return err
	}
	var cadences []string
	for _, r := range rs {
		cadences = append(cadences, r.Cadence)
	}
	apart := bulletin.Apart(cadences)
	for _, r := range rs {
		key := plain
		if apart {
			key += "|" + r.Cadence
		}
		if err := m.enter(r, key); err != nil {
			return err
		}
	}
	return nil
}

// join finds the one meeting that near-duplicates fit, or makes one of their own.
func (m *meetings) join(r report) error {
	all, err := m.reports("copies = $1 and plain = ''", r.copies)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(other report) bool { return other.set() != r.set() })
	fits := map[string]bool{}
	for _, one := range all {
		if err := m.fit(one, fits); err != nil {
			return err
		}
	}
	key := r.set()
	if found := slices.Collect(maps.Keys(fits)); len(found) == 1 {
		key = found[0]
	}
	for _, one := range all {
		if err := m.enter(one, key); err != nil {
			return err
		}
	}
	return nil
}

// fit adds the meetings that a report fits, until they are several.
func (m *meetings) fit(r report, fits map[string]bool) error {
	firm, err := m.reports(`bulletin in (select k2.bulletin from report_key k1
		join report_key k2 on k2.key = k1.key and k2.firm = 1 where k1.bulletin = $1)`, r.num)
	if err != nil {
		return err
	}
	b, err := m.bulletin(r.num)
	for _, other := range firm {
		if err != nil || len(fits) > 1 {
			return err
		}
		if fits[other.meeting] {
			continue
		}
		var o *bulletin.Bulletin
		if o, err = m.bulletin(other.num); err == nil && o != nil && bulletin.SameMeeting(o, b) {
			fits[other.meeting] = true
		}
	}
	return err
}

// enter puts a report into the meeting of a key.
func (m *meetings) enter(r report, key string) error {
	if r.meeting == key {
		return nil
	}
	m.changed[r.meeting], m.changed[key] = true, true
	if err := m.Exec("insert into renamed (bulletin) values ($1) on conflict do nothing", r.num); err != nil {
		return err
	}
	return m.Exec("update report set meeting = $1 where bulletin = $2", key, r.num)
}
