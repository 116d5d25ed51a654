package facts

import (
	"slices"
	"sort"
	"sync"

	"bantin/analyzers/vi"
)

// grammar is every word and phrase that the readers know, compiled into one
// trie over word numbers: a text is tokenized once, walked once, and each
// reader picks its phrases out of the hits. The walk goes at most maxPhrase
// tokens deep, so the time is linear in the text.
type grammar struct {
	slots  []slot // open addressing, by hash of the word
	ids    map[string]uint16
	folds  map[uint64][]uint16 // words by their hash without diacritics
	nodes  []node
	roots  []uint32 // node after a first word, by word
	uppers []uint32 // the same for abbreviations
}

type slot struct {
	hash uint64 // vi.WordHash
	word uint16
}

type node struct {
	edges []edge
	outs  []out
}

type edge struct {
	next  uint32
	word  uint16
	upper bool // an abbreviation: the token must be in capitals
}

// class says which reader a phrase belongs to.
type class uint8

// out is what a phrase means to its reader.
type out struct {
	value uint16
	class class
	rule  rule
}

// rule restricts where a phrase counts.
type rule uint8

const (
	needsCapital rule = 1 << iota // first letter upper case
	needsTail                     // a word that tells the level must follow
	needsCue                      // "của" must stand before
)

// hit is one phrase found: tokens first to last, both included.
type hit struct {
	first, last int32
	out
}

// scan is a text cut into tokens with the phrases found in it.
type scan struct {
	text  string
	units *vi.Scan
	toks  []token
	hits  []hit      // by first token, shorter before longer
	typed [][]uint16 // what each token of a question may mean; nil for a text
}

const maxPhrase = 16

func newScan(text string) *scan { return scanOf(vi.NewScan(text)) }

// scanOf finds the phrases in a text that is cut already.
func scanOf(units *vi.Scan) *scan {
	g := theGrammar()
	s := &scan{text: units.Text, units: units, toks: g.tokens(units.Units)}
	for i := range s.toks {
		t := &s.toks[i]
		if t.word == 0 {
			continue
		}
		if n := g.uppers[t.word]; n != 0 && t.has(vi.Upper) {
			s.walk(g, i, n)
		}
		if n := g.roots[t.word]; n != 0 {
			s.walk(g, i, n)
		}
	}
	return s
}

// head is the scan of text[:n], where n ends a word.
func (s *scan) head(n int) *scan {
	if n >= len(s.text) {
		return s
	}
	h := &scan{text: s.text[:n], units: s.units}
	end := sort.Search(len(s.toks), func(i int) bool { return int(s.toks[i].End) > n })
	h.toks = s.toks[:end]
	stop := s.firstHit(end)
	h.hits = s.hits[:stop]
	for stop > 0 && int(s.hits[stop-1].first) > end-2*maxPhrase {
		stop--
	}
	if h.cuts(stop, end) {
		h.hits = slices.DeleteFunc(slices.Clone(h.hits), func(x hit) bool { return int(x.last) >= end })
	}
	return h
}

// cuts reports whether a hit from index k on reaches token end.
func (s *scan) cuts(k, end int) bool {
	for ; k < len(s.hits); k++ {
		if int(s.hits[k].last) >= end {
			return true
		}
	}
	return false
}

// walk appends the phrases whose first token is i, n being the node after it.
func (s *scan) walk(g *grammar, i int, n uint32) {
	j := i
	for range maxPhrase {
		for _, o := range g.nodes[n].outs {
			if o.rule&needsCapital == 0 || s.toks[i].has(vi.Capital) {
				s.hits = append(s.hits, hit{int32(i), int32(j), o})
			}
		}
		if len(g.nodes[n].edges) == 0 {
			return
		}
		if j = s.nextInPhrase(j); j < 0 {
			return
		}
		if n = g.nodes[n].step(&s.toks[j]); n == 0 {
			return
		}
	}
}

// nextInPhrase is the token after j inside one phrase: a dash, a full stop
// with no space around it or a short form in brackets, as in "Ủy ban nhân dân
// (UBND) xã", does not part words; an empty line does.
func (s *scan) nextInPhrase(j int) int {
	k := j + 1
	if end := s.shortForm(k); end > 0 {
		k = end + 1
	}
	if k >= len(s.toks) || s.toks[k].has(vi.NewPara) {
		return -1
	}
	soft := s.toks[k].is('-') || s.toks[k].is('\'') || s.toks[k].is('.') && !s.toks[k].has(vi.Spaced)
	if !soft {
		return k
	}
	if k+1 >= len(s.toks) || s.toks[k+1].has(vi.NewPara) || s.toks[k].is('.') && s.toks[k+1].has(vi.Spaced) {
		return -1
	}
	return k + 1
}

// shortForm is the token that closes the abbreviation in brackets that token k
// opens, 0 for none.
func (s *scan) shortForm(k int) int {
	const longest = 6
	if k >= len(s.toks) || !s.toks[k].is('(') {
		return 0
	}
	for end := k + 1; end < min(k+longest, len(s.toks)); end++ {
		switch t := s.toks[end]; {
		case t.is(')') && end > k+1:
			return end
		case !t.has(vi.Upper) && !t.is('-') && !t.is('&'):
			return 0
		}
	}
	return 0
}

func (n *node) step(t *token) uint32 {
	var plain uint32
	for _, e := range n.edges {
		switch {
		case e.word != t.word:
		case !e.upper:
			plain = e.next
		case t.has(vi.Upper):
			return e.next
		}
	}
	return plain
}

// lookup returns the word of a hash, 0 when no rule knows it.
func (g *grammar) lookup(h uint64) uint16 {
	mask := uint64(len(g.slots) - 1)
	for i := (h >> 32) & mask; ; i = (i + 1) & mask {
		if s := g.slots[i]; s.word == 0 || s.hash == h {
			return s.word
		}
	}
}

// longest returns the hits of the given classes that overlap no earlier one:
// leftmost first, longest at each place.
func (s *scan) longest(classes ...class) []hit {
	var want [256]bool
	for _, c := range classes {
		want[c] = true
	}
	var out []hit
	next := int32(0)
	for i := 0; i < len(s.hits); {
		first, best := s.hits[i].first, -1
		for ; i < len(s.hits) && s.hits[i].first == first; i++ {
			if want[s.hits[i].class] && (best < 0 || s.hits[i].last > s.hits[best].last) {
				best = i
			}
		}
		if best >= 0 && first >= next {
			out = append(out, s.hits[best])
			next = s.hits[best].last + 1
		}
	}
	return out
}

var theGrammar = sync.OnceValue(compileGrammar)
