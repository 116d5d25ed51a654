package facts

import "bantin/bulletin/phrase"

// lunar reports whether a date is of the lunar calendar: marked so, or in the
// months Giêng or Chạp, which are lunar.
func (s *scan) lunar(p printed) bool {
	for i := p.first; i <= p.last; i++ {
		if s.lunarMonth(i) {
			return true
		}
	}
	j := p.last + 1
	if s.kindAt(j) == '(' {
		j++
	}
	return s.wordAt(j) == phrase.AmMoon && s.wordAt(j+1) == phrase.Lich || s.wordAt(j) == phrase.AL
}

// lunarMonth reports whether a month that has a name in the lunar calendar
// alone ends at token i: tháng Giêng.
func (s *scan) lunarMonth(i int) bool {
	w := s.wordAt(i)
	return (w == phrase.Gieng || w == phrase.ChapMoon) && s.wordAt(i-1) == phrase.Thang
}

// solarTwin moves p on to the solar date that "tức" joins to it, or that a
// bracket opened behind it begins with, and reports whether there is one.
func (s *scan) solarTwin(p *printed) bool {
	const reach = 8
	for j := p.last + 1; j < min(p.last+reach, len(s.Units)); j++ {
		if s.wordAt(j) != phrase.Tuc && (j > p.last+1 || s.kindAt(j) != '(') {
			continue
		}
		for k := j + 1; k < min(j+4, len(s.Units)); k++ {
			if twin, ok := s.dateAt(k, true); ok {
				twin.clock = p.clock
				*p = twin
				return !s.lunar(twin)
			}
		}
	}
	return false
}
