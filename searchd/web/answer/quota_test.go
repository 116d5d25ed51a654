package answer

import (
	"net/netip"
	"testing"
	"time"
)

func TestThrottleForgets(t *testing.T) {
	th := Throttle{PerSecond: 1, Burst: 1}
	now := time.Now()
	for i := range maxClients + 10 {
		th.Take(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), now)
	}
	if n := len(th.clients.values); n > maxClients {
		t.Error(n)
	}
}
