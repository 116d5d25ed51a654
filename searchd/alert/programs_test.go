package alert_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/searchd/alert"
)

// program is one that follows by webhook.
type program struct {
	*httptest.Server
	mu     sync.Mutex
	echo   bool
	status int
	bodies []string
	heads  []http.Header
}

func newProgram(t *testing.T, echo bool) *program {
	p := &program{echo: echo, status: http.StatusOK}
	p.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var got struct{ Type, Challenge string }
		_ = json.Unmarshal(body, &got)
		p.mu.Lock()
		defer p.mu.Unlock()
		if got.Type == "bantin.challenge" {
			if p.echo {
				_, _ = io.WriteString(rw, got.Challenge)
			}
			return
		}
		p.bodies, p.heads = append(p.bodies, string(body)), append(p.heads, r.Header.Clone())
		rw.WriteHeader(p.status)
	}))
	t.Cleanup(p.Close)
	return p
}

func TestProgramsFollow(t *testing.T) {
	w := newTown(t)
	follow := func(search, hook string) *httptest.ResponseRecorder {
		body, err := json.Marshal(map[string]string{"webhook": hook})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), "POST", "/api/v1/follow?"+search, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, r)
		return rec
	}
	deaf := newProgram(t, false)
	if rec := follow("q=giao+ban", deaf.URL); rec.Code != http.StatusConflict {
		t.Errorf("an address that answers no challenge: %d", rec.Code)
	}
	if rec := follow("zzz=1", deaf.URL); rec.Code != http.StatusBadRequest {
		t.Errorf("an unknown parameter: %d", rec.Code)
	}
	if rec := follow("q=a", "ftp://x.example"); rec.Code != http.StatusBadRequest {
		t.Errorf("no webhook: %d", rec.Code)
	}
	p := newProgram(t, true)
	rec := follow("q=giao+ban", p.URL)
	var ticket struct{ Title, Secret, Leave string }
	if err := json.Unmarshal(rec.Body.Bytes(), &ticket); err != nil || rec.Code != http.StatusOK || ticket.Title != "giao ban" {
		t.Fatal(rec.Code, rec.Body, err)
	}
	w.publishes(t, "a", "Giao ban", congress)
	p.status = http.StatusBadGateway
	w.now = w.now.Add(time.Minute)
	if err := w.readers.Step(t.Context(), w.now); err == nil {
		t.Error("a webhook that failed was taken for told")
	}
	p.status = http.StatusOK
	w.passes(t, time.Hour)
	if len(p.bodies) != 2 || p.heads[0].Get("Webhook-Id") != p.heads[1].Get("Webhook-Id") {
		t.Fatalf("%v", p.bodies)
	}
	var got alert.Digest
	if err := json.Unmarshal([]byte(p.bodies[1]), &got); err != nil || len(got.Bulletins) != 1 || got.Bulletins[0].Title != "Giao ban" || got.Leave != ticket.Leave {
		t.Fatal(p.bodies[1], ticket.Leave, err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(ticket.Secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	if want := alert.Sign(key, p.heads[1].Get("Webhook-Id"), p.heads[1].Get("Webhook-Timestamp"), p.bodies[1]); p.heads[1].Get("Webhook-Signature") != want {
		t.Error("the signature is not made with the secret that was told")
	}
	if rec := w.ask(t, "POST", strings.TrimPrefix(ticket.Leave, place), nil); rec.Code != http.StatusOK {
		t.Fatal(rec.Code)
	}
	w.publishes(t, "b", "Giao ban hai", congress)
	if w.passes(t, time.Hour); len(p.bodies) != 2 {
		t.Error("told after it left")
	}
}
