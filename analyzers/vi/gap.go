package vi

import "unicode/utf8"

// gaps is the set of what stands between two units.
type gaps uint16

// The first four are what flags tell of a unit.
const (
	gapSpace = gaps(Spaced)
	gapLine  = gaps(NewLine)
	gapPara  = gaps(NewPara)  // an empty line
	gapBreak = gaps(NewBreak) // end of a phrase
)

const (
	gapHyphen gaps = 1 << (8 + iota)
	gapSlash
	gapDot
	gapComma
	gapApostrophe
	gapAmpersand
	gapOther
)

// flags are those of a unit behind the gap.
func (g gaps) flags() Flags { return Flags(g & (gapSpace | gapLine | gapPara | gapBreak)) }

// gapOf tells which gap a class of characters makes.
var gapOf = [...]gaps{
	other: gapOther, mark: gapOther, space: gapSpace, hyphen: gapHyphen, slash: gapSlash,
	comma: gapComma, apostrophe: gapApostrophe, ampersand: gapAmpersand, stop: gapBreak,
}

// separator adds one character to the gap before the next unit.
func (s *scanner) separator(c class, size int) {
	switch c {
	case newline:
		if s.gap&gapLine != 0 {
			s.gap |= gapBreak | gapPara
		}
		s.gap |= gapLine | gapSpace
	case dot:
		s.gap |= s.dotGap()
	case invisible:
	default:
		s.gap |= gapOf[c]
	}
	s.i += size
}

// dotGap tells a full stop from the dot of an abbreviation.
func (s *scanner) dotGap() gaps {
	if rest := s.text[s.i+1:]; rest != "" && s.gap&gapDot == 0 {
		r, _ := utf8.DecodeRuneInString(rest)
		if c := lookup(r).class; c == alpha || c == digit {
			return gapDot
		}
	}
	if u := &s.u; s.gap == 0 && (u.dotted || u.letters == 1 && u.uppers == 1 || titles[string(s.fold[u.fold0:u.fold1])]) {
		return gapDot
	}
	return gapBreak
}

// titles are printed with a dot that ends no sentence.
var titles = map[string]bool{
	"tp": true, "tx": true, "tt": true, "ts": true, "ths": true, "pgs": true, "gs": true, "bs": true,
	"ks": true, "lg": true, "mr": true, "mrs": true, "dr": true, "st": true, "ub": true,
}
