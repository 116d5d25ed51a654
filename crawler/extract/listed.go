package extract

import (
	"strings"
	"time"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/site"
)

// Listed is what a listing or feed told of an article: it stands in where the
// article's page does not say it itself.
type Listed struct {
	Title     string             `json:"title,omitempty"`
	Published time.Time          `json:"published,omitzero"`
	Precision bulletin.Precision `json:"precision,omitempty"` // of Published
	Modified  string             `json:"modified,omitempty"`  // when it was last changed, as the listing or feed says
	Item      string             `json:"item,omitempty"`      // the item itself where it has no page, see site.Item.Raw
}

// ReadListed reads what a listing tells of an item at a time, which resolves
// relative dates.
func ReadListed(item site.Item, at time.Time) Listed {
	l := Listed{Title: item.Title, Modified: item.Modified, Item: string(item.Raw)}
	t, p, ok := facts.ReadTimestamp(item.Published, at)
	if ok && t.Year() >= 1995 && (at.IsZero() || !t.After(at.Add(36*time.Hour))) {
		l.Published, l.Precision = t, p
	}
	return l
}

// whole tells whether the listing prints the title to its end.
func (l Listed) whole() bool {
	return utf8.RuneCountInString(l.Title) >= 15 && !strings.HasSuffix(strings.TrimSpace(l.Title), "…") && !strings.HasSuffix(strings.TrimSpace(l.Title), "...")
}
