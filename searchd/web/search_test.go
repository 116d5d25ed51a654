package web

import (
	"net/http/httptest"
	"sync"
	"testing"
)

// TestRememberedSearch: an answer is kept until the index changes, and may be
// read by many at once.
func TestRememberedSearch(t *testing.T) {
	s := newService(t, Config{}, testBulletin(places[0], 2020, 1))
	const query = "q=giao+ban"
	first := search(t, s, query)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("GET", "/search?q=giao+ban", nil))
			if w.Code != 200 {
				t.Errorf("status %d", w.Code)
			}
		})
	}
	wg.Wait()
	if again := search(t, s, query); again.Total != first.Total || first.Total != 1 {
		t.Errorf("%d found, then %d", first.Total, again.Total)
	}
	s.add(t, testBulletin(places[0], 2021, 1))
	if now := search(t, s, query); now.Total != 2 {
		t.Errorf("%d found after another bulletin came, want 2", now.Total)
	}
}
