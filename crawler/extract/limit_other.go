//go:build !linux

package extract

import (
	"os/exec"
	"runtime/debug"
	"time"
)

// limitMemory bounds the heap softly: the kernel's limits differ by system.
func limitMemory(bytes uint64, _ time.Duration) { debug.SetMemoryLimit(int64(bytes) * 3 / 4) }

func ownGroup(*exec.Cmd) {}
