package facts

import (
	"slices"
	"sort"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// role is what a sentence does with a quarter.
type role uint8

const (
	roleNone     role = iota
	roleReview        // looks back on it
	rolePlan          // looks forward to it
	roleSchedule      // names it as a term: ignored
	roleDerived       // is about months that end in it
)

// quarter is one "quý …" of a text.
type quarter struct {
	quarter, year         int // year 0 when not its own
	first, last           int // tokens
	role                  role
	sentence, sentenceEnd int  // first token of its sentence, the one behind it
	sloppy                bool // printed in a way that also means other things
}

// quarters reads every quarter of the text with its role.
func (s *scan) quarters() []quarter {
	var out []quarter
	barrier := 0
	for i, u := range s.Units {
		if s.Text[u.Start]|0x20 != 'q' {
			continue // nearly always
		}
		for _, q := range s.quarterAt(i) {
			q.sentence, q.sentenceEnd = s.sentenceStart(i), s.sentenceEnd(i)
			q.role = s.roleAt(q.first, max(barrier, q.sentence), s.cuesBefore(q.first))
			ruled := q.role != roleNone && s.WordAt(q.last) != phrase.Nhat // đánh giá công tác dân vận quý ba
			if q.sloppy && !ruled && !s.besideCue(q) {
				continue
			}
			if len(out) > 0 && q.role == roleNone && out[len(out)-1].sentence == q.sentence && s.joins(out[len(out)-1].last, q.first) {
				q.role = out[len(out)-1].role
			}
			out = append(out, q)
			barrier = q.last + 1
		}
	}
	return out
}

// cuesBefore are the cues of periods that end before token i, in order.
func (s *scan) cuesBefore(i int) []hit {
	if s.cues == nil {
		s.cues = append(make([]hit, 0, 1), s.longest(classReview, classGovern, classPlan, classPlanVerb, classTask, classSchedule)...)
	}
	return s.cues[:sort.Search(len(s.cues), func(k int) bool { return int(s.cues[k].last) >= i })]
}

// quarterAt reads the quarter whose "quý" is token i, and those listed behind
// it: "quý I, II/2020", "quý I và II".
func (s *scan) quarterAt(i int) []quarter {
	first, ok := s.oneQuarter(i)
	if !ok || s.WordAt(first.last+1) == phrase.Nam && s.WordAt(first.last+2) == phrase.Hoc { // of a school year
		return nil
	}
	out := []quarter{first}
	for last := first.last; len(out) < 4 && !first.sloppy && s.oneOf(last+1, phrase.Va, ','); last = out[len(out)-1].last {
		m, end, ok := s.Time(last+2, phrase.QuarterNumber)
		if !ok || s.Units[last+2].Is(vi.KindDigits) && s.yearAt(end) == 0 {
			break
		}
		out = append(out, quarter{quarter: int(m.Value), year: s.yearAt(end), first: last + 2, last: end})
	}
	return out
}

// yearAt is the year at token i that a bulletin can be about, 0 for none.
func (s *scan) yearAt(i int) int {
	if s.KindAt(i) != vi.KindDigits || s.Units[i].Len() != len("2020") || s.Units[i].Num < firstYear || s.Units[i].Num >= 2100 {
		return 0
	}
	return int(s.Units[i].Num)
}

// roleAt gives the role of what begins at token i from the nearest cue to its
// left, not before token from; cues are those that end before i.
func (s *scan) roleAt(i, from int, cues []hit) role {
	cues = cues[sort.Search(len(cues), func(k int) bool { return int(cues[k].first) >= from }):]
	for k, h := range slices.Backward(cues) {
		switch first := int(h.first); h.Class {
		case classReview, classGovern:
			return roleReview
		case classPlan:
			return s.roleOfPlan(cues[:k], first)
		case classTask:
			if s.afterMonths(from, first) {
				return rolePlan
			}
			const reach = 10
			verb, before, ok := nearest(cues[:k], first, reach, classReview, classGovern, classPlanVerb)
			if ok && verb.Class == classPlanVerb {
				return s.roleOfPlan(before, int(verb.first))
			}
		case classSchedule:
			if s.schedules(int(h.last), i) {
				return roleSchedule
			}
		}
	}
	switch s.WordAt(i - 1) {
	case phrase.Trong:
		return roleReview
	case phrase.Dau, phrase.Cuoi, phrase.Vao:
		return roleSchedule
	}
	return roleNone
}

// afterMonths reports whether what begins at token i is set beside a stretch of
// months that was reviewed: "kết quả 9 tháng, nhiệm vụ quý IV".
func (s *scan) afterMonths(from, i int) bool {
	if !s.oneOf(i-1, ',', phrase.Va) {
		return false
	}
	for j := from; j < i-1; j++ {
		if _, to, _, ok := s.quartersAt(j); ok && to > 1 {
			return true
		}
	}
	return false
}

// schedules reports whether the schedule word that ends at token j governs the
// quarter at i: right before it, or a verb of finishing before "trong quý".
func (s *scan) schedules(j, i int) bool {
	const reach = 12
	near := i - j - 1
	if s.oneOf(j, phrase.TuFrom, phrase.Truoc, phrase.Den) {
		return near == 0 || near == 1 && s.oneOf(i-1, phrase.Dau, phrase.Cuoi, phrase.Het)
	}
	return near == 0 || near <= reach && s.oneOf(i-1, phrase.Trong, phrase.Vao)
}

// roleOfPlan is that of a plan which begins at token i: a review verb may take it
// as its object, "đánh giá kết quả thực hiện kế hoạch"; a comma, "và" or a
// semicolon between them parts two things.
func (s *scan) roleOfPlan(cues []hit, i int) role {
	const reach = 12
	if verb, _, ok := nearest(cues, i, reach, classGovern); ok && !s.parted(int(verb.last)+1, i) {
		return roleReview
	}
	return rolePlan
}

// nearest is the last cue of some classes that ends at most reach tokens before
// token i, with the cues before it.
func nearest(cues []hit, i, reach int, classes ...phrase.Class) (cue hit, before []hit, ok bool) {
	for k, h := range slices.Backward(cues) {
		if i-int(h.last) > reach {
			break
		}
		if slices.Contains(classes, h.Class) {
			return h, cues[:k], true
		}
	}
	return hit{}, nil, false
}
