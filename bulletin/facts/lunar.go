package facts

import "bantin/bulletin/phrase"

// lunar reports whether a date is of the lunar calendar: marked so, or in the
// months Giêng or Chạp, which are lunar.
func (s *scan) lunar(p printed) bool {
	for i := p.First; i <= p.Last; i++ {
		if s.lunarMonth(i) {
			return true
		}
	}
	j := p.Last + 1
	if s.KindAt(j) == '(' {
		j++
	}
	return s.WordAt(j) == phrase.AmMoon && s.WordAt(j+1) == phrase.Lich || s.WordAt(j) == phrase.AL
}

// lunarMonth reports whether a month that has a name in the lunar calendar
// alone ends at token i: tháng Giêng.
func (s *scan) lunarMonth(i int) bool {
	w := s.WordAt(i)
	return (w == phrase.Gieng || w == phrase.ChapMoon) && s.WordAt(i-1) == phrase.Thang
}

// solarTwin moves p on to the solar date that "tức" joins to it, or that a
// bracket opened behind it begins with, and reports whether there is one.
func (s *scan) solarTwin(p *printed) bool {
	const reach = 8
	for j := p.Last + 1; j < min(p.Last+reach, len(s.Units)); j++ {
		if s.WordAt(j) != phrase.Tuc && (j > p.Last+1 || s.KindAt(j) != '(') {
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
