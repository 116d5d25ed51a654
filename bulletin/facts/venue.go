package facts

import (
	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// ReadVenue reads where a meeting is held, as its lead prints it: "tại Hội
// trường Tỉnh ủy", "tại điểm cầu UBND tỉnh", "theo hình thức trực tuyến". The
// place begins with a word for a room or house of meetings and stands in a
// sentence that tells of a meeting being held, before what that sentence tells
// of anything else.
func ReadVenue(lead string) (bulletin.Span, bool) {
	s := newScan(cutText(lead, maxLead))
	for _, h := range s.longest(classVenue) {
		first, last := int(h.first), int(h.last)
		if h.Value != venueForm {
			last = s.venueEnd(last)
			if s.WordAt(first-1) != phrase.Tai || last == int(h.last) {
				continue
			}
		}
		if s.meets(s.sentenceStart(first), first, last) {
			return s.span(first, last), true
		}
	}
	return bulletin.Span{}, false
}

// venueEnd is the last unit of the name of a place whose noun ends at unit i:
// up to a mark, a verb, a day or a clause of its own.
func (s *scan) venueEnd(i int) int {
	const longest = 14
	for end := i; end < i+longest; end++ {
		next := end + 1
		if k := s.KindAt(next); k != vi.KindWord && k != vi.KindDigits && k != '-' || s.Units[next].Has(vi.NewPara) {
			return end
		}
		if s.dayCue(next) || s.oneOf(next, phrase.Voi, phrase.Va, phrase.Do, phrase.CoHave, phrase.Tai, phrase.Mot) {
			return end
		}
		for _, c := range []phrase.Class{classHolds, classOpening, classOpener, classHappens, classWith, classChairs, classPresided} {
			if s.starts(next, c) {
				return end
			}
		}
	}
	return i
}

// meets reports whether the sentence from unit start on tells of a meeting that
// is held, and of no visit before the place in units first to last.
func (s *scan) meets(start, first, last int) bool {
	held, named := false, false
	for i, end := start, s.sentenceEnd(start); i < end; i++ {
		if i >= first && i <= last {
			continue
		}
		happens, ok := s.hitAt(i, classHappens)
		takes := ok && happens.last > happens.first && s.WordAt(i) != phrase.Trong // place: "diễn ra", no mere "vào"
		held = held || takes || s.starts(i, classHolds)
		named = named || s.starts(i, classMeeting) || s.meetingKind(i)
		if i < first && s.starts(i, classVisit) {
			return false
		}
	}
	return held && named
}
