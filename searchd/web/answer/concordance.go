package answer

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/indexer/index"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// ContextOrder is the order of the lines of a concordance.
type ContextOrder string

// Orders. Ties are broken by date, newest first, and by place.
const (
	ByDate     ContextOrder = "date" // the newest bulletins first
	ByLeft     ContextOrder = "left" // by the words before, the nearest first
	ByRight    ContextOrder = "right"
	ByProvince ContextOrder = "province"
)

// ContextOrders are all of them.
var ContextOrders = []ContextOrder{ByDate, ByLeft, ByRight, ByProvince}

// ConcordanceParams are the parameters of a concordance.
var ConcordanceParams = WithFacets("verbatim", "from", "to", "order", "size", "after", "lang")

// Bounds of a concordance.
const (
	MaxOccurrences  = 10_000 // that are sorted, the newest
	contextRunes    = 60     // on each side
	fewBulletins    = 20     // read at first, then more and more at once
	manyBulletins   = 1000
	maxConcordances = 6 // that are remembered while the index answers the same
)

// Occurrence is one place where a bulletin holds what was asked for, with the
// words around it in the same paragraph.
type Occurrence struct {
	ID, Title          string
	Published          time.Time
	Precision          bulletin.Precision
	Province           string
	Period             bulletin.Period
	Field              index.TextField
	bulletin.Span      // bytes of the field
	Left, Match, Right string

	bare bool // but ID and Province nothing is known of the bulletin yet
}

// Concordance is one page of the occurrences of a question.
type Concordance struct {
	Found       Found // the question, counted
	Occurrences []Occurrence
	Considered  int  // occurrences that were put in order, 0 when all come in theirs
	Capped      bool // there are older ones that were not
	From        int  // place of the first
	More        bool
}

// Concordance lists occurrences from a place on. In another order than by date
// the newest MaxOccurrences are put in order.
func (s *Service) Concordance(ctx context.Context, p Params, order ContextOrder, from, size int) (*Concordance, error) {
	found, err := s.Search(ctx, p.Counting())
	if err != nil {
		return nil, err
	}
	c := &Concordance{Found: found, From: from}
	want := MaxOccurrences
	if order == ByDate {
		want = min(from+size+1, MaxOccurrences)
	}
	all, capped, err := s.occurrences(ctx, found, want, order)
	if err != nil {
		return nil, err
	}
	if order != ByDate {
		c.Considered = len(all)
	}
	c.Capped = capped && (order != ByDate || want == MaxOccurrences)
	to := min(from+size, len(all))
	c.More = to < len(all)
	c.Occurrences, err = s.described(ctx, all[min(from, to):to])
	return c, err
}

// described fills in the bulletins of bare occurrences.
func (s *Service) described(ctx context.Context, list []Occurrence) ([]Occurrence, error) {
	list = slices.Clone(list)
	for i, o := range list {
		if !o.bare {
			continue
		}
		d, err := s.Index.Get(ctx, o.ID)
		if err != nil && !errors.Is(err, index.ErrNotFound) { // withdrawn since
			return nil, err
		}
		list[i].describe(&d)
	}
	return list, nil
}

func (o *Occurrence) describe(d *index.Document) {
	o.Title, o.Published, o.Precision, o.Period, o.bare = strings.Clone(d.Title), d.Published, d.PublishedPrecision, d.Period, false
}

// gathered are occurrences in an order.
type gathered struct {
	list   []Occurrence
	capped bool
}

// occurrences returns the newest occurrences, at least as many as wanted where
// there are so many, in order, and whether there may be older ones.
func (s *Service) occurrences(ctx context.Context, a Found, want int, order ContextOrder) ([]Occurrence, bool, error) {
	address, generation := a.Params.Address(""), s.Index.Generation()
	known := func(order ContextOrder) (gathered, bool) {
		g, ok := s.contexts.Get(address+" "+string(order), generation)
		return g, ok && (!g.capped || len(g.list) >= want)
	}
	g, ok := known(order)
	if ok {
		return g.list, g.capped, nil
	}
	if g, ok = known(ByDate); !ok {
		var err error
		if g, err = s.gather(ctx, a, want); err != nil {
			return nil, false, err
		}
		s.contexts.Put(address+" "+string(ByDate), generation, g, maxConcordances)
	}
	if order != ByDate {
		g.list = slices.Clone(g.list)
		arrange(g.list, order)
		s.contexts.Put(address+" "+string(order), generation, g, maxConcordances)
	}
	return g.list, g.capped, nil
}

// gather reads the newest bulletins until there are occurrences enough.
func (s *Service) gather(ctx context.Context, a Found, want int) (gathered, error) {
	var g gathered
	finder := NewFinder(a)
	q := a.Reading()
	q.Sort, q.Expand, q.Size = index.Newest, true, fewBulletins
	q.Bare = len(finder.cites) == 0 || finder.matcher.root != nil
	for read := 0; ; {
		q.Size = min(q.Size, manyBulletins, max(1, index.DefaultLimits.Depth-read))
		res, err := s.Index.Search(ctx, q)
		if limit := (*index.LimitError)(nil); errors.As(err, &limit) && limit.Limit == "depth" {
			g.capped = true
			return g, nil
		}
		if err != nil {
			return g, SearchProblem(err, "q")
		}
		for i := range res.Hits {
			h := &res.Hits[i]
			if g.list = finder.append(g.list, &h.Document, h.Bare); len(g.list) >= want {
				g.list, g.capped = g.list[:want], true
				return g, nil
			}
		}
		if read += len(res.Hits); res.Next == "" {
			return g, nil
		}
		// So many more as there are occurrences in those read.
		q.After, q.Size = res.Next, max(fewBulletins, (want-len(g.list))*read/max(1, len(g.list))*11/10)
	}
}

