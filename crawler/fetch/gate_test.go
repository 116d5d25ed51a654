package fetch

import (
	"errors"
	"net/http"
	"net/netip"
	"testing"
	"time"
)

func TestNextPace(t *testing.T) {
	const s = time.Second
	for _, test := range []struct {
		name     string
		old, gap time.Duration
		o        outcome
		want     time.Duration
	}{
		{"first answer", 0, 2 * s, outcome{status: 200, latency: s}, 2 * s},
		{"slow answer lengthens at once", 2 * s, 2 * s, outcome{status: 200, latency: 9 * s}, 9 * s},
		{"fast answer shortens by half the way", 9 * s, 2 * s, outcome{status: 200, latency: s}, 5 * s},
		{"never under the gap", 2 * s, 2 * s, outcome{status: 200, latency: 0}, 2 * s},
		{"fast error does not shorten", 9 * s, 2 * s, outcome{status: 500, latency: s}, 9 * s},
		{"slow error lengthens", 2 * s, 2 * s, outcome{status: 500, latency: 9 * s}, 9 * s},
		{"no answer changes nothing", 9 * s, 2 * s, outcome{err: errors.New("reset")}, 9 * s},
		{"bounded", 2 * s, 2 * s, outcome{status: 200, latency: time.Hour}, maxPace},
		{"a longer gap wins over the bound", 2 * s, 100 * s, outcome{status: 200, latency: s}, 100 * s},
	} {
		if got := nextPace(test.old, test.o, test.gap); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestBreaker(t *testing.T) {
	const gap = 2 * time.Second
	g := newGates()
	one := g.gate("h")
	wait := func(o outcome) time.Duration {
		g.settle(one, gap, o)
		return time.Until(one.free)
	}
	for range breakerAfter - 1 {
		if got := wait(outcome{status: 502}); got > gap {
			t.Fatalf("waits %s before the breaker opens", got)
		}
	}
	wait(outcome{err: ErrTooLarge}) // the server is alive
	if got := wait(outcome{err: errors.New("reset")}); got > gap {
		t.Errorf("waits %s although a page came between", got)
	}
	for range breakerAfter - 1 {
		wait(outcome{err: ErrRejected})
	}
	if got := wait(outcome{status: 429}); got < 7*time.Minute || got > 30*time.Minute {
		t.Errorf("waits %s once open", got)
	}
	for range 50 {
		wait(outcome{status: 503})
	}
	if got := time.Until(one.free); got < maxBreak/2 || got > 2*maxBreak {
		t.Errorf("waits %s after fifty failures", got)
	}
	if got := wait(outcome{status: 404}); got > gap {
		t.Errorf("waits %s once the server is back", got)
	}
	if got := wait(outcome{canceled: true, err: errors.New("stop")}); got > gap || one.fails != 0 {
		t.Errorf("being stopped counts as a failure")
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"120": 2 * time.Minute, "1.5": 1500 * time.Millisecond, "": 0, "-5": 0, "soon": 0, "99999999999": maxRetryAfter,
		"Fri, 02 Jan 2026 03:05:05 GMT": time.Minute, "Fri, 02 Jan 2026 03:00:00 GMT": 0, "Sat, 02 Jan 2027 03:05:05 GMT": maxRetryAfter,
	} {
		until := retryAfter(http.Header{"Retry-After": {value}}, 503, now)
		if got := max(until.Sub(now), 0); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestServerOf(t *testing.T) {
	for want, texts := range map[string][]string{
		"8.8.4.4":        {"8.8.8.8", "8.8.4.4"},
		"8.8.8.8":        {"10.0.0.1", "8.8.8.8"},
		"127.0.0.1:8080": {"127.0.0.1"},
		"[::1]:8080":     {"::1"},
	} {
		var addresses []netip.Addr
		for _, text := range texts {
			addresses = append(addresses, netip.MustParseAddr(text))
		}
		if got := serverOf(addresses, "8080"); got != want {
			t.Errorf("%v: %s, want %s", texts, got, want)
		}
	}
}

func TestBackoffGrows(t *testing.T) {
	for retry, want := range map[int]time.Duration{1: 30 * time.Second, 2: 2 * time.Minute, 3: 8 * time.Minute} {
		if got := Backoff(retry, 2*time.Second); got < want*3/4 || got > want*5/4 {
			t.Errorf("retry %d after %s, want about %s", retry, got, want)
		}
	}
}
