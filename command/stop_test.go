//go:build unix

package command

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bantin/crawler/importer"
)

// process starts the program as a process of its own.
func process(t *testing.T, stdin io.Reader, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), "BANTIN_TEST_MAIN=1")
	cmd.Stdin = stdin
	errs := &bytes.Buffer{}
	cmd.Stderr = errs
	return cmd, errs
}

// TestStopsAreHeard: an import that waits for a pipe ends by itself when it is
// told to, a second signal ends it at once, and what it acknowledged is there.
func TestStopsAreHeard(t *testing.T) {
	tried, lost := 0, 0
	for _, tc := range []struct {
		name  string
		sent  os.Signal
		again bool
		says  string
	}{
		{"SIGTERM", syscall.SIGTERM, false, "stopped"},
		{"Ctrl-C", os.Interrupt, false, "stopped"},
		{"twice", syscall.SIGTERM, true, ""},
	} {
		data := t.TempDir()
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd, errs := process(t, r, "import", "--data", data, "-")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		r.Close()
		for i := range importer.Batch + 10 {
			fmt.Fprintf(w, `{"id":"%d","title":"Giao ban %d","body":"một hai ba"}`+"\n", i, i)
		}
		for countBulletins(t, data) < importer.Batch {
		}
		if err := cmd.Process.Signal(tc.sent); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		for again := tc.again; again; { // the second must not come before the first was heard
			again = cmd.Process.Signal(tc.sent) == nil
		}
		err = <-ended
		w.Close()
		if err == nil || cmd.ProcessState.Exited() == tc.again || !strings.Contains(errs.String(), tc.says) {
			t.Errorf("%s: %v, %s", tc.name, cmd.ProcessState, errs)
		}
		lost += importer.Batch - countBulletins(t, data)
		tried++
	}
	if lost != 0 {
		t.Errorf("%d acknowledged bulletins lost", lost)
	}
	t.Logf("%d stops, %d lost", tried, lost)
}

// TestServiceStops: a service ends by itself, and its note with it.
func TestServiceStops(t *testing.T) {
	data := t.TempDir()
	cmd, errs := process(t, nil, "serve", "--data", data, "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err, errs)
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), "http://")
	address = "http://" + address
	resp, err := http.Get(address + "/readyz") //nolint:gosec // of this test
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(err, resp)
	}
	resp.Body.Close()
	code, stdout, stderr := bantin(t, "search", "--data", data, "--json", "giao ban") // asks that service
	if code != 0 || !strings.Contains(stdout, `"total":0`) {
		t.Errorf("search beside the service: %d %s %s", code, stdout, stderr)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v %s", err, errs)
	}
	if _, err := os.Stat(filepath.Join(data, "service")); err == nil {
		t.Error("the note of the address stays")
	}
}

// TestOutputThatCannotBeWritten: one sentence, whatever goes wrong with it.
func TestOutputThatCannotBeWritten(t *testing.T) {
	data := t.TempDir()
	var lines strings.Builder
	for i := range 400 {
		fmt.Fprintf(&lines, `{"id":"%d","title":"Giao ban %d","body":"%s"}`+"\n", i, i, strings.Repeat("một hai ba ", 60))
	}
	in := filepath.Join(data, "in.jsonl")
	if err := os.WriteFile(in, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "import", "--data", data, in); code != 0 {
		t.Fatal(errs)
	}
	for _, format := range []string{"jsonl", "csv", "bibtex", "ris"} {
		for name, open := range map[string]func() (*os.File, error){
			"full disk": func() (*os.File, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) },
			"broken pipe": func() (*os.File, error) {
				r, w, err := os.Pipe()
				if err == nil {
					err = r.Close()
				}
				return w, err
			},
		} {
			cmd, errs := process(t, nil, "export", "--data", data, "--format", format)
			out, err := open()
			if err != nil {
				t.Skip(err)
			}
			cmd.Stdout = out
			err = cmd.Run()
			out.Close()
			if err == nil || !cmd.ProcessState.Exited() || strings.Count(errs.String(), "bantin:") != 1 || strings.Contains(errs.String(), "goroutine") || !strings.Contains(errs.String(), "not whole") {
				t.Errorf("%s, %s: %v %s", format, name, cmd.ProcessState, errs)
			}
		}
	}
	out := filepath.Join(data, "out.jsonl")
	if code, _, errs := bantin(t, "export", "--data", data, "-o", out); code != 0 {
		t.Fatal(errs)
	}
	if code, _, _ := bantin(t, "export", "--data", data, "-o", out); code != 1 {
		t.Error("an export was overwritten")
	}
	if code, _, _ := bantin(t, "export", "--data", data, "-q", "a", "--from", "never", "-o", filepath.Join(data, "bad.jsonl")); code == 0 {
		t.Error("a wrong question was exported")
	}
	left, err := filepath.Glob(filepath.Join(data, ".*.part"))
	if _, bad := os.Stat(filepath.Join(data, "bad.jsonl")); err != nil || len(left) > 0 || bad == nil {
		t.Errorf("left behind: %v %v %v", left, err, bad)
	}
}

// TestTerminalObeysNoBulletin: what a bulletin says is printed, not obeyed.
func TestTerminalObeysNoBulletin(t *testing.T) {
	data := t.TempDir()
	in := filepath.Join(data, "in.jsonl")
	text := `{"title":"Giao ban \u001b]0;x\u0007 \u009b31m \u202e","body":"giao ban \u001b[2J một \u0008 hai"}`
	if err := os.WriteFile(in, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "import", "--data", data, in); code != 0 {
		t.Fatal(errs)
	}
	for _, args := range [][]string{{"search", "--data", data, "giao ban"}, {"search", "--data", data, "--json", "giao ban"}} {
		_, out, errs := bantin(t, args...)
		if strings.ContainsAny(out, "\x1b\x07\x08\u009b\u202e") || !strings.Contains(out, "Giao ban") {
			t.Errorf("%v: %q %s", args, out, errs)
		}
	}
}
