package vi

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unit is one word, one run of digits or one mark of a text, as the readers of
// facts and documents want it. White space and invisible characters are no
// units; what stood before a unit is in its flags.
type Unit struct {
	Start, End int32  // bytes of the text
	Num        int32  // value of digits, -1 beyond nine of them
	Kind       byte   // KindWord, KindDigits, or else the mark itself, as MarkOf has it
	Flags      Flags  //
	Hash       uint64 // of a word in canonical form, see WordHash; a mark's is the mark, & counts as "và"; of digits, see DigitsHash
}

// Kinds of units beside the marks.
const (
	KindWord   = 'w'
	KindDigits = 'n'
)

// Flags tell how a unit is printed and what stands before it.
type Flags uint8

// The flags. The first unit of a text has those of an empty line before it.
const (
	Spaced   Flags = 1 << iota // white space before it
	NewLine                    // a line break before it
	NewPara                    // an empty line before it
	NewBreak                   // a phrase ended between it and the word before
	Capital                    // its first letter is a capital
	Upper                      // it has no small letter
	Accented                   // typed with diacritics
	Central                    // TW, TƯ, T.Ư: short for Trung ương; its word is "tw"
)

// Is reports whether the unit is the mark, or of the kind, given.
func (u Unit) Is(kind byte) bool { return u.Kind == kind }

// Has reports whether any of the flags is set.
func (u Unit) Has(f Flags) bool { return u.Flags&f != 0 }

// Len is the length in bytes: of digits their number.
func (u Unit) Len() int { return int(u.End - u.Start) }

// Scan is a text cut into units, once for all its readers.
type Scan struct {
	Text  string
	Units []Unit
}

// NewScan cuts a text, of which it takes the first gibibyte. It uses the same
// letters, syllables, dashes and rules of Trung ương as [Analyze], but leaves
// every mark and every run of digits a unit of its own.
func NewScan(text string) *Scan {
	const most = math.MaxInt32 / 2
	text = text[:min(len(text), most)]
	s := scanners.Get().(*scanner)
	defer s.release()
	s.marks, s.out = true, make([]Unit, 0, len(text)/5+8)
	s.scan(text)
	if len(s.out) > 0 {
		s.out[0].Flags |= Spaced | NewLine | NewPara | NewBreak
	}
	out := &Scan{text, s.out}
	s.marks, s.out = false, nil
	return out
}

// Of returns the text of unit i as printed, empty when there is none.
func (s *Scan) Of(i int) string {
	if i < 0 || i >= len(s.Units) {
		return ""
	}
	return s.Text[s.Units[i].Start:s.Units[i].End]
}

// Word returns the canonical form of unit i: of a word as [Canonical], "tw"
// for Trung ương in short. It is made anew each time; compare hashes instead
// where speed matters.
func (s *Scan) Word(i int) string {
	if i >= 0 && i < len(s.Units) && s.Units[i].Has(Central) {
		return "tw"
	}
	return Canonical(s.Of(i))
}

// Folded returns Word without diacritics.
func (s *Scan) Folded(i int) string { return Fold(s.Word(i)) }

// WordHash is the hash that every spelling of a word has as a unit: in any
// case and normal form, the tone on either vowel, y or i where they are
// spelled for each other.
func WordHash(word string) uint64 { return hashWord([]byte(Canonical(word))) }

// DigitsHash is the hash that every spelling of a number in digits has as a unit.
func DigitsHash(value int32) uint64 { return 1<<9 + uint64(value) }

// hashWord is FNV-1a with its high bits mixed, never 0.
func hashWord(b []byte) uint64 { return mix(fnv(b)) | 1 }

// addWord adds the word just read to the units for readers.
func (s *scanner) addWord() {
	u := &s.u
	w := Unit{Start: int32(u.start), End: int32(u.end), Kind: KindWord, Flags: u.gap.flags()}
	switch {
	case s.joinsCentral(&w):
	case s.isCentral():
		w.Flags |= Central | Upper | Capital
		w.Hash = hashTW
	default:
		w.Hash = hashWord(s.syl[u.syl0:u.syl1])
	}
	if u.accented {
		w.Flags |= Accented
	}
	if first, _ := utf8.DecodeRuneInString(s.text[u.start:]); lookup(first).upper {
		w.Flags |= Capital
	}
	if u.uppers == u.letters {
		w.Flags |= Upper
	} else if at := gluedAt(u, s.text); at > 0 {
		s.addGlued(w, at)
		return
	}
	s.out = append(s.out, w)
}

