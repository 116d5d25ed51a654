package cite

import (
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

// leadVerb notes a verb of issuing at token i; some need a document behind them.
func (s *docScanner) leadVerb(i int) {
	if s.lead.end == 0 || i-s.lead.end > leadToVerb {
		return
	}
	verb, end, ok := s.meaning(i, classIssued)
	if ok && (verb == "issues" || verb != "approves" && s.matches(end, classType)) {
		s.lead.verb = end
	}
}

// dayBefore returns the day that stands before a body named at token i, also
// over one that it stands for: "Ngày 14/4/2025, thay mặt Bộ Chính trị, đồng chí
// Thường trực Ban Bí thư".
func (s *docScanner) dayBefore(i int) string {
	const near = 4
	switch {
	case s.dayEnd > 0 && i >= s.dayEnd && i-s.dayEnd <= near && (i == s.dayEnd || s.Mark(s.dayEnd, ',')):
		return s.lastDay
	case s.lead.end > 0 && s.lead.verb == 0 && i-s.lead.end <= 2*near:
		return s.lead.date
	}
	return ""
}

// issuing tells whether the body named before issues what a type word at token
// i begins.
func (s *docScanner) issuing(i int) bool {
	return s.lead.verb > 0 && i-s.lead.verb <= verbToType
}

// leadFor returns the body named before as the issuer of what a type word at
// token i begins, also where a colon alone parts them: "các nghị quyết của Bộ
// Chính trị: Nghị quyết số 57, 59".
func (s *docScanner) leadFor(i int) docIssuer {
	if s.issuing(i) || s.lead.end > 0 && i == s.lead.end+1 && s.Mark(s.lead.end, ':') {
		return s.lead.docIssuer
	}
	return docIssuer{}
}

// leadOn keeps the issuer for a further document behind a comma or "và" at i.
func (s *docScanner) leadOn(start, i int) {
	on := s.issuing(start) && s.isWord(i, ',', ';', phrase.Va)
	if s.lead.verb = 0; on {
		s.lead.verb = i + 1
	}
}

// announce reads the issuer of a type in words without a number, tokens from
// to i: "nghị quyết quan trọng của Bộ Chính trị", and of several, "Bộ Chính trị
// ban hành hai nghị quyết".
func (s *docScanner) announce(from, i int) {
	by := s.leadFor(from)
	if by.code == "" || !s.several(from-1) {
		by = docIssuer{}
		for k := i; k < i+4 && k < len(s.Units) && !isMark(s.Units[k]); k++ {
			if s.isWord(k, phrase.Cua) {
				by, _, _ = s.issuer(k + 1)
				break
			}
		}
	}
	if by.code != "" {
		s.plural, s.pluralIn = by, s.sentence
	}
}

// several tells whether the word at i counts more than one.
func (s *docScanner) several(i int) bool {
	n, _ := s.Number(i)
	return s.matches(i, classSeveral) || s.matches(i-1, classSeveral) || n > 1 || i >= 0 && s.Units[i].Num > 1
}
