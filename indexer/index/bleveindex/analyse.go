package bleveindex

import (
	"strings"
	"unicode"

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
	var out [streams]counted
	for s := range out {
		out[s].tf = map[string]int{}
	}
	add := func(s stream, t string) { out[s].tf[t]++; out[s].length++ }
	prev := ""
	for _, w := range sequence(text) {
		add(syl, w.syl)
		add(fold, w.fold)
		if prev != "" && !w.brk {
			add(fbi, bigram(prev, w.fold))
		}
		prev = w.fold
	}
	return out
}

// bigram is the token of stream fbi of two folded words.
func bigram(a, b string) string { return a + " " + b }

// token is one word of a text; brk tells that a phrase cannot run across the
// place before it.
type token struct {
	syl, fold string
	brk       bool
}

func sequence(text string) []token {
	var out []token
	brk := false
	start := -1
	flush := func(end int) {
		if start >= 0 {
			w := strings.ToLower(text[start:end])
			out = append(out, token{syl: w, fold: vi.Fold(w), brk: brk})
			brk, start = false, -1
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
		if r != ' ' && r != '-' {
			brk = true
		}
	}
	flush(len(text))
	return out
}
