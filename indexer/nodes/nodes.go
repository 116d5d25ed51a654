// Package nodes asks servers that are equal: any of several addresses answers a
// request in JSON. It owns which one is asked, what is asked again and after how
// long, TLS, secrets and compression, and knows nothing of what is asked for.
package nodes

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"bantin/indexer/index"
)

// Config says where nodes are and how to get in.
type Config struct {
	Addresses    []string // of nodes, http://host:9200 or https://, at least one
	CAFile       string   // PEM file of the authorities behind https; empty for the system's
	User         string   // of basic authentication; empty for none
	PasswordFile string   // file with the user's password
	APIKeyFile   string   // file with an API key in place of user and password

	Pause func(ctx context.Context, n int) error // before the attempt after the nth; nil for 50 ms, doubled up to 3 s
}

// Client goes round the nodes, leaves out for a while those that do not answer, and
// repeats what failed for a passing reason: what it is given may be sent twice. It
// may be used concurrently.
type Client struct {
	http  *http.Client
	nodes []*node
	next  atomic.Uint32
	auth  string // value of the header Authorization
	pause func(context.Context, int) error
}

type node struct {
	url  string
	down atomic.Int64 // until then it is left out, Unix nanoseconds
}

// What a request may take.
const (
	attempts     = 8               // of one request: a new manager is chosen within seconds
	leftOut      = 5 * time.Second // after a node did not answer
	dialTime     = 5 * time.Second
	answerTime   = 2 * time.Minute // until a node begins to answer
	largestReply = 512 << 20
	compressed   = 1 << 10 // larger requests are sent as gzip
)

// New makes a client; it connects at the first request.
func New(c Config) (*Client, error) {
	if len(c.Addresses) == 0 {
		return nil, errors.New("no address of a node: name one")
	}
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: dialTime}).DialContext,
		ResponseHeaderTimeout: answerTime, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: dialTime,
		MaxIdleConnsPerHost: 64, ForceAttemptHTTP2: true,
	}
	if c.CAFile != "" {
		pool, err := authorities(c.CAFile)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	out := &Client{http: &http.Client{Transport: transport}, pause: c.Pause}
	if out.pause == nil {
		out.pause = backOff
	}
	for _, a := range c.Addresses {
		u, err := url.Parse(a)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("the address %q of a node is not like https://host:9200", a)
		}
		out.nodes = append(out.nodes, &node{url: strings.TrimSuffix(a, "/")})
	}
	var err error
	out.auth, err = c.authorization()
	return out, err
}

func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("authorities of the nodes: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("authorities of the nodes: %s has no certificate in PEM", file)
	}
	return pool, nil
}

func (c Config) authorization() (string, error) {
	file := cmp.Or(c.APIKeyFile, c.PasswordFile)
	switch {
	case file == "" && c.User != "":
		return "", errors.New("the user of the nodes needs a password: name its file")
	case file == "":
		return "", nil
	}
	secret, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("secret of the nodes: %w", err)
	}
	text := strings.TrimSpace(string(secret))
	if c.APIKeyFile != "" {
		return "ApiKey " + text, nil
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(c.User+":"+text)), nil
}

// Close lets go of the connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// StatusError is an answer that reports a failure.
type StatusError struct {
	Code   int
	Detail string // the answer
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("status %d: %.1000s", e.Code, e.Detail)
}

// HasCode tells whether err is an answer with one of the codes.
func HasCode(err error, codes ...int) bool {
	var status *StatusError
	return errors.As(err, &status) && slices.Contains(codes, status.Code)
}

// Do sends a request whose body is JSON, nil for none, and reads the answer into
// out unless that is nil.
func (c *Client) Do(ctx context.Context, method, path string, body, out any) error {
	var data []byte
	if body != nil {
		var err error
		if data, err = Lines(body); err != nil {
			return err
		}
	}
	return c.Send(ctx, method, path, func() []byte { return data }, func(answer []byte) error {
		if out == nil {
			return nil
		}
		return json.Unmarshal(answer, out)
	})
}

// Lines writes values as JSON, each on a line of its own.
func Lines(values ...any) ([]byte, error) {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	for _, v := range values {
		if err := out.Encode(v); err != nil {
			return nil, err
		}
	}
	return text.Bytes(), nil
}

// Send sends a request until it is answered, for a passing failure up to so many
// times, each time with the body as it is then. What read returns counts as the
// outcome: a StatusError may be a passing failure. Who never gets an answer gets
// index.ErrUnavailable.
func (c *Client) Send(ctx context.Context, method, path string, body func() []byte, read func([]byte) error) error {
	var before error // why the last attempt failed
	for n := 1; ; n++ {
		to := c.node()
		answer, err := c.once(ctx, to, method, path, body())
		answered := err == nil
		if answered {
			err = read(answer)
		}
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ended(ctx, before)
		case !passing(err, n, answered):
			return fmt.Errorf("%s %s: %w", method, path, err)
		case n == attempts:
			return fmt.Errorf("%w: %s %s: %w", index.ErrUnavailable, method, path, err)
		}
		if status := (*StatusError)(nil); !errors.As(err, &status) || status.Code != http.StatusTooManyRequests {
			to.down.Store(time.Now().Add(leftOut).UnixNano())
		}
		if before = err; c.pause(ctx, n) != nil {
			return ended(ctx, before)
		}
	}
}

// ended is the error of a request whose time is over: when it failed before, that
// is the reason.
func ended(ctx context.Context, before error) error {
	if before == nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w: %w", index.ErrUnavailable, before, ctx.Err())
}

// passing tells whether the failure of the nth attempt may be over at the next:
// a node that is not there, that is full or that has just lost another.
func passing(err error, n int, answered bool) bool {
	var status *StatusError
	if !errors.As(err, &status) {
		var wire net.Error
		if refused := (*tls.CertificateVerificationError)(nil); answered || errors.As(err, &refused) {
			return false
		}
		return errors.As(err, &wire) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	}
	switch status.Code {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusInternalServerError:
		return n == 1
	}
	return false
}

// backOff waits twice as long before each further attempt, from 50 ms to 3 s,
// and a random part of that so that clients do not come back together.
func backOff(ctx context.Context, n int) error {
	wait := min(50*time.Millisecond<<n, 3*time.Second)
	select {
	case <-time.After(wait/2 + rand.N(wait/2)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// node returns the next one that is not left out, or the next when all are.
func (c *Client) node() *node {
	now := time.Now().UnixNano()
	at := c.next.Add(1)
	for i := range c.nodes {
		if n := c.nodes[(int(at)+i)%len(c.nodes)]; n.down.Load() < now {
			return n
		}
	}
	return c.nodes[int(at)%len(c.nodes)]
}

func (c *Client) once(ctx context.Context, to *node, method, path string, body []byte) ([]byte, error) {
	packed := len(body) > compressed
	if packed {
		body = zipped(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, to.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if packed {
		req.Header.Set("Content-Encoding", "gzip")
	}
	if c.auth != "" {
		req.Header.Set("Authorization", c.auth)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, largestReply+1))
	switch {
	case err != nil:
		return nil, err
	case len(answer) > largestReply:
		return nil, fmt.Errorf("the answer is larger than %d bytes", largestReply)
	case resp.StatusCode >= http.StatusMultipleChoices:
		return nil, &StatusError{resp.StatusCode, string(answer)}
	}
	return answer, nil
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level is one
	_, _ = z.Write(data)                            // a buffer takes everything
	_ = z.Close()
	return b.Bytes()
}
