package bleveindex

import (
	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// stream is one of the token streams of a text.
type stream int

const (
	syl stream = iota
	fold
	fbi
	key
	streams
)

var (
	streamNames = [streams]string{"syl", "fold", "fbi", "key"}
	textFields  = []index.TextField{index.Title, index.Body}
)

func streamField(s stream, where index.TextField) string {
	return streamNames[s] + "." + string(where)
}

func lengthField(s stream, where index.TextField) string {
	return "len." + streamField(s, where)
}

// counted is one stream of one text.
type counted struct {
	tf     map[string]int
	length int
}

func analyse(text string) [streams]counted {
	all := vi.Analyze(text)
	return [streams]counted{count(all.Syl), count(all.Fold), count(all.FoldBigrams), count(all.Key)}
}

func count(tokens []vi.Token) counted {
	c := counted{make(map[string]int, len(tokens)), len(tokens)}
	for _, t := range tokens {
		c.tf[t.Text]++
	}
	return c
}

// bigram is the token of stream fbi of two folded words.
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
