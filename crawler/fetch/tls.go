package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"bantin/cache"
)

const (
	maxIssuers     = 3 // certificates fetched for one chain
	maxIssuerBytes = 64 << 10
	issuerTime     = 8 * time.Second
	issuersKept    = 256
)

// security is what a portal's profile says about its TLS.
type security struct {
	legacy bool // TLS 1.0 and RSA key exchange
	chain  bool // fetch what the server left out of its chain
}

// secureDialer makes TLS connections. Chains are verified in full, whatever
// had to be fetched to complete them.
type secureDialer struct {
	dialer   *net.Dialer
	security security
	limit    time.Duration
	roots    *x509.CertPool
	issuers  *issuers
}

func (d *secureDialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	raw, err := d.dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, d.limit, fmt.Errorf("%w: TLS handshake", ErrTimeout))
	defer cancel()
	conn := tls.Client(raw, d.config(ctx, host))
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, fmt.Errorf("tls %s: %w", host, cause(ctx, err))
	}
	return conn, nil
}

func (d *secureDialer) config(ctx context.Context, host string) *tls.Config {
	config := d.security.config(d.roots)
	config.ServerName = host
	// The usual verification has no place to add a certificate that the
	// server left out, so it is done in VerifyConnection instead.
	config.InsecureSkipVerify = true
	config.VerifyConnection = func(state tls.ConnectionState) error {
		return d.verify(ctx, host, state.PeerCertificates)
	}
	return config
}

// config is the versions and ciphers that the profile lets be spoken.
func (s security) config(roots *x509.CertPool) *tls.Config {
	if s.legacy {
		return &tls.Config{MinVersion: tls.VersionTLS10, CipherSuites: allSuites(), RootCAs: roots} //nolint:gosec // asked for
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
}

// allSuites are all that old servers may need: RSA key exchange and CBC too.
func allSuites() []uint16 {
	var ids []uint16
	for _, suite := range tls.CipherSuites() {
		ids = append(ids, suite.ID)
	}
	for _, suite := range tls.InsecureCipherSuites() {
		if !strings.Contains(suite.Name, "RC4") {
			ids = append(ids, suite.ID)
		}
	}
	return ids
}

// verify checks chain and name, fetching missing issuers one by one.
func (d *secureDialer) verify(ctx context.Context, host string, sent []*x509.Certificate) error {
	if len(sent) == 0 {
		return errors.New("no certificate")
	}
	options := x509.VerifyOptions{DNSName: host, Roots: d.roots, Intermediates: x509.NewCertPool()}
	for _, cert := range sent[1:] {
		options.Intermediates.AddCert(cert)
	}
	_, err := sent[0].Verify(options)
	last := top(sent)
	for range maxIssuers {
		if _, unknown := errors.AsType[x509.UnknownAuthorityError](err); !unknown {
			break
		}
		if !d.security.chain {
			return fmt.Errorf("%w (if the server leaves out a certificate, fetch_chain: true in its profile fetches it)", err)
		}
		issuer, missing := d.issuers.of(ctx, last)
		if missing != nil {
			return fmt.Errorf("%w (%w)", err, missing)
		}
		options.Intermediates.AddCert(issuer)
		_, err = sent[0].Verify(options)
		last = issuer
	}
	return err
}

// top follows the issuers among the certificates sent as far as they go.
func top(sent []*x509.Certificate) *x509.Certificate {
	last := sent[0]
	for range sent {
		for _, cert := range sent[1:] {
			if string(cert.RawSubject) == string(last.RawIssuer) && cert != last {
				last = cert
				break
			}
		}
	}
	return last
}

// issuers fetches and remembers issuers' certificates (RFC 5280, 4.2.2.1).
type issuers struct {
	client *http.Client
	known  cache.Of[string, *x509.Certificate]
}

func newIssuers(dialer *net.Dialer) *issuers {
	transport := &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, ResponseHeaderTimeout: issuerTime}
	return &issuers{client: &http.Client{Transport: transport, Timeout: issuerTime}}
}

// of returns the issuer of cert. That it really signed cert is for the
// verification to tell.
func (s *issuers) of(ctx context.Context, cert *x509.Certificate) (*x509.Certificate, error) {
	err := errors.New("certificate names no address of its issuer")
	for i, address := range cert.IssuingCertificateURL {
		if i == 2 || !strings.HasPrefix(address, "http://") {
			break // https here could ask for itself
		}
		issuer, known := s.known.Get(address, 0)
		if known {
			return issuer, nil
		}
		if issuer, err = s.get(ctx, address); err == nil {
			s.known.Put(address, 0, issuer, issuersKept)
			return issuer, nil
		}
	}
	return nil, err
}

func (s *issuers) get(ctx context.Context, address string) (*x509.Certificate, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("issuer's certificate: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("issuer's certificate at %s: %s", address, resp.Status)
	}
	data, err := io.ReadAll(&capped{source: resp.Body, left: maxIssuerBytes})
	if err != nil {
		return nil, fmt.Errorf("issuer's certificate at %s: %w", address, err)
	}
	if block, _ := pem.Decode(data); block != nil {
		data = block.Bytes
	}
	return x509.ParseCertificate(data)
}
