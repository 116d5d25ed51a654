package cite

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// docLead is the body named last in the sentence, which may turn out to be
// the issuer of a document named after it: "Chính phủ đã ban hành Nghị quyết 83".
type docLead struct {
	docIssuer
	end  int    // token behind it; 0 when there is none
	verb int    // token behind the verb of issuing; 0 when there is none
	date string // day printed before the body: "Ngày 28/3/2025, Bộ Chính trị"
}

// Between issuer and verb, and between verb and type, few tokens may stand: in
// "ban hành Kế hoạch thực hiện Nghị quyết 54" the resolution is another's.
const (
	docSubjectToVerb = 12
	docVerbToType    = 4
)

// leadVerb notes a verb of issuing that ends before token i.
func (s *docScanner) leadVerb(i int) {
	switch {
	case s.lead.end == 0 || i-s.lead.end > docSubjectToVerb:
	case s.Is(i, phrase.Hanh) && s.isWord(i-1, phrase.Ban), s.Is(i, phrase.Qua) && s.isWord(i-1, phrase.Thong):
		s.lead.verb = i + 1
	case s.Is(i, phrase.Ra) || s.Is(i, phrase.Ky):
		if _, _, ok := s.match(i+1, classType); ok {
			s.lead.verb = i + 1
		}
	}
}

// docDay is a day printed in a sentence, and the token behind it.
type docDay struct {
	date string
	end  int
}

// dayBefore returns the day that stands before a body named at token i, also
// over one that it stands for: "Ngày 14/4/2025, thay mặt Bộ Chính trị, đồng chí
// Thường trực Ban Bí thư".
func (s *docScanner) dayBefore(i int) string {
	const near = 4
	switch {
	case s.day0.end > 0 && i >= s.day0.end && i-s.day0.end <= near && (i == s.day0.end || s.Mark(s.day0.end, ',')):
		return s.day0.date
	case s.lead.end > 0 && s.lead.verb == 0 && i-s.lead.end <= 2*near:
		return s.lead.date
	}
	return ""
}

// dateAhead returns the day on which the body named before issued what a type
// word at token i begins.
func (s *docScanner) dateAhead(i int) string {
	if s.lead.verb > 0 && i-s.lead.verb <= docVerbToType {
		return s.lead.date
	}
	return ""
}

// docAnnounced is a body whose documents are announced in the plural: "các
// nghị quyết của Bộ Chính trị, nhất là".
type docAnnounced struct {
	docIssuer
	sentence int
}

// announce reads the issuer of a type in words without a number, tokens from
// to i: "nghị quyết quan trọng của Bộ Chính trị", and of several, "Bộ Chính trị
// ban hành hai nghị quyết".
func (s *docScanner) announce(from, i int) {
	if issuer := s.leadFor(from); issuer.code != "" && s.several(from-1) {
		s.plural = docAnnounced{issuer, s.sentence}
		return
	}
	for k := i; k < i+4; k++ {
		if !s.isWord(k, phrase.Cua) {
			if k >= len(s.Units) || isMark(s.Units[k]) {
				return
			}
			continue
		}
		if issuer, _, ok := s.issuer(k + 1); ok && issuer.code != "" {
			s.plural = docAnnounced{issuer, s.sentence}
		}
		return
	}
}

// several tells whether the word at i counts more than one.
func (s *docScanner) several(i int) bool {
	n, _ := s.Number(i)
	return s.isWord(i, phrase.Cac) || n > 1 || i >= 0 && s.Units[i].Kind == vi.KindDigits && s.Units[i].Num > 1
}

// commonIssuer is the body announced in this sentence or the one before.
func (s *docScanner) commonIssuer() docIssuer {
	if s.plural.code != "" && s.sentence-s.plural.sentence <= 1 {
		return s.plural.docIssuer
	}
	return docIssuer{}
}

// leadFor returns the body named before as the issuer of what a type word at
// token i begins.
func (s *docScanner) leadFor(i int) docIssuer {
	if s.announces(s.lead.end, i) || s.lead.verb > 0 && i-s.lead.verb <= docVerbToType {
		return s.lead.docIssuer
	}
	return docIssuer{}
}

// announces tells whether a colon alone parts the body that ends before token
// k from token i: "các nghị quyết của Bộ Chính trị: Nghị quyết số 57, 59".
func (s *docScanner) announces(k, i int) bool {
	return k > 0 && i == k+1 && s.Mark(k, ':')
}

// leadOn keeps the issuer for a further document behind a comma or "và" at i.
func (s *docScanner) leadOn(start, i int) {
	if s.lead.verb > 0 && start-s.lead.verb <= docVerbToType && (s.Mark(i, ',') || s.Mark(i, ';') || s.isWord(i, phrase.Va)) {
		s.lead.verb = i + 1
	} else {
		s.lead.verb = 0
	}
}

// rivals tells whether the text names bodies beside the Party's centre that
// issue directives and conclusions.
type rivals struct{ directive, conclusion bool }

func (r *rivals) note(code string) {
	switch {
	case r.directive && r.conclusion:
	case code == "" || code == "TW" || strings.HasSuffix(code, "TW"):
	case vi.IsPartyIssuer(code):
		r.directive, r.conclusion = true, true
	default:
		r.directive = true
	}
}
