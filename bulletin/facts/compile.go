package facts

import (
	"strings"
	"sync"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// provinceList is every province, by the number that the grammar gives it.
var provinceList = sync.OnceValue(bulletin.Provinces)

// compileGrammar builds the trie from the tables and the readers' phrases.
func compileGrammar() *grammar {
	g := &grammar{
		ids: map[string]uint16{}, folds: map[uint64][]uint16{}, nodes: make([]node, 1), slots: make([]slot, 1<<14),
		roots: make([]uint32, wordVa), uppers: make([]uint32, wordVa),
	}
	for id, word := range fixedWords {
		if id == 0 {
			continue
		}
		if word == "," || word == "/" {
			g.ids[word] = uint16(id)
			continue
		}
		if got := g.intern(word); int(got) != id {
			panic("bulletin: fixed word twice: " + word)
		}
	}
	g.ids["&"] = wordVa
	for i, row := range bulletin.OrganizationPatterns() {
		g.add(classOrganization, uint16(i), row[1])
		g.departments(uint16(i), row)
	}
	for _, town := range bulletin.Towns() {
		g.add(classTown, 0, "^"+town)
	}
	for i, p := range provinceList() {
		g.addProvince(uint16(i), p)
	}
	for _, p := range phrases {
		g.add(p.class, p.value, p.patterns)
	}
	for word, id := range englishWords {
		h := vi.WordHash(word)
		g.folds[h] = append([]uint16{id}, g.folds[h]...)
	}
	for i, row := range bulletin.OrganizationPatterns() {
		g.add(classOrganization, uint16(i), englishNames[row[0]])
	}
	return g
}

// intern gives the number of a word, the same for every spelling of it.
func (g *grammar) intern(word string) uint16 {
	h := vi.WordHash(word)
	if id := g.lookup(h); id != 0 {
		return id
	}
	id := uint16(max(len(g.roots), 1))
	for len(g.roots) <= int(id) {
		g.roots, g.uppers = append(g.roots, 0), append(g.uppers, 0)
	}
	mask := uint64(len(g.slots) - 1)
	i := (h >> 32) & mask
	for g.slots[i].word != 0 {
		i = (i + 1) & mask
	}
	g.slots[i] = slot{h, id}
	folded := vi.WordHash(vi.Fold(word))
	g.folds[folded] = append(g.folds[folded], id)
	return id
}

// add compiles patterns parted by " | ". In a pattern [a|b] is optional, {a|b}
// a choice, $NAME a macro; capitals mean an abbreviation that counts in
// capitals only. A leading ^ asks for a capital, a final ! for a level word
// behind it, a final ~ for "của" before it.
func (g *grammar) add(c class, value uint16, patterns string) {
	for pattern := range strings.SplitSeq(patterns, " | ") {
		pattern = strings.TrimSpace(pattern)
		if pattern == "" {
			continue
		}
		o := out{class: c, value: value}
		for _, f := range []struct {
			mark string
			rule rule
		}{{"!", needsTail}, {"~", needsCue}} {
			if cut, ok := strings.CutSuffix(pattern, f.mark); ok {
				pattern, o.rule = cut, o.rule|f.rule
			}
		}
		if cut, ok := strings.CutPrefix(pattern, "^"); ok {
			pattern, o.rule = cut, o.rule|needsCapital
		}
		for _, words := range expand(pattern) {
			if len(words) > 0 {
				g.insert(words, o)
			}
		}
	}
}

func (g *grammar) insert(words []string, o out) {
	n := uint32(0)
	for i, w := range words {
		isUpper := w == strings.ToUpper(w) && strings.ToLower(w) != w
		id := g.word(w)
		if i == 0 {
			starts := g.roots
			if isUpper {
				starts = g.uppers
			}
			if starts[id] == 0 {
				starts[id] = g.newNode()
			}
			n = starts[id]
			continue
		}
		n = g.child(n, id, isUpper)
	}
	for _, have := range g.nodes[n].outs {
		if have.class == o.class && have.rule == o.rule {
			return
		}
	}
	g.nodes[n].outs = append(g.nodes[n].outs, o)
}

func (g *grammar) word(w string) uint16 {
	if id, ok := g.ids[w]; ok {
		return id
	}
	id := g.intern(strings.ToLower(w))
	g.ids[w] = id
	return id
}

func (g *grammar) newNode() uint32 {
	g.nodes = append(g.nodes, node{})
	return uint32(len(g.nodes) - 1)
}

func (g *grammar) child(n uint32, word uint16, isUpper bool) uint32 {
	for _, e := range g.nodes[n].edges {
		if e.word == word && e.upper == isUpper {
			return e.next
		}
	}
	next := g.newNode()
	g.nodes[n].edges = append(g.nodes[n].edges, edge{next, word, isUpper})
	return next
}

// expand gives every sequence of words that a pattern stands for.
func expand(pattern string) [][]string {
	seqs, _ := expandSeq(pattern, 0)
	return seqs
}

// expandSeq reads alternatives up to a closing bracket.
func expandSeq(p string, i int) (seqs [][]string, end int) {
	done, current := [][]string(nil), [][]string{nil}
	for i < len(p) {
		var next [][]string
		switch c := p[i]; c {
		case ' ':
			i++
			continue
		case '|':
			done, current = append(done, current...), [][]string{nil}
			i++
			continue
		case ']', '}':
			return append(done, current...), i + 1
		case '[', '{':
			next, i = expandSeq(p, i+1)
			if c == '[' {
				next = append(next, nil)
			}
		default:
			n := strings.IndexAny(p[i:], " |[]{}")
			if n < 0 {
				n = len(p) - i
			}
			next, i = expandWord(p[i:i+n]), i+n
		}
		current = product(current, next)
	}
	return append(done, current...), i
}

func expandWord(w string) [][]string {
	if m, ok := macros[w]; ok {
		return expand(m)
	}
	return [][]string{{w}}
}

func product(a, b [][]string) [][]string {
	var out [][]string
	for _, x := range a {
		for _, y := range b {
			out = append(out, append(append([]string(nil), x...), y...))
		}
	}
	return out
}

var macros = map[string]string{
	"$UB":   "{ủy ban|UB}",
	"$MTTQ": "{mặt trận tổ quốc|MTTQ|MT tổ quốc}",
	"$VN":   "{việt nam|VN}",
	"$TW":   "{trung ương|TW}",
	"$VP":   "{văn phòng|VP}",
	"$UBND": "{ủy ban nhân dân|UBND|UB nhân dân}",
	"$HĐND": "{hội đồng nhân dân|HĐND|HDND|HĐ nhân dân}",
}
