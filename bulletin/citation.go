package bulletin

import (
	"strings"
	"time"
)

// Citation is one mention of a document.
type Citation struct {
	Key      string `json:"key"`                // identity, e.g. 73-nq-tu@tuyen-quang, 35-ct-tw~2019-05-30
	Label    string `json:"label"`              // canonical printed form, e.g. 35-CT/TW
	Type     string `json:"type"`               // Chỉ thị, Nghị quyết …
	Issuer   string `json:"issuer"`             // TW, TU, CP, TTg, UBND …; empty when unknown
	Province string `json:"province,omitempty"` // slug, when the issuer is provincial or below
	Date     string `json:"date,omitempty"`     // YYYY-MM-DD as printed beside the mention
	Text     string `json:"text"`               // the mention as printed
	Subject  string `json:"subject,omitempty"`  // its "về …" as printed, without that word, at most 30 words
	Field    string `json:"field,omitempty"`    // "title" when the span is in the title
	Start    int    `json:"start"`              // byte offsets into the field, Text = field[Start:End]
	End      int    `json:"end"`
}

// Stem is the key without its date, year or term: what all mentions of one
// number share, however much they say of its date.
func (c Citation) Stem() string { return StemOf(c.Key) }

// StemOf is a citation key without its date, year or term.
func StemOf(key string) string {
	stem, _, _ := strings.Cut(key, "~")
	return stem
}

// Dated tells whether a citation key names one document by its full date.
func Dated(key string) bool {
	_, mark, _ := strings.Cut(key, "~")
	_, err := time.Parse(time.DateOnly, mark)
	return err == nil
}
