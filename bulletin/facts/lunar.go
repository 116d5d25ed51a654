package facts

import "bantin/bulletin/phrase"

// lunar reports whether a date is of the lunar calendar: marked so, or in the
// months Giêng or Chạp, which are lunar.
func (s *scan) lunar(p printed) bool {
	for i := p.First; i <= p.Last+1; i++ {
		if s.starts(i, classLunar) {
			return true
		}
	}
	return false
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
