package cite

import (
	"slices"
	"strconv"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// Mention is a document that a question names.
type Mention struct {
	bulletin.Span          // in bytes of the question, with issuer and date, and with the province whose document it is
	Keys          []string // keys or stems of what it may be, likeliest first; not all of them exist
}

// ReadQuestion finds the documents that a question names, in its order, with
// the grammar of Read: in any case, with or without accents and marks. Where
// no issuer is said, the keys are those of every body that issues such
// documents. A province right behind may say whose document it is or where it
// is spoken of: two mentions begin at one byte then, the first of the
// province's bodies with its name, the second without either. No others
// overlap.
func ReadQuestion(text string) []Mention {
	text = text[:min(len(text), questionMax)]
	var s docScanner
	s.scan("", typedLexicon().TypedReader(text))
	if len(s.found) == 0 {
		s.numberAlone()
	}
	var out []Mention
	for _, m := range s.found {
		out = meant(out, m)
		if m.label == "" && m.plain > 0 && m.named.province != "" {
			m.at.End, m.named.province = m.plain, ""
			out = meant(out, m)
		}
	}
	return out
}

// meant adds a mention with the keys that it may mean, to the last where that
// stands at the same place; with a date or term that is said the dated key comes
// first.
func meant(out []Mention, m docMention) []Mention {
	q := Mention{Span: m.at}
	if n := len(out); n > 0 && out[n-1].Span == m.at { // a plenum of two terms
		q, out = out[n-1], out[:n-1]
	}
	for _, m := range m.variants() {
		for _, key := range []string{m.key(), m.stem()} {
			if !slices.Contains(q.Keys, key) {
				q.Keys = append(q.Keys, key)
			}
		}
	}
	if len(q.Keys) == 0 {
		return out
	}
	return append(out, q)
}

// variants are the documents that a mention may be, one when its letters are
// known.
func (m docMention) variants() []docMention {
	if strings.Contains(m.label, provinceHole) {
		return nil // of a province that is not said
	}
	if m.label != "" {
		return []docMention{m}
	}
	var out []docMention
	for _, code := range likelyIssuers(m.typ) {
		if central := vi.IsCentralIssuer(code); central && m.named.province != "" || !central && m.alone {
			continue
		}
		by := docIssuer{code: code, province: m.named.province}
		if code == "CP" && m.typ.Party == "NĐ" && m.code.Year == "" && m.when == "" {
			for year := 2035; year >= 1993; year-- { // of any year, the latest first
				v := m
				v.code.Year = strconv.Itoa(year)
				v.settleBy(by)
				out = append(out, v)
			}
		} else if v := m; v.settleBy(by) {
			out = append(out, v)
		}
	}
	return out
}

// localTypes are the kinds of which a province's bodies issue most.
var localTypes = []string{"KH", "BC", "TTr", "TB", "CTr", "ĐA", "CĐ"}

// likelyIssuers are the bodies whose document of a type without issuer may be
// meant, the likeliest first.
func likelyIssuers(typ vi.DocumentType) []string {
	switch {
	case typ.State == "TT":
		var out []string
		for _, issuer := range vi.Issuers() {
			if c := issuer.Code; strings.HasPrefix(c, "B") && !vi.IsPartyIssuer(c) {
				out = append(out, c)
			}
		}
		return out
	case slices.Contains(localTypes, typ.State):
		return []string{"UBND", "TU", "TW", "CP", "TTg", "HĐND"}
	}
	return []string{"TW", "CP", "TTg", "TU", "UBND", "HĐND", "QH", "UBTVQH"}
}

// numberAlone reads a question that is a number and nothing else: any document
// of the centre may be meant.
func (s *docScanner) numberAlone() {
	number, end, ok := s.Digits(0)
	if !ok || end != len(s.Units) || vi.PlausibleYear(number) {
		return
	}
	for _, typ := range vi.DocumentTypes() {
		if typ.Bare == "free" || typ.Bare == "numbered" {
			m := docMention{typ: typ, alone: true}
			m.code.Number = number
			s.add(0, end, m)
		}
	}
}

// numberThenType reads a number at i with the letters of a type behind it and
// no issuer's: 68 nq, 125-KH Đồng Tháp.
func (s *docScanner) numberThenType(start, i int) (next int, ok bool) {
	number, end, ok := s.Digits(i)
	_, k := s.Separator(end)
	row, next, typed := s.match(k, classType)
	if !ok || !typed || next != k+1 || s.Is(k, phrase.Luat) || s.KindAt(next) == vi.KindDigits {
		return i, false
	}
	if number == "02" && strings.EqualFold(s.Of(k), "nd") && !s.Units[k].Has(vi.Spaced) {
		return i, false // the second, in English
	}
	typ := vi.DocumentTypes()[row]
	word := strings.ToLower(vi.Normalize(s.Of(k)))
	if word != vi.Fold(word) && word != strings.ToLower(typ.Party) && word != strings.ToLower(typ.State) {
		return i, false // with accents it means itself: đã is no ĐA
	}
	it := docItem{start: start, end: next, so: true}
	it.code.Number = number
	whole := start == 0 && next == len(s.Units)
	switch {
	case typ.Bare == "never" || typ.Bare == "" || s.Of(k) == typ.Name:
		return i, false
	case !s.typedLetters(&it) && !whole && !s.Units[k].Has(vi.Upper) && vi.Plain(vi.Fold(word)):
		return i, false // a word as well: giai đoạn 2 da
	}
	return s.list(it, typ, docIssuer{}), true
}

// typedLetters reads the letters of an issuer behind a number of which the type
// is said: nq 68 cp, CT-35/TW, kh 125-ubnd.
func (s *docScanner) typedLetters(it *docItem) bool {
	_, k := s.Separator(it.end)
	if sep, behind := s.Separator(k + 1); sep != 0 && vi.PlausibleYear(s.Of(k)) && s.matches(behind, classOffice) {
		it.code.Year, k = s.Of(k), behind // 30/2020/cp
	}
	office, next, ok := s.meaning(k, classOffice)
	if ok {
		it.end, it.issued, it.named.code = next, true, office
	}
	return ok
}

// typedTail reads what only a question has behind a number: the letters of its
// issuer, or the province whose document it is.
func (s *docScanner) typedTail(it *docItem) bool {
	if !it.coded && !it.issued && s.typedLetters(it) {
		return true
	}
	k := s.skip(it.end, phrase.Cua)
	code := it.named.code
	if it.coded {
		code = it.code.Issuer
	}
	at := k
	for s.isWord(at, ',', '-', phrase.Tinh) {
		at++
	}
	row, end, ok := s.match(at, classPlace)
	if !ok || code != "" && vi.IsCentralIssuer(code) || it.named.province != "" || it.named.unit != "" {
		return false
	}
	if it.plain = 0; !it.coded && code == "" && k == it.end {
		it.plain = int(s.Units[it.end-1].End)
	}
	it.named.province, it.end = provinces()[row].Slug, end
	return true
}

// ParseLabel reads a document as a person types it, alone: a number with its
// letters in any case, with or without accents and marks ("73-nq/tu", "30/2020
// nd cp", "nghi quyet 18-NQ/TW"), or what Read would read as a whole
// ("Nghị quyết 54 của Bộ Chính trị"). The key has no province unless one is
// named, and no date unless one is typed.
func ParseLabel(text string) (bulletin.Citation, bool) {
	text = strings.TrimSpace(text)
	if len(text) > labelMax || strings.ContainsAny(text, "@~") {
		return bulletin.Citation{}, false
	}
	var s docScanner
	s.scan("", typedLexicon().TypedReader(text))
	cites, _ := s.cited("", text, Context{})
	if len(cites) != 1 || cites[0].Start > 0 || cites[0].End < len(text) {
		return bulletin.Citation{}, false
	}
	return cites[0], true
}
