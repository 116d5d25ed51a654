package index

import (
	"math"
	"time"
)

// BM25 is the textbook scoring function (Robertson and Zaragoza, The
// Probabilistic Relevance Framework, 2009): the inverse document frequency
// counts once, lengths are exact, the average is over the documents that have
// the field.
type BM25 struct{ K1, B float64 }

// DefaultBM25 has the measured constants: see docs/relevance.md.
var DefaultBM25 = BM25{K1: 0.9, B: 0.9}

// IDF weighs a term that df of n documents hold; it is never negative.
func (BM25) IDF(n, df int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// TF is what tf occurrences in a field of the given length add, before the
// inverse document frequency: between 0 and K1+1.
func (p BM25) TF(tf, length, average float64) float64 {
	if tf == 0 {
		return 0
	}
	return tf * (p.K1 + 1) / (tf + p.K1*(1-p.B+p.B*length/average))
}

// Weights say how the scores of streams and fields add up. A word scores
//
//	Σ over its fields f of boost(f) · (Word · BM25(own stream) + Fold · BM25(fold, accented words only))
//
// where its own stream is syl when accented and else fold. Neighbouring words
// of an And, of a Phrase or of an Or with Min over 1 or with weights add Bigram · BM25(bi) when
// both are accented, else Bigram · BM25(fbi); a Key adds Key · BM25(key).
// Prefix, Term and Not add nothing. An Or adds up its matching children, or
// takes the best of them.
type Weights struct {
	Title  float64 // boost of the title; the body has 1
	Scan   float64 // boost of what was read off pictures
	Word   float64
	Fold   float64
	Bigram float64
	Key    float64

	// Fresh is added for the newest bulletin of the index and half of it for
	// one that is HalfLife older, and so on; nothing when its date is unknown.
	Fresh    float64
	HalfLife time.Duration
}

// DefaultWeights are the measured ones.
var DefaultWeights = Weights{Title: 1, Scan: 0.1, Word: 1, Fold: 0, Bigram: 0.5, Key: 1, HalfLife: 3 * 365 * 24 * time.Hour}

// Freshness is what a bulletin published at t adds when newest is the newest.
func (w Weights) Freshness(t, newest time.Time) float64 {
	if w.Fresh == 0 || w.HalfLife <= 0 || t.IsZero() {
		return 0
	}
	return w.Fresh * math.Exp2(-max(0, newest.Sub(t).Seconds())/w.HalfLife.Seconds())
}
