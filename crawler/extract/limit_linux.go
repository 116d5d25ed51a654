package extract

import (
	"os/exec"
	"runtime/debug"
	"syscall"
	"time"
)

// limitMemory bounds the heap softly by the collector and all writable memory
// hard by the kernel, and the processor's time as well; what the process starts
// inherits the hard bounds.
func limitMemory(bytes uint64, processor time.Duration) {
	debug.SetMemoryLimit(int64(bytes) * 3 / 4)
	limit := syscall.Rlimit{Cur: bytes, Max: bytes}
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &limit) // where the kernel refuses, the soft limit stays
	seconds := uint64(processor.Seconds())
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds})
}

// ownGroup puts a child with all that it starts into one group and kills that
// group when the child's time is over, or with the parent.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
