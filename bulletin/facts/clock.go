package facts

import (
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// clock is a time of day.
type clock struct {
	hour, minute, second int // hour -1 when not printed
	precision            bulletin.Precision
}

// clockAt reads the time of day that begins at token i: 13:35:49, 1:35:49 CH,
// 7h30, 14 giờ 00, 2:30 p.m.; last is its last token.
func (s *scan) clockAt(i int) (c clock, last int, ok bool) {
	_, last, ok = s.Time(i, phrase.Clock)
	if !ok || s.GluedNumber(i) {
		return clock{hour: -1}, 0, false
	}
	of := s.Numbers(i, last)
	if c.precision = bulletin.Minute; len(of) == 3 {
		c.precision = bulletin.Second
	}
	of = append(of, 0, 0) // of an hour alone
	c.hour, c.minute, c.second = of[0], of[1], of[2]
	half, end, told := s.Time(last+1, phrase.HalfDay)
	if !told && c.hour <= 12 {
		half, end, told = s.Time(last+1, phrase.PartOfDay)
	}
	if told = told && s.KindAt(end) != 0; told {
		last = end
	}
	switch {
	case told && c.hour <= 12:
		c.hour = c.hour%12 + int(half.Value)
	case c.hour == 24 && c.minute+c.second == 0:
		c.hour = 0
	}
	return c, last, c.hour < 24 && c.minute < 60 && c.second < 60
}
