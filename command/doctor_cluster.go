package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bantin/crawler/archive"
	"bantin/indexer/index"
	"bantin/indexer/index/opensearch"
)

// leastNodes is how many nodes may lose one: of two none can tell whether it is the
// other that is cut off.
const leastNodes = 3

// cluster looks at the machines and at the index of the distributed engine.
func (d *doctor) cluster(ctx context.Context) []finding {
	if !d.engine.shared() {
		return nil
	}
	c, err := opensearch.NewClient(d.engine.cluster)
	if err != nil {
		return []finding{wrong("cluster", err, "correct --engine-url, --engine-ca or the secret's file")}
	}
	defer c.Close()
	h, err := c.Health(ctx)
	if h.Status == "" {
		return []finding{wrong("cluster", err, "start the nodes, and see that this machine may reach them and the user may ask (cluster:monitor)")}
	}
	all := []finding{colour(h)}
	if err != nil {
		return append(all, advice("nodes", oneLine(err.Error()), "let the user ask for nodes and settings: cluster:monitor/*"))
	}
	all = append(append(all, releases(h.Nodes)), disks(h.Nodes)...)
	return append(all, d.clustered(ctx, c)...)
}

func colour(h opensearch.Health) finding {
	nodes := quantity(len(h.Nodes), "node")
	switch {
	case h.Status == "red":
		return wrong("cluster", errors.New("red: a part of an index is missing, so searches are refused"), "start the nodes that are gone; GET /_cluster/allocation/explain names what is missing")
	case h.Status == "yellow" && len(h.Nodes) > 1:
		return advice("cluster", fmt.Sprintf("yellow: %s missing on %s", quantity(h.Unassigned, "copy"), nodes), "start the nodes that are gone, or wait while copies are made: until then none may fail")
	case len(h.Nodes) < leastNodes:
		return advice("cluster", h.Status+", "+nodes, "three nodes are the least of which one may fail")
	}
	return well("cluster", "%s, %s", h.Status, nodes)
}

// releases are the versions of the nodes: 2.19 and everything after it.
func releases(nodes []opensearch.Node) finding {
	var all []string
	for _, n := range nodes {
		if !slices.Contains(all, n.Version) {
			all = append(all, n.Version)
		}
		parts := strings.SplitN(n.Version+"..", ".", 3)
		major, _ := strconv.Atoi(parts[0])
		minor, _ := strconv.Atoi(parts[1])
		if major < 2 || major == 2 && minor < 19 {
			return wrong("nodes", fmt.Errorf("%s is OpenSearch %s", n.Name, n.Version), "upgrade to 2.19 or newer")
		}
	}
	if len(all) > 1 {
		return advice("nodes", "versions differ: "+strings.Join(all, " and "), "an upgrade is under way: end it, oldest node first")
	}
	return well("nodes", "OpenSearch %s", strings.Join(all, ""))
}

func disks(nodes []opensearch.Node) (all []finding) {
	fullest := 0.0
	for _, n := range nodes {
		fullest = max(fullest, n.Disk)
		says := fmt.Sprintf("%s has used %.0f %% of its disk", n.Name, 100*n.Disk)
		switch n.Over {
		case "flood_stage":
			all = append(all, wrong("disks", errors.New(says+", so its indexes can only be read"), "make room or add a node; they are written again by themselves"))
		case "high":
			all = append(all, wrong("disks", errors.New(says+", so parts are moved away from it"), "make room or add a node"))
		case "low":
			all = append(all, advice("disks", says+", so it takes no new parts", "make room or add a node before a rebuild, which needs the index's size once more"))
		}
	}
	if len(all) == 0 {
		all = append(all, well("disks", "at most %.0f %% used", 100*fullest))
	}
	return all
}

// clustered looks at the index in use, and at who writes it.
func (d *doctor) clustered(ctx context.Context, c *opensearch.Client) []finding {
	b := opensearch.NewBuilds(c, d.engine.name, d.engine.options)
	name, err := b.Current(ctx)
	if err == nil && name == "" {
		return []finding{advice("index", "there is none yet: nothing has the alias "+d.engine.name, "bantin index --follow makes one")}
	}
	var ix index.Index
	if err == nil {
		ix, err = b.Open(ctx, name)
	}
	if errors.Is(err, index.ErrCorrupt) {
		return []finding{wrong("index", err, "bantin index --follow of this version builds a new one beside it; or run the version that made it")}
	}
	if err != nil {
		return []finding{wrong("index", err, "see that the user may read and write the indexes "+d.engine.name+"-*")}
	}
	at, err := ix.Position(ctx)
	if err != nil {
		return []finding{wrong("index", err, "start the nodes that hold "+name)}
	}
	ar, err := d.openArchive(ctx)
	if err != nil {
		return []finding{well("index", "%s, at change %d", name, at)} // what is wrong with the archive stands there
	}
	defer ar.Close()
	return d.followedBy(ctx, ar, name, at)
}

// followedBy tells how far the index is behind the archive and whether somebody
// writes it.
func (d *doctor) followedBy(ctx context.Context, ar *archive.Archive, name string, at int64) []finding {
	last, err := ar.Last(ctx)
	if err != nil {
		return []finding{wrong("index", err, "see that the archive can be read")}
	}
	right, err := ar.Index(ctx)
	idle := err == nil
	if idle {
		err = right.Close()
	}
	switch {
	case err != nil && !errors.Is(err, archive.ErrTaken):
		return []finding{wrong("index", err, "see that the archive can be written")}
	case idle && at < last:
		return []finding{wrong("index", fmt.Errorf("%s is at change %d of %d, and nobody writes it", name, at, last), "start bantin index --follow, two of them: one stands by")}
	case idle:
		return []finding{advice("index", fmt.Sprintf("%s is up to date, and nobody writes it", name), "start bantin index --follow, two of them: one stands by")}
	case at < last:
		return []finding{advice("index", fmt.Sprintf("%s is at change %d of %d", name, at, last), "wait; if it stays behind, look into the log of the indexer")}
	}
	return []finding{well("index", "%s is at change %d, the archive's last", name, at)}
}
