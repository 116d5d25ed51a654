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
	name := phraseKey(words, where)
	if b := m.phrase[name]; b != nil {
		return b, nil
	}
	var sets []*roaring.Bitmap
	certain := len(words) == 2
	for i, w := range words {
		if i > 0 {
			b, err := m.term(streamField(fbi, where), bigram(foldOf(words[i-1]), foldOf(w)))
			if err != nil {
				return nil, err
			}
			sets = append(sets, b)
		}
		if w.Accented {
			certain = false
			b, err := m.term(streamField(syl, where), w.Text)
			if err != nil {
				return nil, err
			}
			sets = append(sets, b)
		}
	}
	got := roaring.FastAnd(sets...)
	if !certain {
		var err error
		if got, err = m.verify(roaring.And(got, m.seg.live), words, where); err != nil {
			return nil, err
		}
	}
	m.phrase[name] = got
	return got, nil
}

func phraseKey(words []index.Word, where index.TextField) string {
	var b strings.Builder
	b.WriteString(string(where))
	for _, w := range words {
		b.WriteByte(' ')
		if w.Accented {
			b.WriteByte('!')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// verify keeps the candidates whose text has the phrase.
func (m *matcher) verify(candidates *roaring.Bitmap, words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	out := roaring.New()
	for it := candidates.Iterator(); it.HasNext(); {
		doc := it.Next()
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		d, err := m.seg.document(doc)
		if err != nil {
			return nil, err
		}
		text := d.Body
		if where == index.Title {
			text = d.Title
		}
		if holds(sequence(text), words) {
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
