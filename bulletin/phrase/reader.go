package phrase

import (
	"slices"

	"bantin/analyzers/vi"
)

// Reader finds the phrases of a table in one scanned text. It may be used
// concurrently.
type Reader struct {
	*vi.Scan
	table *Table
	typed [][]uint64 // what each unit may mean of what a person typed; nil for a printed text
}

// Reader returns the reader of a printed text.
func (t *Table) Reader(s *vi.Scan) Reader { return Reader{Scan: s, table: t} }

// TypedReader returns the reader of what a person typed: words without accents
// may mean any that are spelt so, and case does not matter. The hash of a unit
// is made that of its likeliest meaning.
func (t *Table) TypedReader(text string) Reader {
	r := Reader{vi.NewScan(text), t, nil}
	r.typed = make([][]uint64, len(r.Units))
	for i := range r.Units {
		r.typed[i] = t.meanings(r.Scan, i)
		if len(r.typed[i]) > 0 {
			r.Units[i].Hash = r.typed[i][0]
		}
	}
	return r
}

// Head is the reader of the first units of a text, which end at byte end.
func (r *Reader) Head(units, end int) Reader {
	return Reader{Scan: &vi.Scan{Text: r.Text[:end], Units: r.Units[:units]}, table: r.table}
}

// meanings are the words that unit i can be: itself, and typed without
// accents, or spelled like none that is known, any word of its letters.
func (t *Table) meanings(s *vi.Scan, i int) []uint64 {
	u := s.Units[i]
	if u.Kind != vi.KindWord {
		return []uint64{u.Hash}
	}
	all := t.folded[vi.WordHash(s.Folded(i))]
	if u.Has(vi.Accented) && slices.Contains(all, u.Hash) {
		return []uint64{u.Hash}
	}
	return all
}

// Typed tells whether a person typed the text.
func (r *Reader) Typed() bool { return r.typed != nil }

// Is tells whether unit i is a word or mark, or may be.
func (r *Reader) Is(i int, word uint64) bool {
	if i < 0 || i >= len(r.Units) {
		return false
	}
	return r.Units[i].Hash == word || len(r.typed) > 0 && slices.Contains(r.typed[i], word)
}

// words are those that unit i is or may be.
func (r *Reader) words(i int) []uint64 {
	if r.Typed() {
		return r.typed[i]
	}
	return []uint64{r.Units[i].Hash}
}

// Begins tells whether unit i begins a phrase of one of the classes, or seems
// to.
func (r *Reader) Begins(i int, classes ...Class) bool {
	if i < 0 || i >= len(r.Units) {
		return false
	}
	var want uint64
	for _, c := range classes {
		want |= 1 << c
	}
	return slices.ContainsFunc(r.words(i), func(word uint64) bool { return r.table.head(word).classes&want != 0 })
}

// Longest is the longest phrase of a class at unit i, with its last unit.
func (r *Reader) Longest(i int, c Class) (m Meaning, last int, ok bool) {
	if i < 0 || i >= len(r.Units) {
		return m, i, false
	}
	r.walkOf(i, 1<<c, func(end int, found Meaning) {
		if found.Class == c && (!ok || end > last) {
			m, last, ok = found, end, true
		}
	})
	return m, last, ok
}

// Walk visits the phrases that begin at unit i, with their last units, shorter
// before longer in a printed text.
func (r *Reader) Walk(i int, visit func(last int, m Meaning)) { r.walkOf(i, ^uint64(0), visit) }

// walkOf is Walk from the words that begin a phrase of the classes.
func (r *Reader) walkOf(i int, classes uint64, visit func(last int, m Meaning)) {
	for _, word := range r.words(i) {
		if h := r.table.head(word); h.classes&classes != 0 {
			r.walkFrom(i, i, h, visit)
		}
	}
	for _, number := range r.table.open {
		if number.classes&classes == 0 {
			continue
		}
		if last, ok := r.fits(number.word, i); ok {
			r.walkFrom(i, last, number.head, visit)
		}
	}
}

// walkFrom walks on from units i to j, which begin phrases.
func (r *Reader) walkFrom(i, j int, h head, visit func(last int, m Meaning)) {
	if h.upper != 0 && r.abbreviates(i) {
		r.walk(i, j, h.upper, visit)
	}
	if h.plain != 0 {
		r.walk(i, j, h.plain, visit)
	}
}

