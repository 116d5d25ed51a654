package extract

import (
	"runtime/debug"
	"sync"
)

// A page of at least largePage bytes is read with the garbage of thriftyGC
// percent of what lives, by which a page of 5 MB takes about 100 MB instead of
// 150, for a quarter more time.
const (
	largePage = 256 << 10
	thriftyGC = 20
)

// oneLarge is held while a large page is read: how much garbage there may be is
// a setting of the whole process, and two such pages need twice the memory.
var oneLarge sync.Mutex

// thrifty makes the reading of a large page spare memory until what it returns
// is called.
func thrifty(page int) (done func()) {
	if page < largePage {
		return func() {}
	}
	oneLarge.Lock()
	before := debug.SetGCPercent(thriftyGC)
	if before >= 0 && before < thriftyGC {
		debug.SetGCPercent(before)
	}
	return func() {
		debug.SetGCPercent(before)
		oneLarge.Unlock()
	}
}
