package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/crawler/archive/archivetest"
	"bantin/indexer/index/opensearch/opensearchtest"
	"bantin/testdata/sites"
)

// TestScale is the whole of it: three nodes of OpenSearch, PostgreSQL, two crawlers,
// two indexers of which one stands by, two services, over the sample portals. While
// it is searched, one of each is killed in turn, and PostgreSQL crashes, which no
// process of ours ends with. No answer has a wrong total, nothing is lost or there twice, and in the end every judged
// question, however it is typed, is answered as the embedded engine answers it.
func TestScale(t *testing.T) {
	p := startPlant(t)
	p.await(0, "the start of the services")
	stop := make(chan struct{})
	var searching sync.WaitGroup
	for range 2 {
		searching.Go(func() { p.load(stop) })
	}
	done := 0
	for _, blow := range []struct {
		what string
		ours bool // a process of ours
		do   func()
	}{
		{"a crawler", true, p.crawlers[0].kill},
		{"the indexer that writes", true, func() { p.writer().kill() }},
		{"a service", true, p.services[0].kill},
		{"the manager of the nodes", false, func() {
			manager := p.nodes.Manager()
			p.nodes.Kill(manager)
			p.nodes.Restart(manager)
		}},
		{"PostgreSQL", false, func() {
			if err := errors.Join(p.database.Stop(), p.database.Start()); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		began := time.Now()
		before := p.want.least
		for _, id := range p.portals[done : done+2] {
			p.bantin("site", "resume", id)
			p.expect(0, p.articles[id])
		}
		done += 2
		p.await(before+3, "the round before "+blow.what+" is killed")
		starts := p.starts()
		blow.do()
		p.await(p.want.most, "the end of the round in which "+blow.what+" was killed")
		if n := p.starts() - starts; n > 0 && !blow.ours {
			t.Errorf("%d processes ended with %s", n, blow.what)
		}
		p.expect(p.want.most-before, 0)
		t.Logf("%s killed at %d bulletins: all %d found %.1f s after the round began", blow.what, before, p.want.most, time.Since(began).Seconds())
	}
	close(stop)
	searching.Wait()
	if t.Logf("%d searches answered", p.answered); len(p.refusals) > 0 {
		t.Errorf("searches that neither service answered: %v", p.refusals)
	}
	p.nothingLostOrTwice()
	p.answersAlike()
}

// plant is what TestScale runs.
type plant struct {
	*testing.T
	nodes     *opensearchtest.Cluster
	database  *archivetest.Server
	db        string // address of the archive
	crawlers  []*supervised
	indexers  []*supervised
	services  []*supervised
	addresses []string // of the services
	common    []string // flags of all commands
	portals   []string // ids, in the order in which they are resumed
	articles  map[string]int
	visits    []*visits

	mu       sync.Mutex
	want     struct{ least, most int } // totals that are right now
	answered int
	refusals map[string]int
}

func startPlant(t *testing.T) *plant {
	p := &plant{T: t, nodes: opensearchtest.Start(t, 3), database: archivetest.Postgres(t), articles: map[string]int{}, refusals: map[string]int{}}
	dir := t.TempDir()
	p.db = p.database.Place(t)
	p.serveSamples(filepath.Join(dir, "sites"))
	p.common = []string{
		"--data", filepath.Join(dir, "data"), "--sites", filepath.Join(dir, "sites"), "--db", p.db,
		"--engine", "opensearch", "--engine-url", strings.Join(p.nodes.Addresses, ","), "--engine-shards", "3", "--engine-replicas", "1",
	}
	for _, id := range p.portals {
		p.bantin("site", "pause", id)
	}
	p.bantin("index")
	for i := range 2 {
		own := filepath.Join(dir, fmt.Sprint("process-", i))
		address := freeAddress(t)
		p.addresses = append(p.addresses, "http://"+address)
		p.crawlers = append(p.crawlers, p.supervise(fmt.Sprint("crawler ", i+1), own, "crawl", "--every", "1h", "--allow-private"))
		p.indexers = append(p.indexers, p.supervise(fmt.Sprint("indexer ", i+1), own, "index", "--follow"))
		p.services = append(p.services, p.supervise(fmt.Sprint("service ", i+1), own, "serve", "--listen", address, "--rate", "0"))
	}
	return p
}

// serveSamples serves the sample portals and writes their profiles.
func (p *plant) serveSamples(folder string) {
	portals, err := sites.Portals()
	if err != nil {
		p.Fatal(err)
	}
	for _, portal := range portals {
		v := visit(p.T, portal)
		p.visits = append(p.visits, v)
		text := strings.ReplaceAll(string(portal.Profile), "http://"+portal.Name+".localhost", v.URL)
		writeProfile(p.T, folder, portal.Name, text+"\npace: 100ms\n")
		var articles []json.RawMessage
		if err := json.Unmarshal(portal.Want, &articles); err != nil {
			p.Fatal(err)
		}
		id := idOfProfile(text)
		p.portals = append(p.portals, id)
		p.articles[id] = len(articles)
	}
}

func idOfProfile(text string) string {
	for line := range strings.Lines(text) {
		if id, ok := strings.CutPrefix(line, "id: "); ok {
			return strings.TrimSpace(id)
		}
	}
	return ""
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (p *plant) supervise(name, data string, args ...string) *supervised {
	p.Helper()
	return supervise(p.T, name, append(append(args, p.common...), "--data", data)...)
}

func (p *plant) bantin(args ...string) {
	p.Helper()
	if code, out, errs := bantin(p.T, append(args, p.common...)...); code != 0 {
		p.Fatalf("%q: exit %d: %s%s", args, code, out, errs)
	}
}

// starts is how often the processes were started.
func (p *plant) starts() (n int) {
	for _, s := range slices.Concat(p.crawlers, p.indexers, p.services) {
		s.mu.Lock()
		n += s.starts
		s.mu.Unlock()
	}
	return n
}

// writer is the indexer that writes.
func (p *plant) writer() *supervised {
	for p.Context().Err() == nil {
		for _, s := range p.indexers {
			if s.said("this process writes the index") {
				return s
			}
		}
	}
	return nil
}

// expect moves the totals that are right.
func (p *plant) expect(least, most int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.want.least += least
	p.want.most += most
}

// patience is how long a round may take.
const patience = 3 * time.Minute

// await waits until both services find so many bulletins.
func (p *plant) await(n int, what string) {
	p.Helper()
	deadline := time.Now().Add(patience)
	for _, a := range p.addresses {
		for {
			got, err := p.ask(a, "", 0)
			if err == nil && got.Total >= n {
				break
			}
			if time.Now().After(deadline) {
				p.Fatalf("%s: %s finds %d, want %d: %v", what, a, got.Total, n, err)
			}
			<-time.After(50 * time.Millisecond) // the service is polled: over HTTP there is no event to wait for
		}
	}
}

// load searches both services in turn until stop, as behind a load balancer, and
// holds every total against what is right.
func (p *plant) load(stop chan struct{}) {
	seen := map[string]int{} // the last total of each service
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		default:
		}
		p.mu.Lock()
		least := p.want.least
		p.mu.Unlock()
		address := p.addresses[i%2]
		got, err := p.ask(address, "", 10)
		if err != nil { // as a load balancer does
			address = p.addresses[(i+1)%2]
			got, err = p.ask(address, "", 10)
		}
		p.mu.Lock()
		most := p.want.most
		if err != nil {
			p.refusals[err.Error()]++
		} else {
			p.answered++
		}
		p.mu.Unlock()
		if err != nil {
			continue
		}
		if got.Total < max(least, seen[address]) || got.Total > most || len(got.Hits) > 10 {
			p.Errorf("%s finds %d, of which %d are shown, after it found %d; right is %d to %d", address, got.Total, len(got.Hits), seen[address], least, most)
			return
		}
		seen[address] = got.Total
	}
}
