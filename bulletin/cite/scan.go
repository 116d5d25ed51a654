package cite

import "strings"

// docMention is a citation being read: what the text says of a document.
type docMention struct {
	start, end int // bytes
	field      string
	kind       string // type in words
	number     string // with its letter and leading zero
	letter     string // of the type, as in the label
	issuer     string
	label      string // empty while the issuer is not known
	province   string // slug printed beside the mention
	local      bool   // the issuer is provincial or below
	date       string // YYYY-MM-DD
	year, term string // 2024, XII
	wanting    bool   // read without letters: a full form elsewhere in the text may tell more
	plenum     int    // number of the plenum that it is named for
	plenumTerm string // and its term
	party      string // letters of the type in the party's numbers, where wanting
	state      string // and in the state's
	bareYear   string // of "12/2020" without letters
	surely     bool   // without any issuer it is the Party centre's
	plainEnd   int    // end without a date that may be the event's; 0 when sure
	known      string // date, year or term that the text gives elsewhere
}

// docScanner reads the mentions of one text, a stretch at a time.
type docScanner struct {
	text  string
	field string
	toks  []docToken
	lead  docLead
	found []docMention
	rival rivals
}

// docStretch is how much is cut into tokens at a time, in bytes; a stretch ends
// at a blank line where there is one within four times that.
const docStretch = 16 << 10

func (s *docScanner) scan(field, text string) {
	s.field, s.text = field, text
	l := docLexer{toks: make([]docToken, 0, min(len(text), docStretch)/4)}
	for from := 0; from < len(text); {
		to := stretchEnd(text, from)
		s.toks, s.lead = l.lex(text, from, to), docLead{}
		s.sentences()
		from = to
	}
}

// stretchEnd finds a good place to part text, at least docStretch behind from.
func stretchEnd(text string, from int) int {
	if len(text)-from <= 4*docStretch {
		return len(text)
	}
	window := text[from+docStretch : from+4*docStretch]
	for _, gap := range [...]string{"\n\n", "\n", ". ", " "} {
		if i := strings.Index(window, gap); i >= 0 {
			return from + docStretch + i + len(gap)
		}
	}
	to := from + docStretch
	for to > from && text[to]&0xc0 == 0x80 {
		to--
	}
	return to
}

// sentences reads the tokens of a stretch from left to right.
func (s *docScanner) sentences() {
	for i := 0; i < len(s.toks); {
		t := &s.toks[i]
		if t.is(docParted) || s.sentenceEnd(i) {
			s.lead = docLead{}
		}
		if t.word == wRa || t.word == wKy || t.word == wHanh {
			s.leadVerb(i)
		}
		switch {
		case t.kind == docDigits:
			i = s.announced(i, i)
		case t.word == wSo:
			i = s.announced(i, s.skipMarks(i+1))
		case t.word >= wSo && int(t.word) < len(docLexicon.heads) && docLexicon.heads[t.word].sorts&(1<<sortType|1<<sortIssuer) != 0:
			i = s.phrase(i)
		default:
			i++
		}
	}
}

// sentenceEnd tells whether the mark at i ends a sentence.
func (s *docScanner) sentenceEnd(i int) bool {
	t := s.toks[i]
	if t.kind != docMark || t.word != '.' && t.word != '!' && t.word != '?' {
		return false
	}
	return i+1 == len(s.toks) || s.toks[i+1].is(docSpaced)
}

// skipMarks steps over the colon or stop of "Số:", "số.".
func (s *docScanner) skipMarks(i int) int {
	for range 2 {
		if s.mark(i, ':') || s.mark(i, '.') || s.mark(i, '"') {
			i++
		}
	}
	return i
}

// phrase reads what a word that begins phrases of the tables may begin: a
// type with its numbers, a law, a body.
func (s *docScanner) phrase(i int) int {
	if next, ok := s.law(i); ok {
		return next
	}
	if row, end, ok := s.match(i, sortType); ok {
		if next, ok := s.typed(i, end, docLexicon.types[row]); ok {
			s.leadOn(i, next)
			return next
		}
		s.lead.verb = 0
		if s.toks[i].word == wBan {
			return i + 1
		}
		return end
	}
	if issuer, end, ok := s.issuer(i); ok {
		s.lead = docLead{docIssuer: issuer, end: end}
		s.rival.note(issuer.code)
		return end
	}
	return i + 1
}

