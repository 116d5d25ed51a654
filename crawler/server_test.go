package crawler

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// logged is a server that notes what it was asked for.
type logged struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
}

func newLogged(t testing.TB, handler http.Handler) *logged {
	t.Helper()
	l := &logged{asked: map[string]int{}}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		l.mu.Lock()
		l.asked[r.Method+" "+r.URL.RequestURI()+" "+string(body)]++
		l.mu.Unlock()
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *logged) counts() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.asked)
}

func (l *logged) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.asked)
}
