package archive

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"bantin/bulletin"
)

// Near-duplicates are pairs of texts that share a band and are similar. Which
// pairs there are, and so which groups they form, follows from the texts the
// archive holds alone, in whatever order they came.

// minSketch is how many of 128 bytes two sketches must share to be worth a
// comparison of the texts. It stands for a Jaccard overlap of 0.15, half of
// the least that similar texts have, and spares nine of ten comparisons of
// texts that share nothing but phrases.
const minSketch = 20

// titleBelow is the length in words below which a body says too little by
// itself ("see the attached file") to be compared without its title.
const titleBelow = 30

// compared is the text by which a bulletin is compared with others.
func compared(b *bulletin.Bulletin) string {
	n := 0
	for range strings.FieldsSeq(b.Body) {
		if n++; n >= titleBelow {
			return b.Body
		}
	}
	return b.Title + "\n\n" + b.Body
}

// fingerprint computes what the text is found by.
func (d *draft) fingerprint() {
	d.text = compared(&d.Bulletin)
	sig := bulletin.Fingerprint(d.text)
	d.bands = bands(sig)
	if d.bands == nil {
		return
	}
	for _, row := range sig {
		d.sketch = append(d.sketch, byte(row))
	}
	sum := sha256.Sum256([]byte(d.text))
	d.twin = sum[:16]
}

// bands are the keys of the table of bands for a text, none for a text that is
// too short.
func bands(sig bulletin.Signature) []any {
	if sig == (bulletin.Signature{}) {
		return nil
	}
	var keys []any
	for i, h := range bulletin.Bands(sig) {
		keys = append(keys, int64(i)<<32|int64(uint32(h)))
	}
	return keys
}

// alike counts the rows that two sketches share.
func alike(a, b []byte) (n int) {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			n++
		}
	}
	return n
}

// putText gives a bulletin the text of its new version.
func (t *tx) putText(d *draft, num int64) error {
	var old sql.NullInt64
	if err := t.row("select text from bulletin where num = $1", []any{num}, &old); err != nil {
		return err
	}
	text, err := t.findText(d)
	if err != nil {
		return err
	}
	if text.Valid && text == old {
		t.regroup[text.Int64] = true // its date may have changed
		return nil
	}
	if old.Valid {
		if err := t.dropText(num); err != nil {
			return err
		}
	}
	if d.bands == nil {
		return nil
	}
	if !text.Valid {
		if text, err = t.addText(d); err != nil {
			return err
		}
	}
	t.regroup[text.Int64] = true
	return t.exec("update bulletin set text = $1 where num = $2", text, num)
}

// The 32 parameters of a text's bands, as a list and as rows with the text.
const (
	bandMarks = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " +
		"$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32"
	bandRows = "($1, $33), ($2, $33), ($3, $33), ($4, $33), ($5, $33), ($6, $33), ($7, $33), ($8, $33), " +
		"($9, $33), ($10, $33), ($11, $33), ($12, $33), ($13, $33), ($14, $33), ($15, $33), ($16, $33), " +
		"($17, $33), ($18, $33), ($19, $33), ($20, $33), ($21, $33), ($22, $33), ($23, $33), ($24, $33), " +
		"($25, $33), ($26, $33), ($27, $33), ($28, $33), ($29, $33), ($30, $33), ($31, $33), ($32, $33)"
)

// findText finds the row of a text that the archive has.
func (t *tx) findText(d *draft) (text sql.NullInt64, err error) {
	if d.bands == nil {
		return text, nil
	}
	err = t.row("select num from text where digest = $1", []any{d.twin}, &text)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return text, err
}

// dropText takes a bulletin out of its group.
func (t *tx) dropText(num int64) error {
	var old sql.NullInt64
	if err := t.row("select text from bulletin where num = $1", []any{num}, &old); err != nil {
		return err
	}
	if err := t.exec("update bulletin set text = null, leader = null where num = $1", num); err != nil {
		return err
	}
	return t.leaveText(old, num)
}

