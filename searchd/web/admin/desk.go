package admin

import (
	"context"
	"errors"
	"time"

	"bantin/bulletin"
)

// Desk is what the operator's pages ask for. Its methods may run concurrently.
// Their errors wrap ErrUnknown for what there is not, and ErrWrong for what
// cannot be asked so.
type Desk interface {
	// State is how the installation does.
	State(ctx context.Context) (State, error)
	// Portals are all portals, by id, the removed ones with State "removed".
	Portals(ctx context.Context) ([]bulletin.SiteStatus, error)
	// Failed are addresses of a portal that could not be read, after an id.
	Failed(ctx context.Context, portal string, after int64) ([]Failed, error)
	// Answered is the page that was last kept of a failed address.
	Answered(ctx context.Context, portal string, id int64) (bulletin.Page, int, error)
	// TryAgain makes a failed address due now.
	TryAgain(ctx context.Context, portal string, id int64) error
	// Wish carries out one of Wishes for a portal.
	Wish(ctx context.Context, portal, wish string) error
	// Profile is the text of a portal's profile, empty when it has none.
	Profile(ctx context.Context, portal string) (string, error)
	// Check reads the listing at an address, or with a profile's text the
	// listing of that profile, and stores nothing.
	Check(ctx context.Context, address, province, profile string) (Report, error)
	// Save puts the text of a profile into force and returns its portal.
	Save(ctx context.Context, profile string) (portal string, err error)
	// Rebuild asks for a new index, Backup for a backup, both made meanwhile.
	Rebuild(ctx context.Context) error
	Backup(ctx context.Context) error
	// Unanswered are the questions that found nothing.
	Unanswered(ctx context.Context) ([]Questions, error)
}

// Errors of a Desk.
var (
	ErrUnknown = errors.New("there is no such thing")
	ErrWrong   = errors.New("this cannot be done")
)

// Wishes are what may be asked for a portal.
var Wishes = []string{"pause", "resume", "crawl", "recheck", "remove", "purge"}

// State is how an installation does.
type State struct {
	Version  string    `json:"version"`
	Alarms   []Alarm   `json:"alarms"`
	Disk     Disk      `json:"disk"`
	Index    Index     `json:"index"`
	Backups  Backups   `json:"backups"`
	Profiles []Broken  `json:"broken_profiles"`
	At       time.Time `json:"at"`
}

// Alarm is one thing that is wrong.
type Alarm struct {
	Kind   string `json:"kind"` // portal-failing, yield-fallen, disk-low, no-backup, index-behind, profile-broken
	About  string `json:"about"`
	Detail string `json:"detail"`
}

// Disk is what takes room, in bytes.
type Disk struct {
	Free        int64 `json:"free"`
	All         int64 `json:"all"`
	Pages       int64 `json:"pages"`       // archived pages, packed
	Versions    int64 `json:"versions"`    // of bulletins, packed
	Attachments int64 `json:"attachments"` // their texts, packed
	Archive     int64 `json:"archive"`     // the whole file, indexes and free pages included
	Index       int64 `json:"index"`
	Backups     int64 `json:"backups"`
}

// Index is the state of the index.
type Index struct {
	Position   int64     `json:"position"` // last change it has
	Last       int64     `json:"last"`     // last change there is
	Rebuilding bool      `json:"rebuilding"`
	Rebuilt    time.Time `json:"rebuilt,omitzero"` // when the last rebuild was asked for that has ended
	Failure    string    `json:"failure,omitempty"`
}

// Backups is what is known of the regular backups.
type Backups struct {
	Folder  string    `json:"folder,omitempty"` // empty when none are made
	Last    time.Time `json:"last,omitzero"`
	Count   int       `json:"count"`
	Running bool      `json:"running"`
	Failure string    `json:"failure,omitempty"` // of the last one
}

// Broken is a profile that cannot be used.
type Broken struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// Failed is an address that could not be read.
type Failed struct {
	ID       int64     `json:"id"`
	URL      string    `json:"url"`
	Kind     string    `json:"kind"`
	Status   int       `json:"status"` // 0 when there was no answer
	Reason   string    `json:"reason"`
	Attempts int       `json:"attempts"`
	At       time.Time `json:"at,omitzero"`  // of the last attempt
	Due      time.Time `json:"due,omitzero"` // of the next attempt; absent for never
	Page     bool      `json:"page"`         // what it answered was kept
}

// Report is what a dry run over a listing found.
type Report struct {
	OK       bool     `json:"ok"`
	Family   string   `json:"family"`
	Province string   `json:"province"`
	Items    int      `json:"items"`
	Next     string   `json:"next,omitempty"` // address of the next listing page
	Warnings []string `json:"warnings"`
	Profile  string   `json:"profile"` // YAML
	Read     []Read   `json:"read"`    // at most ten
}

// Read is a bulletin as it would be stored, beside what its page shows.
type Read struct {
	Bulletin bulletin.Bulletin `json:"bulletin"`
	Shown    string            `json:"shown"` // all that a reader of the page sees, shortened
}

// Questions are what the visitors of one site looked for in vain.
type Questions struct {
	Site   string     `json:"site"` // that embeds the search box, empty for the service itself
	Asked  []Question `json:"asked"`
	Hidden int        `json:"hidden"` // asked by too few people to be shown
}

// Question is one question and how often it was asked.
type Question struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}
