package facts

import "bantin/analyzers/vi"

// ReadHost reads which body held the meeting that a lead reports, else the one
// that the title names as doing so: a body right before its verb ("Ban Thường
// trực Ủy ban MTTQ tỉnh tổ chức họp giao ban"), or before "phối hợp với … tổ
// chức". A person's office ("Chủ tịch UBND tỉnh chủ trì") is no host.
func ReadHost(title, lead, province string) (OrganizationMention, bool) {
	return readHost(newScan(cutText(title, maxLead)), newScan(cutText(lead, maxLead)), homeOf(province))
}

func readHost(title, lead *scan, h home) (OrganizationMention, bool) {
	if m, ok := lead.host(h); ok {
		return m, true
	}
	return title.host(h)
}

// host is the first body of the text that stands before a verb of holding.
func (s *scan) host(h home) (OrganizationMention, bool) {
	bodies := s.bodies(h)
	for i, b := range bodies {
		id := s.named(b)
		if id == "" || s.officeBefore(int(b.first)) || s.dependent(int(b.first)) {
			continue
		}
		if s.holds(bodies, i) {
			return OrganizationMention{s.span(int(b.first), b.end), id}, true
		}
	}
	return OrganizationMention{}, false
}

// officeBefore reports whether a person's office ends right before token i.
func (s *scan) officeBefore(i int) bool {
	_, ok := s.hitEnding(i-1, classOffice, 4)
	if ok {
		return true
	}
	_, ok = s.hitEnding(i-1, classWith, 3)
	return ok
}

// dependent reports whether what begins at token i hangs on a word before it:
// "theo kế hoạch của Tỉnh ủy, UBND tỉnh tổ chức".
func (s *scan) dependent(i int) bool {
	switch s.wordAt(i - 1) {
	case wordCua, wordVoi, wordTai, wordO, wordTu, wordDen:
		return true
	}
	return false
}

// holds reports whether a verb of holding follows body i, over "đã", "vừa",
// a bracket, the partners that "phối hợp với" names, and joint hosts.
func (s *scan) holds(bodies []body, i int) bool {
	const reach = 40
	j, start := bodies[i].end+1, bodies[i].end
	more := false // another body may follow
	for j < len(s.toks) && j-start < reach && !s.toks[j].has(vi.NewPara) {
		if h, ok := s.hitAt(j, classHolds); ok {
			return true
		} else if h, ok = s.hitAt(j, classOpening); ok {
			j = int(h.last) + 1
		} else if h, ok = s.hitAt(j, classWith); ok {
			more, j = true, int(h.last)+1
		} else if n := bodyAt(bodies, i+1, j); more && n >= 0 {
			more, j = false, bodies[n].end+1
		} else if w := s.toks[j].word; w == wordComma || w == wordVa {
			more = true
			j++
		} else if end := s.bracketEnd(j); end > 0 {
			j = end + 1
		} else {
			return false
		}
	}
	return false
}

// bracketEnd is the token that closes the short bracket opened at token j.
func (s *scan) bracketEnd(j int) int {
	const short = 8
	if s.kindAt(j) != '(' {
		return 0
	}
	for end := j + 1; end < j+short; end++ {
		if s.kindAt(end) == ')' {
			return end
		}
	}
	return 0
}

// bodyAt is the index of the body that begins at token j, -1 for none.
func bodyAt(bodies []body, from, j int) int {
	for n := from; n < len(bodies) && int(bodies[n].first) <= j; n++ {
		if int(bodies[n].first) == j {
			return n
		}
	}
	return -1
}
