// Package bulletin is the domain: bulletins of Vietnam's provinces, the facts
// told of them, and the tables of their names — provinces, organizations,
// portals. It does no I/O. The readers of facts are packages facts and cite.
package bulletin

import "time"

// Bulletin is one news item with the facts read out of it. A zero fact is
// unknown, never a default.
type Bulletin struct {
	ID    string `json:"id"`   // stable: see NewID
	URL   string `json:"url"`  // canonical address, empty when unknown
	Site  string `json:"site"` // id of the site profile, empty when unknown
	Title string `json:"title"`

	Published          time.Time `json:"published"`           // +07:00; zero when unknown
	PublishedPrecision Precision `json:"published_precision"` // of Published
	Author             string    `json:"author"`
	Lead               string    `json:"lead"`       // first paragraph; Body begins with the same text
	Body               string    `json:"body"`       // whole text in NFC, lead included, paragraphs parted by "\n\n"
	EventDate          string    `json:"event_date"` // day of the event reported, YYYY-MM-DD

	Province    string `json:"province"`     // slug as of the bulletin's date, of the 63
	ProvinceNow string `json:"province_now"` // slug of today's province, of the 34
	Period      Period `json:"period"`       // zero when unknown
	Kind        Kind   `json:"kind"`

	Host          string       `json:"host"`          // id of the organization that held the meeting, when the text says so
	HostUnit      string       `json:"host_unit"`     // the same below the province, with its unit: xa-tan-trao.mttq
	Chair         Chair        `json:"chair"`         // who presided; zero unless name and office are printed
	Organizations []string     `json:"organizations"` // ids of the bodies named, in order of first mention
	Cites         []Citation   `json:"cites"`
	Attachments   []Attachment `json:"attachments"`
}

// Precision tells how much of a time was printed.
type Precision string

// Precisions, finest first; the zero value means no time is known.
const (
	Second Precision = "second"
	Minute Precision = "minute"
	Day    Precision = "day"
	Month  Precision = "month"
	Year   Precision = "year"
)

// Basis tells how a period was found.
type Basis string

// Bases, surest first.
const (
	Stated  Basis = "stated"  // the text names the quarter
	Derived Basis = "derived" // from a half-year, nine months or a month
	Guessed Basis = "guessed" // from the date, giao ban only
)

// Period is the quarter that a bulletin covers.
type Period struct {
	Year    int   `json:"year"`
	Quarter int   `json:"quarter"` // 1 to 4
	Basis   Basis `json:"basis"`
}

// Before is the quarter before p, of the same basis.
func (p Period) Before() Period {
	if p.Quarter--; p.Quarter == 0 {
		p.Quarter, p.Year = 4, p.Year-1
	}
	return p
}

// Kind is the kind of event that a bulletin reports.
type Kind string

// Kinds of event.
const (
	GiaoBan  Kind = "giao-ban" // also called trực báo
	SoKet    Kind = "so-ket"
	TongKet  Kind = "tong-ket"
	HopBao   Kind = "hop-bao"
	PhienHop Kind = "phien-hop"
	DoiThoai Kind = "doi-thoai"
	Khac     Kind = "khac"
)

// Chair is who presided over an event, as printed.
type Chair struct {
	Name string `json:"name"`
	Role string `json:"role"` // the office
}

// Attachment is a file linked from a bulletin with the text read out of it.
type Attachment struct {
	URL       string `json:"url"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Text      string `json:"text,omitempty"`
	Flag      string `json:"flag,omitempty"` // why there is no trustworthy text: scan, broken-font, too-large, unreadable; or MachineRead
}

// MachineRead flags an attachment whose text was read off pictures by a
// program: good enough to find it by, not to quote it or to take facts from it.
const MachineRead = "machine-read"

// Span is a half-open range of bytes of the text that was read.
type Span struct{ Start, End int }

// Zone is the zone of every printed time: Asia/Ho_Chi_Minh, +07:00 all year.
var Zone = time.FixedZone("+07", 7*60*60)
