package bleveindex

import (
	"slices"
	"strings"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// phraseOf returns the documents with the words next to each other.
func (m *matcher) phraseOf(p index.Phrase) (*roaring.Bitmap, error) {
	switch len(p.Words) {
	case 0:
		return empty, nil
	case 1:
		w := p.Words[0]
		w.Field = p.Field
		return m.node(w)
	}
	var sets []*roaring.Bitmap
	for _, f := range textFields {
		if p.Field != index.AnyField && p.Field != f {
			continue
		}
		b, err := m.phraseIn(p.Words, f)
		if err != nil {
			return nil, err
		}
		sets = append(sets, b)
	}
	return roaring.FastOr(sets...), nil
}

// phraseIn meets the bigrams of the phrase. Of three words and more they can
// lie: they may stand apart. Their places settle nearly all of it; the rest is
// looked up in the text.
func (m *matcher) phraseIn(words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	k := cacheKey{m.seg.columns, "phrase." + string(where), phraseKey(words)}
	if known, ok := m.ix.lists.get(k).(docSet); ok {
		return known.Bitmap, nil
	}
	pairs, sets := make([][]string, len(words)-1), make([]*roaring.Bitmap, len(words)-1)
	for i := range pairs {
		var err error
		if pairs[i], err = m.pair(words[i], words[i+1], where); err != nil {
			return nil, err
		}
		if sets[i], err = m.postingsOf(streamField(bi, where), pairs[i]); err != nil {
			return nil, err
		}
	}
	candidates := roaring.FastAnd(sets...)
	if candidates.IsEmpty() || len(pairs) == 1 {
		return candidates, nil
	}
	sure, unsure, err := m.chain(candidates.ToArray(), pairs, where)
	if err == nil && len(unsure) > 0 {
		var more []uint32
		more, unsure, err = m.settle(unsure, pairs, where)
		sure = append(sure, more...)
	}
	if err != nil {
		return nil, err
	}
	for _, doc := range unsure {
		ok, err := m.verify(doc, words, where)
		if err != nil {
			return nil, err
		}
		if ok {
			sure = append(sure, doc)
		}
	}
	found := roaring.BitmapOf(sure...)
	m.ix.lists.put(k, docSet{found})
	return found, nil
}

// docSet are documents of one segment. It is never changed.
type docSet struct{ *roaring.Bitmap }

func (d docSet) size() int { return int(d.GetSizeInBytes()) + 200 }

// pair returns the accented bigrams that two words of a phrase stand for.
func (m *matcher) pair(a, b index.Word, where index.TextField) ([]string, error) {
	if a.Accented && b.Accented {
		return []string{bigram(a.Text, b.Text)}, nil
	}
	all, err := m.variants(streamField(bi, where), bigram(foldOf(a), foldOf(b)))
	return slices.DeleteFunc(slices.Clone(all), func(t string) bool {
		first, second, _ := strings.Cut(t, " ")
		return a.Accented && first != a.Text || b.Accented && second != b.Text
	}), err
}

func phraseKey(words []index.Word) string {
	var b strings.Builder
	for _, w := range words {
		if w.Accented {
			b.WriteByte('!')
		}
		b.WriteString(w.Text)
		b.WriteByte(' ')
	}
	return b.String()
}

// chain parts docs, which have all the pairs, into those where the phrase surely
// stands and those whose codes do not tell. Pairs side by side hold all words
// between them, so every second one will do, and the last. It writes over docs.
func (m *matcher) chain(docs []uint32, pairs [][]string, where index.TextField) (sure, unsure []uint32, err error) {
	var sofar []uint64
	for i, before := 0, 0; ; i, before = min(i+2, len(pairs)-1), i {
		codes := make([]uint64, len(docs))
		for _, t := range pairs[i] {
			if err := m.places(streamField(bi, where), t, docs, codes); err != nil {
				return nil, nil, err
			}
		}
		left := 0
		for at, code := range codes {
			if spilt(code) {
				unsure = append(unsure, docs[at])
				continue
			}
			if i > 0 {
				code = following(sofar[at], code, i-before)
			}
			if code != 0 {
				docs[left], codes[left] = docs[at], code
				left++
			}
		}
		docs, sofar = docs[:left], codes[:left]
		if i == len(pairs)-1 {
			slices.Sort(unsure)
			return docs, unsure, nil
		}
	}
}

// settle looks at all places of the pairs in docs, as chain does at those in
// their codes; of what is left unsure only the text tells.
func (m *matcher) settle(docs []uint32, pairs [][]string, where index.TextField) (sure, unsure []uint32, err error) {
	sofar, unknown := make([][]int, len(docs)), make([]bool, len(docs))
	for i, before := 0, 0; ; i, before = min(i+2, len(pairs)-1), i {
		next := make([][]int, len(docs))
		for _, t := range pairs[i] {
			if err := m.allPlaces(t, where, docs, next, unknown); err != nil {
				return nil, nil, err
			}
		}
		for at := range docs {
			if i > 0 {
				next[at] = chained(sofar[at], next[at], i-before)
			}
		}
		if sofar = next; i == len(pairs)-1 {
			break
		}
	}
	for at, doc := range docs {
		switch {
		case unknown[at]:
			unsure = append(unsure, doc)
		case len(sofar[at]) > 0:
			sure = append(sure, doc)
		}
	}
	return sure, unsure, nil
}

// placesField holds the places that do not fit into the code of a bigram.
func placesField(where index.TextField) string { return "at." + streamField(bi, where) }

// allPlaces adds all places of one bigram in each of docs, and notes where they
// are not written.
func (m *matcher) allPlaces(term string, where index.TextField, docs []uint32, places [][]int, unknown []bool) error {
	codes := make([]uint64, len(docs))
	if err := m.places(streamField(bi, where), term, docs, codes); err != nil {
		return err
	}
	for at, code := range codes {
		if !spilt(code) {
			eachPlace(code, func(place int) { places[at] = append(places[at], place) })
		}
		unknown[at] = unknown[at] || code == unwritten
	}
	beside, err := m.dict(placesField(where))
	if err != nil {
		return err
	}
	for it := termsOf(beside, nil, []byte(term+pageMark), []byte(term+afterPages)); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		clear(codes)
		if err := m.places(placesField(where), e.Term, docs, codes); err != nil {
			return err
		}
		first := pageOf(e.Term) * pageWords
		for at, code := range codes {
			eachPlace(code, func(place int) { places[at] = append(places[at], first+place) })
		}
	}
}

// verify looks the phrase up in the text of one document.
func (m *matcher) verify(doc uint32, words []index.Word, where index.TextField) (bool, error) {
	if err := m.ctx.Err(); err != nil {
		return false, err
	}
	raw, err := m.seg.stored(doc)
	if err != nil {
		return false, err
	}
	_, title, body, err := cutStored(raw)
	if err != nil {
		return false, err
	}
	text := string(body)
	if where == index.Title {
		text = string(title)
	}
	return literally(text, words) || holds(sequence(text), words), nil
}

// holds tells whether the words stand next to each other in the text.
func holds(text []token, words []index.Word) bool {
	for i, t := range text {
		if t.is(words[0]) && follow(text[i:], words[1:]) {
			return true
		}
	}
	return false
}

// follow tells whether the words stand at the positions after that of text[0].
func follow(text []token, words []index.Word) bool {
	at := text[0].pos
	for _, w := range words {
		at++
		found := false
		for len(text) > 0 && text[0].pos <= at && !found {
			found = text[0].pos == at && text[0].is(w)
			text = text[1:]
		}
		if !found {
			return false
		}
	}
	return true
}

func (t token) is(w index.Word) bool {
	if w.Accented {
		return t.syl == w.Text
	}
	return t.fold == w.Text
}
