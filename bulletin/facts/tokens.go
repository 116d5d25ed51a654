package facts

import (
	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// token is a unit of the text. Words carry their number in the grammar's
// vocabulary, 0 when no rule knows them, so that every reader compares numbers
// instead of spellings.
type token struct {
	vi.Unit
	word uint16
}

func (t token) is(kind byte) bool      { return t.Kind == kind }
func (t token) has(flag vi.Flags) bool { return t.Flags&flag != 0 }

// span gives the bytes from token i up to and with token j.
func (s *scan) span(i, j int) bulletin.Span {
	return bulletin.Span{Start: int(s.toks[i].Start), End: int(s.toks[j].End)}
}

// tokens numbers the units of a text.
func (g *grammar) tokens(units []vi.Unit) []token {
	toks := make([]token, len(units))
	for i, u := range units {
		toks[i].Unit = u
		switch u.Kind {
		case vi.KindWord:
			toks[i].word = g.lookup(u.Hash)
		case ',':
			toks[i].word = wordComma
		case '/':
			toks[i].word = wordSlash
		case '&':
			toks[i].word = wordVa
		}
	}
	return toks
}