// addText adds a text with its bands and likenesses.
func (t *tx) addText(d *draft) (text sql.NullInt64, err error) {
	err = t.row("insert into text (digest, sketch) values ($1, $2) returning num", []any{d.twin, d.sketch}, &text)
	if err != nil {
		return text, err
	}
	var other int64
	var sketch sql.RawBytes
	candidates := map[int64]bool{}
	err = t.rows("select t.num, t.sketch from band b join text t on t.num = b.text where b.hash in ("+bandMarks+")", d.bands, func() error {
		candidates[other] = alike(d.sketch, sketch) >= minSketch
		return nil
	}, &other, &sketch)
	if err != nil {
		return text, err
	}
	if err := t.exec("insert into band (hash, text) values "+bandRows+" on conflict do nothing", append(d.bands, text)...); err != nil {
		return text, err
	}
	for other, worth := range candidates {
		if !worth {
			continue
		}
		if err := t.liken(text.Int64, other, d.text); err != nil {
			return text, err
		}
	}
	return text, nil
}

// liken links two texts when they are similar.
func (t *tx) liken(one, other int64, text string) error {
	with, err := t.readText(other)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil || !bulletin.Similar(text, with) {
		return err
	}
	const query = "insert into likeness (one, other) values ($1, $2) on conflict do nothing"
	if err := t.exec(query, one, other); err != nil {
		return err
	}
	return t.exec(query, other, one)
}

// readText reads a text from a bulletin that has it.
func (t *tx) readText(text int64) (string, error) {
	var body []byte
	err := t.row(`select v.body from bulletin b join version v on v.bulletin = b.num and v.number = b.version
		where b.text = $1 limit 1`, []any{text}, &body)
	if err != nil {
		return "", err
	}
	return t.a.comparableOf(body)
}

// comparableOf is the comparable text of a packed version.
func (a *Archive) comparableOf(body []byte) (string, error) {
	whole, err := a.codec.plain.dec.DecodeAll(body, nil)
	if err != nil {
		return "", err
	}
	var b bulletin.Bulletin
	if err := json.Unmarshal(whole, &b); err != nil {
		return "", err
	}
	return compared(&b), nil
}

// leaveText takes a bulletin away from the text it had; a text that no
// bulletin has any more goes with its bands and likenesses.
func (t *tx) leaveText(old sql.NullInt64, num int64) error {
	if !old.Valid {
		return nil
	}
	var others int
	err := t.row("select count(*) from (select 1 from bulletin where text = $1 limit 1) as other", []any{old}, &others)
	if err != nil {
		return err
	}
	t.regroup[old.Int64] = true
	if others > 0 {
		return nil
	}
	near, err := t.near(old.Int64)
	if err != nil {
		return err
	}
	for _, n := range near {
		t.regroup[n] = true
	}
	if err := t.dropBands(old.Int64, num); err != nil {
		return err
	}
	if err := t.exec("delete from likeness where one = $1", old); err != nil {
		return err
	}
	for _, n := range near {
		if err := t.exec("delete from likeness where one = $1 and other = $2", n, old); err != nil {
			return err
		}
	}
	return t.exec("delete from text where num = $1", old)
}

// dropBands deletes the bands of a text that the bulletin had in an earlier
// version, which is where the text is still to be read.
func (t *tx) dropBands(text, num int64) error {
	var digest []byte
	if err := t.row("select digest from text where num = $1", []any{text}, &digest); err != nil {
		return err
	}
	var versions [][]byte
	var body []byte
	err := t.rows("select body from version where bulletin = $1 order by number desc limit 2", []any{num}, func() error {
		versions = append(versions, slices.Clone(body))
		return nil
	}, &body)
	if err != nil {
		return err
	}
	for _, body := range versions {
		s, err := t.a.comparableOf(body)
		if err != nil {
			return err
		}
		if sum := sha256.Sum256([]byte(s)); !slices.Equal(sum[:16], digest) {
			continue
		}
		keys := bands(bulletin.Fingerprint(s))
		if keys == nil {
			continue
		}
		if err := t.exec("delete from band where hash in ("+bandMarks+") and text = $33", append(keys, text)...); err != nil {
			return err
		}
	}
	return nil
}
