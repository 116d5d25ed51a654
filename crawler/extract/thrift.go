package extract

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// A page of at least largePage bytes is read with the garbage of thriftyGC
// percent of what lives, by which a page of 5 MB takes about 100 MB instead of
// 150, for a quarter more time.
// What a page of hugePage bytes left is collected at once, or whoever stores it
// would work beside it.
const (
	largePage = 256 << 10
	hugePage  = 1 << 20
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
	percent := thriftyGC
	if page >= hugePage {
		percent /= 2
	}
	before := debug.SetGCPercent(percent)
	if before >= 0 && before < percent {
		debug.SetGCPercent(before)
	}
	return func() {
		if page >= hugePage {
			runtime.GC()
		}
		debug.SetGCPercent(before)
		oneLarge.Unlock()
	}
}