// match finds the longest phrase of a sort at token i.
func (s *docScanner) match(i int, sort docSort) (row, end int, ok bool) {
	if i < 0 || i >= len(s.toks) {
		return 0, i, false
	}
	node := docLexicon.head(s.toks[i].word, sort)
	for end := i + 1; node > 0; end++ {
		n := &docLexicon.nodes[node]
		if r := n.rows[sort]; r > 0 {
			row, i, ok = int(r-1), end, true
		}
		if end >= len(s.toks) || s.toks[end].is(docParted) {
			break
		}
		node = n.follow(s.toks[end].word)
	}
	return row, i, ok
}

func (s *docScanner) tok(i int) string {
	if i < 0 || i >= len(s.toks) {
		return ""
	}
	return s.text[s.toks[i].start:s.toks[i].end]
}

func (s *docScanner) mark(i int, c docWord) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == docMark && s.toks[i].word == c && !s.toks[i].is(docParted)
}

func (s *docScanner) isWord(i int, w docWord) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].word == w && !s.toks[i].is(docParted)
}

// announced reads a number at i that stands without a type in words; start is
// where "số" stands, or the number itself. Only numbers with letters count.
func (s *docScanner) announced(start, i int) int {
	if i >= len(s.toks) || s.toks[i].kind != docDigits {
		return start + 1
	}
	it := docItem{start: start, so: start < i}
	if !it.so && i > 0 && !s.toks[i].is(docSpaced) && s.partOfNumber(i-1) {
		return i + 1
	}
	if !s.lettered(&it, i) || it.code.letter == "" && !s.letterBelieved(it.code, it.so) {
		if it.so {
			return s.sharedNumbers(start, i)
		}
		return i + 1
	}
	return s.list(it, docType{}, docIssuer{})
}

// lettered reads the number at j and its letters into it.
func (s *docScanner) lettered(it *docItem, j int) bool {
	number, end, ok := s.number(j)
	if !ok {
		return false
	}
	code, end, ok := s.code(end, it.so)
	if ok {
		it.number, it.code, it.end, it.coded = number, code, end, true
	}
	return ok
}

// sharedNumbers reads "số 18, 19-NQ/TW": several numbers, the last of them
// with letters.
func (s *docScanner) sharedNumbers(start, i int) int {
	if i+2 >= len(s.toks) || !s.mark(i+1, ',') && !s.isWord(i+1, wVa) || s.toks[i+2].kind != docDigits {
		return i + 1
	}
	items := []docItem{}
	for k := i; len(items) < docListMax; {
		number, end, ok := s.number(k)
		if !ok {
			return i + 1
		}
		it := docItem{start: k, number: number, end: end, so: true}
		if s.lettered(&it, k) && it.code.letter != "" && knownIssuer(it.code.issuer) {
			items = append(items, it)
			break
		}
		if !s.mark(end, ',') && !s.isWord(end, wVa) {
			return i + 1
		}
		it.so = false
		items = append(items, it)
		k = end + 1
	}
	if len(items) < 2 {
		return i + 1
	}
	items[0].start = start
	last := &items[len(items)-1]
	last.so = false
	s.tail(last, docType{})
	share(items)
	for n := range items {
		s.emit(&items[n], docType{}, docIssuer{}, n > 0)
	}
	return last.end
}

// partOfNumber tells whether the mark at i ties the number behind it to
// something before: a fraction, a decimal, a range.
func (s *docScanner) partOfNumber(i int) bool {
	w := s.toks[i].word
	return s.toks[i].kind == docMark && (w == '/' || w == '.' || w == ',' || w == '-') && i > 0 && s.toks[i-1].kind == docDigits
}

// letterBelieved tells whether an official letter's number without a type in
// words counts: behind "số", with a body that is known.
func (s *docScanner) letterBelieved(c docCode, so bool) bool {
	return strings.HasPrefix(c.issuer, "QH") || strings.HasPrefix(c.issuer, "UBTVQH") || so && knownIssuer(c.issuer) && strings.Contains(c.issuer, "-")
}
