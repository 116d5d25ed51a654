package archive

import (
	"bytes"
	"context"
	"time"
)

// A site's dictionary is made from its last dictionaryPages pages and holds at
// most dictionarySize bytes.
const (
	dictionaryPages = 24
	dictionarySize  = 64 << 10
)

// learn makes the dictionary of a site once it has enough pages. Pages stored
// before stay as they are.
func (a *Archive) learn(ctx context.Context, site string) error {
	c := a.codec
	c.mu.Lock()
	id := c.current[site]
	c.waiting[site]++
	ripe := id == 0 && c.waiting[site] >= dictionaryPages
	if ripe {
		c.waiting[site] = 0
	}
	c.mu.Unlock()
	if !ripe {
		return nil
	}
	pages, err := a.lastBodies(ctx, site, dictionaryPages)
	if err != nil {
		return err
	}
	dictionary := buildDictionary(pages)
	if len(pages) < dictionaryPages || dictionary == nil {
		return nil
	}
	err = a.update(ctx, func(t *tx) error {
		return t.row(`insert into dictionary (site, version, made, body)
			values ($1, (select coalesce(max(version), 0) + 1 from dictionary where site = $1), $2, $3) returning id`,
			[]any{site, time.Now().UnixMilli(), dictionary}, &id)
	})
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.current[site] = id
	return nil
}

// lastBodies returns the newest pages of a site, at most a few megabytes.
func (a *Archive) lastBodies(ctx context.Context, site string, n int) (bodies [][]byte, err error) {
	type row struct {
		dictionary int64
		body       []byte
	}
	var rows []row
	rs, err := a.read.QueryContext(ctx, `select c.dictionary, c.body from page p join content c on c.id = p.content
		where p.site = $1 and c.size < 1000000 order by p.id desc limit $2`, site, n)
	if err != nil {
		return nil, explain(err)
	}
	var r row
	err = scan(rs, func() error {
		rows = append(rows, row{r.dictionary, bytes.Clone(r.body)})
		return nil
	}, &r.dictionary, &r.body)
	if err != nil {
		return nil, explain(err)
	}
	for _, r := range rows {
		body, err := a.unpack(ctx, r.dictionary, r.body)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, body)
	}
	return bodies, nil
}

// buildDictionary collects the stretches that pages have in common, each once,
// the ones most shared at the end, where zstd reaches them at least cost. It
// returns nil when the pages have hardly anything in common.
func buildDictionary(pages [][]byte) []byte {
	shared := map[string]int{}
	for _, p := range pages {
		seen := map[string]bool{}
		for piece := range bytes.SplitAfterSeq(p, []byte(">")) {
			if len(piece) >= 4 && len(piece) <= 4096 && !seen[string(piece)] {
				seen[string(piece)] = true
				shared[string(piece)]++
			}
		}
	}
	var once [][]byte
	size, placed := 0, map[string]bool{}
	for _, p := range pages {
		for piece := range bytes.SplitAfterSeq(p, []byte(">")) {
			if shared[string(piece)] < 2 || placed[string(piece)] || size+len(piece) > dictionarySize {
				continue
			}
			placed[string(piece)] = true
			size += len(piece)
			once = append(once, piece)
		}
	}
	if size < 256 {
		return nil
	}
	return bytes.Join(once, nil)
}