// Finder finds what a question asked for in bulletins.
type Finder struct {
	matcher Matcher
	cites   []string
}

// NewFinder looks for the words of a question and for what is cited of the
// documents that it is filtered by.
func NewFinder(a Found) Finder {
	return Finder{matcherOf(a.Result.Root), a.Asked.Filters[index.Cites]}
}

// Empty tells that nothing is asked for that could stand in a text.
func (f Finder) Empty() bool { return f.matcher.root == nil && len(f.cites) == 0 }

// Each calls do with every occurrence in a bulletin, in order.
func (f Finder) Each(d *index.Document, do func(Occurrence) error) error {
	for _, o := range f.append(nil, d, false) {
		if err := do(o); err != nil {
			return err
		}
	}
	return nil
}

func (f Finder) append(to []Occurrence, d *index.Document, bare bool) []Occurrence {
	for _, field := range []index.TextField{index.Title, index.Body} {
		text := d.Body
		if field == index.Title {
			text = d.Title
		}
		for _, span := range f.spans(d, text, field) {
			left, right := around(text, span)
			near := strings.Clone(text[span.Start-len(left) : span.End+len(right)]) // what is kept must not keep whole texts
			o := Occurrence{
				ID: d.ID, Province: d.Province, Field: field, Span: span, bare: bare,
				Left: near[:len(left)], Match: near[len(left) : len(near)-len(right)], Right: near[len(near)-len(right):],
			}
			if !bare {
				o.describe(d)
			}
			to = append(to, o)
		}
	}
	return to
}

// spans are those of the words, or where there are none of the citations.
func (f Finder) spans(d *index.Document, text string, field index.TextField) []bulletin.Span {
	spans := f.matcher.In(text, field)
	if len(f.cites) == 0 || f.matcher.root != nil {
		return spans
	}
	end := 0
	for _, c := range d.Cites {
		span := bulletin.Span{Start: c.Start, End: c.End}
		inField := (c.Field == "title") == (field == index.Title)
		if inField && slices.ContainsFunc(f.cites, func(key string) bool { return CitesKey(c.Key, key) }) && Fits(span, end, len(text)) {
			spans, end = append(spans, span), span.End
		}
	}
	return spans
}

// around are the words before and after a span, within its paragraph.
func around(text string, s bulletin.Span) (left, right string) {
	left, right = text[strings.LastIndexByte(text[:s.Start], '\n')+1:s.Start], text[s.End:]
	if i := strings.IndexByte(right, '\n'); i >= 0 {
		right = right[:i]
	}
	n := 0
	for i := len(left); i > 0; n++ {
		if n == contextRunes {
			left = left[i:]
			left = left[strings.IndexByte(left, ' ')+1:]
			break
		}
		_, size := utf8.DecodeLastRuneInString(left[:i])
		i -= size
	}
	n = 0
	for i := range right {
		if n++; n > contextRunes {
			if right = right[:i]; strings.IndexByte(right, ' ') >= 0 {
				right = right[:strings.LastIndexByte(right, ' ')]
			}
			break
		}
	}
	return left, right
}

// arrange puts occurrences that come newest first in another order: word by
// word as a Vietnamese dictionary does, whatever their case.
func arrange(list []Occurrence, order ContextOrder) {
	if order == ByDate {
		return
	}
	c, buffer, known := collate.New(language.Vietnamese, collate.IgnoreCase), &collate.Buffer{}, map[string][]byte{}
	keys, places := make([][]byte, len(list)), make([]int, len(list))
	for i, o := range list {
		var words []string
		switch order {
		case ByLeft:
			words = strings.FieldsFunc(o.Left, between)
			slices.Reverse(words)
		case ByRight:
			words = strings.FieldsFunc(o.Right, between)
		default:
			words = []string{bulletin.ProvinceLabel(o.Province)}
		}
		places[i] = i
		for _, w := range words {
			if known[w] == nil {
				known[w] = bytes.Clone(c.KeyFromString(buffer, w))
				buffer.Reset()
			}
			keys[i] = append(append(keys[i], known[w]...), 0, 0)
		}
	}
	slices.SortFunc(places, func(a, b int) int { return cmp.Or(bytes.Compare(keys[a], keys[b]), a-b) })
	was := slices.Clone(list)
	for i, at := range places {
		list[i] = was[at]
	}
}

// between tells what stands between words.
func between(r rune) bool { return strings.ContainsRune(" \u00a0,.;:!?…()[]\"“”‘’'–-/", r) }

// ReadOrder reads the order and place of a page of a concordance.
func ReadOrder(order, after string) (ContextOrder, int, error) {
	o, from := cmp.Or(ContextOrder(order), ByDate), 0
	err := OneOf("order", o, ContextOrders...)
	if err == nil {
		err = readNumber("after", after, MaxOccurrences, &from)
	}
	return o, from, err
}
