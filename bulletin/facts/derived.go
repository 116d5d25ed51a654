package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// derivedPeriod reads "6 tháng đầu năm", "nửa đầu năm", "9 tháng", "3 tháng đầu năm" and a
// reviewed month as the quarter in which they end.
func (s *scan) derivedPeriod(day time.Time) (bulletin.Period, bulletin.Span) {
	barrier := 0
	for i, u := range s.Units {
		if u.Hash != phrase.Thang && u.Hash != phrase.Nua && s.WordAt(i+1) != phrase.Thang {
			continue // nearly always
		}
		q, ok := s.monthsAt(i)
		if !ok {
			continue
		}
		cues := s.cuesBefore(i)
		q.sentence, q.sentenceEnd = s.sentenceStart(i), s.sentenceEnd(i)
		q.role = s.roleAt(i, max(barrier, q.sentence), cues)
		barrier = q.last + 1
		if q.role == rolePlan || q.role == roleSchedule || q.sloppy && !s.reviewed(cues, i) {
			continue
		}
		p := bulletin.Period{Quarter: q.quarter, Year: s.quarterYear([]quarter{q}, 0, day), Basis: bulletin.Derived}
		if p.Year != 0 {
			return p, s.span(i, q.last)
		}
	}
	return bulletin.Period{}, bulletin.Span{}
}

// reviewed reports whether a review cue stands close before a month's name: a
// month is named for many reasons.
func (s *scan) reviewed(cues []hit, i int) bool {
	const near = 8
	cue, _, ok := nearest(cues, i, near, classReview, classGovern)
	return ok && !s.parted(int(cue.last)+1, i)
}

// monthsAt reads the months that begin at token i as the quarter in which they
// end. It is sloppy, so that it counts behind a review alone, when the months are
// the last of the year or have none and are not nine.
func (s *scan) monthsAt(i int) (q quarter, ok bool) {
	from, to, last, ok := s.quartersAt(i)
	if !ok {
		return s.monthAt(i)
	}
	q = quarter{quarter: to, year: s.yearAt(last), first: i, last: last, sloppy: from > 1}
	if s.KindAt(i+2) == vi.KindDigits || s.WordAt(i-1) == phrase.Ngay {
		return q, false // 6 tháng 7, ngày 6 tháng
	}
	if last == i+1 && to != 3 {
		q.sloppy = true
		return q, s.KindAt(i+2) != vi.KindWord || s.WordAt(i+2) == phrase.Va // not sơ kết 6 tháng thực hiện
	}
	return q, true
}

// monthAt reads "tháng 8/2020", "tháng 8 năm 2020", "tháng tám", not the month of
// a day, of a name or of the moon.
func (s *scan) monthAt(i int) (quarter, bool) {
	_, last, ok := s.Time(i, phrase.MonthOfYear)
	if !ok || s.ends(i, classBlockMonth, 3) || i > 0 && s.Units[i-1].Is(vi.KindDigits) || s.starts(i, classLunar) {
		return quarter{}, false
	}
	return quarter{quarter: (s.Numbers(i, last)[0] + 2) / 3, year: s.yearAt(last), first: i, last: last, sloppy: true}, true
}
