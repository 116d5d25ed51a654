// Package query turns what a person typed into what an index answers.
package query

import (
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// Parsed is what a person's text means.
type Parsed struct {
	Text            string                   // as typed
	Root            index.Node               // nil asks for everything
	Relaxed         []index.Relaxation       // wider readings, strictest first
	Filters         map[index.Field][]string // written in the text
	From, To        time.Time                // written in the text; To is exclusive
	Repairs         []Repair                 // what was mended
	Interpretations []Interpretation         // what could be a filter and is not applied
}

// Repair is one thing about a text that was mended, Kind naming it for the
// catalogues: "quote", "parenthesis" …
type Repair struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// Interpretation is a part of the text that could be meant as a filter.
type Interpretation struct {
	Text   string      `json:"text"`
	Filter index.Field `json:"filter"`
	Value  string      `json:"value"`
}

// Parse reads what a person typed: all words are required, quoted ones next to
// each other.
func Parse(text string) (Parsed, error) {
	var all index.And
	for i, part := range strings.Split(text, `"`) {
		words := wordsOf(part)
		if i%2 == 1 && len(words) > 1 {
			all = append(all, index.Phrase{Words: words})
			continue
		}
		for _, w := range words {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return Parsed{Text: text}, nil
	}
	return Parsed{Text: text, Root: all}, nil
}

// wordsOf reads words, each meaning its accents where it has some.
func wordsOf(text string) []index.Word {
	s := vi.Analyze(text)
	var out []index.Word
	for i, t := range s.Syl {
		if t.Kind != vi.First || i >= len(s.Fold) {
			continue
		}
		if f := s.Fold[i]; f.Text == t.Text {
			out = append(out, index.Word{Text: f.Text})
		} else {
			out = append(out, index.Word{Text: t.Text, Accented: true})
		}
	}
	return out
}
