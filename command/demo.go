package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"bantin/crawler/site"
	"bantin/testdata/sites"
)

// firstDemoPort is where the sample portals listen on a machine that has
// nothing there.
const firstDemoPort = 8091

// demo serves the sample portals on loopback, each at a port of its own that
// it keeps from run to run, since addresses are part of what is archived.
type demo struct {
	profiles []*site.Profile
	allow    []string // ip:port of each portal: the only private addresses to reach
	servers  []*http.Server
	life     *life // of the portal that changes
}

// startDemo serves the portals until Close; dir remembers their ports.
func startDemo(ctx context.Context, dir string) (*demo, error) {
	portals, err := sites.Portals()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "demo-ports.json")
	ports, err := readPorts(file)
	if err != nil {
		return nil, err
	}
	d := &demo{}
	portals = append(portals, sites.Portal{Name: brokenName, Profile: []byte(brokenSite)})
	for i, p := range portals {
		if err := d.serve(ctx, p, dir, ports, firstDemoPort+i); err != nil {
			d.Close()
			return nil, fmt.Errorf("sample portal %s: %w", p.Name, err)
		}
	}
	return d, writePorts(file, ports)
}

// serve serves one portal, at the port of an earlier run or the preferred one.
func (d *demo) serve(ctx context.Context, p sites.Portal, dir string, ports map[string]int, preferred int) (err error) {
	handler := http.Handler(p)
	switch p.Name {
	case brokenName:
		handler = outOfOrder
	case livePortal:
		if d.life, err = newLife(p, dir); err != nil {
			return err
		}
		handler = d.life
	}
	l, err := listenAgain(ctx, ports[p.Name], preferred)
	if err != nil {
		return err
	}
	address := l.Addr().(*net.TCPAddr)
	ports[p.Name] = address.Port
	server := &http.Server{Handler: handler, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	go func() { _ = server.Serve(l) }() // ends with Close, which Run's caller calls
	d.servers = append(d.servers, server)
	d.allow = append(d.allow, address.String())
	text := strings.ReplaceAll(string(p.Profile), "http://"+p.Name+".localhost", "http://"+address.String())
	profile, err := site.Parse(p.Name+"/profile.yaml", []byte(text))
	if err != nil {
		return err
	}
	profile.Pace = time.Millisecond // nobody is disturbed
	d.profiles = append(d.profiles, profile)
	return nil
}

// Close stops the portals.
func (d *demo) Close() {
	for _, s := range d.servers {
		_ = s.Close() // nothing of a sample portal is worth keeping
	}
}

// listenAgain takes the port of an earlier run, or the preferred one, or any.
func listenAgain(ctx context.Context, earlier, preferred int) (net.Listener, error) {
	var lc net.ListenConfig
	at := func(port int) (net.Listener, error) { return lc.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port)) }
	if earlier != 0 {
		l, err := at(earlier)
		if errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("port %d, which this data folder has in its addresses, is in use: stop what uses it or choose another --data", earlier)
		}
		return l, err
	}
	l, err := at(preferred)
	if errors.Is(err, syscall.EADDRINUSE) {
		return at(0)
	}
	return l, err
}

func readPorts(file string) (map[string]int, error) {
	ports := map[string]int{}
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return ports, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &ports)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the file to start the demonstration anew", file, err)
	}
	return ports, nil
}

func writePorts(file string, ports map[string]int) error {
	data, err := json.Marshal(ports)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
