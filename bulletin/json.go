package bulletin

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// wire is a Bulletin as it is written: unknown facts are null or empty.
type wire struct {
	ID           string       `json:"id"`
	URL          string       `json:"url"`
	Site         string       `json:"site"`
	Title        string       `json:"title"`
	Published    *string      `json:"published"`
	Precision    *Precision   `json:"published_precision"`
	Author       *string      `json:"author"`
	Lead         string       `json:"lead"`
	Body         string       `json:"body"`
	EventDate    *string      `json:"event_date"`
	Province     *string      `json:"province"`
	ProvinceNow  *string      `json:"province_now"`
	Period       *Period      `json:"period"`
	Kind         *Kind        `json:"kind"`
	Host         *string      `json:"host"`
	HostUnit     string       `json:"host_unit,omitempty"`
	Chair        *Chair       `json:"chair"`
	Organization []string     `json:"organizations"`
	Cites        []Citation   `json:"cites"`
	Attachments  []Attachment `json:"attachments"`
}

// MarshalJSON gives the stable JSON form, with Published in RFC 3339.
func (b Bulletin) MarshalJSON() ([]byte, error) {
	w := wire{
		ID: b.ID, URL: b.URL, Site: b.Site, Title: b.Title,
		Precision: known(b.PublishedPrecision), Author: known(b.Author),
		Lead: b.Lead, Body: b.Body, EventDate: known(b.EventDate),
		Province: known(b.Province), ProvinceNow: known(b.ProvinceNow),
		Period: known(b.Period), Kind: known(b.Kind), Host: known(b.Host), HostUnit: b.HostUnit, Chair: known(b.Chair),
		Organization: orEmpty(b.Organizations), Cites: orEmpty(b.Cites), Attachments: orEmpty(b.Attachments),
	}
	if !b.Published.IsZero() {
		s := b.Published.In(Zone).Format(time.RFC3339)
		w.Published = &s
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads the form that MarshalJSON gives; unknown members are
// ignored, absent ones stay unknown.
func (b *Bulletin) UnmarshalJSON(data []byte) error {
	type plain Bulletin // as null leaves a zero fact
	var read struct {
		plain
		Published string `json:"published"`
	}
	err := json.Unmarshal(data, &read)
	if err == nil && read.Published != "" {
		var p Precision
		read.plain.Published, p, err = ParseTime(read.Published)
		read.PublishedPrecision = cmp.Or(read.PublishedPrecision, p)
	}
	if err == nil {
		*b = Bulletin(read.plain)
	}
	return err
}

// ParseTime reads an ISO 8601 time, with or without zone, seconds or clock.
func ParseTime(s string) (time.Time, Precision, error) {
	for _, f := range []struct {
		layout string
		p      Precision
	}{
		{time.RFC3339, Second},
		{"2006-01-02T15:04Z07:00", Minute},
		{"2006-01-02T15:04:05", Second},
		{"2006-01-02T15:04", Minute},
		{time.DateOnly, Day},
	} {
		if t, err := time.ParseInLocation(f.layout, s, Zone); err == nil {
			return t.In(Zone), f.p, nil
		}
	}
	return time.Time{}, "", fmt.Errorf("published %q is not an ISO 8601 time such as 2020-09-25T13:35:49+07:00", s)
}

// NewID derives a bulletin's id from what identifies it: its site and
// canonical address or, where there is none, its title and text.
func NewID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

func known[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
