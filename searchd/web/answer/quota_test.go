package answer

import (
	"net/netip"
	"testing"
	"time"
)

func TestThrottleForgets(t *testing.T) {
	th := Throttle{PerSecond: 1, Burst: 1}
	now := time.Now()
	client := func(i int) netip.Addr { return netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}) }
	for i := range maxClients + 10 {
		th.Take(client(i), now)
	}
	if wait := th.Take(client(0), now); wait > 0 {
		t.Errorf("the first of too many clients is remembered: it waits %s", wait)
	}
	if wait := th.Take(client(maxClients+9), now); wait <= 0 {
		t.Error("the last one is forgotten")
	}
}
