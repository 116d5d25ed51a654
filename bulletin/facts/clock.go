package facts

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// clock is a time of day.
type clock struct {
	hour, minute, second int // hour -1 when not printed
	precision            bulletin.Precision
}

// clockAt reads the time of day that begins at token i: 13:35:49, 1:35:49 CH,
// 7h30, 14 giờ 00; last is its last token.
func (s *scan) clockAt(i int) (c clock, last int, ok bool) {
	if s.KindAt(i) != 'n' || s.Units[i].Len() > 2 || s.Units[i].Num > 24 || s.GluedNumber(i) {
		return clock{hour: -1}, 0, false
	}
	c = clock{hour: int(s.Units[i].Num), precision: bulletin.Minute}
	switch {
	case s.KindAt(i+1) == ':' && s.twoDigits(i+2) && !s.Units[i+2].Has(vi.Spaced):
		c.minute, last = int(s.Units[i+2].Num), i+2
		if s.KindAt(i+3) == ':' && s.twoDigits(i+4) && !s.Units[i+4].Has(vi.Spaced) {
			c.second, c.precision, last = int(s.Units[i+4].Num), bulletin.Second, i+4
		}
		last = s.minuteEnd(last)
	case s.WordAt(i+1) == phrase.Gio || (s.WordAt(i+1) == phrase.H || s.WordAt(i+1) == phrase.G) && !s.Units[i+1].Has(vi.Spaced):
		last = i + 1
		if s.twoDigits(i + 2) {
			c.minute, last = int(s.Units[i+2].Num), s.minuteEnd(i+2)
		}
	default:
		return clock{hour: -1}, 0, false
	}
	last = s.halfDay(&c, last)
	if c.hour == 24 && c.minute+c.second == 0 {
		c.hour = 0
	}
	return c, last, c.hour < 24 && c.minute < 60 && c.second < 60
}

// minuteEnd is the last token of minutes that end at token i: 30', 30 phút.
func (s *scan) minuteEnd(i int) int {
	if s.WordAt(i+1) == phrase.Phut || s.KindAt(i+1) == '\'' {
		return i + 1
	}
	return i
}

func (s *scan) twoDigits(i int) bool { return s.KindAt(i) == 'n' && s.Units[i].Len() == 2 }

// dottedHalf reads "a.m." and "p.m." at token i: the hours that it adds and its
// last token, 0 for none.
func (s *scan) dottedHalf(i int) (hours, end int) {
	if s.KindAt(i+1) != '.' || !strings.EqualFold(s.Of(i+2), "m") {
		return 0, 0
	}
	end = i + 2
	if s.KindAt(i+3) == '.' {
		end++
	}
	switch strings.ToLower(s.Of(i)) {
	case "a":
		return 0, end
	case "p":
		return 12, end
	}
	return 0, 0
}

// halfDay applies SA, CH, AM, PM, sáng, chiều, tối behind a clock.
func (s *scan) halfDay(c *clock, last int) int {
	if half, end := s.dottedHalf(last + 1); end > 0 {
		if c.hour <= 12 {
			c.hour = c.hour%12 + half
		}
		return end
	}
	if s.KindAt(last+1) != 'w' || c.hour > 12 {
		if w := s.WordAt(last + 1); w == phrase.Sa || w == phrase.Ch || w == phrase.Am || w == phrase.Pm {
			return last + 1
		}
		return last
	}
	switch s.Units[last+1].Hash {
	case phrase.Sa, phrase.Am, phrase.Sang:
		c.hour %= 12
	case phrase.Ch, phrase.Pm, phrase.Chieu, phrase.Toi:
		c.hour = c.hour%12 + 12
	default:
		return last
	}
	return last + 1
}
