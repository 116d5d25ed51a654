package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Field is one form field; forms keep their order and repeated names.
type Field struct{ Name, Value string }

// Request is one exchange to perform.
type Request struct {
	Method  string // GET when empty, POST when empty and Form is not
	URL     string
	Form    []Field
	Header  http.Header // added to the crawler's own
	Kind    Kind
	Session *Session // nil: no cookies are sent or kept

	// Hosts are the host names (host or host:port) that redirects may reach
	// beside the request's own.
	Hosts []string

	Gap        time.Duration // least pause between two requests to this server
	Timeout    time.Duration // of one whole hop; zero: the client's limit
	LegacyTLS  bool          // accept TLS 1.0 and RSA key exchange
	FetchChain bool          // fetch certificates that the server leaves out
	SkipRobots bool          // with the portal's consent only
}

// Session is the cookies of one walk through a portal's pages, kept in memory
// only.
type Session struct{ jar *cookiejar.Jar }

// NewSession returns a session without cookies.
func NewSession() (*Session, error) {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, fmt.Errorf("cookie jar: %w", err)
	}
	return &Session{jar: jar}, nil
}

// Response is the final answer to a Request.
type Response struct {
	Status    int
	URL       *url.URL // after redirects
	Redirects []Redirect
	Header    http.Header
	Raw       []byte // decoded from its transfer encoding, in the server's own charset
	Text      []byte // Raw as UTF-8; shares Raw's memory when that is UTF-8 already
	Charset   string // that Raw was decoded from
	Latency   time.Duration
	Elapsed   time.Duration
	Fetched   time.Time

	release func()
}

// Redirect is one hop of a chain.
type Redirect struct {
	Status   int
	From, To string
}

// Release gives back the memory slot of a large body; Raw and Text must not be
// used after it. It may be called twice.
func (r *Response) Release() {
	if r.release != nil {
		r.release()
		r.release = nil
	}
}

// MediaType is the lower-case content type without parameters.
func (r *Response) MediaType() string { return mediaType(r.Header) }

// Permanent tells that every redirect on the way was a permanent one.
func (r *Response) Permanent() bool {
	return len(r.Redirects) > 0 && !slices.ContainsFunc(r.Redirects, func(hop Redirect) bool {
		return hop.Status != http.StatusMovedPermanently && hop.Status != http.StatusPermanentRedirect
	})
}

func (r *Request) check() error {
	u, err := url.Parse(r.URL)
	if err != nil {
		return fmt.Errorf("fetch: %w: %w", ErrAddress, err)
	}
	if err := checkAddress(u); err != nil {
		return fmt.Errorf("fetch %q: %w", r.URL, err)
	}
	switch r.method() {
	case http.MethodGet, http.MethodPost:
	default:
		return fmt.Errorf("fetch %q: method %s: use GET or POST", r.URL, r.Method)
	}
	return nil
}

// checkAddress refuses what is not a plain http or https address.
func checkAddress(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: scheme %q, want http or https", ErrAddress, u.Scheme)
	case u.Hostname() == "":
		return fmt.Errorf("%w: no host", ErrAddress)
	case u.User != nil:
		return fmt.Errorf("%w: a password in the address", ErrAddress)
	}
	return nil
}

func (r *Request) method() string {
	switch {
	case r.Method != "":
		return strings.ToUpper(r.Method)
	case len(r.Form) > 0:
		return http.MethodPost
	}
	return http.MethodGet
}

// reaches tells whether a hop to u stays within the request's hosts. A host
// with and without "www." is one.
func (r *Request) reaches(u *url.URL) bool {
	own, err := url.Parse(r.URL)
	if err != nil {
		return false
	}
	if bareHost(u.Hostname()) == bareHost(own.Hostname()) {
		return own.Port() == u.Port() || defaultPort(own) && defaultPort(u)
	}
	return slices.ContainsFunc(r.Hosts, func(host string) bool {
		if strings.Contains(host, ":") {
			return strings.EqualFold(host, u.Host)
		}
		return bareHost(host) == bareHost(u.Hostname()) && defaultPort(u)
	})
}

func bareHost(host string) string {
	return strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(host), "."), "www.")
}

func defaultPort(u *url.URL) bool {
	port := u.Port()
	return port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https"
}

// encodeForm writes fields in their order, which url.Values would lose.
func encodeForm(form []Field) string {
	var b strings.Builder
	for i, field := range form {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(field.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(field.Value))
	}
	return b.String()
}

// Errors that a caller branches on.
var (
	ErrAddress    = errors.New("not an address to fetch")
	ErrPrivate    = errors.New("private address: --allow-private lets the crawler reach it")
	ErrOffSite    = errors.New("redirect leaves the portal's hosts")
	ErrDisallowed = errors.New("robots.txt disallows it")
	ErrTooLarge   = errors.New("larger than the limit")
	ErrType       = errors.New("unwanted content type")
	ErrRejected   = errors.New("refused by a firewall page")
	ErrRedirects  = errors.New("redirect loop")
	ErrTimeout    = errors.New("timed out")
)

// WaitError says that the server must not be asked before Until; nothing was
// sent.
type WaitError struct {
	Until  time.Time
	Reason string
}

func (e *WaitError) Error() string {
	return fmt.Sprintf("%s: wait until %s", e.Reason, e.Until.Format(time.RFC3339))
}

// Permanent tells that asking again would answer the same error.
func Permanent(err error) bool {
	lasting := []error{ErrAddress, ErrPrivate, ErrOffSite, ErrDisallowed, ErrTooLarge, ErrType, ErrRedirects}
	return slices.ContainsFunc(lasting, func(one error) bool { return errors.Is(err, one) })
}
