package vi

import (
	_ "embed" // for the table
	"slices"
	"strings"
)

// abbreviationsTXT lists on each line the ways to write one thing.
//
//go:embed tables/abbreviations.txt
var abbreviationsTXT string

// Abbreviations looks whether words begin with an abbreviation or with what
// one stands for, and returns how many words the longest such beginning has
// and every other way to write it, each a phrase; 0 and nil when there is none.
// Typed without accents a word matches any; typed with them it must agree.
// Letters typed apart (UB MTTQ, T P H C M) count as one abbreviation. Short
// forms that are also words, such as TU, count only in capitals.
//
// The alternatives are keys, with Accented set where folding would confuse
// them with other words; their offsets are those of the words replaced.
func Abbreviations(words []Word) (n int, alternatives [][]Word) {
	most := min(run(words), maxForm)
	for n = most; n > 0; n-- {
		if found := match(words[:n]); len(found) > 0 {
			return n, place(found, words[0].Start, words[n-1].End)
		}
	}
	return 0, nil
}

// maxForm is the most words of any form, spaced-out letters included.
const maxForm = 9

// run counts the words of the first phrase.
func run(words []Word) int {
	for i := 1; i < len(words); i++ {
		if words[i].Pos != words[i-1].Pos+1 {
			return i
		}
	}
	return len(words)
}

// match returns the other forms of what words spell.
func match(words []Word) (found [][]Word) {
	for _, f := range abbreviations[joinFolds(words, " ")] {
		if f.agrees(words) {
			found = append(found, f.others...)
		}
	}
	if len(words) == 1 || len(found) > 0 || !looseLetters(words) {
		return found
	}
	for _, f := range abbreviations[joinFolds(words, "")] {
		if len(f.words) == 1 {
			found = append(found, f.others...)
			found = append(found, f.words)
		}
	}
	return found
}

func joinFolds(words []Word, by string) string {
	folds := make([]string, len(words))
	for i, w := range words {
		folds[i] = w.Fold
	}
	return strings.Join(folds, by)
}

// looseLetters reports that no word is an ordinary syllable in small letters.
func looseLetters(words []Word) bool {
	return !slices.ContainsFunc(words, func(w Word) bool { return !w.Upper && isSyllable(w.Syl) })
}

// place copies the alternatives to where the words stood.
func place(found [][]Word, start, end int) [][]Word {
	out := make([][]Word, len(found))
	for i, phrase := range found {
		out[i] = slices.Clone(phrase)
		for k := range phrase {
			out[i][k].Start, out[i][k].End = start, end
		}
	}
	return out
}

// abbreviated is one form of a group with the others.
type abbreviated struct {
	words  []Word
	others [][]Word
}

// agrees reports that the typed words may mean this form.
func (f *abbreviated) agrees(words []Word) bool {
	for i, w := range words {
		if w.Accented && w.Syl != f.words[i].Syl {
			return false
		}
	}
	return len(words) > 1 || words[0].Upper || !f.words[0].Accented || !Plain(words[0].Fold)
}

// abbreviations maps the folded words of every form to it; written once here
// and only read afterwards.
var abbreviations = makeAbbreviations()

func makeAbbreviations() map[string][]abbreviated {
	all := make(map[string][]abbreviated)
	for line := range strings.Lines(abbreviationsTXT) {
		var forms [][]Word
		for form := range strings.SplitSeq(strings.TrimSpace(line), "=") {
			forms = append(forms, formWords(form))
		}
		for i, form := range forms {
			key := joinFolds(form, " ")
			all[key] = append(all[key], abbreviated{form, slices.Delete(slices.Clone(forms), i, i+1)})
		}
	}
	return all
}

// formWords reads one form of the table. A short form without vowels is found
// folded, since no word folds like it; all else with its accents.
func formWords(form string) []Word {
	words := Words(form)
	for i := range words {
		w := &words[i]
		w.Accented = isSyllable(w.Syl) || Plain(w.Fold)
		w.Upper, w.Pos = false, i
	}
	return words
}
