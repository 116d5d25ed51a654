package command

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bantin/searchd/alert"

	"github.com/spf13/cobra"
)

// alarms is the flags of what the operator is told.
type alarms struct {
	*app
	server, user, passwordFile string
	from, security, language   string
	mailTo, hookTo             []string
	secretFile                 string
	leastMB, backupDays        int
}

func (al *alarms) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringSliceVar(&al.mailTo, "alert-mail", nil, "mail address that is told of troubles; repeat for several (needs --smtp)")
	f.StringSliceVar(&al.hookTo, "alert-webhook", nil, "address that is told of troubles, as Standard Webhooks; repeat for several")
	f.StringVar(&al.secretFile, "alert-webhook-secret-file", "", "file with the key that signs webhooks, in base64")
	f.StringVar(&al.language, "alert-language", "vi", "language of the mails: vi or en")
	f.IntVar(&al.leastMB, "alert-free", 2048, "megabytes that must be free on the disk")
	f.IntVar(&al.backupDays, "alert-backup-days", 7, "days that the last backup in --backup-dir may be old")
	f.StringVar(&al.server, "smtp", "", "mail server, such as smtp.example:587")
	f.StringVar(&al.security, "smtp-security", "starttls", "how the mail server is spoken to: starttls, tls or none")
	f.StringVar(&al.user, "smtp-user", "", "user at the mail server")
	f.StringVar(&al.passwordFile, "smtp-password-file", "", "file with the password of that user")
	f.StringVar(&al.from, "smtp-from", "", "sender of the mails, such as 'Bantin <bantin@example.vn>'")
}

// watch is what tells the operator of the troubles that t finds; nil when
// nobody wants to be told.
func (al *alarms) watch(t *troubles, address string) (*alert.Watch, error) {
	if len(al.mailTo)+len(al.hookTo) == 0 {
		return nil, nil
	}
	c := alert.Config{
		Look: t.find, Store: alert.File(filepath.Join(al.data, "alerts.json")),
		MailTo: al.mailTo, HookTo: al.hookTo, Language: al.language, Address: address, Log: al.log,
	}
	var err error
	if c.Mail, err = al.mail(); err != nil {
		return nil, err
	}
	if al.secretFile != "" {
		text, err := readSecret("alert-webhook-secret-file", al.secretFile)
		if err != nil {
			return nil, err
		}
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "whsec_"))
		if err != nil {
			return nil, usageError{fmt.Errorf("--alert-webhook-secret-file %s: %w; openssl rand -base64 32 makes one", al.secretFile, err)}
		}
		c.Hook.Secret = key
	}
	w, err := alert.New(c)
	if err != nil {
		return nil, fmt.Errorf("alarms: %w", err)
	}
	return w, nil
}

// mail is the way to the mail server.
func (al *alarms) mail() (m alert.Mail, err error) {
	m = alert.Mail{Server: al.server, User: al.user, From: al.from, Security: al.security}
	if al.passwordFile != "" {
		m.Password, err = readSecret("smtp-password-file", al.passwordFile)
	}
	return m, err
}

// maxSecret bounds the file of a secret.
const maxSecret = 4 << 10

// readSecret reads what a file holds beside the space around it.
func readSecret(flag, file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("--%s: %w", flag, err)
	}
	text = bytes.TrimSpace(text)
	if len(text) == 0 || len(text) > maxSecret {
		return "", usageError{fmt.Errorf("--%s %s: write one line with the secret", flag, file)}
	}
	return string(text), nil
}
