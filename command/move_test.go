package command

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bantin/crawler/archive/archivetest"
	"bantin/indexer/index/opensearch/opensearchtest"
	"bantin/searchd/eval"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// home is where an archive and its index are, and the processes that work there.
type home struct {
	name      string
	flags     []string
	service   []string
	others    [][]string
	processes []*upProcess
	address   string
}

// mover moves one archive between homes while it is searched.
type mover struct {
	*plant
	sites string

	mu      sync.RWMutex // read while a search is on its way, which a load balancer lets end
	address string       // of the service that people reach
}

// TestMove moves a running archive as docs/scale.md says, from a file into PostgreSQL
// and OpenSearch and back. Searches go on throughout and find what is right, both
// homes answer alike before people reach the new one, and crawls go on in it.
func TestMove(t *testing.T) {
	dir, node := t.TempDir(), opensearchtest.Address(t)
	name := fmt.Sprintf("move-%d", time.Now().UnixNano())
	t.Cleanup(func() { remove(t, node+"/"+name+"-*") })
	m := &mover{plant: &plant{T: t, articles: map[string]int{}}, sites: filepath.Join(dir, "sites")}
	m.serveSamples(m.sites)
	serve := []string{"serve", "--listen", "127.0.0.1:0", "--rate", "0"}
	up := []string{"up", "--listen", "127.0.0.1:0", "--rate", "0", "--allow-private", "--backup-dir", ""}
	homes := []*home{
		{name: "a file", flags: []string{"--data", filepath.Join(dir, "one")}, service: up},
		{
			name: "a cluster", service: serve,
			flags: []string{
				"--data", filepath.Join(dir, "two"), "--db", archivetest.Postgres(t).Place(t),
				"--engine", "opensearch", "--engine-url", node, "--engine-index", name, "--engine-shards", "3", "--engine-replicas", "0",
			},
			others: [][]string{{"index", "--follow"}, {"crawl", "--every", "1h", "--allow-private"}},
		},
		{name: "a file again", flags: []string{"--data", filepath.Join(dir, "three")}, service: up},
	}
	const each = 2 // portals more after every move
	for _, id := range m.portals {
		m.in(homes[0], "site", "pause", id)
	}
	m.start(homes[0], homes[0].service)
	m.reach(homes[0])
	m.resume(homes[0], m.portals[:each])
	stop := make(chan struct{})
	var searching sync.WaitGroup
	for range 2 {
		searching.Go(func() { m.search(stop) })
	}
	for i, to := range homes[1:] {
		m.move(homes[i], to, filepath.Join(dir, fmt.Sprint("dump-", i)))
		m.resume(to, m.portals[:(i+2)*each])
	}
	close(stop)
	searching.Wait()
	t.Logf("%d searches answered while %d bulletins moved and came", m.answered, m.want.most)
}

// move is the way of docs/scale.md.
func (m *mover) move(from, to *home, dump string) {
	m.Helper()
	for _, id := range m.portals {
		m.in(from, "site", "pause", id)
	}
	m.in(from, "export", "--format", "archive", "-o", dump)
	m.in(to, "restore", dump)
	m.in(to, "index")
	m.start(to, to.service)
	m.alike(from, to)
	m.in(to, "doctor", "--offline", "--listen", "127.0.0.1:0")
	m.reach(to)
	for _, args := range to.others {
		m.start(to, args)
	}
	for _, p := range from.processes {
		if err := p.Process.Signal(syscall.SIGTERM); err != nil {
			m.Error(err)
		}
	}
}

// in runs a command at a home.
func (m *mover) in(h *home, args ...string) string {
	m.Helper()
	code, out, errs := bantin(m.T, slices.Concat(args, h.flags, []string{"--sites", m.sites})...)
	if code != 0 {
		m.Fatalf("%s: %q: exit %d: %s%s", h.name, args, code, out, errs)
	}
	return out
}

// start starts a process of a home; the first is its service.
func (m *mover) start(h *home, args []string) {
	m.Helper()
	p := startProcess(m.T, slices.Concat(args, h.flags, []string{"--sites", m.sites})...)
	if h.processes = append(h.processes, p); len(h.processes) == 1 {
		h.address = <-p.address
	}
}

// reach points the load balancer at a home.
func (m *mover) reach(h *home) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.addresses = []string{h.address}
	m.address = h.address
}

// resume resumes portals and waits until all that they have is found.
func (m *mover) resume(h *home, ids []string) {
	m.Helper()
	sum := 0
	for _, id := range ids {
		sum += m.articles[id]
	}
	before := m.want.most
	m.expect(0, sum-before)
	for _, id := range ids {
		m.in(h, "site", "resume", id)
	}
	m.await(sum, "what "+fmt.Sprint(ids)+" have in "+h.name)
	m.expect(sum-before, 0)
}

// search searches until stop where people reach the service. None is refused, and
// none finds less than was there or more than there is.
func (m *mover) search(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		m.plant.mu.Lock()
		least := m.want.least
		m.plant.mu.Unlock()
		m.mu.RLock()
		address := m.address
		got, err := m.ask(address, "", 10)
		m.mu.RUnlock()
		m.plant.mu.Lock()
		m.answered++
		most := m.want.most
		m.plant.mu.Unlock()
		if err != nil || got.Total < least || got.Total > most {
			m.Errorf("%s finds %d, right is %d to %d: %v", address, got.Total, least, most, err)
			return
		}
	}
}

// alike asks two homes the judged questions and wants the same answers and the same
// bulletins of both.
func (m *mover) alike(one, other *home) {
	m.Helper()
	err := eval.EachLine(filepath.Join(judgedDir, "queries.jsonl"), func(_ []byte, q eval.Line) error {
		a, err := m.ask(one.address, q.Text, 20)
		if err != nil {
			return err
		}
		b, err := m.ask(other.address, q.Text, 20)
		settle(&a)
		settle(&b)
		if d := cmp.Diff(a, b, cmpopts.EquateApprox(0, 1e-4)); d != "" {
			m.Errorf("%s and %s: %s: %s", one.name, other.name, q.ID, d)
		}
		return err
	})
	if err != nil {
		m.Error(err)
	}
	all := func(h *home) []string {
		resp, err := http.Get(h.address + "/search.jsonl")
		if err != nil {
			m.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			m.Fatal(resp.Status, err)
		}
		return slices.Sorted(strings.Lines(string(text)))
	}
	if d := cmp.Diff(all(one), all(other)); d != "" {
		m.Errorf("bulletins of %s and %s: %s", one.name, other.name, d)
	}
}
