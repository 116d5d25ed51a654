// Package analyzers brings the Vietnamese text steps of package vi to bleve:
// importing it registers tokenizers, token filters, a char filter and analyzers
// under the names below, for use in any index mapping.
//
//	import _ "bantin/analyzers"
//
//	text := bleve.NewTextFieldMapping()
//	text.Analyzer = analyzers.Syllables
//
// Index a text in two fields: one with [Syllables], where mặt and mất differ
// while hòa and hoà, kỹ and kĩ do not, and one with [Folded], where all accents
// are equal. Ask the first for words typed with accents and the second for
// words typed without. [FoldedBigrams] makes phrases of two words as fast as
// one word, and [Keys] finds document numbers, dates and quarters whole,
// however they were printed. Offsets are bytes of the text as given.
//
// There are no stop words: the commonest syllables are parts of other words.
// The package leaves scoring, phrases and highlighting to the index.
package analyzers

import (
	"bantin/analyzers/vi"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// Names of the analyzers, and of the tokenizers that they consist of.
const (
	Syllables     = "vi"             // canonical accented syllables
	Folded        = "vi_fold"        // the same without diacritics
	FoldedBigrams = "vi_fold_bigram" // two folded neighbours and a space between
	Bigrams       = "vi_bigram"      // two accented neighbours
	Keys          = "vi_key"         // 54-nq/tw, 2025-07-01, q2020-3, h2020-1, 168473250000
)

// Names of the filters, for use behind other tokenizers.
const (
	CanonicalFilter = "vi_canonical" // token filter: one key for every spelling of a syllable
	FoldFilter      = "vi_fold"      // token filter: no diacritics, lower case
	RepairFilter    = "vi_repair"    // char filter: TCVN3, VNI and misread texts; offsets are of the repaired text
)

// streams tells for each name which stream of package vi it is.
var streams = []struct {
	name string
	want vi.Want
	kind analysis.TokenType
	pick func(vi.Streams) []vi.Token
}{
	{Syllables, vi.WantSyl, analysis.AlphaNumeric, func(s vi.Streams) []vi.Token { return s.Syl }},
	{Folded, vi.WantFold, analysis.AlphaNumeric, func(s vi.Streams) []vi.Token { return s.Fold }},
	{FoldedBigrams, vi.WantFoldBigrams, analysis.Shingle, func(s vi.Streams) []vi.Token { return s.FoldBigrams }},
	{Bigrams, vi.WantBigrams, analysis.Shingle, func(s vi.Streams) []vi.Token { return s.Bigrams }},
	{Keys, vi.WantKey, analysis.Single, func(s vi.Streams) []vi.Token { return s.Key }},
}

func init() {
	for _, s := range streams {
		must(registry.RegisterTokenizer(s.name, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
			return Tokenizer{s.want, s.kind, s.pick}, nil
		}))
		must(registry.RegisterAnalyzer(s.name, func(_ map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
			tokenizer, err := cache.TokenizerNamed(s.name)
			if err != nil {
				return nil, err
			}
			return &analysis.DefaultAnalyzer{Tokenizer: tokenizer}, nil
		}))
	}
	registerFilters()
}

// must stops the program when a name is already taken by another package.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// Tokenizer makes one stream of package vi; it may be used concurrently.
type Tokenizer struct {
	want vi.Want
	kind analysis.TokenType
	pick func(vi.Streams) []vi.Token
}

// Tokenize cuts text, which it does not keep.
func (t Tokenizer) Tokenize(text []byte) analysis.TokenStream {
	return Stream(t.pick(vi.AnalyzeOnly(string(text), t.want)), t.kind)
}

// Stream hands tokens to bleve, whose positions begin at 1. The terms share
// one array, so that a stream costs three allocations.
func Stream(tokens []vi.Token, kind analysis.TokenType) analysis.TokenStream {
	size := 0
	for i := range tokens {
		size += len(tokens[i].Text)
	}
	terms := make([]byte, 0, size)
	all := make([]analysis.Token, len(tokens))
	out := make(analysis.TokenStream, len(tokens))
	for i, t := range tokens {
		from := len(terms)
		terms = append(terms, t.Text...)
		all[i] = analysis.Token{
			Start: t.Start, End: t.End, Position: t.Pos + 1, Type: kind,
			Term: terms[from:len(terms):len(terms)],
		}
		out[i] = &all[i]
	}
	return out
}
