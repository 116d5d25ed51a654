// Package eval measures the ranking on judged queries, through the path that
// the service uses.
package eval

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/query"
)

// depth is how many hits are judged.
const depth = 10

// longestLine is how long a line of a corpus may be, in bytes.
const longestLine = 16 << 20

// Measures are means over the judged queries.
type Measures struct {
	Documents int     `json:"documents"`
	Queries   int     `json:"queries"`
	Recall    float64 `json:"recall@10"`
	MRR       float64 `json:"mrr@10"`
	NDCG      float64 `json:"ndcg@10"` // gain 2^grade-1, discount log2(rank+1)
	Relaxed   int     `json:"relaxed"` // queries that nothing matched as typed
	Empty     int     `json:"empty"`   // queries that found nothing at all
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
}

// Typists are the ways in which people type the same words.
var Typists = map[string]func(string) string{
	"as-is":    func(s string) string { return s },
	"stripped": vi.Fold,
	"half":     halfStripped,
}

// halfStripped takes the accents off every second word that has any.
func halfStripped(s string) string {
	words := strings.Split(s, " ")
	n := 0
	for i, w := range words {
		if vi.Fold(w) == strings.ToLower(w) {
			continue
		}
		if n++; n%2 == 0 {
			words[i] = vi.Fold(w)
		}
	}
	return strings.Join(words, " ")
}

// Line is one document or query.
type Line struct{ ID, Title, Text string }

// Run asks the judged queries of dir, which holds corpus.jsonl, queries.jsonl and
// qrels.tsv, over an index of its corpus in memory. retype says how their words
// are typed, see [Typists].
func Run(ctx context.Context, dir string, retype func(string) string) (m Measures, err error) {
	ix, err := bleveindex.OpenMemory(bleveindex.Options{})
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, ix.Close()) }()
	if m.Documents, err = Load(ctx, ix, filepath.Join(dir, "corpus.jsonl")); err != nil {
		return m, err
	}
	err = m.Judge(ctx, ix, dir, retype)
	return m, err
}

// Judge asks the judged queries of dir.
func (m *Measures) Judge(ctx context.Context, ix index.Index, dir string, retype func(string) string) error {
	judged, err := Judgements(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		return err
	}
	var took []float64
	err = EachLine(filepath.Join(dir, "queries.jsonl"), func(_ []byte, q Line) error {
		grades := judged[q.ID]
		if len(grades) == 0 {
			return nil
		}
		start := time.Now()
		res, err := Find(ctx, ix, retype(q.Text))
		if err != nil {
			return fmt.Errorf("query %s: %w", q.ID, err)
		}
		took = append(took, float64(time.Since(start).Microseconds())/1000)
		m.Add(res, grades)
		return nil
	})
	if err != nil {
		return err
	}
	if m.Queries == 0 {
		return fmt.Errorf("%s: no query has a judged document", dir)
	}
	n := float64(m.Queries)
	m.Recall, m.MRR, m.NDCG = m.Recall/n, m.MRR/n, m.NDCG/n
	slices.Sort(took)
	m.P50, m.P99 = took[len(took)/2], took[len(took)*99/100]
	return nil
}

// Find asks as the service does, for the hits that are judged.
func Find(ctx context.Context, ix index.Index, text string) (index.Result, error) {
	q := query.Parse(text).Query()
	q.Size = depth
	return index.Run(ctx, ix, q)
}

// Load puts the documents of a corpus into an index and returns how many. A line
// may hold facts beside id, title and text; absent ones are read from the text.
func Load(ctx context.Context, ix index.Index, file string) (n int, err error) {
	var batch []bulletin.Change
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := ix.Apply(ctx, batch, batch[len(batch)-1].Seq)
		batch = nil
		return err
	}
	err = EachLine(file, func(raw []byte, d Line) error {
		n++
		b := &bulletin.Bulletin{}
		if err := json.Unmarshal(raw, b); err != nil {
			return fmt.Errorf("%s: document %s: %w", file, d.ID, err)
		}
		if d.Text != "" {
			b.Body = d.Text
		}
		facts.ReadFacts(b, facts.Hint{Province: b.Province})
		if batch = append(batch, bulletin.Change{Seq: int64(n), ID: d.ID, Bulletin: b, Group: d.ID}); len(batch) < 1000 {
			return nil
		}
		return flush()
	})
	if err != nil {
		return n, err
	}
	return n, flush()
}

// EachLine calls f with each line of a corpus or of queries.
func EachLine(file string, f func(raw []byte, l Line) error) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		var l Line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil || l.ID == "" {
			return fmt.Errorf("%s: line %d: %w", file, n, cmp.Or(err, errors.New("no id")))
		}
		if err := f(lines.Bytes(), l); err != nil {
			return err
		}
	}
	return lines.Err()
}

// Judgements reads the grades of documents, by query and document.
func Judgements(file string) (map[string]map[string]int, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	judged := map[string]map[string]int{}
	n := 0
	for l := range strings.Lines(string(text)) {
		n++
		f := strings.Fields(l)
		if len(f) == 0 {
			continue
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("%s: line %d: want query, document, grade", file, n)
		}
		grade, err := strconv.Atoi(f[2])
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: grade %q is no number", file, n, f[2])
		}
		if judged[f[0]] == nil {
			judged[f[0]] = map[string]int{}
		}
		judged[f[0]][f[1]] = grade
	}
	return judged, nil
}

// Add counts one query with the grades of documents.
func (m *Measures) Add(res index.Result, grades map[string]int) {
	m.Queries++
	if res.Relaxed != "" {
		m.Relaxed++
	}
	if res.Total == 0 {
		m.Empty++
	}
	var relevant, found int
	var ideal []int
	for _, g := range grades {
		if g > 0 {
			relevant++
			ideal = append(ideal, g)
		}
	}
	slices.SortFunc(ideal, func(a, b int) int { return cmp.Compare(b, a) })
	var gain, best, first float64
	for i, h := range res.Hits {
		g := grades[h.ID]
		if g > 0 {
			found++
			if first == 0 {
				first = 1 / float64(i+1)
			}
		}
		gain += discounted(g, i)
	}
	for i, g := range ideal[:min(len(ideal), depth)] {
		best += discounted(g, i)
	}
	m.MRR += first
	if relevant > 0 {
		m.Recall += float64(found) / float64(min(relevant, depth))
		m.NDCG += gain / best
	}
}

func discounted(grade, rank int) float64 {
	return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(rank)+2)
}
