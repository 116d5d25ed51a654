package bleveindex

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/search/query"
)

// stockIndex is bleve as it comes: its standard analyzer, its facets.
func stockIndex(b *testing.B, n int) bleve.Index {
	b.Helper()
	g, err := generator()
	if err != nil {
		b.Fatal(err)
	}
	m := bleve.NewIndexMapping()
	text, word := bleve.NewTextFieldMapping(), bleve.NewTextFieldMapping()
	word.Analyzer, word.Store = keyword.Name, false
	d := bleve.NewDocumentStaticMapping()
	d.AddFieldMappingsAt("title", text)
	d.AddFieldMappingsAt("body", text)
	for _, f := range shown {
		d.AddFieldMappingsAt(string(f), word)
	}
	m.DefaultMapping = d
	dir := b.TempDir()
	ix, err := bleve.New(filepath.Join(dir, "stock"), m)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := ix.Close(); err != nil {
			b.Error(err)
		}
	})
	var busy, cpu time.Duration
	for from := 0; from < n; from += 1000 {
		batch := ix.NewBatch()
		for i := from; i < min(n, from+1000); i++ {
			if err := batch.Index(fmt.Sprint(i), stockDocument(g.Bulletin(i))); err != nil {
				b.Fatal(err)
			}
		}
		start, used := time.Now(), cpuTime()
		if err := ix.Batch(batch); err != nil {
			b.Fatal(err)
		}
		busy, cpu = busy+time.Since(start), cpu+cpuTime()-used
	}
	b.Logf("stock bleve indexed %d bulletins in %v wall, %v CPU, %d MB", n, busy, cpu, dirSize(b, dir)>>20)
	return ix
}

func stockDocument(b bulletin.Bulletin) map[string]any {
	d := map[string]any{"title": b.Title, "body": b.Body}
	for _, f := range shown {
		d[string(f)] = index.Document{Bulletin: b}.Values(f)
	}
	return d
}

// stockQuery asks the same of stock bleve, as far as it can be asked there.
func stockQuery(n index.Node) query.Query {
	switch n := n.(type) {
	case index.Word:
		return bleve.NewMatchQuery(n.Text)
	case index.And:
		q := bleve.NewBooleanQuery()
		for _, c := range n {
			if not, ok := c.(index.Not); ok {
				q.AddMustNot(stockQuery(not.Child))
			} else {
				q.AddMust(stockQuery(c))
			}
		}
		return q
	case index.Or:
		var all []query.Query
		for _, c := range n.Children {
			all = append(all, stockQuery(c))
		}
		q := bleve.NewDisjunctionQuery(all...)
		q.SetMin(float64(n.Min))
		return q
	case index.Phrase:
		text := ""
		for _, w := range n.Words {
			text += " " + w.Text
		}
		return bleve.NewMatchPhraseQuery(text)
	}
	return bleve.NewMatchAllQuery()
}

// BenchmarkStock measures stock bleve on the classes that it knows.
func BenchmarkStock(b *testing.B) {
	g, err := generator()
	if err != nil {
		b.Fatal(err)
	}
	ix := stockIndex(b, *benchCount)
	known := map[string]bool{
		"everything": true, "word": true, "words-2": true, "words-3": true, "words-6": true, "or-4": true,
		"not": true, "phrase-2": true, "phrase-4": true, "phrase-official": true,
	}
	for _, facets := range []bool{false, true} {
		a := asked{g, *benchCount, rand.New(rand.NewPCG(1, 2))}
		for _, c := range a.classes() {
			if !known[c.name] {
				continue
			}
			name := c.name
			if facets {
				name += "/faceted"
			}
			b.Run(name, func(b *testing.B) {
				var wall, cpu []time.Duration
				for b.Loop() {
					req := bleve.NewSearchRequest(stockQuery(c.ask().Root))
					if facets {
						for _, f := range shown {
							req.AddFacet(string(f), bleve.NewFacetRequest(string(f), 20))
						}
					}
					start, used := time.Now(), cpuTime()
					if _, err := ix.Search(req); err != nil {
						b.Fatal(err)
					}
					wall, cpu = append(wall, time.Since(start)), append(cpu, cpuTime()-used)
				}
				report(b, wall, cpu)
			})
		}
	}
}
