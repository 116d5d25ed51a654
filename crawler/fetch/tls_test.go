package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// authority is a certificate with its key.
type authority struct {
	cert *x509.Certificate
	key  any
}

// issue makes a certificate signed by parent, or by itself.
func issue(t *testing.T, parent *authority, template x509.Certificate, rsaKey bool) *authority {
	t.Helper()
	var key any
	var public any
	if rsaKey {
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		key, public = k, &k.PublicKey
	} else {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		key, public = k, &k.PublicKey
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore, template.BasicConstraintsValid = time.Now().Add(-time.Hour), true
	if template.NotAfter.IsZero() {
		template.NotAfter = time.Now().Add(time.Hour)
	}
	signer, signerKey := &template, key
	if parent != nil {
		signer, signerKey = parent.cert, parent.key
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, signer, public, signerKey)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key}
}

func ca(name string, aia ...string) x509.Certificate {
	return x509.Certificate{
		Subject: pkix.Name{CommonName: name}, IsCA: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, IssuingCertificateURL: aia,
	}
}

func leaf(aia ...string) x509.Certificate {
	return x509.Certificate{
		Subject: pkix.Name{CommonName: "portal"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, IssuingCertificateURL: aia,
	}
}

func serveTLS(t *testing.T, config *tls.Config, own *authority) string {
	t.Helper()
	config.Certificates = []tls.Certificate{{Certificate: [][]byte{own.cert.Raw}, PrivateKey: own.key}}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		html(w, "an toàn")
	}))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.TLS = config
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestMissingIntermediatesAreFetched(t *testing.T) {
	var issuerOfLeaf, issuerOfThat, stranger []byte
	depot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/one.crt":
			_, _ = w.Write(issuerOfLeaf)
		case "/two.crt":
			_, _ = w.Write(issuerOfThat)
		case "/stranger.crt":
			_, _ = w.Write(stranger)
		case "/bomb.crt":
			_, _ = w.Write(make([]byte, 10<<20))
		default:
			http.NotFound(w, r)
		}
	}))
	defer depot.Close()
	root := issue(t, nil, ca("root"), false)
	two := issue(t, root, ca("two"), false)
	one := issue(t, two, ca("one", depot.URL+"/two.crt"), false)
	foreign := issue(t, nil, ca("one", depot.URL+"/stranger.crt"), false)
	issuerOfLeaf, issuerOfThat, stranger = one.cert.Raw, two.cert.Raw, foreign.cert.Raw
	pool := x509.NewCertPool()
	pool.AddCert(root.cert)

	expired := leaf(depot.URL + "/one.crt")
	expired.NotAfter = time.Now().Add(-time.Minute)
	elsewhere := leaf(depot.URL + "/one.crt")
	elsewhere.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 9)}
	for name, test := range map[string]struct {
		cert *authority
		ok   bool
	}{
		"two missing":                    {issue(t, one, leaf(depot.URL+"/one.crt"), false), true},
		"no address":                     {issue(t, one, leaf(), false), false},
		"address answers 404":            {issue(t, one, leaf(depot.URL+"/none.crt"), false), false},
		"another's certificate":          {issue(t, one, leaf(depot.URL+"/stranger.crt"), false), false},
		"issuer unknown to the roots":    {issue(t, foreign, leaf(depot.URL+"/stranger.crt"), false), false},
		"an endless certificate":         {issue(t, one, leaf(depot.URL+"/bomb.crt"), false), false},
		"expired, though the chain ends": {issue(t, one, expired, false), false},
		"another host's name":            {issue(t, one, elsewhere, false), false},
		"signed by itself":               {issue(t, nil, leaf(), false), false},
	} {
		t.Run(name, func(t *testing.T) {
			address := serveTLS(t, &tls.Config{}, test.cert)
			client := New(Options{AllowPrivate: true, Roots: pool, Limits: quick})
			defer client.Close()
			resp, err := client.Do(t.Context(), Request{URL: address, FetchChain: true})
			if (err == nil) != test.ok {
				t.Errorf("%v, want success: %v", err, test.ok)
			}
			if resp != nil {
				resp.Release()
			}
		})
	}
}

func TestIssuersAreFetchedOnlyWhereAsked(t *testing.T) {
	depot := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("an issuer was fetched without the profile's leave")
	}))
	defer depot.Close()
	root := issue(t, nil, ca("root"), false)
	pool := x509.NewCertPool()
	pool.AddCert(root.cert)
	address := serveTLS(t, &tls.Config{}, issue(t, issue(t, root, ca("one"), false), leaf(depot.URL), false))
	client := New(Options{AllowPrivate: true, Roots: pool, Limits: quick})
	defer client.Close()
	if _, err := client.Do(t.Context(), Request{URL: address}); err == nil {
		t.Error("an incomplete chain was accepted")
	}
}

func TestLegacyTLSOnlyWhereAsked(t *testing.T) {
	root := issue(t, nil, ca("root"), false)
	pool := x509.NewCertPool()
	pool.AddCert(root.cert)
	old := &tls.Config{
		MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10, //nolint:gosec // a server of 2008
		CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA},
	}
	address := serveTLS(t, old, issue(t, root, leaf(), true))
	client := New(Options{AllowPrivate: true, Roots: pool, Limits: quick})
	defer client.Close()
	if _, err := client.Do(t.Context(), Request{URL: address}); err == nil {
		t.Error("TLS 1.0 was accepted without the profile's leave")
	}
	modern := New(Options{AllowPrivate: true, Roots: pool, Limits: quick})
	defer modern.Close()
	do(t, modern, Request{URL: address, LegacyTLS: true})
}
