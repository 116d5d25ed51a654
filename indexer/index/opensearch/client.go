package opensearch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
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

// Config says where a cluster is and how to get in.
type Config struct {
	Addresses    []string // of nodes, http://host:9200 or https://, at least one
	CAFile       string   // PEM file of the authorities behind https; empty for the system's
	User         string   // of basic authentication; empty for none
	PasswordFile string   // file with the user's password
	APIKeyFile   string   // file with an API key in place of user and password
}

// Client talks to a cluster over HTTP: it goes round its nodes, leaves out for a
// while those that do not answer, and repeats what failed for a passing reason.
// All requests of this package may be repeated. It may be used concurrently.
type Client struct {
	http  *http.Client
	nodes []*node
	next  atomic.Uint32
	auth  string                           // value of the header Authorization
	pause func(context.Context, int) error // before the attempt of a number
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

// NewClient makes a client; it connects at the first request.
func NewClient(c Config) (*Client, error) {
	if len(c.Addresses) == 0 {
		return nil, errors.New("OpenSearch needs at least one address: name one")
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
	out := &Client{http: &http.Client{Transport: transport}, pause: backOff}
	for _, a := range c.Addresses {
		u, err := url.Parse(a)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("the address %q of OpenSearch is not like https://host:9200", a)
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
		return nil, fmt.Errorf("authorities of OpenSearch: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("authorities of OpenSearch: %s has no certificate in PEM", file)
	}
	return pool, nil
}

func (c Config) authorization() (string, error) {
	file := c.APIKeyFile
	if file == "" {
		file = c.PasswordFile
	}
	if file == "" {
		if c.User != "" {
			return "", errors.New("the user of OpenSearch needs a password: name its file")
		}
		return "", nil
	}
	secret, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("secret of OpenSearch: %w", err)
	}
	text := strings.TrimSpace(string(secret))
	if c.APIKeyFile != "" {
		return "ApiKey " + text, nil
	}
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(c.User, text)
	return r.Header.Get("Authorization"), nil
}

// Close lets go of the connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// statusError is an answer that reports a failure.
type statusError struct {
	code   int
	detail string // the answer, its beginning
}

func (e *statusError) Error() string {
	return fmt.Sprintf("OpenSearch answered %d: %s", e.code, e.detail)
}

func newStatusError(code int, answer []byte) *statusError {
	const most = 1000
	return &statusError{code, string(answer[:min(len(answer), most)])}
}

// hasCode tells whether err is an answer with one of the codes.
func hasCode(err error, codes ...int) bool {
	var status *statusError
	return errors.As(err, &status) && slices.Contains(codes, status.code)
}

// do sends a request whose body is JSON, nil for none, and reads the answer into
// out unless that is nil.
func (c *Client) do(ctx context.Context, method, path string, body, out any) error {
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return err
		}
	}
	return c.send(ctx, method, path, "application/json", data, func(answer []byte) error {
		if out == nil {
			return nil
		}
		return json.Unmarshal(answer, out)
	})
}

// send sends a request until it is answered, for a passing failure up to so many
// times. What read returns counts as the outcome.
func (c *Client) send(ctx context.Context, method, path, kind string, body []byte, read func([]byte) error) error {
	packed := len(body) > compressed
	if packed {
		body = zipped(body)
	}
	var before error // why the last attempt failed
	for n := 1; ; n++ {
		to := c.node()
		answer, err := c.once(ctx, to, method, path, kind, body, packed)
		if err == nil {
			err = read(answer)
		}
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ended(ctx, before)
		case !passing(err, n):
			return fmt.Errorf("%s %s: %w", method, path, err)
		case n == attempts:
			return fmt.Errorf("%w: %s %s: %w", index.ErrUnavailable, method, path, err)
		}
		if status := (*statusError)(nil); !errors.As(err, &status) || status.code != http.StatusTooManyRequests {
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
func passing(err error, n int) bool {
	var status *statusError
	if !errors.As(err, &status) {
		var wire net.Error
		if refused := (*tls.CertificateVerificationError)(nil); errors.As(err, &refused) || errors.Is(err, errTimedOut) {
			return false
		}
		return errors.As(err, &wire) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	}
	switch status.code {
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
	t := time.NewTimer(wait/2 + rand.N(wait/2))
	defer t.Stop()
	select {
	case <-t.C:
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

func (c *Client) once(ctx context.Context, to *node, method, path, kind string, body []byte, packed bool) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, to.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", kind)
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
		return nil, newStatusError(resp.StatusCode, answer)
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
