package answer

import (
	"net/netip"
	"sync"
	"time"

	"bantin/bulletin"
	"bantin/cache"

	"golang.org/x/time/rate"
)

// Quota counts what somebody may ask: so many a second for long, so many at
// once, so many on one day in Vietnam. It is counted in this process and begins
// anew when that starts. Its methods may run concurrently.
type Quota struct {
	rate    float64
	daily   int
	limiter *rate.Limiter

	mu   sync.Mutex
	day  string
	used int
}

// NewQuota makes one; a limit of 0 is none, and a burst of 0 four times the
// rate.
func NewQuota(perSecond float64, burst, daily int) *Quota {
	q := &Quota{rate: perSecond, daily: daily}
	if perSecond > 0 {
		if burst == 0 {
			burst = int(4*perSecond) + 1
		}
		q.limiter = rate.NewLimiter(rate.Limit(perSecond), burst)
	}
	return q
}

// Throttle gives every client a quota of its own. Its methods may run
// concurrently.
type Throttle struct {
	PerSecond float64
	Burst     int

	clients cache.Of[netip.Addr, *Quota]
}

// maxClients bounds the clients that are remembered; the whole memory is
// dropped when it is full, which errs towards letting people in.
const maxClients = 20_000

// Take counts one request of a client and returns how long it has to wait, 0 for
// a request that may pass.
func (t *Throttle) Take(client netip.Addr, now time.Time) time.Duration {
	q, ok := t.clients.Get(client, 0)
	if !ok {
		q = t.Forgive(client)
	}
	return q.Take(now)
}

// Forgive forgets what a client has asked.
func (t *Throttle) Forgive(client netip.Addr) *Quota {
	q := NewQuota(t.PerSecond, t.Burst, 0)
	t.clients.Put(client, 0, q, maxClients)
	return q
}

// Take counts one request and returns how long to wait when that was one too
// many, else 0.
func (q *Quota) Take(now time.Time) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	local := now.In(bulletin.Zone)
	if day := local.Format(time.DateOnly); day != q.day {
		q.day, q.used = day, 0
	}
	if q.daily > 0 && q.used >= q.daily {
		midnight := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, bulletin.Zone)
		return midnight.Sub(now)
	}
	if q.limiter != nil && !q.limiter.AllowN(now, 1) {
		return time.Duration((1 - q.limiter.TokensAt(now)) / q.rate * float64(time.Second))
	}
	q.used++
	return 0
}
