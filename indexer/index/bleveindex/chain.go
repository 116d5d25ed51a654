package bleveindex

import (
	"context"

	"bantin/indexer/index"
)

// chain parts docs, which have all the pairs, into those where the phrase surely
// stands and those whose places are not written. Pairs side by side hold all
// words between them, so every second one will do, and the last.
func (m *matcher) chain(ctx context.Context, docs []uint32, pairs [][]string, where index.TextField) (sure, unsure []uint32, err error) {
	var sofar placed
	for i, before := 0, 0; ; i, before = min(i+2, len(pairs)-1), i {
		next, err := m.placesOf(ctx, pairs[i], where, docs)
		if err != nil {
			return nil, nil, err
		}
		if i > 0 {
			docs, next = sofar.join(docs, next, i-before)
			sparePlanes.Put(sofar.spare)
		}
		if sofar = next; i == len(pairs)-1 {
			break
		}
	}
	sure = docs[:0]
	for at, doc := range docs {
		if spilt(sofar.codes[at]) && sofar.unknown[at] {
			unsure = append(unsure, doc)
		} else {
			sure = append(sure, doc)
		}
	}
	sparePlanes.Put(sofar.spare)
	return sure, unsure, nil
}

// placed are the places of a bigram in some documents: as a code where one holds
// them, else as a list, and nothing where they are not written.
type placed struct {
	spare   *plane // which has the codes
	codes   []uint64
	lists   map[int][]int // of those whose code has spilt
	unknown map[int]bool  // of those, the ones whose places are not written
}

func newPlaced(docs int) placed {
	spare := newPlane(docs)
	return placed{spare, spare.words, map[int][]int{}, map[int]bool{}}
}

// add adds the places of a code that has not spilt.
func (p *placed) add(at int, code uint64) {
	both := addPlaces(p.codes[at], code)
	if !spilt(both) {
		p.codes[at] = both
		return
	}
	p.spill(at)
	eachPlace(code, func(place int) { p.lists[at] = append(p.lists[at], place) })
}

// spill makes a list of a code.
func (p *placed) spill(at int) {
	if !spilt(p.codes[at]) {
		p.lists[at] = p.list(at)
		p.codes[at] = elsewhere
	}
}

func (p *placed) list(at int) []int {
	if spilt(p.codes[at]) {
		return p.lists[at]
	}
	var places []int
	eachPlace(p.codes[at], func(place int) { places = append(places, place) })
	return places
}

// join keeps the documents with places of next that come gap after one of p, and
// those places. It writes over docs and the codes of next.
func (p *placed) join(docs []uint32, next placed, gap int) ([]uint32, placed) {
	left, out := docs[:0], placed{next.spare, next.codes[:0], map[int][]int{}, map[int]bool{}}
	for at, doc := range docs {
		code := uint64(elsewhere)
		switch {
		case !spilt(p.codes[at]) && !spilt(next.codes[at]):
			if code = following(p.codes[at], next.codes[at], gap); code == 0 {
				continue
			}
		case p.unknown[at] || next.unknown[at]:
			out.unknown[len(left)] = true
		default:
			list := chained(p.list(at), next.list(at), gap)
			if len(list) == 0 {
				continue
			}
			out.lists[len(left)] = list
		}
		left, out.codes = append(left, doc), append(out.codes, code)
	}
	return left, out
}

// placesOf returns the places of any of the bigrams in each of docs.
func (m *matcher) placesOf(ctx context.Context, bigrams []string, where index.TextField, docs []uint32) (placed, error) {
	p := newPlaced(len(docs))
	for _, t := range bigrams {
		var paged []int
		err := m.eachCode(ctx, streamField(bi, where), t, docs, func(at int, code uint64) {
			switch {
			case !spilt(code):
				p.add(at, code)
				return
			case code == unwritten:
				p.unknown[at] = true
			default:
				paged = append(paged, at)
			}
			p.spill(at)
		})
		if err == nil && len(paged) > 0 {
			err = m.addPages(ctx, &p, t, where, docs, paged)
		}
		if err != nil {
			return p, err
		}
	}
	return p, nil
}

// placesField holds the places that do not fit into the code of a bigram.
func placesField(where index.TextField) string { return "at." + streamField(bi, where) }

// addPages adds the places of a bigram that are beside its code, in those of docs
// that are at.
func (m *matcher) addPages(ctx context.Context, p *placed, bigram string, where index.TextField, docs []uint32, at []int) error {
	dict, err := m.dict(placesField(where))
	if err != nil {
		return err
	}
	some := make([]uint32, len(at))
	for i, k := range at {
		some[i] = docs[k]
	}
	for it := termsOf(dict, nil, []byte(bigram+pageMark), []byte(bigram+afterPages)); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		first := pageOf(e.Term) * pageWords
		err = m.eachCode(ctx, placesField(where), e.Term, some, func(i int, code uint64) {
			eachPlace(code, func(place int) { p.lists[at[i]] = append(p.lists[at[i]], first+place) })
		})
		if err != nil {
			return err
		}
	}
}
