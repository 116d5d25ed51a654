package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// minSecret is how many bytes a key must have that signs webhooks.
const minSecret = 24

// Hook signs webhooks as Standard Webhooks 1.0 has it
// (https://www.standardwebhooks.com): the receiver computes HMAC-SHA-256 over
// "id.timestamp.body" and compares.
type Hook struct {
	Secret []byte       // at least 24 bytes
	Client *http.Client // nil: one of its own, which follows no redirects
}

func (h Hook) check() error {
	if len(h.Secret) < minSecret {
		return fmt.Errorf("the secret of webhooks has %d bytes, %d are the least: openssl rand -base64 32 makes one", len(h.Secret), minSecret)
	}
	return nil
}

// send posts the body of a letter.
func (h Hook) send(ctx context.Context, l Letter, now time.Time) error {
	req, err := newPost(ctx, l.To, []byte(l.Text))
	if err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	stamp := strconv.FormatInt(now.Unix(), 10)
	req.Header.Set("Webhook-Id", l.ID)
	req.Header.Set("Webhook-Timestamp", stamp)
	req.Header.Set("Webhook-Signature", h.sign(l.ID, stamp, l.Text))
	client := h.Client
	if client == nil {
		client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		defer client.CloseIdleConnections()
	}
	resp, err := client.Do(req)
	if err != nil {
		return withoutAddress(err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // only for the connection's sake
	_ = resp.Body.Close()
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusGone:
		return fmt.Errorf("%w: %s", errRefused, resp.Status)
	default:
		// Anything else may be mended on the other side within days.
		return fmt.Errorf("answered %s", resp.Status)
	}
}

// newPost is a request that posts JSON.
func newPost(ctx context.Context, to string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err == nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("User-Agent", "Bantin")
	}
	return req, err
}

func (h Hook) sign(id, stamp, body string) string {
	mac := hmac.New(sha256.New, h.Secret)
	mac.Write([]byte(id + "." + stamp + "." + body))
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// withoutAddress keeps the address of a webhook, which may hold a key, out of
// logs.
func withoutAddress(err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return failed.Err
	}
	return err
}
