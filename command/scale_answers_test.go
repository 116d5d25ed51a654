package command

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/indexer/index/opensearch"
	"bantin/searchd/eval"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// scaleAnswer is what is compared of an answer.
type scaleAnswer struct {
	Total   int
	Hits    []scaleHit
	Lacking bool
	Facets  map[string][]struct {
		Value string
		Count int
	}
}

type scaleHit struct {
	ID         string
	Score      float64
	Duplicates int
}

func (p *plant) ask(address, question string, size int) (a scaleAnswer, err error) {
	ctx, cancel := context.WithTimeout(p.Context(), 2*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/search?"+url.Values{"q": {question}, "size": {fmt.Sprint(size)}, "values": {"0"}}.Encode(), nil)
	if err != nil {
		return a, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return a, fmt.Errorf("no answer")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return a, fmt.Errorf("status %d", resp.StatusCode)
	}
	err = json.NewDecoder(resp.Body).Decode(&a)
	return a, err
}

// nothingLostOrTwice holds archive and index against the portals.
func (p *plant) nothingLostOrTwice() {
	ar, err := archive.Open(p.Context(), p.db)
	if err != nil {
		p.Fatal(err)
	}
	defer ar.Close()
	kept, addresses := map[string]bool{}, map[string]bool{}
	perSite := map[string]int{}
	for c, err := range ar.Bulletins(p.Context(), archive.Filter{}) {
		if err != nil {
			p.Fatal(err)
		}
		if kept[c.ID] || addresses[c.Bulletin.URL] {
			p.Errorf("%s is there twice", c.Bulletin.URL)
		}
		kept[c.ID], addresses[c.Bulletin.URL] = true, true
		perSite[c.Bulletin.Site]++
	}
	if d := cmp.Diff(p.articles, perSite); d != "" {
		p.Errorf("bulletins of each portal: %s", d)
	}
	client, err := opensearch.NewClient(opensearch.Config{Addresses: p.nodes.Addresses})
	if err != nil {
		p.Fatal(err)
	}
	defer client.Close()
	ix, err := indexer.Attach(p.Context(), opensearch.NewBuilds(client, "bantin", opensearch.Options{}), slog.Default())
	if err != nil {
		p.Fatal(err)
	}
	defer ix.Close()
	found := map[string]bool{}
	err = ix.Each(p.Context(), index.Query{}, func(d index.Document) error {
		if found[d.ID] {
			p.Errorf("%s is in the index twice", d.ID)
		}
		found[d.ID] = true
		return nil
	})
	if d := cmp.Diff(kept, found); err != nil || d != "" {
		p.Errorf("archive and index: %v %s", err, d)
	}
	again := 0
	for _, v := range p.visits {
		v.mu.Lock()
		for what, n := range v.asked {
			if !strings.Contains(what, "robots.txt") {
				again += n - 1
			}
		}
		if v.most > 1 {
			p.Errorf("%d requests in flight at once at %s", v.most, v.URL)
		}
		v.mu.Unlock()
	}
	p.Logf("%d bulletins in archive and index, each once; %d pages fetched again", len(kept), again)
}

// answersAlike asks the services and an embedded engine on the same archive.
func (p *plant) answersAlike() {
	data := p.TempDir()
	flags := []string{"--data", data, "--db", p.db}
	if code, _, errs := bantin(p.T, append([]string{"index"}, flags...)...); code != 0 {
		p.Fatal(errs)
	}
	embedded := startProcess(p.T, append([]string{"serve", "--listen", "127.0.0.1:0", "--rate", "0"}, flags...)...)
	address := <-embedded.address
	asked, hits := 0, 0
	err := eval.EachLine(filepath.Join(judgedDir, "queries.jsonl"), func(_ []byte, q eval.Line) error {
		for _, name := range []string{"as-is", "stripped", "half"} {
			question := eval.Typists[name](q.Text)
			one, err := p.ask(address, question, 20)
			if err != nil {
				return err
			}
			other, err := p.ask(p.addresses[asked%2], question, 20)
			if err != nil {
				return err
			}
			asked++
			hits += len(one.Hits)
			settle(&one)
			settle(&other)
			if d := cmp.Diff(one, other, cmpopts.EquateApprox(0, 1e-4)); d != "" {
				p.Errorf("%s %s: %s", q.ID, name, d)
			}
		}
		return nil
	})
	if err != nil || asked == 0 {
		p.Errorf("%d questions: %v", asked, err)
	}
	p.Logf("%d questions answered alike by both engines: totals, facets, %d hits and their order", asked, hits)
}

// settle puts hits of equal score in the order of their ids.
func settle(a *scaleAnswer) {
	slices.SortStableFunc(a.Hits, func(x, y scaleHit) int {
		if math.Abs(x.Score-y.Score) < 1e-6 {
			return strings.Compare(x.ID, y.ID)
		}
		return 0
	})
}

// visits serves a portal and notes what is asked of it.
type visits struct {
	*httptest.Server
	mu        sync.Mutex
	asked     map[string]int
	now, most int // requests in flight
}

func visit(t *testing.T, h http.Handler) *visits {
	v := &visits{asked: map[string]int{}}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.asked[r.Method+" "+r.URL.RequestURI()]++
		v.now++
		v.most = max(v.most, v.now)
		v.mu.Unlock()
		defer func() {
			v.mu.Lock()
			v.now--
			v.mu.Unlock()
		}()
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(v.Close)
	return v
}
