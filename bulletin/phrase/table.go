// Package phrase finds words, phrases, numbers and dates in scanned text: one way to write
// them down, one trie that holds them, one walk over a text. What a phrase
// means is its reader's business.
package phrase

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Class says which reader a phrase belongs to; below 64.
type Class uint8

// Rule restricts where a phrase counts. The table knows NeedsCapital; the
// other rules are for the readers to apply.
type Rule uint8

// The rules, with the mark of a pattern that sets them.
const (
	NeedsCapital Rule = 1 << iota // ^ before it: first letter upper case
	NeedsLevel                    // ! behind it: a word that tells the level must follow
	NeedsOf                       // ~ behind it: "của" must stand before
)

// Meaning is what a phrase means to its reader.
type Meaning struct {
	Value uint16
	Class Class
	Rule  Rule
}

// Table holds phrases by their words, for any number of readers. It is filled
// with Add and never changes once the first text has been read with it.
type Table struct {
	nodes  []node
	heads  map[uint64]head     // by first word, while phrases are added
	index  []entry             // heads, open addressing by hash, once all are
	open   []entry             // numbers left open that begin phrases
	folded map[uint64][]uint64 // words by their hash without accents, for what people type
}

type node struct {
	edges []edge
	means []Meaning
}

type edge struct {
	word  uint64
	to    uint32
	upper bool // an abbreviation: the unit must be in capitals
	glued bool // no space before it
}

// head is where the phrases go on that a word begins.
type head struct {
	plain, upper uint32 // nodes behind it in any case, and in capitals only; 0 for none
	classes      uint64 // a bit for each class of those phrases
}

type entry struct {
	word uint64
	head
}

// NewTable returns a table that knows the words of this package, and no phrase.
func NewTable() *Table {
	t := newTable()
	t.folded = maps.Clone(times().folded)
	return t
}

func newTable() *Table {
	t := &Table{nodes: make([]node, 1), heads: map[uint64]head{}, folded: map[uint64][]uint64{}}
	for _, w := range english {
		for _, spelling := range w.spellings {
			t.folded[vi.WordHash(spelling)] = []uint64{w.word}
		}
	}
	for _, w := range spelt {
		t.know(w)
	}
	return t
}

// know makes a word one that may be typed without accents.
func (t *Table) know(word string) {
	hash, folded := vi.WordHash(word), vi.WordHash(vi.Fold(word))
	if !slices.Contains(t.folded[folded], hash) {
		t.folded[folded] = append(slices.Clip(t.folded[folded]), hash)
	}
}

// Add enters patterns parted by " | ". In a pattern [a|b] may be absent, {a|b}
// is either, $NAME a macro; a word in capitals is an abbreviation that counts
// in capitals only; a + before a word or number allows no space there. <number> is
// any in digits, <d> and <dd> one of one or two and of two digits, <year> a year,
// <roman> a Roman numeral, <month> what [Reader.Month] reads. ^, ! and ~ set the
// rules.
func (t *Table) Add(c Class, value uint16, patterns string) {
	for pattern := range strings.SplitSeq(patterns, " | ") {
		m := Meaning{Class: c, Value: value}
		pattern = m.Rule.cut(strings.TrimSpace(pattern))
		for _, words := range expand(pattern) {
			if len(words) > 0 {
				t.insert(words, m)
			}
		}
	}
}

// cut takes the marks of rules off a pattern.
func (r *Rule) cut(pattern string) string {
	if cut, ok := strings.CutPrefix(pattern, "^"); ok {
		pattern, *r = cut, *r|NeedsCapital
	}
	if cut, ok := strings.CutSuffix(pattern, "~"); ok {
		pattern, *r = cut, *r|NeedsOf
	}
	if cut, ok := strings.CutSuffix(pattern, "!"); ok {
		pattern, *r = cut, *r|NeedsLevel
	}
	return pattern
}

