package command

import (
	"fmt"

	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/indexer/index/opensearch"

	"github.com/spf13/pflag"
)

// The search engines.
const (
	embedded    = "bleve"
	distributed = "opensearch"
)

// engine is the flags of what keeps the index.
type engine struct {
	kind    string
	cluster opensearch.Config
	name    string
	options opensearch.Options
}

func (e *engine) flags(f *pflag.FlagSet) {
	f.StringVar(&e.kind, "engine", embedded, "search engine: bleve is the embedded one, opensearch a cluster")
	f.StringSliceVar(&e.cluster.Addresses, "engine-url", nil, "address of a node of the cluster, such as https://node-1:9200; repeat for several")
	f.StringVar(&e.cluster.CAFile, "engine-ca", "", "PEM file of the authorities behind the nodes' certificates (default: the system's)")
	f.StringVar(&e.cluster.User, "engine-user", "", "user of the cluster")
	f.StringVar(&e.cluster.PasswordFile, "engine-password-file", "", "file with the user's password")
	f.StringVar(&e.cluster.APIKeyFile, "engine-api-key-file", "", "file with an API key, in place of user and password")
	f.StringVar(&e.name, "engine-index", "bantin", "name of the index in the cluster")
	f.IntVar(&e.options.Shards, "engine-shards", 1, "parts of a new index in the cluster: one for every 5 million bulletins or so")
	f.IntVar(&e.options.Replicas, "engine-replicas", 1, "copies of each part in the cluster")
}

func (e *engine) check() error {
	switch {
	case e.kind != embedded && e.kind != distributed:
		return usageError{fmt.Errorf("there is no engine %q: use --engine bleve or --engine opensearch", e.kind)}
	case e.kind == distributed && len(e.cluster.Addresses) == 0:
		return usageError{fmt.Errorf("--engine opensearch needs --engine-url, the address of a node")}
	}
	return nil
}

// shared tells whether other processes may have the index too.
func (e *engine) shared() bool { return e.kind == distributed }

// builds are those of the index; folder is where the embedded engine has them.
func (e *engine) builds(folder string) (indexer.Builds, error) {
	if e.shared() {
		c, err := opensearch.NewClient(e.cluster)
		if err != nil {
			return nil, usageError{err}
		}
		return opensearch.NewBuilds(c, e.name, e.options), nil
	}
	return indexer.Directories(folder, func(path string) (index.Index, error) {
		return bleveindex.Open(path, bleveindex.Options{})
	})
}
