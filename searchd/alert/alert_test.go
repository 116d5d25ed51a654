package alert

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/testdata/mailbox"

	"github.com/google/go-cmp/cmp"
)

var (
	failing = Trouble{Kind: Failing, About: "mttq-hue", Name: "MTTQ thành phố Huế", Detail: "listing: 503 Service Unavailable"}
	disk    = Trouble{Kind: Disk, About: "/var/lib/bantin", Detail: "1.2 GB free of 40 GB"}
	start   = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	secret  = []byte("0123456789abcdef0123456789abcdef")
)

// hookServer keeps what webhooks bring.
type hookServer struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []http.Header
	bodies []string
}

func newHooks(t *testing.T) *hookServer {
	h := &hookServer{status: http.StatusNoContent}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.mu.Lock()
		defer h.mu.Unlock()
		h.got, h.bodies = append(h.got, r.Header.Clone()), append(h.bodies, string(body))
		if h.status == http.StatusFound {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(h.status)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hookServer) set(status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.status = status
}

func (h *hookServer) received() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.bodies...)
}

// scene is what is wrong at one moment and who is told.
type scene struct {
	config Config
	wrong  []Trouble
	smtp   *mailbox.Server
	hooks  *hookServer
}

func newScene(t *testing.T) *scene {
	s := &scene{smtp: mailbox.New(t, false), hooks: newHooks(t)}
	s.config = Config{
		Look:  func(context.Context) ([]Trouble, error) { return s.wrong, nil },
		Store: File(filepath.Join(t.TempDir(), "told.json")), Language: "en",
		Mail: Mail{Server: s.smtp.Address, From: "Bantin <bantin@example.org>", Security: "none"}, MailTo: []string{"ops@example.org"},
		Hook: Hook{Secret: secret}, HookTo: []string{s.hooks.URL + "/key-in-here"},
	}
	return s
}

