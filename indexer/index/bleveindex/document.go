package bleveindex

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// A stored document is the length of its facts, its facts as JSON, the length
// of each text field and its text: see index.Document.Text. Texts stand apart so
// that a phrase can be looked for without decoding the rest; scorch compresses
// the whole.

// facts are a document without its texts.
type facts struct {
	Bulletin bulletin.Bulletin `json:"b"`
	Lead     int               `json:"lead,omitempty"`     // bytes of the body that are the lead
	Attached []int             `json:"attached,omitempty"` // bytes of the attachments' texts
	Gone     *time.Time        `json:"gone,omitempty"`
	Group    string            `json:"group,omitempty"`
	Meeting  string            `json:"meeting,omitempty"`
}

var errStored = errors.New("a stored bulletin is torn: rebuild the index")

func encodeDocument(d index.Document) ([]byte, error) {
	f := facts{Bulletin: d.Bulletin, Meeting: d.Meeting}
	if d.Group != d.ID {
		f.Group = d.Group
	}
	if !d.Gone.IsZero() {
		f.Gone = &d.Gone
	}
	if strings.HasPrefix(d.Body, d.Lead) {
		f.Lead, f.Bulletin.Lead = len(d.Lead), ""
	}
	f.Bulletin.Title, f.Bulletin.Body = "", ""
	f.Bulletin.Attachments = slices.Clone(d.Attachments)
	for i, a := range d.Attachments {
		f.Attached = append(f.Attached, len(a.Text))
		f.Bulletin.Attachments[i].Text = ""
	}
	head, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("bulletin %s: %w", d.ID, err)
	}
	out := append(binary.AppendUvarint(nil, uint64(len(head))), head...)
	for _, f := range index.TextFields {
		text := d.Text(f)
		out = append(binary.AppendUvarint(out, uint64(len(text))), text...)
	}
	return out, nil
}

// part undoes index.Document.Text, given the lengths of the attachments' texts.
func part(d *index.Document, texts fieldTexts, attached []int) error {
	if len(attached) != len(d.Attachments) {
		return errStored
	}
	for i, a := range slices.Backward(d.Attachments) {
		text := &texts[fieldIndex(index.FieldOf(a))]
		at := len(*text) - attached[i]
		if attached[i] < 0 || at < len(index.Between) {
			return errStored
		}
		d.Attachments[i].Text = string((*text)[at:])
		*text = (*text)[:at-len(index.Between)]
	}
	d.Title, d.Body = string(texts[fieldIndex(index.Title)]), string(texts[fieldIndex(index.Body)])
	return nil
}

// fieldTexts are the texts of index.TextFields.
type fieldTexts [len(index.TextFields)][]byte

// cutStored parts a stored document.
func cutStored(b []byte) (head []byte, texts fieldTexts, err error) {
	head, b, err = cutPart(b)
	for i := range texts {
		if err == nil {
			texts[i], b, err = cutPart(b)
		}
	}
	return head, texts, err
}

func cutPart(b []byte) (part, rest []byte, err error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, nil, errStored
	}
	return b[k : k+int(n)], b[k+int(n):], nil
}

func decodeDocument(b []byte) (index.Document, error) {
	head, texts, err := cutStored(b)
	if err != nil {
		return index.Document{}, err
	}
	var f facts
	if err := json.Unmarshal(head, &f); err != nil {
		return index.Document{}, fmt.Errorf("%w: %w", errStored, err)
	}
	d := index.Document{Bulletin: f.Bulletin, Group: f.Group, Meeting: f.Meeting}
	if err := part(&d, texts, f.Attached); err != nil {
		return index.Document{}, err
	}
	if f.Lead > 0 && f.Lead <= len(d.Body) {
		d.Lead = d.Body[:f.Lead]
	}
	if d.Group == "" {
		d.Group = d.ID
	}
	if f.Gone != nil {
		d.Gone = *f.Gone
	}
	return d, nil
}

// epoch is the first second that a date column can hold.
var epoch = time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// dateNumber is a time as a positive number of seconds, 0 when unknown or
// before the epoch.
func dateNumber(t time.Time) uint64 {
	if n := t.Unix() - epoch; !t.IsZero() && n > 0 {
		return min(uint64(n), 1<<(10*maxDigits)-1)
	}
	return 0
}

func fromNumber(n uint64) time.Time { return time.Unix(int64(n)+epoch, 0) }
