package fetch

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// robotsLimit is how much of a robots.txt is read (RFC 9309, 2.5).
const robotsLimit = 500 << 10

// maxCrawlDelay bounds what a robots.txt may ask for.
const maxCrawlDelay = 2 * time.Minute

// Robots are the rules of one robots.txt for this crawler (RFC 9309). The zero
// value allows everything.
type Robots struct {
	Delay    time.Duration // Crawl-delay, zero when none
	Sitemaps []string
	rules    []rule
}

// rule is one Allow or Disallow line.
type rule struct {
	allow   bool
	pattern string // normalised; may hold '*' and end with '$'
}

// group is the lines that one set of user agents shares.
type group struct {
	agents []string
	rules  []rule
	delay  time.Duration
}

// ParseRobots reads a robots.txt. Groups naming the agent's product token are
// merged; without one the groups of '*' count. Lines that make no sense are
// skipped. An HTML page in its place allows everything.
func ParseRobots(text []byte, agent string) Robots {
	text = text[:min(len(text), robotsLimit)]
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if markup(text) {
		return Robots{}
	}
	groups, sitemaps := parseGroups(string(text))
	robots := Robots{Sitemaps: sitemaps}
	if !robots.take(groups, strings.ToLower(agent)) {
		robots.take(groups, "*")
	}
	return robots
}

// take merges the groups of one agent.
func (r *Robots) take(groups []group, agent string) bool {
	found := false
	for _, g := range groups {
		if slices.Contains(g.agents, agent) {
			found = true
			r.rules = append(r.rules, g.rules...)
			r.Delay = max(r.Delay, g.delay)
		}
	}
	return found
}

func parseGroups(text string) (groups []group, sitemaps []string) {
	open := false // user-agent lines may still join the last group
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		field, value, ok := splitLine(line)
		if !ok {
			continue
		}
		if field == "sitemap" {
			if len(sitemaps) < 100 {
				sitemaps = append(sitemaps, value)
			}
			continue
		}
		if field == "user-agent" {
			if !open {
				groups = append(groups, group{})
			}
			last := &groups[len(groups)-1]
			last.agents = append(last.agents, productToken(value))
			open = true
			continue
		}
		if len(groups) > 0 && groups[len(groups)-1].add(field, value) {
			open = false
		}
	}
	return groups, sitemaps
}

// add takes a line of the group; it tells whether the line was one of a group.
func (g *group) add(field, value string) bool {
	switch field {
	case "allow", "disallow":
		if value != "" {
			g.rules = append(g.rules, rule{allow: field == "allow", pattern: normalizePath(value)})
		}
		return true
	case "crawl-delay":
		seconds, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if err == nil && seconds > 0 {
			g.delay = min(time.Duration(min(seconds, maxCrawlDelay.Seconds())*float64(time.Second)), maxCrawlDelay)
		}
	}
	return false
}

func splitLine(line string) (field, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	field, value, ok = strings.Cut(line, ":")
	field = strings.ToLower(strings.TrimSpace(field))
	if field == "useragent" || field == "user agent" {
		field = "user-agent"
	}
	if field == "dissallow" || field == "disalow" {
		field = "disallow"
	}
	return field, strings.TrimSpace(value), ok && field != ""
}

// productToken is the lower-case token that a user-agent line names, without
// version or comment.
func productToken(value string) string {
	if strings.HasPrefix(value, "*") {
		return "*"
	}
	end := strings.IndexFunc(value, func(r rune) bool {
		return r != '_' && r != '-' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		value = value[:end]
	}
	return strings.ToLower(value)
}

// markup tells an HTML page answered in place of a robots.txt.
func markup(text []byte) bool {
	text = bytes.ToLower(bytes.TrimLeft(text[:min(len(text), 1024)], " \t\r\n\x00"))
	return bytes.HasPrefix(text, []byte("<"))
}

// Allowed tells whether the rules let u be fetched: the longest match decides,
// Allow at equal length.
func (r Robots) Allowed(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = normalizePath(path)
	allowed, longest := true, -1
	for _, one := range r.rules {
		length := len(one.pattern)
		if length < longest || length == longest && !one.allow || !matches(one.pattern, path) {
			continue
		}
		allowed, longest = one.allow, length
	}
	return allowed
}

// matches tells whether pattern matches the beginning of path, or all of it
// when it ends in '$'. Taking the earliest place for each part between '*' is
// enough, so the time is linear in the parts times the path.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	parts = parts[1:]
	for i, part := range parts {
		if whole && i == len(parts)-1 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !whole || path == ""
}

// normalizePath makes equal octets equal text (RFC 9309, 2.2.2): escapes in
// upper case, none for unreserved characters, all for what is not ASCII.
func normalizePath(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		escaped := false
		if c == '%' && i+2 < len(path) {
			if value, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(value), true
				i += 2
			}
		}
		if c <= ' ' || c >= 0x7f || escaped && !unreserved(c) {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
