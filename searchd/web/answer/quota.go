package answer

import (
	"sync"
	"time"

	"bantin/bulletin"

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
