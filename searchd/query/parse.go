// Package query turns what a person typed into what an index answers. It is
// pure, forgiving and bounded: a broken or endless query is mended and the
// mending told.
package query

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// Limits of what a person may type.
const (
	MaxBytes   = 16_000 // of the text; the rest is left out
	MaxNesting = 4      // brackets within brackets; deeper ones are left out

	longestPhrase = 32 // words; a longer one is asked for in pieces
	mostValues    = 60 // values of one field; more are left out
)

// Parsed is what a person's text means.
type Parsed struct {
	Text       string                   // as it was read, mended and retyped
	Root       index.Node               // nil asks for everything
	Filters    map[index.Field][]string // written in the text
	From, To   time.Time                // written in the text; To is exclusive
	Repairs    []Repair                 // what was mended
	Understood []Understood             // what words of the text name
	Typed      []Typed                  // every filter in the text, by place

	tokens []token   // of Text
	words  []spelled // of Text
}

// Repair is one thing about a text that was mended. Kind names it for the
// catalogues: quote, bracket, operator, field, wildcard, nesting, keystrokes,
// encoding, long.
type Repair struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// Query is what the index is asked: see index.Run.
func (p Parsed) Query() index.Query {
	return index.Query{Root: p.Root, Filters: p.Filters, From: p.From, To: p.To}
}

// Parse reads what a person typed.
func Parse(text string) Parsed { return parse(text, false) }

// Verbatim reads what a person typed and takes its words as words: nothing is
// understood.
func Verbatim(text string) Parsed { return parse(text, true) }

func parse(text string, verbatim bool) Parsed {
	if len(text) > MaxBytes {
		text = text[:MaxBytes]
		text = text[:max(strings.LastIndexByte(text, ' '), 0)]
	}
	p := &parser{verbatim: verbatim, out: Parsed{Filters: map[index.Field][]string{}}}
	p.text = p.retype(text)
	p.tokens = p.flatten(lex(p.text, p.repair))
	p.out.tokens = slices.Clone(p.tokens)
	root := simplify(p.all(0))
	if index.Size(root) > index.MostWords {
		p.repair("long", strconv.Itoa(index.MostWords))
	}
	p.out.Text, p.out.Root, p.out.words = p.text, root, keyed(p.text, p.out.words)
	return p.out
}

// parser reads the tokens of one text.
type parser struct {
	text   string
	tokens []token
	at     int
	out    Parsed

	verbatim bool
	excluded bool // within brackets after a minus
	minus    bool // behind one
}

func (p *parser) repair(kind, text string) {
	r := Repair{kind, strings.TrimSpace(text)}
	if !slices.Contains(p.out.Repairs, r) {
		p.out.Repairs = append(p.out.Repairs, r)
	}
}

// retype mends the text as a whole: an encoding misread, keystrokes typed
// without an input method.
func (p *parser) retype(text string) string {
	if mended, encoding := vi.Repair(text); encoding != "" {
		p.repair("encoding", mended)
		text = mended
	}
	text = strings.TrimSpace(strings.Map(halfWidth, vi.Clean(text)))
	if typed, ok := vi.FromKeystrokes(text); ok {
		p.repair("keystrokes", typed)
		text = typed
	}
	return text
}

// halfWidth returns the ASCII character that r is a wide form of. Other dashes
// than the hyphen stay: before a word they exclude nothing.
func halfWidth(r rune) rune {
	if 0xFF01 <= r && r <= 0xFF5E {
		return r - 0xFEE0
	}
	return r
}

// flatten leaves out the brackets that stand too deep.
func (p *parser) flatten(tokens []token) []token {
	level := 0
	return slices.DeleteFunc(tokens, func(t token) bool {
		switch t.kind {
		case opening:
			if level++; level == MaxNesting+1 {
				p.repair("nesting", p.text[t.start:])
			}
			return level > MaxNesting
		case closing:
			level = max(level-1, 0)
			return level >= MaxNesting
		}
		return false
	})
}

func (p *parser) peek() token {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return token{kind: ending}
}

func (p *parser) next() token {
	t := p.peek()
	p.at++
	return t
}

// all reads alternatives up to the end or a closing bracket.
func (p *parser) all(depth int) index.Node {
	var choices []index.Node
	for {
		n := p.every(depth, len(choices) == 0 && !p.alternativeAhead())
		if n != nil {
			choices = append(choices, n)
		}
		if p.peek().kind != or {
			break
		}
		o := p.next()
		if n == nil || !p.startsOperand() {
			p.repair("operator", p.text[o.start:o.end])
		}
	}
	switch len(choices) {
	case 0:
		return nil
	case 1:
		return choices[0]
	}
	return index.Or{Children: choices, Min: 1}
}

// alternativeAhead tells whether an OR stands on this level.
func (p *parser) alternativeAhead() bool {
	level := 0
	for _, t := range p.tokens[min(p.at, len(p.tokens)):] {
		switch t.kind {
		case opening:
			level++
		case closing:
			level--
		case or:
			if level == 0 {
				return true
			}
		}
		if level < 0 {
			break
		}
	}
	return false
}

func (p *parser) startsOperand() bool {
	switch p.peek().kind {
	case ending, closing, or:
		return false
	}
	return true
}

// every reads what must all match, up to OR, a closing bracket or the end.
// Fields may become filters only where outer is set and depth is 0.
func (p *parser) every(depth int, outer bool) index.Node {
	var all index.And
	for {
		t := p.peek()
		switch t.kind {
		case ending, or:
			return node(all)
		case closing:
			if depth > 0 {
				return node(all)
			}
			p.repair("bracket", p.text[t.start:t.end])
			p.at++
			continue
		}
		p.at++
		p.minus = t.negative
		n := p.operand(t, depth, outer && depth == 0)
		if n == nil {
			continue
		}
		if t.negative {
			n = index.Not{Child: n}
		}
		all = append(all, n)
	}
}

// operand reads one word, phrase, field or bracket.
func (p *parser) operand(t token, depth int, outer bool) index.Node {
	switch t.kind {
	case opening:
		return p.bracket(t, depth)
	case quoted:
		return p.phrase(t.inner(p.text), t.start+1, index.AnyField)
	case label:
		return p.field(t, outer && !t.negative)
	default:
		return p.run(t, index.AnyField)
	}
}

func (p *parser) bracket(t token, depth int) index.Node {
	p.excluded = p.excluded != t.negative
	n := p.all(depth + 1)
	p.excluded = p.excluded != t.negative
	if p.peek().kind == closing {
		p.at++
	} else {
		p.repair("bracket", p.text[t.start:])
	}
	return n
}

// node returns the shortest node for all, nil for none.
func node(all index.And) index.Node {
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}

// simplify opens conjunctions within conjunctions.
func simplify(n index.Node) index.Node {
	all, ok := n.(index.And)
	if !ok {
		return n
	}
	var flat index.And
	for _, child := range all {
		if inner, ok := simplify(child).(index.And); ok {
			flat = append(flat, inner...)
		} else {
			flat = append(flat, child)
		}
	}
	return flat
}
