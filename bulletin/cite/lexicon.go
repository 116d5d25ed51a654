package cite

import (
	_ "embed" // for the tables
	"strings"
	"sync"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

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
	sortCount                    // what makes a number before it a count: điểm
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
	fold   bool      // all of it without accents, for what people type
	exact  wordTable // by the hash of a word
	next   docWord
	nodes  []docNode // the first is the root
	heads  []docHead // by first word
	laws   []string
	places []string // slugs
	unions []string
}

var lexicon = newDocTables(false)

// typedLexicon is the lexicon without accents.
var typedLexicon = sync.OnceValue(func() *docTables { return newDocTables(true) })

func newDocTables(fold bool) *docTables {
	t := &docTables{fold: fold, next: docWordsFixed, nodes: make([]docNode, 1)}
	for word, text := range docFixedWords {
		t.enter(text, docWord(word))
	}
	if fold {
		t.enterEnglish()
	}
	for i, typ := range vi.DocumentTypes() {
		t.add(sortType, i, typ.Spellings)
	}
	for i, issuer := range vi.Issuers() {
		t.add(sortIssuer, i, issuer.Spellings)
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
	if fold {
		t.addShortLaws()
		t.addEnglish()
	}
	t.add(sortQualifier, 0, docQualifiers)
	t.add(sortCount, 0, docCounted)
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

// addShortLaws enters the first words of the names of laws, two at least, that
// begin one name only: luật mặt trận.
func (t *docTables) addShortLaws() {
	begun := map[string]int{}
	each := func(visit func(law int, short string)) {
		for law, name := range t.laws {
			words := strings.Fields(strings.ToLower(strings.ReplaceAll(name, ",", "")))
			for n := 2; n < len(words); n++ {
				visit(law, strings.Join(words[:n], " "))
			}
		}
	}
	each(func(_ int, short string) { begun[vi.Fold(short)]++ })
	each(func(law int, short string) {
		if begun[vi.Fold(short)] == 1 {
			t.add(sortLaw, law, short)
		}
	})
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

// wordFor returns the number of a word or mark of a pattern.
func (t *docTables) wordFor(text string) docWord {
	if len(text) == 1 && (text[0] < 'a' || text[0] > 'z') {
		return docWord(text[0])
	}
	if w := t.exact.find(t.hash(text)); w > 0 {
		return w
	}
	t.next++
	t.enter(text, t.next-1)
	return t.next - 1
}

// enter numbers a word; of two that are one without accents the first counts.
func (t *docTables) enter(text string, word docWord) {
	if text != "" {
		t.exact.put(t.hash(text), word)
	}
}

func (t *docTables) hash(text string) uint64 {
	if t.fold {
		text = vi.Fold(vi.Canonical(text))
	}
	return vi.WordHash(text)
}

// wordTable finds words by their hashes, with open addressing.
type wordTable [4096]struct {
	hash uint64
	word docWord
}

func (t *wordTable) find(hash uint64) docWord { return t[t.slot(hash)].word }

func (t *wordTable) put(hash uint64, word docWord) {
	if i := t.slot(hash); t[i].word == 0 {
		t[i].hash, t[i].word = hash, word
	}
}

// slot returns where hash stands or would.
func (t *wordTable) slot(hash uint64) uint64 {
	i := hash >> 52
	for t[i].hash != hash && t[i].hash != 0 {
		i = (i + 1) % uint64(len(t))
	}
	return i
}

// head returns where the phrases of a sort lead that a word begins, 0 when
// there are none.
func (t *docTables) head(w docWord, sort docSort) int32 {
	if int(w) < len(t.heads) && t.heads[w].sorts&(1<<sort) != 0 {
		return t.heads[w].node
	}
	return 0
}
