package admin

import (
	"embed"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/searchd/web/answer"
)

//go:embed catalogue/*.json templates/*.html
var files embed.FS

// catalogue is every string that the operator sees, in one language.
type catalogue struct{ *answer.Catalogue }

// Moment writes a time as the portals have it, a dash for none.
func (c catalogue) Moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(bulletin.Zone).Format("2006-01-02 15:04")
}

// Size writes a number of bytes.
func (c catalogue) Size(n int64) string {
	size, unit := float64(n), "B"
	for _, next := range []string{"kB", "MB", "GB", "TB"} {
		if size < 1000 {
			break
		}
		size, unit = size/1000, next
	}
	s := strconv.FormatFloat(size, 'f', 1, 64)
	if unit == "B" {
		s = strconv.FormatInt(n, 10)
	}
	if c.Lang == "vi" {
		s = strings.ReplaceAll(s, ".", ",")
	}
	return s + " " + unit
}

// Public tells whether an address may be a link.
func (catalogue) Public(address string) bool { return answer.WebAddress(address) != "" }

// Acts are what may be asked for a portal in a state, removal aside.
func (c catalogue) Acts(state string) []string {
	if state == "paused" || state == "removed" {
		return []string{"resume"}
	}
	return []string{"crawl", "recheck", "pause"}
}
