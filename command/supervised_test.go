package command

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// supervised is a process that is started again whenever it ends, as a container
// with a restart policy is.
type supervised struct {
	name string
	args []string
	ends chan struct{} // closed when it is not started again

	mu       sync.Mutex
	process  *os.Process
	log      bytes.Buffer
	since    int // where the log of the present process begins
	starts   int
	stopping bool
}

// mostStarts bounds how often a process is started.
const mostStarts = 200

func supervise(t *testing.T, name string, args ...string) *supervised {
	t.Helper()
	s := &supervised{name: name, args: args, ends: make(chan struct{})}
	go s.run()
	t.Cleanup(func() {
		s.mu.Lock()
		s.stopping = true
		s.mu.Unlock()
		s.kill()
		<-s.ends
		if t.Failed() {
			t.Logf("%s, started %d times: %s", name, s.starts, tail(s.log.String()))
		}
	})
	return s
}

func tail(log string) string { return log[max(0, len(log)-3000):] }

func (s *supervised) run() {
	defer close(s.ends)
	for {
		s.mu.Lock()
		if s.stopping || s.starts == mostStarts {
			s.mu.Unlock()
			return
		}
		cmd := exec.Command(os.Args[0], s.args...)
		cmd.Env = append(os.Environ(), "BANTIN_TEST_MAIN=1")
		cmd.Stdout, cmd.Stderr = s, s
		s.since = s.log.Len()
		s.starts++
		if cmd.Start() == nil {
			s.process = cmd.Process
		}
		s.mu.Unlock()
		_ = cmd.Wait() // whatever it ended with
	}
}

// Write takes what the process prints.
func (s *supervised) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

// kill ends the process at once, as kill -9 does.
func (s *supervised) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil {
		_ = s.process.Kill()
	}
}

// said tells whether the present process printed a text.
func (s *supervised) said(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Contains(s.log.String()[s.since:], text)
}
