package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// testPhrases compares phrases over texts of few words, of which some say the
// same a thousand times, with the oracle.
func testPhrases(t *testing.T, open Open) {
	r := random{rand.New(rand.NewPCG(1, 11))}
	ix, o := open(t, index.DefaultWeights, index.Limits{}), newOracle(index.DefaultWeights)
	words := []string{"hội", "hồi", "bàn", "tổ", "quốc"}
	var texts [][]string
	var changes []bulletin.Change
	for i, n := range []int{4, 9, 15, 30, 60, 90, 200, 700, 1500, 4000, 33000} {
		for copies := range 5 {
			var text []string
			for range n {
				w := r.pick(words)
				if r.IntN(6) == 0 {
					w += "."
				}
				if r.IntN(40) == 0 {
					w = "ủy ban"
				}
				text = append(text, w)
			}
			texts = append(texts, text)
			id := fmt.Sprintf("b%02d-%d", i, copies)
			b := &bulletin.Bulletin{ID: id, Title: "Hội nghị", Body: strings.Join(text, " ")}
			changes = append(changes, bulletin.Change{ID: id, Group: id, Bulletin: b})
			if n > 10000 {
				break // one is enough
			}
		}
	}
	apply(t, ix, int64(len(changes)), changes...)
	o.apply(changes)
	for i := range 80 {
		text := texts[r.IntN(len(texts))]
		n := min(len(text), 2+r.IntN(5))
		at := r.IntN(len(text) - n + 1)
		p := index.Phrase{Field: index.Body}
		for _, w := range text[at : at+n] {
			if r.IntN(12) == 0 {
				w = r.pick(words)
			}
			for part := range strings.FieldsSeq(strings.Trim(w, ".")) {
				p.Words = append(p.Words, key(index.Word{Text: part, Accented: r.IntN(2) == 0}))
			}
		}
		agree(t, fmt.Sprintf("phrase %d", i), ix, o, index.Query{Root: p, Size: 20})
	}
}
