package fetch

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxRetryAfter = 24 * time.Hour
	shortPage     = 32 << 10 // firewall pages are short; articles may quote one
)

// rejections are the marks of firewall pages, which come with any status, 200
// too. All marks of a row must be there; they are lower case.
var rejections = [][]string{
	{"request rejected", "support id"}, // F5 BIG-IP ASM
	{"the requested url was rejected"}, // F5
	{"incapsula incident id"},          // Imperva
	{"_incapsula_resource", "<iframe"}, // Imperva
	{"<title>just a moment...</title>"},
	{"attention required! | cloudflare"},
	{"web page blocked", "attack id"},     // FortiWeb
	{"fortigate", "access blocked"},       // FortiGate
	{"sucuri website firewall"},           // Sucuri
	{"mod_security", "not acceptable"},    // ModSecurity
	{"document.cookie=\"d1n=", "reload("}, // anti-flood script of Vietnamese hosts
}

// rejection returns the mark by which an answer is known as a firewall's.
func rejection(a *answer) string {
	if len(a.body) > shortPage || len(a.body) == 0 {
		return ""
	}
	text := bytes.ToLower(a.body)
	for _, marks := range rejections {
		if !slices.ContainsFunc(marks, func(mark string) bool { return !bytes.Contains(text, []byte(mark)) }) {
			return marks[0]
		}
	}
	return ""
}

// retryAfter reads the header of an answer that refuses, in seconds or as a
// date; a day at most. Zero when there is none.
func retryAfter(header http.Header, status int, now time.Time) time.Time {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" || status < 300 {
		return time.Time{}
	}
	until, err := http.ParseTime(value)
	if seconds, bad := strconv.ParseFloat(value, 64); bad == nil && seconds >= 0 {
		until, err = now.Add(time.Duration(min(seconds, maxRetryAfter.Seconds())*float64(time.Second))), nil
	}
	if err != nil || !until.After(now) {
		return time.Time{}
	}
	if latest := now.Add(maxRetryAfter); until.After(latest) {
		return latest
	}
	return until
}
