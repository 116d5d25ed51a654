package index

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// shorten leaves of a query with too many parts the rarest: those that no
// bulletin has are the first to go.
func (r *reader) shorten(ctx context.Context) error {
	if Size(r.query.Root) <= MostWords && nodes(r.query.Root) <= mostNodes {
		return nil
	}
	distinct := map[string]Node{}
	var looked []Node
	eachPart(r.query.Root, func(n Node) {
		if name := nameOf(n); distinct[name] == nil && len(looked) < mostLooked {
			distinct[name] = n
			looked = append(looked, n)
		}
	})
	counts, err := r.ix.Counts(ctx, looked)
	if err != nil {
		return err
	}
	order := make([]int, len(looked))
	for i := range order {
		order[i] = i
		if counts[i] == 0 {
			counts[i] = math.MaxInt
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return counts[a] - counts[b] })
	kept := map[string]bool{}
	size, all := 0, 0
	for _, i := range order {
		size, all = size+Size(looked[i]), all+nodes(looked[i])
		if size > MostWords || all > mostNodes {
			break
		}
		kept[nameOf(looked[i])] = true
	}
	r.query.Root = pruned(r.query.Root, kept)
	return nil
}

// nodes counts n and all below.
func nodes(n Node) int {
	total := 1
	for _, c := range Children(n) {
		total += nodes(c)
	}
	return total
}

func nameOf(n Node) string { return fmt.Sprintf("%#v", n) }

// eachPart calls f with the parts of n that may be left out.
func eachPart(n Node, f func(Node)) {
	switch o := n.(type) {
	case nil:
	case And:
		for _, c := range o {
			eachPart(c, f)
		}
	case Or:
		if o.Best || filters(n) {
			f(n)
			return
		}
		for _, c := range o.Children {
			eachPart(c, f)
		}
	default:
		if !filters(n) {
			f(n)
		}
	}
}

// pruned is n with no parts but those that are kept, each once, and its filters.
func pruned(n Node, kept map[string]bool) Node {
	switch o := n.(type) {
	case nil:
		return nil
	case And:
		return And(eachPruned(o, kept))
	case Or:
		if !o.Best && !filters(n) {
			if o.Children = eachPruned(o.Children, kept); len(o.Children) == 0 {
				return nil
			}
			return o
		}
	}
	name := nameOf(n)
	if filters(n) || kept[name] {
		delete(kept, name)
		return n
	}
	return nil
}

func eachPruned(nodes []Node, kept map[string]bool) []Node {
	var out []Node
	for _, n := range nodes {
		if n = pruned(n, kept); n != nil {
			out = append(out, n)
		}
	}
	return out
}
