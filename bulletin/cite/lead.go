package cite

import (
	"strings"

	"bantin/analyzers/vi"
)

// docLead is the body named last in the sentence, which may turn out to be
// the issuer of a document named after it: "Chính phủ đã ban hành Nghị quyết 83".
type docLead struct {
	docIssuer
	end  int // token behind it; 0 when there is none
	verb int // token behind the verb of issuing; 0 when there is none
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
	case s.word(i) == wHanh && s.isWord(i-1, wBan):
		s.lead.verb = i + 1
	case s.word(i) == wRa || s.word(i) == wKy:
		if _, _, ok := s.match(i+1, sortType); ok {
			s.lead.verb = i + 1
		}
	}
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
	if s.lead.verb > 0 && start-s.lead.verb <= docVerbToType && (s.Mark(i, ',') || s.Mark(i, ';') || s.isWord(i, wVa)) {
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
