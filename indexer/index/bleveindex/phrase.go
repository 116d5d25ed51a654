package bleveindex

import (
	"context"
	"slices"
	"strings"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// phraseOf returns the documents with the words next to each other.
func (m *matcher) phraseOf(ctx context.Context, p index.Phrase) (*roaring.Bitmap, error) {
	switch len(p.Words) {
	case 0:
		return empty, nil
	case 1:
		w := p.Words[0]
		w.Field = p.Field
		return m.node(ctx, w)
	}
	var sets []*roaring.Bitmap
	for _, f := range index.TextFields {
		if !p.Field.In(f) {
			continue
		}
		b, err := m.phraseIn(ctx, p.Words, f)
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
func (m *matcher) phraseIn(ctx context.Context, words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
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
		if sets[i], err = m.postingsOf(ctx, streamField(bi, where), pairs[i]); err != nil {
			return nil, err
		}
	}
	candidates := roaring.FastAnd(sets...)
	if candidates.IsEmpty() || len(pairs) == 1 {
		return candidates, nil
	}
	sure, unsure, err := m.chain(ctx, candidates.ToArray(), pairs, where)
	if err != nil {
		return nil, err
	}
	for _, doc := range unsure {
		ok, err := m.verify(ctx, doc, words, where)
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

// verify looks the phrase up in the text of one document.
func (m *matcher) verify(ctx context.Context, doc uint32, words []index.Word, where index.TextField) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	raw, err := m.seg.stored(doc)
	if err != nil {
		return false, err
	}
	_, texts, err := cutStored(raw)
	if err != nil {
		return false, err
	}
	text := string(texts[fieldIndex(where)])
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
