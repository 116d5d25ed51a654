// Package opensearchtest gives tests a real OpenSearch: the one that
// BANTIN_OPENSEARCH names, or one that it starts and stops.
package opensearchtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// shared is the node of a test process.
var shared struct {
	sync.Once
	dir, address string
	err          error
}

// Run runs the tests of a package and then stops the node that they used. It is
// for TestMain; the result is the exit code.
func Run(m *testing.M) int {
	code := m.Run()
	if shared.dir != "" {
		if err := stop(shared.dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	return code
}

// Address returns the address of a node, the same for all tests of a process.
// Without one the test is skipped, or fails when BANTIN_REQUIRE has opensearch.
func Address(t testing.TB) string {
	t.Helper()
	if given := os.Getenv("BANTIN_OPENSEARCH"); given != "" {
		return given
	}
	shared.Do(func() {
		var all []string
		if all, shared.dir, shared.err = start(1); shared.err == nil {
			shared.address = all[0]
		}
	})
	need(t, shared.err)
	return shared.address
}

// Cluster is a cluster of several nodes for one test.
type Cluster struct {
	Addresses []string
	t         *testing.T
	dir       string
}

// Start starts a cluster that ends with the test. It takes 0.5 GB a node, so it
// does so only where BANTIN_REQUIRE has opensearch.
func Start(t *testing.T, nodes int) *Cluster {
	t.Helper()
	if !required() {
		t.Skip("several nodes of OpenSearch are started only with BANTIN_REQUIRE=opensearch")
	}
	all, dir, err := start(nodes)
	need(t, err)
	t.Cleanup(func() {
		if err := stop(dir); err != nil {
			t.Error(err)
		}
	})
	return &Cluster{all, t, dir}
}

// Kill ends the node of an address at once, as a crash does.
func (c *Cluster) Kill(address string) {
	c.t.Helper()
	i := slices.Index(c.Addresses, address)
	if err := cluster("kill", c.dir, fmt.Sprint(i+1)); err != nil {
		c.t.Fatal(err)
	}
}

// Restart starts the node of an address again.
func (c *Cluster) Restart(address string) {
	c.t.Helper()
	if err := cluster("node", c.dir, fmt.Sprint(slices.Index(c.Addresses, address)+1)); err != nil {
		c.t.Fatal(err)
	}
}

// Manager is the address of the node that manages the cluster.
func (c *Cluster) Manager() string {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.Addresses[0]+"/_cat/cluster_manager?h=node", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	var n int // nodes are named by number
	if _, err := fmt.Fscanf(resp.Body, "node-%d", &n); err != nil {
		c.t.Fatal(err)
	}
	return c.Addresses[n-1]
}

func need(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case required():
		t.Fatal(err)
	default:
		t.Skipf("no OpenSearch: %v; install a JDK (17 or newer) and Maven, or name a running node with BANTIN_OPENSEARCH", err)
	}
}

func required() bool {
	return slices.Contains(strings.Split(os.Getenv("BANTIN_REQUIRE"), ","), "opensearch")
}

func start(nodes int) (addresses []string, dir string, err error) {
	if dir, err = os.MkdirTemp("", "bantin-opensearch-"); err != nil {
		return nil, "", err
	}
	port, err := freePort(nodes)
	if err == nil {
		err = cluster("start", dir, fmt.Sprint(nodes), fmt.Sprint(port))
	}
	if err != nil {
		return nil, "", errors.Join(err, stop(dir))
	}
	for i := range nodes {
		addresses = append(addresses, fmt.Sprintf("http://127.0.0.1:%d", port+i))
	}
	return addresses, dir, nil
}

func stop(dir string) error { return errors.Join(cluster("stop", dir), os.RemoveAll(dir)) }

// freePort returns a port that is free with those that the nodes take beside it.
func freePort(nodes int) (int, error) {
	for range 100 {
		port, free := 20000+rand.N(10000), true
		for i := range nodes {
			free = free && unused(port+i) && unused(port+100+i)
		}
		if free {
			return port, nil
		}
	}
	return 0, errors.New("no free ports between 20000 and 30000")
}

func unused(port int) bool {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", fmt.Sprintf("127.0.0.1:%d", port))
	return err == nil && l.Close() == nil
}

// cluster runs the script of that name. The nodes end with this process.
func cluster(args ...string) error {
	root, err := root()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(context.Background(), filepath.Join(root, "testdata", "opensearch", "cluster"), args...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("BANTIN_OPENSEARCH_OWNER=%d", os.Getpid()))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("cluster %s: %w: %s", args[0], err, out)
	}
	return nil
}

// root is the folder of the module.
func root() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if up := filepath.Dir(dir); up != dir {
			dir = up
			continue
		}
		return "", errors.New("no go.mod above the test")
	}
	return "", err
}
