package vi

import "strings"

// Shingles returns a hash of every k neighbouring words of text, folded and in
// canonical spelling, across sentences; nothing when there are fewer than k.
// Hashes are the same in every process and release.
func Shingles(text string, k int) []uint64 {
	words, _ := WordsAndKeys(text)
	if k < 1 || len(words) < k {
		return nil
	}
	out := words[:len(words)-k+1]
	for i := range out {
		for _, w := range words[i+1 : i+k] {
			out[i] = mix(out[i]*31 + w)
		}
	}
	return out
}

// longPiece is how much of a text [WordsAndKeys] reads at a time, in bytes.
const longPiece = 64 << 10

// WordsAndKeys returns Shingles(text, 1) and the texts of the tokens of
// WantKey, in one reading. A text of more than 64 KB is read in pieces, so that
// memory does not grow with it; a key that stands across the end of a piece is
// not found.
func WordsAndKeys(text string) (words []uint64, keys []string) {
	s := scanners.Get().(*scanner)
	defer s.release()
	words = make([]uint64, 0, len(text)/5)
	for piece := ""; text != ""; {
		piece, text = cutPiece(text)
		s.scan(piece)
		s.positions()
		s.romans()
		for i := range s.units {
			u := &s.units[i]
			words = append(words, mix(fnv(s.fold[u.fold0:u.fold1])))
		}
		for _, key := range s.keys(string(s.syl)) {
			keys = append(keys, key.Text)
		}
	}
	return words, keys
}

// cutPiece cuts a piece off a long text where a line, a sentence or a word
// ends.
func cutPiece(text string) (piece, rest string) {
	if len(text) <= longPiece {
		return text, ""
	}
	for _, end := range []string{"\n", ". ", " "} {
		if i := strings.LastIndex(text[longPiece/2:longPiece], end); i >= 0 {
			at := longPiece/2 + i + len(end)
			return text[:at], text[at:]
		}
	}
	piece = cutAt(text, longPiece)
	return piece, text[len(piece):]
}

// fnv is the 64-bit FNV-1a hash.
func fnv(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// mix spreads every bit of h over all of it: the finalizer of SplitMix64.
func mix(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}
