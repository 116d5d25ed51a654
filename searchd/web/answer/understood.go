package answer

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bantin/indexer/index"
	"bantin/searchd/query"
)

// understood is what of a question was read, less the documents that nothing
// in the index cites: a question names the number, the index knows whose.
func (s *Service) understood(ctx context.Context, parsed query.Parsed) ([]query.Understood, error) {
	var documents []index.Node
	for _, u := range parsed.Understood {
		if u.Field == index.Cites {
			documents = append(documents, index.Term{Field: index.Cites, Value: u.Value})
		}
	}
	if len(documents) == 0 {
		return parsed.Understood, nil
	}
	counts, err := s.Index.Counts(ctx, documents)
	if err != nil {
		return nil, err
	}
	next := 0
	return slices.DeleteFunc(slices.Clone(parsed.Understood), func(u query.Understood) bool {
		if u.Field != index.Cites {
			return false
		}
		next++
		return counts[next-1] == 0
	}), nil
}

// Understood writes what was read for people.
func (l Labels) Understood(ctx context.Context, u query.Understood) string {
	switch u.Field {
	case query.From, query.To:
		return l.T("facet."+string(u.Field)) + " " + l.DayOf(u.Value)
	case index.Day:
		parts := strings.Split(u.Value, "-")
		slices.Reverse(parts)
		return l.T("understood.day"+strconv.Itoa(len(parts)), strings.Join(parts, "/"))
	}
	return l.Value(ctx, u.Field, u.Value)
}

// Meant returns the documents that the question means, at most so many.
func (s *Service) Meant(ctx context.Context, a Found, most int) []Document {
	var out []Document
	for _, u := range a.Understood {
		if u.Field == index.Cites && len(out) < most {
			for _, key := range s.dated(ctx, u.Value) {
				out = append(out, s.Document(ctx, key))
			}
		}
	}
	return out[:min(len(out), most)]
}

// dated are the keys of the index that a stem stands for.
func (s *Service) dated(ctx context.Context, stem string) []string {
	counts, err := s.DocumentCounts(ctx)
	if err != nil {
		return nil
	}
	var out []string
	for _, n := range counts {
		if CitesKey(n.Value, stem) {
			out = append(out, n.Value)
		}
	}
	return out
}

// pasted is the bulletin whose address was pasted as the whole question, its
// portal's or the one here; empty when the question is none or nobody knows it.
func (s *Service) pasted(ctx context.Context, text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(text, " \n\t") {
		return "", nil //nolint:nilerr // what is no address is a question
	}
	if id, ok := strings.CutPrefix(u.Path, "/bulletins/"); ok {
		if counts, err := s.Index.Counts(ctx, []index.Node{index.Term{Field: index.ID, Value: id}}); err != nil || counts[0] > 0 {
			return id, err
		}
	}
	id, err := s.Store.ByAddress(Lasting(ctx), text)
	if s.Missing(err) {
		return "", nil
	}
	return id, err
}
