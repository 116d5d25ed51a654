package alert

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Mail is the way to the SMTP server that takes the letters.
type Mail struct {
	Server   string // host:port
	User     string // empty when the server asks for none
	Password string
	From     string         // address, with a name or without
	Security string         // starttls (the empty value too), tls from the first byte, or none
	Roots    *x509.CertPool // whom to trust; nil: whom the system trusts
}

// Securities are the values of Mail.Security.
var securities = []string{"", "starttls", "tls", "none"}

func (m Mail) check() error {
	if _, _, err := net.SplitHostPort(m.Server); err != nil {
		return fmt.Errorf("mail server %q: write host:port, such as smtp.example:587", m.Server)
	}
	if _, err := netmail.ParseAddress(m.From); err != nil {
		return fmt.Errorf("sender %q of mails: write a mail address", m.From)
	}
	if !slices.Contains(securities, m.Security) {
		return fmt.Errorf("security %q of mails: write starttls, tls or none", m.Security)
	}
	_, err := m.client(nil)
	return err
}

// client talks over a connection that dial opens.
func (m Mail) client(dial mail.DialContextFunc) (*mail.Client, error) {
	host, port, err := net.SplitHostPort(m.Server)
	if err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(sendTime), mail.WithTLSConfig(m.tls(host))}
	if dial != nil {
		options = append(options, mail.WithDialContextFunc(dial))
	}
	switch m.Security {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if m.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.User), mail.WithPassword(m.Password))
	}
	return mail.NewClient(host, options...)
}

// send hands a letter to the server.
func (m Mail) send(ctx context.Context, l Letter, _ time.Time) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.From(m.From); err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	if err := msg.To(l.To); err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	msg.Subject(l.Subject)
	msg.SetDateWithValue(l.Made)
	msg.SetMessageIDWithValue(l.ID + "@" + m.domain())
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	msg.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	}
	if l.Leave != "" { // RFC 8058: a mail program ends it with one click
		msg.SetGenHeader(mail.HeaderListUnsubscribe, "<"+l.Leave+">")
		msg.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	line := &line{}
	defer line.close()
	client, err := m.client(line.dial(m))
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if refusal, ok := errors.AsType[*mail.SendError](err); ok && !refusal.IsTemp() && refusal.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	return err
}

func (m Mail) tls(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: m.Roots, MinVersion: tls.VersionTLS12}
}

// line is the connection of one letter. The mail library leaves it open when
// the server cannot speak TLS, so it is closed here.
type line struct{ conn net.Conn }

func (l *line) dial(m Mail) mail.DialContextFunc {
	return func(ctx context.Context, network, address string) (conn net.Conn, err error) {
		if m.Security == "tls" {
			host, _, _ := net.SplitHostPort(address)
			conn, err = (&tls.Dialer{Config: m.tls(host)}).DialContext(ctx, network, address)
		} else {
			conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
		}
		if err == nil {
			l.conn = conn
		}
		return conn, err
	}
}

func (l *line) close() {
	if l.conn != nil {
		_ = l.conn.Close() // the letter was taken, or not, before
	}
}

// domain is that of the sender.
func (m Mail) domain() string {
	a, err := netmail.ParseAddress(m.From)
	if err != nil {
		return "localhost"
	}
	return a.Address[strings.LastIndexByte(a.Address, '@')+1:]
}
