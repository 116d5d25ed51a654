package vi

// Shingles returns a hash of every k neighbouring words of text, folded and in
// canonical spelling, across sentences; nothing when there are fewer than k.
// Hashes are the same in every process and release.
func Shingles(text string, k int) []uint64 {
	words := wordHashes(text)
	if k < 1 || len(words) < k {
		return nil
	}
	out := make([]uint64, len(words)-k+1)
	for i := range out {
		var h uint64
		for _, w := range words[i : i+k] {
			h = mix(h*31 + w)
		}
		out[i] = h
	}
	return out
}

// wordHashes returns one hash a word.
func wordHashes(text string) []uint64 {
	s := scanners.Get().(*scanner)
	defer s.release()
	s.scan(text)
	out := make([]uint64, len(s.units))
	for i := range s.units {
		u := &s.units[i]
		out[i] = fnv(s.fold[u.fold0:u.fold1])
	}
	return out
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
