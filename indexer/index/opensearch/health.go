package opensearch

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
)

// Health is how a cluster is.
type Health struct {
	Status     string // green; yellow: copies are missing; red: a part is missing
	Unassigned int    `json:"unassigned_shards"`
	Nodes      []Node
}

// Node is one machine of a cluster.
type Node struct {
	Name, Version string
	Disk          float64 // part that is used, 0 to 1
	Over          string  // the highest watermark that it has passed: low, high, flood_stage, or empty
}

// Health asks a cluster how it is.
func (c *Client) Health(ctx context.Context) (Health, error) {
	var h Health
	if err := c.Do(ctx, http.MethodGet, "/_cluster/health", nil, &h); err != nil {
		return h, err
	}
	var nodes []struct {
		Name, Version string
		Used          string `json:"disk.used_percent"`
		Free          string `json:"disk.avail"`
	}
	err := c.Do(ctx, http.MethodGet, "/_cat/nodes?format=json&bytes=b&s=name&h=name,version,disk.used_percent,disk.avail", nil, &nodes)
	if err != nil {
		return h, err
	}
	var settings map[string]map[string]any // transient, persistent and defaults, by name
	err = c.Do(ctx, http.MethodGet, "/_cluster/settings?include_defaults&flat_settings&filter_path=*.*watermark*", nil, &settings)
	for _, n := range nodes {
		used, _ := strconv.ParseFloat(n.Used, 64) // absent where the disk is not known
		free, _ := strconv.ParseFloat(n.Free, 64)
		node := Node{Name: n.Name, Version: n.Version, Disk: used / 100}
		for _, mark := range []string{"low", "high", "flood_stage"} {
			name := watermark + "." + mark
			value := cmp.Or(settings["transient"][name], settings["persistent"][name], settings["defaults"][name])
			if text, ok := value.(string); ok && n.Used != "" && passed(text, node.Disk, free) {
				node.Over = mark
			}
		}
		h.Nodes = append(h.Nodes, node)
	}
	return h, err
}

// watermark is what the names of the disks' settings begin with.
const watermark = "cluster.routing.allocation.disk.watermark"

// passed tells whether a disk is fuller than a watermark: a part that may be used,
// 85% or 0.85, or what has to be free, 10gb.
func passed(mark string, used, free float64) bool {
	if percent, ok := strings.CutSuffix(mark, "%"); ok {
		most, err := strconv.ParseFloat(percent, 64)
		return err == nil && used*100 >= most
	}
	digits := strings.TrimRight(mark, "bkmgtp")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || digits == mark {
		return err == nil && used >= n
	}
	for range strings.Index("bkmgtp", mark[len(digits):len(digits)+1]) {
		n *= 1024
	}
	return free <= n
}
