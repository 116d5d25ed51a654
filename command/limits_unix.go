//go:build unix

package command

import (
	"context"
	"fmt"

	"golang.org/x/sys/unix"
)

// leastFiles is how many files an index of a million bulletins has open, twice.
const leastFiles = 1024

// limits looks at how many files the process may open.
func (d *doctor) limits(context.Context) []finding {
	var files unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &files); err != nil {
		return []finding{advice("limits", err.Error(), "look at ulimit -n yourself")}
	}
	if files.Cur < leastFiles {
		return []finding{wrong("limits", fmt.Errorf("%d files may be open", files.Cur), fmt.Sprintf("ulimit -n %d, or LimitNOFILE= in the unit", 16*leastFiles))}
	}
	return []finding{well("limits", "%d files may be open", files.Cur)}
}
