package query

import (
	"regexp"
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// run reads plain words: document numbers as keys, dates and quarters as keys
// or words, abbreviations with what they stand for, the rest as words.
func (p *parser) run(t token, field index.TextField) index.Node {
	r := reader{parser: p, base: t.start, text: p.text[t.start:t.end], field: field}
	r.words = vi.Words(r.text)
	r.keys = vi.AnalyzeOnly(r.text, vi.WantKey).Key
	if field == index.AnyField && !p.verbatim {
		r.named = mentions(r.text)
	}
	var all index.And
	for len(r.words) > 0 {
		if n := r.one(); n != nil {
			all = append(all, n)
		}
	}
	return node(all)
}

// phrase reads what stands between quotes: its words next to each other.
func (p *parser) phrase(text string, at int, field index.TextField) index.Node {
	words := vi.Words(text)
	if len(words) == 0 {
		p.repair("quote", text)
		return nil
	}
	p.spell(words, at, false)
	if len(words) == 1 {
		return word(words[0], field)
	}
	var pieces index.And
	for piece := range slices.Chunk(words, longestPhrase) {
		pieces = append(pieces, phraseOf(piece, field))
	}
	return node(pieces)
}

func phraseOf(words []vi.Word, field index.TextField) index.Phrase {
	out := index.Phrase{Field: field}
	for _, w := range words {
		n := word(w, "")
		out.Words = append(out.Words, n)
	}
	return out
}

// word is one word as it was typed: with accents it means itself, without any
// it means all of them.
func word(w vi.Word, field index.TextField) index.Word {
	if w.Accented {
		return index.Word{Text: w.Syl, Accented: true, Field: field}
	}
	return index.Word{Text: w.Fold, Field: field}
}

// reader turns the words of one run into nodes, front to back.
type reader struct {
	*parser
	base  int
	text  string
	field index.TextField
	words []vi.Word
	keys  []vi.Token
	named []mention // not yet read
	said  []mention // read
}

// one reads the next node.
func (r *reader) one() index.Node {
	for len(r.named) > 0 && r.named[0].Start < r.words[0].Start {
		r.named = r.named[1:]
	}
	if len(r.named) > 0 && r.named[0].Start == r.words[0].Start {
		return r.understood(r.named[0])
	}
	if key, n := r.key(); n > 0 {
		return r.keyed(key, n)
	}
	if n, others := vi.Abbreviations(r.words); n > 0 {
		typed := r.take(n)
		r.spell(typed, r.base, true)
		return r.synonyms(typed, others)
	}
	if vi.IsCentral(r.words) && !r.begun(r.words[0]) && !r.begun(r.words[1]) {
		typed := r.take(2)
		r.spell(typed, r.base, false)
		return r.conjunction(typed)
	}
	typed := r.take(1)
	w := typed[0]
	begun := r.begun(w)
	r.spell(typed, r.base, begun)
	if begun {
		return r.prefix(w)
	}
	return word(w, r.field)
}

// begun tells whether w stands before a star.
func (r *reader) begun(w vi.Word) bool { return strings.HasPrefix(r.text[w.End:], "*") }

func (r *reader) take(n int) []vi.Word {
	taken := r.words[:n]
	r.words = r.words[n:]
	return taken
}

// prefix matches what begins with w; one letter is too little to ask for.
func (r *reader) prefix(w vi.Word) index.Node {
	if len([]rune(w.Fold)) < 2 {
		r.repair("wildcard", r.text[w.Start:w.End]+"*")
		return word(w, r.field)
	}
	n := word(w, r.field)
	return index.Prefix{Text: n.Text, Accented: n.Accented, Field: r.field}
}

var numeral = regexp.MustCompile(`^[0-9.,]+$`)

// key returns the key that begins at the next word and the words it covers;
// plain numbers are words.
func (r *reader) key() (vi.Token, int) {
	for _, k := range r.keys {
		if k.Start > r.words[0].Start || numeral.MatchString(k.Text) {
			continue
		}
		if k.End <= r.words[0].Start {
			continue
		}
		n := 0
		for n < len(r.words) && r.words[n].Start < k.End {
			n++
		}
		return k, n
	}
	return vi.Token{}, 0
}

var moment = regexp.MustCompile(`^(\d{4}-\d\d-\d\d|[qh]\d{4}-\d)$`)

// keyed matches a document by its number alone; a date or a quarter also by
// its words, since texts often part "quý III" from "năm 2020".
func (r *reader) keyed(k vi.Token, n int) index.Node {
	key := index.Key{Text: k.Text, Field: r.field}
	typed := r.take(n)
	if !moment.MatchString(k.Text) {
		return key
	}
	if k.Text[0] == 'q' {
		typed = quarterWords(k.Text, typed[0])
	}
	return index.Or{Children: []index.Node{key, r.conjunction(typed)}, Min: 1, Best: true}
}

// quarterWords are the words of a quarter's key, however it was typed: quý
// with any accents when its first word had none.
func quarterWords(key string, typed vi.Word) []vi.Word {
	words := vi.Words("quý " + key[6:] + " " + key[1:5])
	words[0].Accented = typed.Accented || typed.Fold != words[0].Fold
	return words
}

// synonyms matches what was typed or any other way to write it.
func (r *reader) synonyms(typed []vi.Word, others [][]vi.Word) index.Node {
	any := index.Or{Children: []index.Node{r.conjunction(typed)}, Min: 1, Best: true}
	for _, words := range others {
		if len(words) == 1 {
			any.Children = append(any.Children, word(words[0], r.field))
		} else {
			any.Children = append(any.Children, phraseOf(words, r.field))
		}
	}
	return any
}

// conjunction matches all the words: Trung ương also where TW is printed.
func (r *reader) conjunction(words []vi.Word) index.Node {
	var all index.And
	for len(words) > 0 {
		n := 1
		own := index.Node(word(words[0], r.field))
		if vi.IsCentral(words) {
			n = 2
			full := index.And{own, word(words[1], r.field)}
			own = index.Or{Children: []index.Node{full, index.Word{Text: "tw", Field: r.field}}, Min: 1, Best: true}
		}
		all, words = append(all, own), words[n:]
	}
	return node(all)
}
