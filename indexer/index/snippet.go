package index

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/bulletin"
)

// Lengths of a snippet, in letters.
const (
	snippetLength = 240 // about three lines
	sentenceMost  = 200 // a longer sentence is cut around its matches
)

// Illustrate fills TitleHTML and SnippetHTML of a hit for the query that found
// it: the title whole, the sentences of the text that hold most of the query,
// matches in <mark>, everything else escaped. Without a match in the text the
// snippet is its beginning, or the best of the first attachment that matches.
func Illustrate(h *Hit, root Node) {
	h.TitleHTML = marked(h.Title, 0, len(h.Title), Matches(root, h.Title, Title))
	found := newMatcher(root, Body).find(h.Body)
	if len(found) == 0 {
		for _, f := range []TextField{Body, Scanned} {
			m := newMatcher(root, f)
			for _, a := range h.Attachments {
				if FieldOf(a) != f {
					continue
				}
				if in := m.find(a.Text); len(in) > 0 {
					h.SnippetHTML, h.MachineRead = snippet(a.Text, in), f == Scanned
					return
				}
			}
		}
	}
	h.SnippetHTML = snippet(h.Body, found)
}

// snippet writes the best sentences in the order of the text.
func snippet(text string, found []match) string {
	chosen := choose(text, found)
	spans := joined(text, found)
	var b strings.Builder
	cutOff := false // the text before was cut off
	for i, s := range chosen {
		cut := excerpt(text, s, spans)
		apart := i > 0 && strings.TrimSpace(text[chosen[i-1].End:s.Start]) != ""
		if i > 0 {
			b.WriteString(" ")
		}
		if cut.Start > s.Start || apart || cutOff {
			b.WriteString("… ")
		}
		b.WriteString(marked(text, cut.Start, cut.End, spans))
		cutOff = cut.End < s.End
	}
	if cutOff {
		b.WriteString(" …")
	}
	return b.String()
}

// choose picks the sentence with most parts of the query, the earlier of two,
// and then those that bring further parts or follow it, while there is room.
func choose(text string, found []match) []bulletin.Span {
	sentences := splitSentences(text, found)
	if len(sentences) == 0 {
		return nil
	}
	have := map[int]bool{}
	var chosen []int
	room := snippetLength
	for room > 0 && len(chosen) < 3 {
		best, gain := -1, 0
		for i, s := range sentences {
			if g := s.gain(have); g > gain && !slices.Contains(chosen, i) {
				best, gain = i, g
			}
		}
		if best < 0 {
			break
		}
		chosen = append(chosen, best)
		for _, p := range sentences[best].parts {
			have[p] = true
		}
		room -= min(utf8.RuneCountInString(text[sentences[best].Start:sentences[best].End]), sentenceMost)
	}
	if len(chosen) == 0 {
		chosen, room = []int{0}, room-utf8.RuneCountInString(text[sentences[0].Start:sentences[0].End])
	}
	if next := chosen[len(chosen)-1] + 1; room > snippetLength/3 && next < len(sentences) && !slices.Contains(chosen, next) {
		chosen = append(chosen, next)
	}
	slices.Sort(chosen)
	out := make([]bulletin.Span, len(chosen))
	for i, n := range chosen {
		out[i] = sentences[n].Span
	}
	return out
}

// sentence is one sentence with the parts of the query that it holds, and
// the pairs of them: see pairAt.
type sentence struct {
	bulletin.Span
	parts []int
}

// gain counts the parts that are not had yet.
func (s sentence) gain(have map[int]bool) int {
	n := 0
	for _, p := range s.parts {
		if !have[p] {
			n++
		}
	}
	return n
}

// Sentence returns the sentence around a span of text, two where the span
// reaches into the next, and cut at words around the span where it is long.
func Sentence(text string, s bulletin.Span) bulletin.Span {
	start := max(strings.LastIndex(text[:s.Start], "\n\n"), lettersBack(text, s.Start, 4*sentenceMost))
	end := sentenceEnd(text, max(start, 0))
	for end <= s.Start {
		start, end = end, sentenceEnd(text, end)
	}
	for end < s.End {
		end = sentenceEnd(text, end)
	}
	return excerpt(text, trim(text, max(start, 0), end), []bulletin.Span{s})
}