// watch is a Watch as after a start of the process.
func (s *scene) watch(t *testing.T) *Watch {
	t.Helper()
	w, err := New(s.config)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestToldOnceAndOnceWhenItEnds(t *testing.T) {
	s := newScene(t)
	steps := []struct {
		wrong []Trouble
		told  int // letters to each receiver so far
	}{
		{nil, 0},
		{[]Trouble{failing}, 0}, // may be a flicker
		{nil, 0},
		{[]Trouble{failing}, 0},
		{[]Trouble{failing}, 1},
		{[]Trouble{{Kind: Failing, About: "mttq-hue", Detail: "another reason"}}, 1},
		{nil, 1},
		{[]Trouble{failing}, 1}, // not over
		{nil, 1},
		{nil, 2},
		{nil, 2},
		{[]Trouble{failing, disk, disk}, 2},
		{[]Trouble{failing, disk}, 3}, // both in one letter
	}
	for i, step := range steps {
		s.wrong = step.wrong
		// Every step is that of a new process over the same file.
		if err := s.watch(t).Step(t.Context(), start.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if mails, hooks := len(s.smtp.Received()), len(s.hooks.received()); mails != step.told || hooks != step.told {
			t.Fatalf("step %d: %d mails and %d webhooks, not %d", i, mails, hooks, step.told)
		}
	}
	var last Notice
	if err := json.Unmarshal([]byte(s.hooks.received()[2]), &last); err != nil {
		t.Fatal(err)
	}
	want := Notice{At: start.Add(12 * time.Minute), Began: []Trouble{failing, disk}, Ended: []Trouble{}}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Error(diff)
	}
}

func TestMailCanBeRead(t *testing.T) {
	for lang, want := range map[string][]string{
		"vi": {"[Bantin] không đọc được cổng MTTQ thành phố Huế", "Bantin phát hiện sự cố", "503 Service Unavailable"},
		"en": {"[Bantin] the portal MTTQ thành phố Huế cannot be read", "Bantin has found a problem", "503 Service Unavailable"},
	} {
		s := newScene(t)
		s.config.Language, s.wrong = lang, []Trouble{failing}
		w := s.watch(t)
		for i := range 2 {
			if err := w.Step(t.Context(), start.Add(time.Duration(i)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		msg, err := mail.ReadMessage(strings.NewReader(s.smtp.Received()[0]))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		if err != nil || subject != want[0] {
			t.Errorf("%s: subject %q, %v", lang, subject, err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
		if err != nil || !strings.Contains(string(body), want[1]) || !strings.Contains(string(body), want[2]) {
			t.Errorf("%s: %q, %v", lang, body, err)
		}
		if msg.Header.Get("Auto-Submitted") != "auto-generated" || msg.Header.Get("To") != "<ops@example.org>" || msg.Header.Get("Message-Id") == "" {
			t.Errorf("%s: header %v", lang, msg.Header)
		}
	}
}

// TestEveryKindHasWords finds kinds that a language has no sentence for.
func TestEveryKindHasWords(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		words, err := loadWords(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []Kind{Failing, Yield, Disk, Backup, Behind, Profile} {
			one := []Trouble{{Kind: kind, About: "it"}}
			for _, n := range []Notice{{Began: one}, {Ended: one}} {
				l, err := words.letter("troubles", struct {
					Notice
					Address string
				}{n, "http://desk.example"})
				if err != nil || strings.Contains(l.Subject+l.Text, string(kind)) || !strings.Contains(l.Text, "http://desk.example") || len(l.Text) < 40 {
					t.Errorf("%s %s: %+v %v", lang, kind, l, err)
				}
			}
		}
	}
}

func TestFailedLettersAreSentLater(t *testing.T) {
	s := newScene(t)
	s.wrong = []Trouble{failing}
	s.hooks.set(http.StatusServiceUnavailable)
	s.smtp.Set("451 later")
	step := func(after time.Duration) error { return s.watch(t).Step(t.Context(), start.Add(after)) }
	if err := step(0); err != nil {
		t.Fatal(err)
	}
	err := step(time.Minute)
	if err == nil || strings.Contains(err.Error(), "key-in-here") {
		t.Fatalf("error %v", err)
	}
	if err := step(time.Minute + 10*time.Second); err != nil { // not due yet: nobody is asked
		t.Fatal(err)
	}
	if got := len(s.hooks.received()); got != 1 {
		t.Fatalf("%d attempts before the pause was over", got)
	}
	s.hooks.set(http.StatusOK)
	s.smtp.Set("")
	for range 2 { // and never again
		if err := step(3 * time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if mails, hooks := len(s.smtp.Received()), len(s.hooks.received()); mails != 1 || hooks != 2 {
		t.Errorf("%d mails, %d webhooks", mails, hooks)
	}
	first, second := s.hooks.got[0], s.hooks.got[1]
	if first.Get("Webhook-Id") == "" || first.Get("Webhook-Id") != second.Get("Webhook-Id") {
		t.Error("a repetition cannot be told from another webhook")
	}
}

func TestLettersAreGivenUp(t *testing.T) {
	cases := []struct {
		name   string
		status int
		answer string
		after  time.Duration // of the second attempt
		left   int           // letters kept for later
	}{
		{"gone", http.StatusGone, "550 no such user", time.Minute, 0},
		{"refused now, maybe taken later", http.StatusForbidden, "450 busy", time.Hour, 2},
		{"a redirect is not followed", http.StatusFound, "", time.Hour, 1},
		{"too old", http.StatusBadGateway, "450 busy", 100 * time.Hour, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.wrong = []Trouble{failing}
			s.hooks.set(c.status)
			s.smtp.Set(c.answer)
			w := s.watch(t)
			for _, at := range []time.Duration{0, time.Minute, time.Minute + c.after} {
				_ = w.Step(t.Context(), start.Add(at))
			}
			if got := len(w.state.Outbox); got != c.left {
				t.Errorf("%d letters left, not %d", got, c.left)
			}
		})
	}
}

func TestOutboxIsBounded(t *testing.T) {
	var s State
	for range maxOutbox + 5 {
		s.send(Letter{})
	}
	if len(s.Outbox) != maxOutbox {
		t.Error(len(s.Outbox))
	}
	for n := range 100 {
		if d := backoff(n); d < firstRetry || d > lastRetry {
			t.Fatalf("backoff(%d) = %v", n, d)
		}
	}
}

func TestSignature(t *testing.T) {
	// The example of the specification of Standard Webhooks.
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := Hook{Secret: key}.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", `{"test": 2432232314}`)
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestSecureMail(t *testing.T) {
	letter := Letter{ID: "x", To: "ops@example.org", Subject: "s", Text: "t", Made: start}
	server := mailbox.New(t, true)
	m := Mail{Server: server.Address, From: "bantin@example.org", User: "me", Password: "p", Roots: server.Roots}
	if err := m.send(t.Context(), letter, start); err != nil {
		t.Fatal(err)
	}
	if len(server.Received()) != 1 || server.LogIns() != 1 {
		t.Errorf("%d mails, %d log-ins", len(server.Received()), server.LogIns())
	}
	m.Roots = nil
	if err := m.send(t.Context(), letter, start); err == nil || server.LogIns() != 1 {
		t.Error("a certificate that nobody vouches for was taken")
	}
	plain := mailbox.New(t, false)
	m = Mail{Server: plain.Address, From: "bantin@example.org", User: "me", Password: "p"}
	if err := m.send(t.Context(), letter, start); err == nil || errors.Is(err, errRefused) || len(plain.Received())+plain.LogIns() != 0 {
		t.Errorf("a server without STARTTLS got the letter or the password: %v", err)
	}
}

func TestConfiguration(t *testing.T) {
	for name, spoil := range map[string]func(*Config){
		"language":    func(c *Config) { c.Language = "fr" },
		"receiver":    func(c *Config) { c.MailTo = []string{"ops"} },
		"injection":   func(c *Config) { c.MailTo = []string{"a@b.example\r\nBcc: c@d.example"} },
		"sender":      func(c *Config) { c.Mail.From = "" },
		"mail server": func(c *Config) { c.Mail.Server = "smtp.example" },
		"security":    func(c *Config) { c.Mail.Security = "some" },
		"webhook":     func(c *Config) { c.HookTo = []string{"ftp://a.example"} },
		"no secret":   func(c *Config) { c.Hook.Secret = nil },
		"torn memory": func(c *Config) { c.Store = tornStore{} },
	} {
		s := newScene(t)
		spoil(&s.config)
		if _, err := New(s.config); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

type tornStore struct{ File }

func (tornStore) Load() (State, error) { return State{}, errors.New("torn") }

func TestLettersOfFormerReceiversAreDropped(t *testing.T) {
	s := newScene(t)
	s.wrong = []Trouble{failing}
	s.hooks.set(http.StatusServiceUnavailable)
	for i := range 2 {
		_ = s.watch(t).Step(t.Context(), start.Add(time.Duration(i)*time.Minute))
	}
	s.config.HookTo = nil
	w := s.watch(t)
	if err := w.Step(t.Context(), start.Add(time.Hour)); err != nil || len(w.state.Outbox) != 0 || len(s.hooks.received()) != 1 {
		t.Errorf("%v, %d letters", err, len(w.state.Outbox))
	}
}
