package bleveindex

import (
	"fmt"
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

// phraseIn meets the bigrams of the phrase, and its accented words. What that
// leaves can lie: the bigrams may stand apart, or the accents elsewhere. The
// places of the bigrams and the frequencies of the words settle nearly all of
// it; the rest is looked up in the text.
func (m *matcher) phraseIn(words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	k := cacheKey{m.seg.columns, "phrase." + string(where), phraseKey(words)}
	if known, ok := m.ix.lists.get(k).(phraseSet); ok {
		return known.Bitmap, nil
	}
	candidates, err := m.candidates(words, where)
	if err != nil || candidates.IsEmpty() || len(words) == 2 && !words[0].Accented && !words[1].Accented {
		return candidates, err
	}
	docs := candidates.ToArray()
	times, err := m.chain(docs, words, where)
	if err != nil {
		return nil, err
	}
	if err := m.accents(docs, times, words, where); err != nil {
		return nil, err
	}
	found := roaring.New()
	for i, doc := range docs {
		ok := times[i] > 0
		if times[i] == unsure {
			if ok, err = m.verify(doc, words, where); err != nil {
				return nil, err
			}
		}
		if ok {
			found.Add(doc)
		}
	}
	m.ix.lists.put(k, phraseSet{found})
	return found, nil
}

// phraseSet are the documents of one segment that hold a phrase.
type phraseSet struct{ *roaring.Bitmap }

func (p phraseSet) size() int { return int(p.GetSizeInBytes()) + 200 }

// candidates returns the documents that have all bigrams and accented words.
func (m *matcher) candidates(words []index.Word, where index.TextField) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for i, w := range words {
		if i > 0 {
			b, err := m.term(fbi, where, bigramOf(words, i-1))
			if err != nil {
				return nil, err
			}
			sets = append(sets, b)
		}
		if w.Accented {
			b, err := m.term(syl, where, w.Text)
			if err != nil {
				return nil, err
			}
			sets = append(sets, b)
		}
	}
	return roaring.FastAnd(sets...), nil
}

// bigramOf is the token of words i and i+1.
func bigramOf(words []index.Word, i int) string { return bigram(foldOf(words[i]), foldOf(words[i+1])) }

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

// unsure stands for a number of times that only the text can tell.
const unsure = -1

// chain returns how many times the folded phrase stands in each of docs: the
// places of one bigram have to follow those of the one before.
func (m *matcher) chain(docs []uint32, words []index.Word, where index.TextField) ([]int, error) {
	dict, err := m.dict(streamField(fbi, where))
	if err != nil {
		return nil, err
	}
	codes, open := make([]uint64, len(docs)), make([]bool, len(docs))
	for i := range len(words) - 1 {
		list, err := dict.PostingsList([]byte(bigramOf(words, i)), nil, nil)
		if err != nil {
			return nil, err
		}
		it := list.Iterator(true, false, false, nil)
		for at, doc := range docs {
			p, err := it.Advance(uint64(doc))
			if err != nil {
				return nil, err
			}
			if p == nil || uint32(p.Number()) != doc {
				return nil, fmt.Errorf("posting list of %q skips document %d", bigramOf(words, i), doc)
			}
			code := frequency(p)
			if i > 0 {
				var known bool
				code, known = following(codes[at], code)
				open[at] = open[at] || !known
			}
			codes[at] = code
			if at%4096 == 0 && m.ctx.Err() != nil {
				return nil, m.ctx.Err()
			}
		}
	}
	times := make([]int, len(docs))
	for at, code := range codes {
		if times[at] = occurrences(code); open[at] {
			times[at] = unsure
		}
	}
	return times, nil
}

// accents lowers the times by those that may be of other accents: of a word
// that stands f times, s of them as the phrase wants, f-s may be in it. What
// falls to nothing that way is unsure.
func (m *matcher) accents(docs []uint32, times []int, words []index.Word, where index.TextField) error {
	type pair struct{ own, all *termList }
	var pairs []pair
	for _, w := range words {
		if !w.Accented {
			continue
		}
		own, err := m.list(syl, where, w.Text)
		if err != nil {
			return err
		}
		all, err := m.list(fold, where, foldOf(w))
		if err != nil {
			return err
		}
		pairs = append(pairs, pair{own, all})
	}
	for at, doc := range docs {
		if times[at] <= 0 {
			continue
		}
		for _, p := range pairs {
			times[at] -= int(p.all.tf(doc)) - int(p.own.tf(doc))
		}
		if times[at] <= 0 {
			times[at] = unsure
		}
	}
	return m.ctx.Err()
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
