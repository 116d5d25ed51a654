//go:build unix

package command

import "golang.org/x/sys/unix"

// diskSpace is the room on the disk of a folder, in bytes: what this user may
// still write, and all of it.
func diskSpace(folder string) (free, all uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, 0, err
	}
	size := uint64(s.Bsize) //nolint:gosec // signed on some systems, never negative
	return s.Bavail * size, s.Blocks * size, nil
}
