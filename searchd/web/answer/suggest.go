package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
)

// ofQuestion is the kind of a suggestion that goes on with several ideas: its
// text is the whole question.
const ofQuestion = "question"

// Bounds of suggesting.
const (
	mostIdeas     = 3 // questions of several ideas that are suggested
	longestIdea   = 4 // words at the end that may be the beginning of a name
	mostSuggested = 2 // documents that are meant
)

// Suggest completes what was typed so far: the documents that it names first,
// then what the index completes, then the last idea of a question of several
// ("giao ban mttq tuy" goes on to the place).
func (s *Service) Suggest(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	parsed := query.Parse(typed)
	known, err := s.understood(ctx, parsed)
	if err != nil {
		return nil, err
	}
	var out []index.Suggestion
	for _, d := range s.Meant(ctx, Found{Understood: known}, mostSuggested) {
		out = append(out, index.Suggestion{Text: d.Label, Kind: "document", Value: d.Key, Count: d.Count})
	}
	if len(known) == 1 && known[0].Text == parsed.Text && known[0].Field != index.Cites {
		typed = usualName(known[0]) // in short, or in English
	}
	whole, err := s.Index.Suggest(ctx, typed, n)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(whole, func(o index.Suggestion) bool { return o.Kind == "title" })
	if at < 0 {
		at = len(whole)
	}
	var ideas []index.Suggestion
	if at == 0 {
		if ideas, err = s.ideas(ctx, parsed.Text, known); err != nil {
			return nil, err
		}
	}
	for _, o := range slices.Concat(whole[:at], ideas, whole[at:]) {
		if !slices.ContainsFunc(out, func(p index.Suggestion) bool { return p.Kind == o.Kind && p.Value == o.Value && p.Text == o.Text }) {
			out = append(out, o)
		}
	}
	return out[:min(len(out), n)], nil
}

// usualName is that of a province or body which was understood, else what was
// typed.
func usualName(u query.Understood) string {
	if u.Field == index.Province {
		return bulletin.ProvinceLabel(u.Value)
	}
	if o, ok := bulletin.OrganizationByID(u.Value); ok && u.Field == index.Org {
		return o.Label
	}
	return u.Text
}

// ideas completes the name that the last words of a question begin, and keeps
// what finds something as it stands. No name that was understood is cut.
func (s *Service) ideas(ctx context.Context, typed string, known []query.Understood) ([]index.Suggestion, error) {
	words := strings.Fields(typed)
	for k := min(longestIdea, len(words)-1); k > 0; k-- {
		head, tail := strings.Join(words[:len(words)-k], " "), strings.Join(words[len(words)-k:], " ")
		at := len(typed) - len(tail)
		if len(tail) < 2 || !strings.HasSuffix(typed, tail) || slices.ContainsFunc(known, func(u query.Understood) bool { return u.Span.Start < at && at < u.Span.End }) {
			continue
		}
		names, err := s.Index.Suggest(ctx, tail, 2*mostIdeas)
		if err != nil {
			return nil, err
		}
		names = slices.DeleteFunc(names, func(o index.Suggestion) bool { return o.Kind == "title" })
		var out []index.Suggestion
		var roots []index.Node
		for _, o := range names {
			text := head + " " + o.Text
			out = append(out, index.Suggestion{Text: text, Kind: ofQuestion})
			roots = append(roots, query.Parse(text).Root)
		}
		if len(roots) == 0 {
			continue
		}
		counts, err := s.Index.Counts(ctx, roots)
		if err != nil {
			return nil, err
		}
		for i := range out {
			out[i].Count = counts[i]
		}
		out = slices.DeleteFunc(out, func(o index.Suggestion) bool { return o.Count == 0 })
		if len(out) > 0 {
			slices.SortStableFunc(out, func(a, b index.Suggestion) int { return cmp.Compare(b.Count, a.Count) })
			return out[:min(len(out), mostIdeas)], nil
		}
	}
	return nil, nil
}
