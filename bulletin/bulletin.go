// Package bulletin is the domain: bulletins of Vietnam's provinces and the
// facts read out of their plain text — dates, the period covered, provinces,
// organizations, cited documents, the kind of event. It does no I/O: tables of
// facts are embedded, texts come in, facts with byte spans go out.
package bulletin

import "time"

// Bulletin is one news item with the facts read out of it. A zero fact is
// unknown, never a default.
type Bulletin struct {
	ID    string // stable: see NewID
	URL   string // canonical address, empty when unknown
	Site  string // id of the site profile, empty when unknown
	Title string

	Published          time.Time // +07:00; zero when unknown
	PublishedPrecision Precision // of Published
	Author             string
	Lead               string // first paragraph; Body begins with the same text
	Body               string // whole text in NFC, lead included, paragraphs parted by "\n\n"
	EventDate          string // day of the event reported, YYYY-MM-DD

	Province    string // slug as of the bulletin's date, of the 63
	ProvinceNow string // slug of today's province, of the 34
	Period      Period // zero when unknown
	Kind        Kind

	Host          string   // id of the organization that held the meeting, when the text says so
	Organizations []string // ids of the bodies named, in order of first mention
	Cites         []Citation
	Attachments   []Attachment
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

// Attachment is a file linked from a bulletin with the text read out of it.
type Attachment struct {
	URL       string `json:"url"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Text      string `json:"text,omitempty"`
	Flag      string `json:"flag,omitempty"` // why there is no trustworthy text: scan, broken-font, too-large, unreadable
}

// Span is a half-open range of bytes of the text that was read.
type Span struct{ Start, End int }

// Citation is one mention of a document.
type Citation struct {
	Key      string `json:"key"`                // identity, e.g. 73-nq-tu@tuyen-quang, 35-ct-tw~2019-05-30
	Label    string `json:"label"`              // canonical printed form, e.g. 35-CT/TW
	Type     string `json:"type"`               // Chỉ thị, Nghị quyết …
	Issuer   string `json:"issuer"`             // TW, TU, CP, TTg, UBND …; empty when unknown
	Province string `json:"province,omitempty"` // slug, when the issuer is provincial or below
	Date     string `json:"date,omitempty"`     // YYYY-MM-DD as printed beside the mention
	Text     string `json:"text"`               // the mention as printed
	Field    string `json:"field,omitempty"`    // "title" when the span is in the title
	Start    int    `json:"start"`              // byte offsets into the field, Text = field[Start:End]
	End      int    `json:"end"`
}

// Hint is what is known about a bulletin before its text is read.
type Hint struct {
	Province string    // slug of the portal's own province, empty when unknown
	Fetched  time.Time // resolves relative dates; zero when unknown
	URL      string    // of the page: its dates bound the printed ones, its host names the province; may be empty
}

// Zone is the zone of every printed time: Asia/Ho_Chi_Minh, +07:00 all year.
var Zone = time.FixedZone("+07", 7*60*60)
