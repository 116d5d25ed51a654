package web

import (
	"regexp"
	"slices"
	"strings"
)

// piece is a stretch of text that two versions share, or that only one has.
type piece struct {
	Op   byte // '=', '+' or '-'
	Text string
}

// maxDiff bounds the cells of a comparison; larger ones go by paragraphs.
const maxDiff = 4_000_000

var wordForm = regexp.MustCompile(`\s+|[^\s]+`)

// diff compares two texts word by word or, when they are too long for that,
// paragraph by paragraph.
func diff(was, is string) []piece {
	a, b := wordForm.FindAllString(was, -1), wordForm.FindAllString(is, -1)
	head := commonPrefix(a, b)
	tail := commonPrefix(reversed(a[head:]), reversed(b[head:]))
	midA, midB := a[head:len(a)-tail], b[head:len(b)-tail]
	if (len(midA)+1)*(len(midB)+1) > maxDiff {
		midA, midB = joinParagraphs(midA), joinParagraphs(midB)
	}
	out := add(nil, '=', strings.Join(a[:head], ""))
	if (len(midA)+1)*(len(midB)+1) > maxDiff {
		out = add(out, '-', strings.Join(midA, ""))
		out = add(out, '+', strings.Join(midB, ""))
	} else {
		out = align(out, midA, midB)
	}
	return add(out, '=', strings.Join(a[len(a)-tail:], ""))
}

// align finds a longest common subsequence and writes what lies beside it.
func align(out []piece, a, b []string) []piece {
	w := len(b) + 1
	length := make([]int32, (len(a)+1)*w)
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if x == y {
				length[i*w+j] = length[(i+1)*w+j+1] + 1
			} else {
				length[i*w+j] = max(length[(i+1)*w+j], length[i*w+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = add(out, '=', a[i])
			i++
			j++
		case j == len(b) || (i < len(a) && length[(i+1)*w+j] >= length[i*w+j+1]):
			out = add(out, '-', a[i])
			i++
		default:
			out = add(out, '+', b[j])
			j++
		}
	}
	return out
}

// add appends text, joined to the piece before when it is of the same kind.
func add(out []piece, op byte, text string) []piece {
	if text == "" {
		return out
	}
	if n := len(out); n > 0 && out[n-1].Op == op {
		out[n-1].Text += text
		return out
	}
	return append(out, piece{op, text})
}

func commonPrefix(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func reversed(s []string) []string {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func joinParagraphs(words []string) []string {
	var out []string
	from := 0
	for i, w := range words {
		if strings.Contains(w, "\n") || i == len(words)-1 {
			out = append(out, strings.Join(words[from:i+1], ""))
			from = i + 1
		}
	}
	return out
}

// contextual shortens the shared stretches of a comparison to what a reader
// needs to find the place.
func contextual(pieces []piece) []piece {
	const keep = 120
	for i, p := range pieces {
		if p.Op != '=' || len([]rune(p.Text)) <= 2*keep {
			continue
		}
		runes := []rune(p.Text)
		head, tail := string(runes[:keep]), string(runes[len(runes)-keep:])
		switch i {
		case 0:
			pieces[i].Text = "… " + tail
		case len(pieces) - 1:
			pieces[i].Text = head + " …"
		default:
			pieces[i].Text = head + " … " + tail
		}
	}
	return pieces
}
