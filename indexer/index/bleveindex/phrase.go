package bleveindex

import (
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

// phraseIn meets the bigrams of the phrase, and its accented words, and
// verifies what they leave wherever they can lie: that they stand apart.
func (m *matcher) phraseIn(words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	k := cacheKey{m.seg.columns, "phrase." + string(where), phraseKey(words)}
	if known, ok := m.ix.lists.get(k).(phraseSet); ok {
		return known.Bitmap, nil
	}
	candidates, work, err := m.candidates(words, where)
	if err != nil || candidates.IsEmpty() || len(words) == 2 && !words[0].Accented && !words[1].Accented {
		return candidates, err
	}
	sure := roaring.New()
	// A list costs about a thousandth of a text for each of its postings.
	if work < 1000*candidates.GetCardinality() {
		if sure, err = m.certain(candidates, words, where); err != nil {
			return nil, err
		}
	}
	found, err := m.verify(roaring.AndNot(candidates, sure), words, where)
	if err != nil {
		return nil, err
	}
	found.Or(sure)
	m.ix.lists.put(k, phraseSet{found})
	return found, nil
}

// phraseSet are the documents of one segment that hold a phrase.
type phraseSet struct{ *roaring.Bitmap }

func (p phraseSet) size() int { return int(p.GetSizeInBytes()) + 200 }

// candidates returns the documents that have all bigrams and accented words,
// and how many postings counting them all would read.
func (m *matcher) candidates(words []index.Word, where index.TextField) (*roaring.Bitmap, uint64, error) {
	var sets []*roaring.Bitmap
	add := func(s stream, term string) error {
		b, err := m.term(streamField(s, where), term)
		if err == nil {
			sets = append(sets, b)
		}
		return err
	}
	for i, w := range words {
		if i > 0 {
			if err := add(fbi, bigram(foldOf(words[i-1]), foldOf(w))); err != nil {
				return nil, 0, err
			}
		}
		if w.Accented {
			if err := add(syl, w.Text); err != nil {
				return nil, 0, err
			}
		}
	}
	work := uint64(0)
	for _, b := range sets {
		work += b.GetCardinality()
	}
	return roaring.FastAnd(sets...), 2 * work, nil
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

// certain keeps the candidates that must hold the phrase by count alone: when
// a word stands f times in a field, t of them at the end of the phrase so far
// and c of them at the beginning of the next bigram, then at least t+c-f are
// both. Likewise for s of f that are accented as the phrase wants.
func (m *matcher) certain(candidates *roaring.Bitmap, words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	first, err := m.list(fbi, where, bigram(foldOf(words[0]), foldOf(words[1])))
	if err != nil {
		return nil, err
	}
	type pair struct{ some, all *termList }
	var pairs []pair
	for i, w := range words {
		if !w.Accented && (i == 0 || i == len(words)-1) {
			continue
		}
		all, err := m.list(fold, where, foldOf(w))
		if err != nil {
			return nil, err
		}
		if i > 0 && i < len(words)-1 {
			next, err := m.list(fbi, where, bigram(foldOf(w), foldOf(words[i+1])))
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, pair{next, all})
		}
		if w.Accented {
			own, err := m.list(syl, where, w.Text)
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, pair{own, all})
		}
	}
	out := roaring.New()
	for it := candidates.Iterator(); it.HasNext(); {
		doc := it.Next()
		sure := int(first.tf(doc))
		for _, p := range pairs {
			if sure += int(p.some.tf(doc)) - int(p.all.tf(doc)); sure <= 0 {
				break
			}
		}
		if sure > 0 {
			out.Add(doc)
		}
	}
	return out, m.ctx.Err()
}

// verify keeps the candidates whose text has the phrase.
func (m *matcher) verify(candidates *roaring.Bitmap, words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	out := roaring.New()
	for it := candidates.Iterator(); it.HasNext(); {
		doc := it.Next()
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		raw, err := m.seg.stored(doc)
		if err != nil {
			return nil, err
		}
		_, title, body, err := cutStored(raw)
		if err != nil {
			return nil, err
		}
		text := string(body)
		if where == index.Title {
			text = string(title)
		}
		if literally(text, words) || holds(sequence(text), words) {
			out.Add(doc)
		}
	}
	return out, nil
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