// abbreviates tells whether unit i may be an abbreviation: in capitals, or
// typed and too long for a word by chance, or no syllable.
func (r *Reader) abbreviates(i int) bool {
	u := r.Units[i]
	return u.Has(vi.Upper) || r.Typed() && (u.Len() >= 3 || !r.Syllable(i))
}

// Syllable reports whether unit i is a Vietnamese syllable.
func (r *Reader) Syllable(i int) bool {
	_, ok := vi.Parse(r.Of(i))
	return ok
}

// walk visits what ends at node n, which unit j led to, and behind it.
func (r *Reader) walk(i, j int, n uint32, visit func(last int, m Meaning)) {
	for _, m := range r.table.nodes[n].means {
		if m.Rule&NeedsCapital == 0 || r.typed != nil || r.Units[i].Has(vi.Capital) {
			visit(j, m)
		}
	}
	edges := r.table.nodes[n].edges
	if len(edges) == 0 {
		return
	}
	next := r.Next(j)
	if next >= 0 {
		r.follow(i, next, edges, visit)
	}
	if mark := j + 1; mark != next && r.KindAt(mark) != 0 {
		r.follow(i, mark, edges, visit) // a mark that parts no words, where a pattern has it
	}
}

// follow walks on over the edges that unit j fits.
func (r *Reader) follow(i, j int, edges []edge, visit func(last int, m Meaning)) {
	u := &r.Units[j]
	for k := range edges {
		e := &edges[k]
		if e.word != u.Hash && !isOpen(e.word) && !r.Typed() {
			continue // nearly always
		}
		last, ok := r.fits(e.word, j)
		if ok && (!e.upper || r.abbreviates(j)) && (!e.glued || !u.Has(vi.Spaced)) {
			r.walk(i, last, e.to, visit)
		}
	}
}

// fits tells whether a word or number begins at unit j, and where it ends.
func (r *Reader) fits(word uint64, j int) (last int, ok bool) {
	if !isOpen(word) {
		return j, r.Is(j, word)
	}
	u := &r.Units[j]
	switch word {
	case anyRoman:
		return j, vi.RomanValue(r.Of(j)) > 0
	case anyMonth:
		_, last, ok = r.Month(j)
		return last, ok
	case anyShort:
		ok = u.Len() <= len("31")
	case anyTwo:
		ok = u.Len() == len("31")
	case anyYear:
		ok = u.Len() == len("2020") && plausibleYear(int(u.Num))
	default:
		ok = u.Num >= 0
	}
	return j, ok && u.Is(vi.KindDigits)
}

// Next is the unit after j inside one phrase, -1 for none: a dash, a full stop
// with no space around it or a short form in brackets, as in "Ủy ban nhân dân
// (UBND) xã", does not part words; an empty line does.
func (r *Reader) Next(j int) int {
	k := j + 1
	if k < len(r.Units) && r.Units[k].Is(vi.KindWord) && !r.Units[k].Has(vi.NewPara) {
		return k // nearly always
	}
	if end := r.shortForm(k); end > 0 {
		k = end + 1
	}
	if k >= len(r.Units) || r.Units[k].Has(vi.NewPara) {
		return -1
	}
	u := r.Units[k]
	if !u.Is('-') && !u.Is('\'') && (!u.Is('.') || u.Has(vi.Spaced)) {
		return k
	}
	if k+1 >= len(r.Units) || r.Units[k+1].Has(vi.NewPara) || u.Is('.') && r.Units[k+1].Has(vi.Spaced) {
		return -1
	}
	return k + 1
}

// shortForm is the unit that closes the abbreviation in brackets that unit k
// opens, 0 for none.
func (r *Reader) shortForm(k int) int {
	const longest = 6
	if !r.Mark(k, '(') {
		return 0
	}
	for end := k + 1; end < min(k+longest, len(r.Units)); end++ {
		switch u := r.Units[end]; {
		case u.Is(')') && end > k+1:
			return end
		case !u.Has(vi.Upper) && !u.Is('-') && !u.Is('&'):
			return 0
		}
	}
	return 0
}
