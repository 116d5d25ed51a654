package facts

// lunar reports whether a date is of the lunar calendar: marked so, or in the
// months Giêng or Chạp, which are lunar.
func (s *scan) lunar(p printed) bool {
	for i := p.first; i <= p.last; i++ {
		if w := s.toks[i].word; (w == wordGieng || w == wordChap) && s.wordAt(i-1) == wordThang {
			return true
		}
	}
	j := p.last + 1
	if s.kindAt(j) == '(' {
		j++
	}
	return s.wordAt(j) == wordLunar && s.wordAt(j+1) == wordLich || s.wordAt(j) == wordAL
}

// solarTwin moves p on to the solar date that "tức" joins to it, and reports
// whether there is one.
func (s *scan) solarTwin(p *printed) bool {
	const reach = 8
	for j := p.last + 1; j < min(p.last+reach, len(s.toks)); j++ {
		if s.wordAt(j) != wordTuc {
			continue
		}
		for k := j + 1; k < min(j+4, len(s.toks)); k++ {
			if twin, ok := s.dateAt(k, true); ok {
				twin.clock = p.clock
				*p = twin
				return !s.lunar(twin)
			}
		}
	}
	return false
}
