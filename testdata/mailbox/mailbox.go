// Package mailbox is a small SMTP server on loopback for tests.
package mailbox

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Server takes letters (RFC 5321, with STARTTLS and AUTH PLAIN when it has a
// certificate).
type Server struct {
	Address string // host:port
	cert    *tls.Certificate
	Roots   *x509.CertPool

	mu      sync.Mutex
	answer  string // to RCPT; empty: all is well
	mails   []string
	secrets []string // what AUTH sent, base64
}

// New starts a server that ends with the test.
func New(t *testing.T, withTLS bool) *Server {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Address: l.Addr().String()}
	if withTLS {
		h := httptest.NewTLSServer(nil)
		s.cert = &h.TLS.Certificates[0]
		s.Roots = x509.NewCertPool()
		s.Roots.AddCert(h.Certificate())
		h.Close()
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wait.Go(func() { s.talk(conn) })
		}
	})
	t.Cleanup(func() { l.Close(); wait.Wait() })
	return s
}

// Set is the answer to RCPT, empty when all is well.
func (s *Server) Set(answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

// Received returns the letters that were taken, as sent.
func (s *Server) Received() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.mails...)
}

// LogIns counts the log-ins.
func (s *Server) LogIns() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.secrets)
}

func (s *Server) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(line string) { _, _ = conn.Write([]byte(line + "\r\n")) }
	secure := false
	say("220 test ESMTP")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.Fields(line + " x")[0]); verb {
		case "EHLO":
			switch {
			case s.cert != nil && !secure:
				say("250-test\r\n250 STARTTLS")
			case secure:
				say("250-test\r\n250 AUTH PLAIN")
			default:
				say("250 test")
			}
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{*s.cert}})
			r, secure = bufio.NewReader(conn), true
		case "AUTH":
			s.mu.Lock()
			s.secrets = append(s.secrets, strings.TrimSpace(line))
			s.mu.Unlock()
			say("235 ok")
		case "RCPT":
			s.mu.Lock()
			answer := s.answer
			s.mu.Unlock()
			if answer == "" {
				answer = "250 ok"
			}
			say(answer)
		case "DATA":
			say("354 go on")
			var text strings.Builder
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				text.WriteString(strings.TrimPrefix(line, "."))
			}
			s.mu.Lock()
			s.mails = append(s.mails, text.String())
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default: // MAIL, NOOP, RSET
			say("250 ok")
		}
	}
}
