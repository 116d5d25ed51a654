package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/analyzers/vi"
)

// kind is the kind of a token.
type kind uint8

const (
	words   kind = iota // a run of plain words
	quoted              // "…", quotes included in the span
	opening             // (
	closing             // )
	or
	label  // title: …; the value follows the colon
	ending // of the text
)

// span is a range of bytes of the text.
type span struct{ start, end int }

// token is one part of a query.
type token struct {
	span
	kind
	lead     int // where it begins with the sign or NOT before it
	negative bool
	name     fieldName // of a label
	open     bool      // a quote that nothing closes
}

// inner returns what stands between the quotes.
func (t token) inner(text string) string {
	s := text[t.start:t.end]
	_, first := utf8.DecodeRuneInString(s)
	if t.open {
		return s[first:]
	}
	_, last := utf8.DecodeLastRuneInString(s)
	return s[first : len(s)-last]
}

// lexer cuts a text into tokens.
type lexer struct {
	text   string
	at     int
	out    []token
	repair func(kind, text string)
	sign   int  // where the sign of the token to come begins, or below 0
	shout  bool // the text is all capitals: VÀ and HOẶC are words
}

// quotes are the opening quotation marks with what closes them.
var quotes = map[rune]string{'"': `"”“`, '“': `”"“`, '”': `”"`, '„': `“”"`, '‟': `‟”"`, '«': `»`}

func lex(text string, repair func(kind, text string)) []token {
	l := &lexer{text: text, repair: repair, sign: -1, shout: shouted(text)}
	for l.at < len(text) {
		r, size := utf8.DecodeRuneInString(text[l.at:])
		switch {
		case unicode.IsSpace(r):
			l.at += size
		case r == '(':
			l.emit(opening, l.at+size)
		case r == ')':
			l.emit(closing, l.at+size)
		case quotes[r] != "":
			l.quote(r, size)
		case (r == '-' || r == '+' || r == '!') && l.prefixes(size):
			l.signed(l.at, size, r == '+')
		case r == '|':
			l.emit(or, l.at+len(text[l.at:])-len(strings.TrimLeft(text[l.at:], "|")))
		default:
			l.word()
		}
	}
	return l.out
}

// shouted tells whether a text is all capitals, in which an operator that is
// also a Vietnamese word does not stand out.
func shouted(text string) bool { return strings.ToUpper(text) == text }

func (l *lexer) emit(k kind, end int) *token {
	t := token{span: span{l.at, end}, kind: k, lead: l.at}
	if l.sign >= 0 {
		t.lead, l.sign = l.sign, -1
	}
	l.out = append(l.out, t)
	l.at = end
	return &l.out[len(l.out)-1]
}

// prefixes tells whether the sign at this place belongs to what follows.
func (l *lexer) prefixes(size int) bool {
	if l.at > 0 {
		before, _ := utf8.DecodeLastRuneInString(l.text[:l.at])
		if !unicode.IsSpace(before) && before != '(' {
			return false
		}
	}
	after, _ := utf8.DecodeRuneInString(l.text[l.at+size:])
	return unicode.IsLetter(after) || unicode.IsDigit(after) || after == '(' || quotes[after] != ""
}

// signed reads what follows a minus or NOT, which begins at from, as excluded;
// a plus means nothing, since all words are required.
func (l *lexer) signed(from, size int, plus bool) {
	l.at += size
	l.sign = from
	if plus {
		return
	}
	n := len(l.out)
	next, width := utf8.DecodeRuneInString(l.text[l.at:])
	switch {
	case next == '(':
		l.emit(opening, l.at+width)
	case quotes[next] != "":
		l.quote(next, width)
	default:
		l.word()
		l.split(n)
	}
	if n < len(l.out) { // an operator may have followed, which excludes nothing
		l.out[n].negative = true
	}
}

// split keeps a minus to the one chunk it stands before.
func (l *lexer) split(n int) {
	if n < len(l.out) && l.out[n].kind == words {
		end := l.out[n].end
		if i := strings.IndexFunc(l.text[l.out[n].start:end], unicode.IsSpace); i >= 0 {
			l.out = l.out[:n+1]
			l.out[n].end = l.out[n].start + i
			l.at = l.out[n].end
		}
	}
}

func (l *lexer) quote(r rune, size int) {
	rest := l.text[l.at+size:]
	end := strings.IndexAny(rest, quotes[r])
	if end < 0 {
		l.repair("quote", l.text[l.at:])
		if strings.TrimSpace(rest) == "" {
			l.at = len(l.text)
			return
		}
		l.emit(quoted, len(l.text)).open = true
		return
	}
	_, closer := utf8.DecodeRuneInString(rest[end:])
	l.emit(quoted, l.at+size+end+closer)
}

// word reads one chunk: an operator, the label of a field, or words, which
// join the words before them into one run.
func (l *lexer) word() {
	end := l.chunk(l.at)
	text := l.text[l.at:end]
	if k, ok := operator(text, l.shout); ok {
		l.operator(k, end)
		return
	}
	if name, colon, ok := labelAt(l.text, l.at); ok {
		t := l.emit(label, colon)
		t.name = name
		return
	}
	if n := len(l.out); n > 0 && l.out[n-1].kind == words && !l.out[n-1].negative &&
		strings.TrimSpace(l.text[l.out[n-1].end:l.at]) == "" {
		l.out[n-1].end, l.at = end, end
		return
	}
	l.emit(words, end)
}

// operator keeps OR, lets AND go and makes NOT exclude what follows.
func (l *lexer) operator(k string, end int) {
	switch k {
	case "or":
		l.emit(or, end)
	case "and":
		l.at = end
	case "not":
		l.at = end
		rest := strings.TrimLeft(l.text[end:], " ")
		from := end - len("NOT")
		l.at = len(l.text) - len(rest)
		if rest == "" || rest[0] == ')' {
			l.repair("operator", l.text[from:end])
			return
		}
		l.signed(from, 0, false)
	}
}

// operator reads one of the operators; the Vietnamese ones are words where
// everything is shouted.
func operator(text string, shout bool) (string, bool) {
	switch text {
	case "OR":
		return "or", true
	case "AND", "&&":
		return "and", true
	case "NOT":
		return "not", true
	case "HOẶC":
		return "or", !shout
	case "VÀ":
		return "and", !shout
	}
	return "", false
}

// chunk returns where the chunk that begins at i ends: at a space, a bracket
// or a quotation mark.
func (l *lexer) chunk(i int) int {
	for j, r := range l.text[i:] {
		if unicode.IsSpace(r) || r == '(' || r == ')' || r == '|' || (quotes[r] != "" && j > 0) {
			return max(i+j, i+1)
		}
	}
	return len(l.text)
}

// labelAt reads the label of a field, one or two words and a colon.
func labelAt(text string, at int) (name fieldName, after int, ok bool) {
	colon := strings.IndexByte(text[at:], ':')
	if colon <= 0 || colon > 40 {
		return "", 0, false
	}
	printed := text[at : at+colon]
	if strings.ContainsAny(printed, `"()|`) || strings.Count(strings.TrimSpace(printed), " ") > 2 {
		return "", 0, false
	}
	name, ok = fieldNames[vi.Fold(strings.Join(strings.Fields(printed), " "))]
	return name, at + colon + 1, ok
}
