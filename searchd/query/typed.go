package query

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Typed is a filter that stands in the text.
type Typed struct {
	Name     string // of a facet, or from or to
	Value    string // of the facet; the first or last day of the stretch
	Span     bulletin.Span
	Excluded bool // what it names is left out
	Whole    bool // it narrows the whole query and stands in Parsed.Filters, From or To
}

// Same tells whether two filters say the same in different places.
func (t Typed) Same(other Typed) bool {
	other.Span = t.Span
	return t == other
}

// bound takes up a day as where the time asked for begins or ends; what is not
// from a day on ends before it.
func (p *parser) bound(f Typed, from bool, value string) {
	at, err := time.ParseInLocation(time.DateOnly, value, bulletin.Zone)
	if err != nil {
		return // no reader returns such a day
	}
	if from != f.Excluded {
		f.Name = "from"
		if at.After(p.out.From) {
			p.out.From = at
		}
	} else {
		f.Name = "to"
		if p.out.To.IsZero() || at.Before(p.out.To) {
			p.out.To = at
		}
		at = at.AddDate(0, 0, -1)
	}
	f.Excluded, f.Whole, f.Value = false, true, at.Format(time.DateOnly)
	p.out.Typed = append(p.out.Typed, f)
}

// narrow applies a facet's values.
func (p *parser) narrow(f Typed, field index.Field, values []string) index.Node {
	var any []index.Node
	for _, v := range values {
		f.Name, f.Value = string(field), v
		p.out.Typed = append(p.out.Typed, f)
		any = append(any, index.Term{Field: field, Value: v})
		if known := p.out.Filters[field]; f.Whole && len(known) < mostValues && !slices.Contains(known, v) {
			p.out.Filters[field] = append(p.out.Filters[field], v)
		}
	}
	switch {
	case f.Whole:
		return nil
	case len(any) == 1:
		return any[0]
	}
	return index.Or{Children: any, Min: 1}
}

// Without returns Text without some of its parts, which are spans of Typed or
// Interpretations, with the operators and brackets that are left with nothing
// to hold. All else stays as it was typed.
func (p Parsed) Without(parts ...bulletin.Span) string {
	parts = slices.SortedFunc(slices.Values(parts), func(a, b bulletin.Span) int { return a.Start - b.Start })
	c := cutter{text: p.Text}
	for _, t := range p.tokens {
		c.add(t, parts)
	}
	for i, f := range c.pieces {
		if f.gone {
			c.prune(i)
		}
	}
	return c.join()
}

// cutter takes parts out of a text.
type cutter struct {
	text   string
	pieces []piece
}

// piece is a token or what is left of one.
type piece struct {
	token
	gone bool
}

// add takes up a token, in pieces where a part is cut out of it.
func (c *cutter) add(t token, parts []bulletin.Span) {
	at := t.lead
	for _, cut := range parts {
		if cut.End <= at || cut.Start >= t.end {
			continue
		}
		c.keep(t, at, cut.Start)
		at = max(at, min(cut.End, t.end))
		c.pieces = append(c.pieces, piece{token{span: span{max(cut.Start, t.lead), at}, kind: t.kind, lead: max(cut.Start, t.lead)}, true})
	}
	c.keep(t, at, t.end)
}

// keep takes up the stretch of a token, the spaces around it left out.
func (c *cutter) keep(t token, from, to int) {
	if from >= to {
		return
	}
	if from > t.lead {
		from = to - len(strings.TrimLeftFunc(c.text[from:to], unicode.IsSpace))
	}
	if to < t.end {
		to = from + len(strings.TrimRightFunc(c.text[from:to], unicode.IsSpace))
	}
	if from < to {
		c.pieces = append(c.pieces, piece{token: token{span: span{from, to}, kind: t.kind, lead: from}})
	}
}

// beside returns the nearest piece that is kept before or after i, the ending
// where there is none.
func (c *cutter) beside(i, step int) (int, kind) {
	for i += step; i >= 0 && i < len(c.pieces); i += step {
		if !c.pieces[i].gone {
			return i, c.pieces[i].kind
		}
	}
	return -1, ending
}

// prune takes away an operator without an operand and brackets around nothing.
func (c *cutter) prune(i int) {
	for {
		b, before := c.beside(i, -1)
		a, after := c.beside(i, 1)
		switch {
		case before == or && (after == or || after == closing || after == ending):
			c.pieces[b].gone = true
		case after == or && (before == opening || before == ending):
			c.pieces[a].gone = true
		case before == opening && after == closing:
			c.pieces[a].gone, c.pieces[b].gone = true, true
		default:
			return
		}
	}
}

// join writes what is kept. What stood between two pieces stays between them.
func (c *cutter) join() string {
	if !slices.ContainsFunc(c.pieces, func(p piece) bool { return p.gone }) {
		return c.text
	}
	var b strings.Builder
	loud := c.loud()
	from, last, cut := 0, ending, false // of the gap: its start, what is before it, where it is cut
	left := ""
	for _, p := range c.pieces {
		if p.gone {
			if !cut {
				left = c.text[from:max(p.lead, from)]
			}
			from, cut = p.end, true
			continue
		}
		right := c.text[from:max(p.lead, from)]
		switch {
		case cut:
			b.WriteString(seam(left, right, last, p.kind, loud))
		default:
			b.WriteString(right)
		}
		b.WriteString(c.written(p, loud))
		from, last, cut = p.end, p.kind, false
	}
	if !cut {
		b.WriteString(c.text[from:])
	}
	return strings.TrimSpace(b.String())
}

// seam is what parts two pieces between which something was: what did on one
// side of it, with the operator that stood there.
func seam(left, right string, before, after kind, loud bool) string {
	switch {
	case before == ending || before == opening || after == closing:
		return ""
	case loud:
		return " "
	case strings.TrimSpace(left) != "":
		return left
	case right != "":
		return right
	case left != "":
		return left
	}
	return " "
}

// loud tells whether what is kept is all capitals and the whole text was not,
// so that its Vietnamese operators would be read as words.
func (c *cutter) loud() bool {
	for _, p := range c.pieces {
		if !p.gone && !shouted(c.text[p.start:p.end]) {
			return false
		}
	}
	return !shouted(c.text)
}

func (c *cutter) written(p piece, loud bool) string {
	if p.kind == or && loud {
		return "OR"
	}
	return c.text[p.lead:p.end]
}
