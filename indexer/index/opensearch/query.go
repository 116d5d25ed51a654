package opensearch

import (
	"maps"
	"slices"
	"time"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

var (
	everything = m{"match_all": m{}}
	nothing    = m{"match_none": m{}}
)

// match is the query that finds what n asks for, to be used as a filter.
func match(n index.Node) m {
	switch n := n.(type) {
	case index.Word:
		return inFields(n.Field, func(f index.TextField) m { return term(wordColumn(n.Accented, f), n.Text) })
	case index.Prefix:
		return inFields(n.Field, func(f index.TextField) m {
			return m{"prefix": m{wordColumn(n.Accented, f): m{"value": n.Text}}}
		})
	case index.Key:
		return inFields(n.Field, func(f index.TextField) m {
			tokens, _ := columns(index.Keys, f)
			return term(tokens, wiredToken(n.Text))
		})
	case index.Phrase:
		if len(n.Words) == 0 {
			return nothing
		}
		return inFields(n.Field, func(f index.TextField) m { return phrase(n.Words, f) })
	case index.Term:
		return having(n.Field, []string{n.Value})
	case index.And:
		if len(n) > 0 {
			return all(matches(n))
		}
	case index.Or:
		children, atLeast := matches(n.Children), max(1, n.Min)
		switch {
		case n.Weights != nil:
			return weighing(children, n.Weights, atLeast)
		case atLeast > len(children):
			return nothing
		}
		return anyOf(children, atLeast)
	case index.Not:
		return m{"bool": m{"must_not": []m{match(n.Child)}}}
	}
	return everything // nil; there are no other nodes
}

func matches(nodes []index.Node) []m {
	out := make([]m, len(nodes))
	for i, n := range nodes {
		out[i] = match(n)
	}
	return out
}

func all(queries []m) m { return m{"bool": m{"filter": queries}} }

func anyOf(queries []m, atLeast int) m {
	if len(queries) == 1 {
		return queries[0]
	}
	return m{"bool": m{"should": queries, "minimum_should_match": atLeast}}
}

// weighing finds the documents that match queries of so much weight together.
func weighing(queries []m, weights []int, atLeast int) m {
	if len(queries) == 0 {
		return nothing
	}
	should := make([]m, len(queries))
	for i, q := range queries {
		should[i] = m{"constant_score": m{"filter": q, "boost": weights[i]}}
	}
	return m{"function_score": m{"query": m{"bool": m{"should": should}}, "min_score": atLeast}}
}

func term(field, value string) m { return m{"term": m{field: value}} }

func inFields(where index.TextField, query func(index.TextField) m) m {
	var out []m
	for _, f := range index.TextFields {
		if where.In(f) {
			out = append(out, query(f))
		}
	}
	return anyOf(out, 1)
}

// phrase finds the words next to each other in one field. Where some are
// accented and some are not the places of one stream stand for the other's: they
// are the same.
func phrase(words []index.Word, where index.TextField) m {
	first := wordColumn(words[0].Accented, where)
	if len(words) == 1 {
		return term(first, words[0].Text)
	}
	spans := make([]m, len(words))
	for i, w := range words {
		own := wordColumn(w.Accented, where)
		spans[i] = spanTerm(own, w.Text)
		if own != first {
			spans[i] = m{"field_masking_span": m{"query": spans[i], "field": first}}
		}
	}
	return m{"span_near": m{"clauses": spans, "slop": 0, "in_order": true}}
}

// inARow finds words, parted by spaces, next to each other.
func inARow(field, words string) m { return m{"match_phrase": m{field: words}} }

// spanTerm finds a word as a part of a phrase, where it may be a vi.Part.
func spanTerm(field, word string) m {
	own := m{"span_term": m{field: word}}
	if !vi.IsPart(word) {
		return own
	}
	return m{"span_or": m{"clauses": []m{own, {"span_term": m{field: partMark + word}}}}}
}

// having finds the documents with one of the values. That of a citation stands
// for every document whose key it begins.
func having(f index.Field, values []string) m {
	own := m{"terms": m{string(f): values}}
	if f == index.Cites {
		return anyOf([]m{own, {"terms": m{stemField: values}}}, 1)
	}
	return own
}

// filters are those of q on root and dates, in whole seconds upwards, and those on
// its fields but the ones left out.
func filters(q index.Query, leftOut ...index.Field) []m {
	out := []m{match(q.Root)}
	bounds := m{}
	for bound, at := range map[string]time.Time{"gte": q.From, "lt": q.To} {
		if !at.IsZero() {
			bounds[bound] = at.Add(time.Second - 1).Unix()
		}
	}
	if len(bounds) > 0 {
		out = append(out, m{"range": m{dateField: bounds}})
	}
	return append(out, chosen(q.Filters, leftOut...)...)
}

// chosen are the filters on fields but the ones left out, always in one order:
// what is asked in the same words is answered from the cache.
func chosen(by map[index.Field][]string, leftOut ...index.Field) []m {
	out := []m{}
	for _, f := range slices.Sorted(maps.Keys(by)) {
		if len(by[f]) > 0 && !slices.Contains(leftOut, f) {
			out = append(out, having(f, by[f]))
		}
	}
	return out
}
