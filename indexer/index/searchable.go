package index

import (
	"cmp"
	"slices"
	"strings"

	"bantin/bulletin"
)

// DocumentOf is the document that a change puts into an index; the change has
// a bulletin.
func DocumentOf(c bulletin.Change) Document {
	d := Document{Bulletin: *c.Bulletin, Gone: c.Gone, Group: cmp.Or(c.Group, c.ID), Meeting: c.Meeting}
	d.ID = c.ID
	return d
}

// Between parts the texts of a field, so that no phrase runs from one into
// the next.
const Between = "\n\n"

// Text is one text field of d. Body is the body and the texts of the attachments
// but for those that Scanned has. The texts of attachments each follow Between.
func (d Document) Text(f TextField) string {
	var b strings.Builder
	switch f {
	case Title:
		return d.Title
	case Body:
		b.WriteString(d.Body)
	}
	for _, a := range d.Attachments {
		if FieldOf(a) == f {
			b.WriteString(Between + a.Text)
		}
	}
	return b.String()
}

// FieldOf is the text field that holds the text of an attachment.
func FieldOf(a bulletin.Attachment) TextField {
	if a.Flag == bulletin.MachineRead {
		return Scanned
	}
	return Body
}

// Stems are the keys of the cited documents without their dates and without
// their provinces, so that a number alone finds every document of that number.
func Stems(cites []bulletin.Citation) []string {
	var out []string
	for _, c := range cites {
		for i, r := range c.Key {
			if (r == '@' || r == '~') && !slices.Contains(out, c.Key[:i]) {
				out = append(out, c.Key[:i])
			}
		}
	}
	return out
}