// gluedAt returns where a word in small letters hangs on letters in capitals,
// whose space got lost ("TWngày", "UBNDtỉnh"), or 0.
func gluedAt(u *unit, text string) int {
	if u.uppers < 2 || u.syllable || u.end-u.start > 32 {
		return 0
	}
	at := u.start
	for at < u.end {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !lookup(r).upper {
			break
		}
		at += size
	}
	rest := text[at:u.end]
	if len(rest) < 2 || at-u.start < 2 || !isSyllable(rest) || strings.ContainsFunc(rest, unicode.IsUpper) {
		return 0
	}
	return at
}

// addGlued adds the two words that a lost space parted.
func (s *scanner) addGlued(w Unit, at int) {
	first, second := w, w
	first.End, first.Flags, first.Hash = int32(at), w.Flags|Upper, WordHash(s.text[w.Start:at])
	if first.Hash == hashTW {
		first.Flags |= Central
	}
	second.Start, second.Flags, second.Hash = int32(at), w.Flags&Accented, WordHash(s.text[at:w.End])
	s.out = append(s.out, first, second)
}

var (
	hashTW  = hashWord([]byte("tw"))
	hashAnd = WordHash("và")
)

// joinsCentral makes the T and the dot already read and the Ư or W just read,
// which is w, one unit.
func (s *scanner) joinsCentral(w *Unit) bool {
	n := len(s.out) - 2
	if w.Len() > len("Ư") || n < 0 || s.out[n+1].Kind != '.' || s.out[n+1].End != w.Start || s.out[n].End != s.out[n+1].Start {
		return false
	}
	second := string(s.syl[s.u.syl0:s.u.syl1])
	if s.text[s.out[n].Start:s.out[n].End] != "T" || second != "ư" && second != "w" {
		return false
	}
	w.Start, w.Flags, w.Hash = s.out[n].Start, s.out[n].Flags|Central, hashTW
	s.out = s.out[:n]
	return true
}

// addDigits adds the run of digits at the current place.
func (s *scanner) addDigits() {
	u := Unit{Start: int32(s.i), Kind: KindDigits, Flags: s.gap.flags()}
	for n := 0; s.i < len(s.text); n++ {
		r, size := s.next()
		if lookup(r).class != digit {
			break
		}
		if n >= 9 {
			u.Num = -1
		} else {
			u.Num = u.Num*10 + (r & 0xF) // full-width digits too
		}
		s.i += size
	}
	u.End, u.Hash = int32(s.i), DigitsHash(u.Num)
	s.gap, s.u, s.capitals = 0, unit{}, false
	s.out = append(s.out, u)
}

// addMark adds the mark of the given size at the current place. That a phrase
// ended or a slash stood goes on to the next word.
func (s *scanner) addMark(r rune, c class, size int) {
	gap := s.gap&gapBreak | gapOf[c]
	if c == dot {
		gap |= s.dotGap()
	}
	u := Unit{Start: int32(s.i), End: int32(s.i + size), Kind: MarkOf(r), Flags: s.gap.flags()}
	if u.Hash = uint64(u.Kind); u.Kind == '&' {
		u.Hash = hashAnd
	}
	s.out = append(s.out, u)
	s.i, s.gap, s.u, s.capitals = s.i+size, gap&(gapBreak|gapSlash), unit{}, false
}

// MarkOf returns the ASCII mark that r stands for, '~' when there is none:
// dashes as '-', quotation marks as '"', full-width forms as themselves.
func MarkOf(r rune) byte {
	switch r = character(r, true); {
	case 0x20 < r && r < 0x7F:
		return byte(r)
	case r == '“', r == '”', r == '„', r == '«', r == '»', r == '‟':
		return '"'
	case r == '…':
		return '.'
	case lookup(r).class == apostrophe:
		return '\''
	}
	return '~'
}
