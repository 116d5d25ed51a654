package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"
)

// Limits bound the work of one search. A zero limit means the default.
type Limits struct {
	Clauses   int           // nodes of a query
	Nesting   int           // depth of a query
	Values    int           // filter values
	Expansion int           // tokens that a prefix may stand for
	Phrase    int           // words of a phrase
	Page      int           // hits of one page
	Depth     int           // hits that may be paged through
	Time      time.Duration // of one search
}

// DefaultLimits are wide enough for anything a person types.
var DefaultLimits = Limits{
	Clauses: 256, Nesting: 16, Values: 1000, Expansion: 5000, Phrase: 32,
	Page: 1000, Depth: 10_000, Time: 5 * time.Second,
}

// LimitError says which limit a query passed.
type LimitError struct {
	Limit string // clauses, nesting, values, expansion, phrase, page, depth, time
	Max   int    // what is allowed; milliseconds for time
	What  string // the part of the query that passed it, when there is one
}

func (e *LimitError) Error() string {
	msg := map[string]string{
		"clauses":   "the query has more than %d parts: make it shorter",
		"nesting":   "the query nests deeper than %d levels: make it flatter",
		"values":    "the filters have more than %d values: choose fewer",
		"expansion": "more than %d words begin with this prefix: type more letters",
		"phrase":    "the phrase has more than %d words: quote a shorter part",
		"page":      "a page has at most %d hits: ask for fewer",
		"depth":     "paging ends after %d hits: narrow the query or export it",
		"time":      "the search took more than %d ms: narrow the query",
	}[e.Limit]
	if e.What != "" {
		return fmt.Sprintf(msg, e.Max) + fmt.Sprintf(" (%s)", e.What)
	}
	return fmt.Sprintf(msg, e.Max)
}

// Filled returns the limits with defaults in place of zeroes.
func (l Limits) Filled() Limits {
	d := DefaultLimits
	or := func(given, usual int) int { return cmp.Or(max(given, 0), usual) }
	return Limits{
		Clauses: or(l.Clauses, d.Clauses), Nesting: or(l.Nesting, d.Nesting), Values: or(l.Values, d.Values),
		Expansion: or(l.Expansion, d.Expansion), Phrase: or(l.Phrase, d.Phrase),
		Page: or(l.Page, d.Page), Depth: or(l.Depth, d.Depth), Time: cmp.Or(max(l.Time, 0), d.Time),
	}
}

// Check reports the first limit that the query passes by its shape alone.
func (l Limits) Check(q Query) error {
	if q.Size > l.Page {
		return &LimitError{Limit: "page", Max: l.Page}
	}
	values := 0
	for _, v := range q.Filters {
		values += len(v)
	}
	if values > l.Values {
		return &LimitError{Limit: "values", Max: l.Values}
	}
	clauses := 0
	return l.check(q.Root, 1, &clauses)
}

// Place returns the cursor of q, nil for the first page, unless the page reaches
// too deep.
func (l Limits) Place(q Query) (*Cursor, error) {
	if q.After == "" {
		return nil, nil
	}
	c, err := ParseCursor(q.After, q.Sort)
	if err != nil {
		return nil, err
	}
	if c.Shown+q.Size > l.Depth {
		return nil, &LimitError{Limit: "depth", Max: l.Depth}
	}
	return &c, nil
}

// Late is err, or the limit of time when that is what ended a search: its time
// is over and its caller's is not.
func (l Limits) Late(caller context.Context, err error) error {
	if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrUnavailable) || caller.Err() != nil {
		return err
	}
	return errors.Join(&LimitError{Limit: "time", Max: int(l.Time.Milliseconds())}, err)
}

func (l Limits) check(n Node, depth int, clauses *int) error {
	*clauses++
	if *clauses > l.Clauses {
		return &LimitError{Limit: "clauses", Max: l.Clauses}
	}
	if depth > l.Nesting {
		return &LimitError{Limit: "nesting", Max: l.Nesting}
	}
	if p, ok := n.(Phrase); ok && len(p.Words) > l.Phrase {
		return &LimitError{Limit: "phrase", Max: l.Phrase}
	}
	for _, c := range Children(n) {
		if err := l.check(c, depth+1, clauses); err != nil {
			return err
		}
	}
	return nil
}
