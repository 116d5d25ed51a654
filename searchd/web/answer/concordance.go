package answer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
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
	manyBulletins   = 500
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
	c.Occurrences, c.More = all[min(from, to):to], to < len(all)
	return c, nil
}

// gathered are occurrences in an order.
type gathered struct {
	list   []Occurrence
	capped bool
}

// occurrences returns the newest occurrences, at least as many as wanted where
// there are so many, in order, and whether there may be older ones.
func (s *Service) occurrences(ctx context.Context, a Found, want int, order ContextOrder) ([]Occurrence, bool, error) {
	key, generation := a.Params.Address("")+" "+string(order), s.Index.Generation()
	if g, ok := s.contexts.Get(key, generation); ok && (!g.capped || len(g.list) >= want) {
		return g.list, g.capped, nil
	}
	g, err := s.gather(ctx, a, want)
	if err != nil {
		return nil, false, err
	}
	arrange(g.list, order)
	s.contexts.Put(key, generation, g, maxConcordances)
	return g.list, g.capped, nil
}

// gather reads the newest bulletins until there are occurrences enough.
func (s *Service) gather(ctx context.Context, a Found, want int) (gathered, error) {
	var g gathered
	q := a.Reading()
	q.Sort, q.Expand, q.Size = index.Newest, true, fewBulletins
	finder := NewFinder(a)
	for read := 0; ; {
		res, err := s.Index.Search(ctx, q)
		if limit := (*index.LimitError)(nil); errors.As(err, &limit) && limit.Limit == "depth" {
			g.capped = true
			return g, nil
		}
		if err != nil {
			return g, SearchProblem(err, "q")
		}
		for i := range res.Hits {
			if g.list = finder.append(g.list, &res.Hits[i].Document); len(g.list) >= want {
				g.list, g.capped = g.list[:want], true
				return g, nil
			}
		}
		if read += len(res.Hits); res.Next == "" {
			return g, nil
		}
		q.After, q.Size = res.Next, min(2*q.Size, manyBulletins, max(1, index.DefaultLimits.Depth-read))
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
	return Finder{Matcher{a.Result.Root}, a.Asked.Filters[index.Cites]}
}

// Empty tells that nothing is asked for that could stand in a text.
func (f Finder) Empty() bool { return f.matcher.root == nil && len(f.cites) == 0 }

// Each calls do with every occurrence in a bulletin, in order.
func (f Finder) Each(d *index.Document, do func(Occurrence) error) error {
	for _, o := range f.append(nil, d) {
		if err := do(o); err != nil {
			return err
		}
	}
	return nil
}

func (f Finder) append(to []Occurrence, d *index.Document) []Occurrence {
	for _, field := range []index.TextField{index.Title, index.Body} {
		text := d.Body
		if field == index.Title {
			text = d.Title
		}
		for _, span := range f.spans(d, text, field) {
			left, right := around(text, span)
			to = append(to, Occurrence{ // copies: what is kept must not keep whole texts
				ID: d.ID, Title: strings.Clone(d.Title), Published: d.Published, Precision: d.PublishedPrecision, Province: d.Province, Period: d.Period,
				Field: field, Span: span, Left: strings.Clone(left), Match: strings.Clone(text[span.Start:span.End]), Right: strings.Clone(right),
			})
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

// arrange puts occurrences that come newest first in another order. Words are
// compared as a Vietnamese dictionary does, whatever their case.
func arrange(list []Occurrence, order ContextOrder) {
	if order == ByDate {
		return
	}
	type keyed struct {
		key []byte
		o   Occurrence
	}
	c, buffer := collate.New(language.Vietnamese, collate.IgnoreCase), &collate.Buffer{}
	all := make([]keyed, len(list))
	for i, o := range list {
		text := bulletin.ProvinceLabel(o.Province)
		switch order {
		case ByLeft:
			words := strings.FieldsFunc(o.Left, between)
			slices.Reverse(words)
			text = strings.Join(words, " ")
		case ByRight:
			text = strings.Join(strings.FieldsFunc(o.Right, between), " ")
		}
		all[i] = keyed{c.KeyFromString(buffer, text), o}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return slices.Compare(a.key, b.key) })
	for i := range all {
		list[i] = all[i].o
	}
}

// between tells what stands between words.
func between(r rune) bool { return strings.ContainsRune(" \u00a0,.;:!?…()[]\"“”‘’'–-/", r) }

// ReadOrder reads the order and place of a page of a concordance.
func ReadOrder(order, after string) (ContextOrder, int, error) {
	o := cmp.Or(ContextOrder(order), ByDate)
	if !slices.Contains(ContextOrders, o) {
		return o, 0, BadParameter("bad-parameter", "order", "date, left, right, province")
	}
	if after == "" {
		return o, 0, nil
	}
	from, err := strconv.Atoi(after)
	if err != nil || from < 0 || from > MaxOccurrences {
		return o, 0, BadParameter("bad-parameter", "after", "0–"+strconv.Itoa(MaxOccurrences))
	}
	return o, from, nil
}