// insert enters one phrase; of two with the same words, class and rule the
// first counts.
func (t *Table) insert(words []string, m Meaning) {
	first := t.hash(words[0])
	h := t.heads[first]
	n := &h.plain
	if isAbbreviation(words[0]) {
		n = &h.upper
	}
	if *n == 0 {
		*n = t.newNode()
	}
	h.classes |= 1 << m.Class
	t.heads[first] = h
	at := *n
	for _, w := range words[1:] {
		at = t.child(at, w)
	}
	for _, have := range t.nodes[at].means {
		if have.Class == m.Class && have.Rule == m.Rule {
			return
		}
	}
	t.nodes[at].means = append(t.nodes[at].means, m)
}

// The hashes of what stands for any number; no unit has them.
const (
	anyNumber uint64 = 1<<8 + iota
	anyShort
	anyTwo
	anyYear
	anyRoman
	anyMonth
)

var anyOf = map[string]uint64{
	"<number>": anyNumber, "<d>": anyShort, "<dd>": anyTwo, "<year>": anyYear, "<roman>": anyRoman, "<month>": anyMonth,
}

// isOpen tells whether a hash stands for any number.
func isOpen(word uint64) bool { return word >= anyNumber && word <= anyMonth }

func isAbbreviation(w string) bool { return w == strings.ToUpper(w) && strings.ToLower(w) != w }

// hash is that of the units which a word or mark of a pattern stands for.
func (t *Table) hash(w string) uint64 {
	if n, err := strconv.Atoi(w); err == nil {
		return vi.DigitsHash(int32(n))
	}
	switch number := anyOf[w]; {
	case number != 0:
		return number
	case w == "&":
		return Va
	case len(w) == 1 && !isLetter(w[0]):
		return uint64(w[0])
	}
	w = strings.ToLower(w)
	t.know(w)
	return vi.WordHash(w)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (t *Table) newNode() uint32 {
	t.nodes = append(t.nodes, node{})
	return uint32(len(t.nodes) - 1)
}

func (t *Table) child(n uint32, w string) uint32 {
	w, glued := strings.CutPrefix(w, "+")
	want := edge{t.hash(w), 0, isAbbreviation(w), glued}
	for _, e := range t.nodes[n].edges {
		if want.to = e.to; e == want {
			return e.to
		}
	}
	want.to = t.newNode()
	t.nodes[n].edges = append(t.nodes[n].edges, want)
	return want.to
}

// Seal makes the table ready for texts; nothing is added to it any more.
func (t *Table) Seal() *Table {
	size := 1
	for size < 4*len(t.heads) {
		size *= 2
	}
	t.index = make([]entry, size)
	for word, h := range t.heads {
		if isOpen(word) {
			t.open = append(t.open, entry{word, h})
			continue
		}
		i := t.slot(word)
		for t.index[i].word != 0 {
			i = (i + 1) & (size - 1)
		}
		t.index[i] = entry{word, h}
	}
	t.heads = nil
	return t
}

func (t *Table) slot(word uint64) int { return int(word>>32^word) & (len(t.index) - 1) }

// head returns where the phrases go on that a word begins.
func (t *Table) head(word uint64) head {
	for i := t.slot(word); ; i = (i + 1) & (len(t.index) - 1) {
		if e := &t.index[i]; e.word == word || e.word == 0 {
			return e.head
		}
	}
}

// NoProvince is the value of names that only begin like a province's.
const NoProvince = 1<<16 - 1

// AddProvinces enters the names of all provinces, under their place in
// [bulletin.Provinces], with and without spaces between the words.
func (t *Table) AddProvinces(c Class) {
	for i, p := range bulletin.Provinces() {
		for pattern := range strings.SplitSeq(p.Patterns, " | ") {
			t.Add(c, uint16(i), "^"+pattern)
			if glued := strings.ReplaceAll(vi.Fold(pattern), " ", ""); glued != pattern {
				t.Add(c, uint16(i), "^"+glued) // gialai
			}
		}
	}
	t.Add(c, NoProvince, "^điện biên phủ | ^điện biên đông | ^thái bình dương")
	t.Add(c, NoProvince, "hòa bình {thế giới|hữu nghị|hợp tác|ổn định|và phát triển} | {vì|gìn giữ|bảo vệ|lập lại|chiến tranh và} hòa bình")
}
