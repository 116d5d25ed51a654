package vi

import (
	_ "embed" // for the table
	"regexp"
	"strings"
	"unicode"
)

// latinWordsTXT has words and names seen in Vietnamese encyclopedia articles and
// English documentation that would also read as Telex or VNI keystrokes. They
// are keystrokes only in the company of words that can be nothing else.
//
//go:embed tables/latin_words.txt
var latinWordsTXT string

var latinWords = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(latinWordsTXT) {
		words[word] = true
	}
	return words
}()

// FromKeystrokes rewrites a query typed in Telex or VNI keystrokes without an
// input method, such as mawtj traanj or ma85t tra65n, and reports whether it
// changed anything. Only words that are no syllable as they stand and are one
// afterwards change; ordinary Latin words, abbreviations, numbers and what
// hangs on them by / or - do not. A query with any diacritics was typed with an
// input method and stays.
func FromKeystrokes(query string) (string, bool) {
	const most = 4096
	if len(query) > most || !isASCII(query) {
		return query, false
	}
	runs := trusted(keyRuns(query))
	if len(runs) == 0 {
		return query, false
	}
	var out strings.Builder
	done := 0
	for _, r := range runs {
		out.WriteString(query[done:r.start])
		out.WriteString(r.word)
		done = r.end
	}
	out.WriteString(query[done:])
	return out.String(), true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// keyRun is a word of a query that keystrokes explain.
type keyRun struct {
	start, end int
	word       string
	weak       bool // one tone at the end as a digit, as in quan1
	ordinary   bool // a Latin word too, or a syllable such as xoong
}

// trusted returns the runs to believe: all of them when most can be nothing
// else or when with them the whole query is syllables, or else those that can
// be nothing else. A word with a number at its end needs another keystroke word
// beside it.
func trusted(runs []keyRun, whole bool) (sure []keyRun) {
	for _, r := range runs {
		if !r.ordinary {
			sure = append(sure, r)
		}
	}
	switch {
	case len(sure) == 0, len(sure) == 1 && sure[0].weak:
		return nil
	case 2*len(sure) > len(runs) && len(sure) > 1 || whole:
		return runs
	}
	return sure
}

var alnums = regexp.MustCompile(`[0-9A-Za-z]+`)

// keyRuns finds the words that keystrokes explain, and tells whether all others
// are syllables or numbers.
func keyRuns(query string) (runs []keyRun, whole bool) {
	whole = true
	for _, at := range alnums.FindAllStringIndex(query, -1) {
		if tied(query, at[0], at[1]) {
			continue
		}
		word := query[at[0]:at[1]]
		if r, ok := readKeys(word); ok {
			r.start, r.end = at[0], at[1]
			runs = append(runs, r)
		} else {
			whole = whole && (isDigit(word[0]) || Plain(word))
		}
	}
	return runs, whole
}

func isAlnum(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

// tied reports that the run belongs to a number, a document or an address.
func tied(query string, start, end int) bool {
	if start > 0 && strings.IndexByte("/@_.", query[start-1]) >= 0 {
		return true
	}
	if start > 1 && query[start-1] == '-' && isDigit(query[start-2]) {
		return true
	}
	if end+1 < len(query) && isAlnum(query[end+1]) {
		return strings.IndexByte("/@_.", query[end]) >= 0
	}
	return false
}

// readKeys explains one word.
func readKeys(run string) (keyRun, bool) {
	const longest = 14 // keys for one syllable
	plain, low := Plain(run), strings.ToLower(run)
	if len(run) < 2 || len(run) > longest || isDigit(run[0]) || plain && !strings.Contains(low, "oo") || isAbbreviation(run) {
		return keyRun{}, false
	}
	digits := strings.IndexFunc(run, unicode.IsDigit)
	var k keys
	key := k.telex
	if digits >= 0 {
		key = k.vni
	}
	for _, r := range run {
		if !key(r) {
			return keyRun{}, false
		}
	}
	word, ok := k.syllable()
	weak := digits == len(run)-1 && run[digits] < '6'
	return keyRun{word: word, weak: weak, ordinary: plain || latinWords[low]}, ok && word != run
}

// isAbbreviation reports what must never be read as keys.
func isAbbreviation(run string) bool {
	low := strings.ToLower(run)
	if run == "OR" || low == "www" || len(low) < 3 && strings.Contains(low, "w") {
		return true
	}
	_, document := documents.folded[low]
	return document || documents.codes[low] != "" || len(abbreviations[low]) > 0
}

// Keyed reads one word that was typed in keystrokes, all or the last of them
// missed by the input method: thuws, thư1, thưs. It tells whether it is one.
func Keyed(word string) (string, bool) {
	if _, ok := Parse(word); ok || Plain(word) {
		return "", false
	}
	r, ok := readKeys(word)
	return Canonical(r.word), ok
}
