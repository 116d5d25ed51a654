package vi

// Word is one word of a query in both forms. Accented tells that it was typed
// with diacritics and so means itself; else it means every accent, and Syl
// holds only the syllable without any. Upper tells that it was typed in
// capitals.
type Word struct {
	Syl, Fold       string
	Start, End, Pos int
	Accented, Upper bool
}

// Words reads a query: one word at each position, TW as Trung ương, a cued
// Roman numeral as an Arabic number, Covid-19 and covid19 as two words. Words
// of one phrase follow each other in Pos.
func Words(query string) []Word {
	s := scanners.Get().(*scanner)
	defer s.release()
	s.scan(query)
	s.positions()
	s.romans()
	out := make([]Word, len(s.units))
	for i := range s.units {
		u := &s.units[i]
		w := Word{
			Syl: string(s.syl[u.syl0:u.syl1]), Fold: string(s.fold[u.fold0:u.fold1]),
			Start: u.start, End: u.end, Pos: u.pos,
			Accented: u.accented, Upper: u.uppers > 0 && u.uppers == u.letters,
		}
		if u.roman > 0 {
			w.Syl = u.arabic()
			w.Fold = w.Syl
		}
		out[i] = w
	}
	return out
}
