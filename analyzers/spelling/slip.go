package spelling

import (
	"math"
	"strings"
	"unicode/utf8"

	"bantin/analyzers/vi"
)

// keyboard has the rows of keys, so that neighbours are near in it.
var keyboard = [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// Slip returns what it costs to take one word for the other: 0 for the same
// spelling, about 2.5 for a usual confusion of Vietnamese, 4 for a slip on the
// keyboard, more for what is hardly one. Both are keys, see [vi.Canonical].
func Slip(typed, word string) float64 {
	if typed == word {
		return 0
	}
	a, from := vi.Toneless(typed)
	b, to := vi.Toneless(word)
	if len(a) > slipLongest || len(b) > slipLongest {
		return math.Inf(1)
	}
	return slips(align(a, b), toneSlip(from, to))
}

func toneSlip(from, to vi.Tone) float64 {
	switch {
	case from == to:
		return 0
	case from == vi.Level:
		return slipNoTone
	case from == vi.Asking && to == vi.Tumbling, from == vi.Tumbling && to == vi.Asking:
		return slipHook
	}
	return slipAnyTone
}

// align is the cheapest way to make b of a (optimal string alignment, with the
// confusions as further steps).
func align(a, b []rune) float64 {
	var rows [slipLongest + 1][slipLongest + 1]float64
	for i := range len(a) + 1 {
		for j := range len(b) + 1 {
			if i+j == 0 {
				continue
			}
			best := math.Inf(1)
			if i > 0 {
				best = rows[i-1][j] + extra(a, i-1)
			}
			if j > 0 {
				best = min(best, rows[i][j-1]+extra(b, j-1))
			}
			if i > 0 && j > 0 {
				best = min(best, rows[i-1][j-1]+replaced(a[i-1], b[j-1]))
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] && a[i-1] != a[i-2] {
				best = min(best, rows[i-2][j-2]+slipTransposed)
			}
			if i <= longestOnset && j <= longestOnset && isOnset(a, i) && isOnset(b, j) {
				best = min(best, confusedAs("onset", a[:i], b[:j]))
			}
			rows[i][j] = best
		}
	}
	best := rows[len(a)][len(b)]
	for x := 1; x <= min(len(a), longestFinal); x++ {
		for y := 1; y <= min(len(b), longestFinal); y++ {
			best = min(best, rows[len(a)-x][len(b)-y]+confusedAs("final", a[len(a)-x:], b[len(b)-y:]))
		}
	}
	return best
}

// isOnset tells whether the first i letters of a word are its onset.
func isOnset(word []rune, i int) bool { return i < len(word) && vi.IsVowel(word[i]) }

// confusedAs is what it costs to write a for b where the table has that.
func confusedAs(place string, a, b []rune) float64 {
	for _, c := range confusions[place] {
		if same(c.a, a) && same(c.b, b) {
			return c.cost
		}
	}
	return math.Inf(1)
}

func same(s string, letters []rune) bool {
	i := 0
	for _, r := range s {
		if i == len(letters) || letters[i] != r {
			return false
		}
		i++
	}
	return i == len(letters)
}

// extra is what letter i costs that the other word is without.
func extra(word []rune, i int) float64 {
	switch {
	case i > 0 && word[i-1] == word[i]:
		return slipDoubled
	case i > 0 && glides[word[i-1]] == word[i] && i+1 < len(word):
		return slipGlide
	}
	return slipLetter
}

func replaced(a, b rune) float64 {
	if a == b {
		return 0
	}
	if c := confusedAs("letter", []rune{a}, []rune{b}); !math.IsInf(c, 1) {
		return c
	}
	if besideKey(a, b) {
		return slipKey
	}
	return slipOther
}

// besideKey tells whether two letters have keys side by side.
func besideKey(a, b rune) bool {
	rowA, xA := keyAt(a)
	rowB, xB := keyAt(b)
	rows, halves := max(rowA-rowB, rowB-rowA), max(xA-xB, xB-xA)
	return rowA >= 0 && rowB >= 0 && rows <= 1 && rows+halves == 2
}

// keyAt returns the row of a key and its distance from the left in half keys,
// by which each row is shifted; -1 for none.
func keyAt(r rune) (row, halves int) {
	if r >= utf8.RuneSelf {
		r, _ = utf8.DecodeRuneInString(vi.Fold(string(r)))
	}
	for row, keys := range keyboard {
		if column := strings.IndexRune(keys, r); column >= 0 {
			return row, row + 2*column
		}
	}
	return -1, -1
}
