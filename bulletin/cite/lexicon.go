package cite

import (
	_ "embed" // for the tables
	"strings"

	"bantin/bulletin"
)

//go:embed tables/document_types.tsv
var documentTypesTSV string

//go:embed tables/issuers.tsv
var issuersTSV string

//go:embed tables/laws.tsv
var lawsTSV string

//go:embed tables/unions.tsv
var unionsTSV string

// docSort tells of which table a phrase is.
type docSort uint8

const (
	sortType      docSort = iota // a kind of document: Nghị quyết
	sortIssuer                   // a body that issues documents: Ban Bí thư
	sortLaw                      // the name of a law without the word Luật: Đất đai
	sortPlace                    // a province
	sortUnion                    // an organization beside the Party that holds congresses
	sortQualifier                // what may stand between type and number: khẩn
	sortFollow                   // what may follow a number that has no letters: về
	docSorts                     // how many sorts there are
)

// docNode is a point in the tree of all phrases of the tables.
type docNode struct {
	edges []docEdge
	rows  [docSorts]int16 // row + 1 of the phrase that ends here, by sort
}

// docHead is where the phrases lead that a word begins.
type docHead struct {
	node  int32 // 0 for none
	sorts uint8 // a bit for each sort of phrase that begins so
}

type docEdge struct {
	word docWord
	to   int32
}

// docTables is every word, phrase and table that citations are read with. It
// is built once and never changes.
type docTables struct {
	slots   []docSlot // open addressing, a power of two
	next    docWord
	nodes   []docNode // the first is the root
	heads   []docHead // by first word
	types   []docType
	issuers []docIssuer
	laws    []string
	places  []string // slugs
	unions  []string
}

type docSlot struct {
	text string
	word docWord
}

var docLexicon = newDocTables()

func newDocTables() *docTables {
	t := &docTables{slots: make([]docSlot, 4096), next: docWordsFixed, nodes: make([]docNode, 1)}
	for text, word := range docFixedWords {
		*t.slot([]byte(text)) = docSlot{text, word}
	}
	for i, f := range bulletin.ReadTable(documentTypesTSV, 5) {
		t.types = append(t.types, newDocType(f))
		t.add(sortType, i, f[1])
	}
	for i, f := range bulletin.ReadTable(issuersTSV, 2) {
		t.issuers = append(t.issuers, docIssuer{code: f[1]})
		t.add(sortIssuer, i, f[0])
	}
	for i, f := range bulletin.ReadTable(lawsTSV, 2) {
		t.laws = append(t.laws, f[0])
		pattern := f[1]
		if pattern == "" {
			pattern = strings.ReplaceAll(strings.ToLower(f[0]), ",", " [,]")
		}
		t.add(sortLaw, i, pattern)
	}
	for i, f := range bulletin.ReadTable(unionsTSV, 2) {
		t.unions = append(t.unions, f[0])
		t.add(sortUnion, i, f[1])
	}
	for i, p := range bulletin.Provinces() {
		t.places = append(t.places, p.Slug)
		t.add(sortPlace, i, placePattern(p.Name))
	}
	t.add(sortQualifier, 0, docQualifiers)
	t.add(sortFollow, 0, docFollowers)
	t.heads = make([]docHead, t.next)
	for _, e := range t.nodes[0].edges {
		t.heads[e.word] = docHead{e.to, t.sortsBelow(e.to)}
	}
	return t
}

// add enters every spelling of a pattern.
func (t *docTables) add(sort docSort, row int, pattern string) {
	for alternative := range strings.SplitSeq(pattern, ";") {
		for _, spelling := range expandPattern(strings.TrimSpace(alternative)) {
			node := int32(0)
			for w := range strings.FieldsSeq(spelling) {
				node = t.step(node, t.wordFor(w))
			}
			if t.nodes[node].rows[sort] == 0 {
				t.nodes[node].rows[sort] = int16(row + 1)
			}
		}
	}
}

// sortsBelow returns the sorts of the phrases that end at a node or behind it.
func (t *docTables) sortsBelow(node int32) (sorts uint8) {
	for sort, row := range t.nodes[node].rows {
		if row > 0 {
			sorts |= 1 << sort
		}
	}
	for _, e := range t.nodes[node].edges {
		sorts |= t.sortsBelow(e.to)
	}
	return sorts
}

// step follows the edge of a word out of a node, which it makes if need be.
func (t *docTables) step(node int32, word docWord) int32 {
	if to := t.nodes[node].follow(word); to > 0 {
		return to
	}
	to := int32(len(t.nodes))
	t.nodes = append(t.nodes, docNode{})
	t.nodes[node].edges = append(t.nodes[node].edges, docEdge{word, to})
	return to
}

// follow returns the node that a word leads to, 0 for none.
func (n *docNode) follow(word docWord) int32 {
	for _, e := range n.edges {
		if e.word == word {
			return e.to
		}
	}
	return 0
}

func (t *docTables) wordFor(text string) docWord {
	if len(text) == 1 && !asciiLetter(text[0]) {
		return docWord(text[0])
	}
	s := t.slot([]byte(text))
	if s.text == "" {
		*s = docSlot{text, t.next}
		t.next++
	}
	return s.word
}

// slot returns the slot of a word: its own, or the empty one where it belongs.
func (t *docTables) slot(text []byte) *docSlot {
	h := uint32(2166136261)
	for _, c := range text {
		h = (h ^ uint32(c)) * 16777619
	}
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.text == "" || s.text == string(text) {
			return s
		}
	}
}

// head returns where the phrases of a sort lead that a word begins, 0 when
// there are none.
func (t *docTables) head(w docWord, sort docSort) int32 {
	if int(w) < len(t.heads) && t.heads[w].sorts&(1<<sort) != 0 {
		return t.heads[w].node
	}
	return 0
}

func (t *docTables) find(text []byte) docWord { return t.slot(text).word }
