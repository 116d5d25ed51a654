package facts

import (
	"time"

	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// printed is a calendar date with the clock and the weekday beside it.
type printed struct {
	phrase.Date // First and Last take in what stands beside it
	clock       clock
	weekday     int // Sunday 0, -1 when not printed
	dateFirst   int // first token of the calendar date alone
}

// dateAt reads the calendar date that begins at token i, of a year in which a
// bulletin can have been printed; without a year only when partial.
func (s *scan) dateAt(i int, partial bool) (p printed, ok bool) {
	d, ok := s.DateAt(i, partial)
	p = printed{Date: d, dateFirst: i, weekday: -1, clock: clock{hour: -1}}
	return p, ok && (p.Year == 0 || p.Year >= firstYear)
}

// time gives the moment printed, in year when none was.
func (p printed) time(year int) (time.Time, bulletin.Precision) {
	if p.Year != 0 {
		year = p.Year
	}
	if p.clock.hour < 0 {
		return time.Date(year, time.Month(p.Month), p.Day, 0, 0, 0, 0, bulletin.Zone), bulletin.Day
	}
	c := p.clock
	return time.Date(year, time.Month(p.Month), p.Day, c.hour, c.minute, c.second, 0, bulletin.Zone), c.precision
}
