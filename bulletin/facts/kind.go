package facts

import (
	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// readKind reads the kind of event from the title, else from the lead: the
// first of the words giao ban (trực báo), sơ kết, tổng kết, họp báo, phiên họp
// thường kỳ, đối thoại. Without any of them it is Khac.
func readKind(title, lead *scan) bulletin.Kind {
	for _, s := range []*scan{title, lead} {
		if h, ok := s.kind(); ok {
			return bulletin.Kind(vocabulary.Name(h.Value))
		}
	}
	return bulletin.Khac
}

// kind is the first kind word of a text that names an event, the giao ban
// before the reviews it consists of: "giao ban, sơ kết quý".
func (s *scan) kind() (first hit, ok bool) {
	for _, h := range s.longest(classKind) {
		if h.Value == kindNone || s.handedOver(h) || s.ofRule(int(h.first)) {
			continue
		}
		if !ok || h.Value == kindGiaoBan && (first.Value == kindSoKet || first.Value == kindTongKet) {
			first, ok = h, true
		}
	}
	return first, ok
}

// ofRule reports whether the word at token i belongs to the name of a document:
// "Quy chế tiếp công dân, đối thoại", "Nghị định về đối thoại tại nơi làm việc".
func (s *scan) ofRule(i int) bool {
	const reach = 11
	comma := false
	for j := range s.leftward(i, reach) {
		if h, ok := s.hitEnding(j, classRule, 2); ok {
			return !comma || h.Value == ruleLists
		}
		if s.ends(j, classHolds, 3) && !s.ruled(j) || s.ends(j, classOrganization, 8) || s.Units[j].Is(vi.KindDigits) {
			return false
		}
		comma = comma || s.Units[j].Is(',')
	}
	return false
}

// ruled reports whether a rule that lists what it rules stands in the sentence
// before token i: "Quy chế phối hợp tổ chức giao ban báo chí".
func (s *scan) ruled(i int) bool {
	const reach = 8
	for j := range s.leftward(i+1, reach) {
		if h, ok := s.hitEnding(j, classRule, 2); ok && h.Value == ruleLists {
			return true
		}
	}
	return false
}

// handedOver tells "giao Ban Tổ chức …" (entrusts the board) from "giao ban".
func (s *scan) handedOver(h hit) bool {
	a, b := s.Units[h.first], s.Units[h.last]
	return h.Value == kindGiaoBan && a.Hash == phrase.Giao && b.Hash == phrase.Ban && b.Has(vi.Capital) && !a.Has(vi.Capital)
}