// splitSentences cuts a text into sentences that hold their matches; of a text
// without matches only the first few are wanted.
func splitSentences(text string, found []match) []sentence {
	var out []sentence
	start, at := 0, 0
	for start < len(text) && (len(found) > 0 || len(out) < 3) {
		end := sentenceEnd(text, start)
		for at < len(found) && found[at].Start < end && found[at].End > end { // a match is never cut
			end = sentenceEnd(text, found[at].End)
		}
		s := sentence{Span: trim(text, start, end)}
		for at < len(found) && found[at].Start < end {
			if p := found[at].part; !slices.Contains(s.parts, p) {
				s.parts = append(s.parts, p)
			}
			if pair := pairAt(text, found, at); pair != 0 && !slices.Contains(s.parts, pair) {
				s.parts = append(s.parts, pair)
			}
			at++
		}
		if s.Start < s.End {
			out = append(out, s)
		}
		start = end
	}
	return out
}

// pairAt is a part of its own for two neighbours of the query that are
// neighbours in the text too, 0 for none: a sentence that says nghị quyết is
// worth more than one that says both words apart.
func pairAt(text string, found []match, at int) int {
	if at == 0 || found[at-1].part+1 != found[at].part || found[at-1].End >= found[at].Start ||
		strings.Trim(text[found[at-1].End:found[at].Start], " ") != "" {
		return 0
	}
	return -found[at].part
}

// sentenceEnd is where the sentence that holds the byte at start ends: after a
// full stop, question or exclamation mark before a space and no small letter,
// or at a blank line.
func sentenceEnd(text string, start int) int {
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '\n':
			if i+1 < len(text) && text[i+1] == '\n' {
				return i + 2
			}
		case '.', '!', '?':
			rest := text[i+1:]
			trimmed := strings.TrimLeft(rest, ` "”»)`)
			if len(trimmed) == len(rest) && rest != "" {
				continue // inside a number or a name
			}
			if r, _ := utf8.DecodeRuneInString(trimmed); !unicode.IsLower(r) {
				return len(text) - len(trimmed)
			}
		}
	}
	return len(text)
}

func trim(text string, start, end int) bulletin.Span {
	s := strings.TrimRightFunc(text[start:end], unicode.IsSpace)
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	return bulletin.Span{Start: start + len(s) - len(left), End: start + len(s)}
}

// excerpt cuts a long sentence at clauses or words, around its first matches.
func excerpt(text string, s bulletin.Span, spans []bulletin.Span) bulletin.Span {
	if utf8.RuneCountInString(text[s.Start:s.End]) <= sentenceMost {
		return s
	}
	from := s.Start
	for _, m := range spans {
		if m.Start >= s.Start && m.End <= s.End {
			from = m.Start
			break
		}
	}
	cut := s
	if back := lettersBack(text, from, sentenceMost/3); back > s.Start {
		cut.Start = opening(text, back, from)
	}
	if on := lettersOn(text, cut.Start, sentenceMost); on < s.End {
		cut.End = on
		if i := strings.LastIndexByte(text[cut.Start:on], ' '); i > 0 {
			cut.End = cut.Start + i
		}
		for _, m := range spans { // a match is never cut, unless it is as long as a sentence
			if m.Start < cut.End && m.End > cut.End && utf8.RuneCountInString(text[m.Start:m.End]) <= sentenceMost {
				cut.End = min(m.End, s.End)
			}
		}
	}
	return cut
}

// opening is where an excerpt begins that may not begin before back: at the
// first clause, else at the first word.
func opening(text string, back, from int) int {
	at := from
	for _, before := range []string{" ", ": ", ", ", "; "} {
		if i := strings.Index(text[back:from], before); i >= 0 {
			at = back + i + len(before)
		}
	}
	return at
}

func lettersBack(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// lettersOn is n letters on, each with its marks; of a heap of marks the first
// count.
func lettersOn(text string, at, n int) int {
	for marks := 8; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case unicode.Is(unicode.M, r) && marks > 0:
			marks--
		case n == 0:
			return at
		default:
			n--
			marks = 8
		}
		at += size
	}
	return at
}

// marked escapes text[start:end] with the spans inside it in <mark>, white
// space as single spaces.
func marked(text string, start, end int, spans []bulletin.Span) string {
	var b strings.Builder
	at := start
	for _, s := range spans {
		from, to := max(s.Start, at), min(s.End, end)
		if from >= to {
			continue
		}
		writeEscaped(&b, text[at:from])
		b.WriteString("<mark>")
		writeEscaped(&b, text[from:to])
		b.WriteString("</mark>")
		at = to
	}
	writeEscaped(&b, text[at:end])
	return b.String()
}

func writeEscaped(b *strings.Builder, s string) {
	space := false
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			if space {
				return -1
			}
			space = true
			return ' '
		}
		space = false
		return r
	}, s)
	b.WriteString(html.EscapeString(s))
}
