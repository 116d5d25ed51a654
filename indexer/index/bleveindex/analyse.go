package bleveindex

import (
	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// stream is one of the token streams of a text.
type stream int

const (
	syl stream = iota
	bi
	key
	streams
	fold // read out of syl: see folding
	fbi  // read out of bi
)

var (
	streamNames = [streams]string{"syl", "bi", "key"}
	textFields  = []index.TextField{index.Title, index.Body}
)

func streamField(s stream, where index.TextField) string {
	return streamNames[s] + "." + string(where)
}

// written is the stream that holds the tokens of s.
func (s stream) written() stream {
	switch s {
	case fold:
		return syl
	case fbi:
		return bi
	}
	return s
}

func lengthField(s stream, where index.TextField) string {
	return "len." + streamField(s, where)
}

// counted is one stream of one text: how often each token stands in it, as
// a code for bigrams.
type counted struct {
	tf     map[string]uint64
	length int
}

func analyse(text string) [streams]counted {
	all := vi.AnalyzeOnly(text, vi.WantSyl|vi.WantBigrams|vi.WantKey)
	return [streams]counted{count(all.Syl), place(all.Bigrams, all.Syl), count(all.Key)}
}

func count(tokens []vi.Token) counted {
	c := counted{make(map[string]uint64, len(tokens)), len(tokens)}
	for _, t := range tokens {
		c.tf[t.Text]++
	}
	return c
}

// place counts bigrams with their places: the number of the position of their
// first word, not counting the gaps where phrases end.
func place(bigrams, words []vi.Token) counted {
	c := counted{make(map[string]uint64, len(bigrams)), len(bigrams)}
	number, at := -1, -1
	for _, t := range bigrams {
		for len(words) > 0 && words[0].Pos <= t.Pos {
			if words[0].Pos != at {
				at = words[0].Pos
				number++
			}
			words = words[1:]
		}
		c.tf[t.Text] = addPlace(c.tf[t.Text], number)
	}
	return c
}

// bigram is the token of two words, both folded or both accented.
func bigram(a, b string) string { return a + " " + b }

// token is one reading of one word of a text.
type token struct {
	syl, fold string
	pos       int
}

// sequence returns the words of a text that phrases are made of: joined forms
// stand in no bigram, so they are left out.
func sequence(text string) []token {
	all := vi.AnalyzeOnly(text, vi.WantSyl|vi.WantFold)
	out := make([]token, 0, len(all.Syl))
	for i, t := range all.Syl { // both streams have the same tokens in the same order
		if t.Kind != vi.Joined {
			out = append(out, token{t.Text, all.Fold[i].Text, t.Pos})
		}
	}
	return out
}
