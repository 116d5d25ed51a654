package bulletin

import "time"

// Change is one entry of the archive's change feed: the present state of one
// bulletin. A reader that applies changes in order of Seq and keeps the last
// Seq it applied misses none and repeats none.
type Change struct {
	Seq      int64     // position, strictly increasing
	ID       string    // of the bulletin
	Bulletin *Bulletin // nil when the bulletin was withdrawn from the archive
	Gone     time.Time // when the portal answered 404 or 410; zero while it is there
	Group    string    // id of the group of near-duplicates it belongs to; its own ID when alone
	Meeting  string    // id of the meeting that it reports, see [Meetings]; empty when it reports none
}

// Version is one state of a bulletin's extracted text, oldest is number 1.
type Version struct {
	Number   int       `json:"number"`
	Fetched  time.Time `json:"fetched"`
	Bulletin Bulletin  `json:"bulletin"`
}

// Page is an archived page as the portal sent it.
type Page struct {
	URL         string
	Fetched     time.Time
	ContentType string
	Body        []byte // decoded from its transfer encoding, in the portal's own charset
}

// SiteStatus is the state of one portal.
type SiteStatus struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	URL      string `json:"url"` // first listing
	Province string `json:"province"`
	Family   string `json:"family"`
	Sample   bool   `json:"sample"` // part of the demonstration, not a real portal

	State     string    `json:"state"` // ok, new, waiting, failing, paused
	Alarm     string    `json:"alarm,omitempty"`
	LastCrawl time.Time `json:"last_crawl,omitzero"`
	NextCrawl time.Time `json:"next_crawl,omitzero"`

	Bulletins int `json:"bulletins"` // in the archive
	Found     int `json:"found"`     // by the last pass
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Failed    int `json:"failed"`

	Waiting      int       `json:"waiting"`                // addresses that failed and are tried again
	WaitingUntil time.Time `json:"waiting_until,omitzero"` // when the first of them is
	Trouble      string    `json:"trouble,omitempty"`      // why most of them failed
	Missing      int       `json:"missing"`                // addresses never read of which the portal says that nothing is there

	First time.Time     `json:"first,omitzero"` // oldest publication archived
	Last  time.Time     `json:"last,omitzero"`
	Yield []YieldSample `json:"yield"` // oldest first, at most 30 passes
}

// YieldSample is what one pass over a portal brought.
type YieldSample struct {
	At      time.Time `json:"at"`
	Pages   int       `json:"pages"`
	New     int       `json:"new"`
	Changed int       `json:"changed"`
	Failed  int       `json:"failed"`
}
