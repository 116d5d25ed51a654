package vi

import (
	"strings"
	"unicode/utf8"
)

// joinsDotted adds a single letter to the dotted letters before it: T.Ư, U.B.
func (s *scanner) joinsDotted() bool {
	const most = 12
	u := &s.u
	if u.letters != 1 || u.gap != gapDot || len(s.units) == 0 {
		return false
	}
	p := &s.units[len(s.units)-1]
	if p.letters != 1 && !p.dotted || p.letters >= most || p.number || p.end+1 != u.start {
		return false
	}
	s.syl = append(s.syl[:p.syl1], s.syl[u.syl0:]...)
	s.fold = append(s.fold[:p.fold1], s.fold[u.fold0:]...)
	p.syl1, p.fold1, p.end = len(s.syl), len(s.fold), u.end
	p.dotted, p.syllable, p.toned = true, false, false
	p.letters, p.uppers, p.accented = p.letters+1, p.uppers+u.uppers, p.accented || u.accented
	s.u = *p
	if text := string(s.syl[p.syl0:p.syl1]); text == "tư" || text == "tw" {
		s.units = s.units[:len(s.units)-1]
		s.central()
	}
	return true
}

// isCentral reports whether the word abbreviates Trung ương: TW in any case,
// or TƯ in capitals unless the line is all in capitals (ĐẦU TƯ, TƯ PHÁP). At
// the end of a longer abbreviation TƯ is rewritten as TW.
func (s *scanner) isCentral() bool {
	u := &s.u
	word := s.syl[u.syl0:u.syl1]
	switch {
	case len(word) < 2 || word[0] != 't' && u.uppers < 3:
		return false
	case string(word) == "tw":
		return true
	case u.uppers != u.letters || !strings.HasSuffix(string(word), "tư"):
		return false
	case u.letters == 2:
		return u.gap&gapSlash != 0 || (!s.capitals || u.gap&(gapBreak|gapLine) != 0) && !capitalsAfter(s.text[u.end:])
	case !u.syllable:
		s.syl = append(s.syl[:u.syl1-len("ư")], 'w')
		s.fold[u.fold1-1] = 'w'
		u.syl1 = len(s.syl)
	}
	return false
}

// capitalsAfter reports that the next word of the line is a syllable in capitals.
func capitalsAfter(rest string) bool {
	rest = strings.TrimLeft(rest, " -\u00a0")
	end := 0
	for end < len(rest) && end < 32 {
		r, size := utf8.DecodeRuneInString(rest[end:])
		l := lookup(r)
		if l.class != alpha && l.class != mark {
			break
		}
		if l.class == alpha && !l.upper {
			return false
		}
		end += size
	}
	return end > 1 && isSyllable(rest[:end])
}

// IsCentral reports whether words begin with Trung ương, typed in full or in
// short: texts that print TW hold the one token "tw" in place of the two.
func IsCentral(words []Word) bool {
	return len(words) > 1 && words[1].Pos == words[0].Pos+1 && words[0].Fold == "trung" && words[1].Fold == "uong" &&
		(!words[0].Accented || words[0].Syl == "trung") && (!words[1].Accented || words[1].Syl == "ương")
}

// IsPart reports whether a word of Syl or Fold may be a [Part].
func IsPart(word string) bool { return word == "trung" || word == "ương" || word == "uong" }

// central puts the two words Trung ương in the place of the abbreviation.
func (s *scanner) central() {
	first := s.u
	first.central, first.accented, first.syllable, first.toned = 1, true, true, false
	s.syl = append(s.syl[:first.syl0], "trung"...)
	s.fold = append(s.fold[:first.fold0], "trung"...)
	first.syl1, first.fold1 = len(s.syl), len(s.fold)

	second := first
	second.central, second.gap = 2, gapSpace
	s.syl = append(s.syl, " ương"...)
	s.fold = append(s.fold, " uong"...)
	second.syl0, second.syl1 = first.syl1+1, len(s.syl)
	second.fold0, second.fold1 = first.fold1+1, len(s.fold)
	s.units = append(s.units, first, second)
}
