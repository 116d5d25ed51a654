package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Offsets maps bytes of a normalised text back to the original: Offsets[i] is
// where the byte i came from, with one more entry for the end. Nil is identity.
type Offsets []int

// Original returns the offset in the original text of offset i.
func (o Offsets) Original(i int) int {
	if o == nil {
		return i
	}
	return o[min(max(i, 0), len(o)-1)]
}

// Clean returns s as it is fit to be stored and shown: valid UTF-8 in NFC with
// marks composed in whatever order they came, Ð and ð as Đ and đ, odd spaces
// as plain ones, invisible characters gone. Between two whole syllables an
// invisible character becomes a space. Line breaks, dashes, case and the
// place of the tone stay as written.
func Clean(s string) string {
	out, _ := rewrite(s, false, false)
	return out
}

// Normalize returns s cleaned, with full-width forms and dashes as ASCII too:
// the form in which texts are compared.
func Normalize(s string) string {
	out, _ := rewrite(s, true, false)
	return out
}

// NormalizeOffsets is Normalize with the map back to s.
func NormalizeOffsets(s string) (string, Offsets) {
	return rewrite(s, true, true)
}

// rewrite runs the two steps, characters and composition, one after the other.
func rewrite(s string, plain, mapped bool) (string, Offsets) {
	if isNormal(s, plain) {
		return s, nil
	}
	first := &rewriter{mapped: mapped}
	first.characters(s, plain)
	second := &rewriter{mapped: mapped, from: first.offsets}
	text := first.out.String()
	second.compose(text)
	return second.out.String(), second.offsets
}

// isNormal reports that neither step would change s.
func isNormal(s string, plain bool) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < 0x20 && isInvisible(rune(c)) || c == 0x7F {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || character(r, plain) != r {
			return false
		}
		if c := lookup(r).class; !isLatin(r) && (c == mark || c == alpha) {
			return false
		}
		i += size
	}
	return true
}

// gone marks a character that is deleted.
const gone = rune(-1)

// character returns what stands for r alone.
func character(r rune, plain bool) rune {
	switch {
	case r == 0x2028 || r == 0x2029:
		return '\n'
	case isInvisible(r):
		return gone
	case r != ' ' && unicode.Is(unicode.Zs, r):
		return ' '
	case plain && 0xFF01 <= r && r <= 0xFF5E:
		return r - 0xFEE0
	case plain && isDash(r):
		return '-'
	}
	return stroke(r)
}

// rewriter writes a text beside the map to its source.
type rewriter struct {
	out     strings.Builder
	mapped  bool
	offsets Offsets
	from    Offsets // of the source itself
}

// write adds text that came from the bytes start to end of the source.
func (w *rewriter) write(text string, start, end int) {
	w.out.WriteString(text)
	if !w.mapped {
		return
	}
	for i := range len(text) {
		at := start
		if len(text) == end-start {
			at += i
		}
		w.offsets = append(w.offsets, w.from.Original(at))
	}
}

// finish adds the entry of the end of the source.
func (w *rewriter) finish(end int) {
	if w.mapped {
		w.offsets = append(w.offsets, w.from.Original(end))
	}
}

// characters replaces and deletes single characters.
func (w *rewriter) characters(s string, plain bool) {
	w.out.Grow(len(s))
	done := 0 // end of the word whose invisible characters have been looked at
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch to := character(r, plain); {
		case to != gone:
			w.write(string(to), i, i+size)
		case i < done:
			w.write(" ", i, i+size)
		default:
			if end, apart := hiddenSpaces(s, i); apart {
				done = end
				w.write(" ", i, i+size)
			}
		}
		i += size
	}
	w.finish(len(s))
}

// hiddenSpaces looks at the word around an invisible character at i. Its parts
// are apart when each is a syllable while the whole is not; end is the end of
// the word then.
func hiddenSpaces(s string, i int) (end int, apart bool) {
	const reach = 64 // longer words are no row of two or three syllables
	start := i
	for start > 0 && i-start < reach {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if c := lookup(r).class; c != alpha && c != mark {
			break
		}
		start -= size
	}
	end = i
	for end < len(s) && end-i < reach {
		r, size := utf8.DecodeRuneInString(s[end:])
		if c := lookup(r).class; c != alpha && c != mark && c != invisible {
			break
		}
		end += size
	}
	return end, apartParts(s[start:end])
}

func apartParts(word string) bool {
	parts := strings.FieldsFunc(word, isInvisible)
	if len(parts) < 2 || isSyllable(strings.Join(parts, "")) {
		return false
	}
	for _, part := range parts {
		if !isSyllable(part) {
			return false
		}
	}
	return true
}

// compose composes every letter with its marks.
func (w *rewriter) compose(s string) {
	w.out.Grow(len(s))
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			w.write(s[i:i+1], i, i+1)
			i++
			continue
		}
		end := segment(s, i)
		w.write(composed(s[i:end]), i, end)
		i = end
	}
	w.finish(len(s))
}

// segment returns the end of the letter at i with its marks.
func segment(s string, i int) int {
	n := norm.NFC.NextBoundaryInString(s[i:], true)
	if n <= 0 {
		_, n = utf8.DecodeRuneInString(s[i:])
	}
	return i + n
}

// composed returns one letter and its marks in NFC. Unicode keeps circumflex
// and tone in the order typed; here every order gives the same letter.
func composed(cluster string) string {
	r, size := utf8.DecodeRuneInString(cluster)
	if size == len(cluster) && (r < latinEnd || r >= extraStart && r < extraEnd) {
		return cluster
	}
	if letter, ok := vietnamese(cluster); ok {
		return string(letter)
	}
	return norm.NFC.String(cluster)
}

// vietnamese returns the single Vietnamese letter that a letter with marks is.
func vietnamese(cluster string) (rune, bool) {
	if len(cluster) > 12 { // no Vietnamese letter has more than two marks
		return 0, false
	}
	var base letter
	for i, r := range norm.NFD.String(cluster) {
		if i == 0 {
			base = *lookup(r)
			if base.code == 0 {
				return 0, false
			}
		} else if !base.add(r) {
			return 0, false
		}
	}
	low := toned[base.code][base.tone]
	if base.upper {
		low = unicode.ToUpper(low)
	}
	return low, true
}

// shapes lists the letters that a mark turns into others.
var shapes = map[rune][2]string{
	0x302: {"aeo", "âêô"},
	0x306: {"a", "ă"},
	0x31B: {"ou", "ơư"},
}

// tones maps combining marks to tones.
var tones = map[rune]Tone{
	0x301: Rising, 0x341: Rising, 0x300: Falling, 0x340: Falling,
	0x309: Asking, 0x303: Tumbling, 0x323: Heavy,
}

// add puts a mark on a letter and reports whether Vietnamese has the result.
func (l *letter) add(m rune) bool {
	if tone, ok := tones[m]; ok {
		if l.tone != Level || toned[l.code][Rising] == toned[l.code][Level] {
			return false
		}
		l.tone = tone
		return true
	}
	shape, ok := shapes[m]
	if !ok {
		return false
	}
	at := strings.IndexRune(shape[0], toned[l.code][Level])
	if at < 0 {
		return false
	}
	l.code = codeOf([]rune(shape[1])[at])
	return true
}
