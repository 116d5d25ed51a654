package facts

import (
	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// kindReading is the kind of event with the words that told it.
type kindReading struct {
	Kind  bulletin.Kind
	Field string // "title" when the span is in the title, else it is in the lead
	bulletin.Span
}

// readKind reads the kind of event from the title, then from the lead: the
// first of the words giao ban (trực báo), sơ kết, tổng kết, họp báo, phiên họp
// thường kỳ, đối thoại. Without any of them it is Khac with an empty span.
func readKind(title, lead *scan) kindReading {
	if k, sp, ok := title.kind(); ok {
		return kindReading{k, "title", sp}
	}
	if k, sp, ok := lead.kind(); ok {
		return kindReading{k, "", sp}
	}
	return kindReading{Kind: bulletin.Khac}
}

// kind is the first kind word of a text that names an event, the giao ban
// before the reviews it consists of: "giao ban, sơ kết quý".
func (s *scan) kind() (bulletin.Kind, bulletin.Span, bool) {
	var first hit
	found := false
	for _, h := range s.longest(classKind) {
		if h.Value == kindNone || s.handedOver(h) || s.ofRule(int(h.first)) {
			continue
		}
		if h.Value == kindGiaoBan && (!found || first.Value == kindSoKet || first.Value == kindTongKet) {
			first, found = h, true
			break
		}
		if !found {
			first, found = h, true
		}
	}
	if !found {
		return "", bulletin.Span{}, false
	}
	return bulletin.Kind(vocabulary.Name(first.Value)), s.span(int(first.first), int(first.last)), true
}

// ofRule reports whether the word at token i belongs to the name of a document:
// "Quy chế tiếp công dân, đối thoại", "Nghị định về đối thoại tại nơi làm việc".
func (s *scan) ofRule(i int) bool {
	const reach = 12
	comma := false
	for j := i - 1; j >= 0 && i-j < reach && !s.Units[j+1].Has(vi.NewPara) && !s.endsSentence(j); j-- {
		if h, ok := s.hitEnding(j, classRule, 2); ok {
			return !comma || h.Value == ruleLists
		}
		_, holds := s.hitEnding(j, classHolds, 3)
		_, body := s.hitEnding(j, classOrganization, 8)
		if holds && !s.ruled(j) || body || s.Units[j].Is(vi.KindDigits) {
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
	for j := i; j >= 0 && i-j < reach && !s.endsSentence(j); j-- {
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
