package opensearch

import (
	"context"
	"slices"
	"strconv"
	"time"

	"bantin/indexer/index"
)

// Search implements index.Index.
func (ix *Index) Search(ctx context.Context, q index.Query) (index.Result, error) {
	start := time.Now()
	res, err := ix.search(ctx, q, docField)
	res.Took = time.Since(start)
	return res, err
}

// Counts implements index.Index.
func (ix *Index) Counts(caller context.Context, nodes []index.Node) ([]int, error) {
	ctx, cancel := context.WithTimeout(caller, ix.limits.Time)
	defer cancel()
	out, err := ix.count(ctx, ix.view.Load(), matches(nodes))
	return out, ix.limits.Late(caller, err)
}

// search answers q with as much of the stored documents as source says.
func (ix *Index) search(caller context.Context, q index.Query, source ...string) (index.Result, error) {
	var res index.Result
	if err := caller.Err(); err != nil {
		return res, err
	}
	if err := ix.limits.Check(q); err != nil {
		return res, err
	}
	place, err := ix.limits.Place(q)
	if err != nil {
		return res, err
	}
	from := 0
	if place != nil {
		from = place.Shown
	}
	ctx, cancel := context.WithTimeout(caller, ix.limits.Time)
	defer cancel()
	err = ix.answer(ctx, q, from, source, &res)
	return res, ix.limits.Late(caller, err)
}

// answer fills in res: one request for the hits and one for the facets, sent
// together, then one for the duplicates of the hits.
func (ix *Index) answer(ctx context.Context, q index.Query, from int, source []string, res *index.Result) error {
	v := ix.view.Load()
	list, scored, err := ix.list(ctx, v, q)
	if err != nil {
		return err
	}
	list["from"], list["_source"], list["track_total_hits"] = from, source, true
	if q.Size > 0 {
		list["size"] = q.Size + 1 // one more tells whether there is a next page
		if !q.Expand {
			list["collapse"] = m{"field": clusterField}
		}
	} else {
		list["size"] = 0
	}
	bodies := []m{list}
	if len(q.Facets) > 0 {
		bodies = append(bodies, facetsBody(q))
	}
	replies, err := ix.ask(ctx, v, bodies)
	if err != nil {
		return err
	}
	res.Total = replies[0].Hits.Total.Value
	if len(q.Facets) > 0 {
		if res.Facets, err = ix.facets(ctx, v, q, replies[1].Aggregations); err != nil {
			return err
		}
	}
	page(q, from, replies[0].Hits.Hits, scored, res)
	if q.Expand || len(res.Hits) == 0 {
		return nil
	}
	return ix.duplicates(ctx, v, q, res.Hits)
}

// list is the body of the search for the matches of q in its order.
func (ix *Index) list(ctx context.Context, v *view, q index.Query) (body m, scored bool, err error) {
	should := []m{}
	if q.Sort != index.Newest && q.Sort != index.Oldest {
		if should, err = ix.scoring(ctx, v, q.Root); err != nil {
			return nil, false, err
		}
		scored = len(should) > 0
	}
	for i, asked := range matches(q.Asked) { // they add nothing to a score
		should = append(should, m{"bool": m{"filter": asked, "_name": strconv.Itoa(i)}})
	}
	order := m{dateField: m{"order": "desc", "missing": "_last"}}
	switch {
	case scored:
		order = m{"_score": "desc"}
	case q.Sort == index.Oldest:
		order = m{dateField: m{"order": "asc", "missing": "_last"}}
	}
	matching := m{"filter": filters(q), "should": should, "minimum_should_match": 0}
	return m{"query": m{"bool": matching}, "sort": []m{order, {idField: "asc"}}, "track_scores": scored}, scored, nil
}

// page turns what was found into hits. OpenSearch pages collapsed results by
// number alone, so that is what counts in the cursor.
func page(q index.Query, from int, hits []found, scored bool, res *index.Result) {
	more := len(hits) > q.Size
	for _, h := range hits[:min(len(hits), q.Size)] {
		hit := index.Hit{Document: h.document()}
		if scored {
			hit.Score, _ = h.Sort[0].(float64)
		}
		for i := range q.Asked {
			if !slices.Contains(h.Named, strconv.Itoa(i)) {
				hit.Lacks = append(hit.Lacks, i)
			}
		}
		if q.Snippets {
			index.Illustrate(&hit, q.Root)
		}
		res.Hits = append(res.Hits, hit)
	}
	if more {
		last := res.Hits[len(res.Hits)-1]
		res.Next = index.Cursor{Sort: q.Sort, Key: last.Score, ID: last.ID, Shown: from + len(res.Hits)}.String()
	}
}

// duplicates counts the further matches of the groups and meetings shown.
func (ix *Index) duplicates(ctx context.Context, v *view, q index.Query, hits []index.Hit) error {
	clusters := make([]string, len(hits))
	var each []m // two of a hit: its cluster, and of that its group
	for i, h := range hits {
		clusters[i] = h.Cluster()
		cluster := term(clusterField, clusters[i])
		each = append(each, cluster, all([]m{cluster, term(groupField, h.Group)}))
	}
	counts, err := ix.holding(ctx, v, all(append(filters(q), m{"terms": m{clusterField: clusters}})), each)
	if err != nil {
		return err
	}
	for i, h := range hits {
		hits[i].Duplicates = max(0, counts[2*i+1]-1)
		if h.Meeting != "" {
			hits[i].Sources = counts[2*i]
		}
	}
	return nil
}
