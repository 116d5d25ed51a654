package store

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// ErrNoDump tells that a stream is no whole dump of an archive.
var ErrNoDump = errors.New("this is no whole dump of an archive: make it again with bantin export --format archive")

// Load makes the archive at an address, where there must be none, out of a
// dump. It is made whole or not at all; leases end. Memory is bounded by a few
// rows.
func Load(ctx context.Context, address string, r io.Reader) error {
	if err := loadInto(ctx, address, r); err != nil {
		return fmt.Errorf("load a dump into %s: %w", Shown(address), explain(err))
	}
	return nil
}

// VerifyDump reads a dump to its end and tells whether it is whole; it gives
// ErrNoDump or ErrNewer when it cannot be loaded.
func VerifyDump(ctx context.Context, r io.Reader) error {
	if err := (&loading{}).all(ctx, r); err != nil {
		return fmt.Errorf("verify a dump: %w", err)
	}
	return nil
}

func loadInto(ctx context.Context, address string, r io.Reader) error {
	if Remote(address) {
		return loadStore(ctx, dialectOf(address), r)
	}
	if err := absentArchive(address); err != nil {
		return err
	}
	part := address + ".part"
	if err := removeParts(part); err != nil {
		return err
	}
	if err := loadStore(ctx, sqlitePart{sqliteFile{part}}, r); err != nil {
		return errors.Join(err, removeParts(part))
	}
	return settleFile(part, address)
}

// loadStore loads in one transaction.
func loadStore(ctx context.Context, d dialect, r io.Reader) error {
	w, err := newWriter(ctx, d)
	if err != nil {
		return err
	}
	if _, err := d.lockSchema(ctx, w.conn); err != nil { // to the end of the connection
		return errors.Join(err, w.close())
	}
	err = w.once(ctx, func(t *Tx) error {
		var have int
		if err := cmp.Or(t.Exec(makeVersions), t.Row(schemaQuery, nil, &have)); err != nil {
			return err
		}
		if have > 0 {
			return errors.New("there is an archive already: name another place")
		}
		l := loading{Tx: t}
		if err := l.all(ctx, r); err != nil {
			return err
		}
		return l.finish()
	})
	return errors.Join(err, w.close())
}

// loading reads a dump, and stores it unless Tx is nil.
type loading struct {
	*Tx
	sum    hash.Hash
	rows   int64
	schema int
	tables []table

	table   string // under way
	columns []string
	batch   [][]any
	size    int // of the batch, bytes
}

const (
	loadRows = 50      // stored by one statement
	loadSize = 4 << 20 // bytes of a batch
	loadLine = 1 << 30 // bytes of one line
)

func (l *loading) all(ctx context.Context, r io.Reader) error {
	packed, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer packed.Close()
	l.sum = sha256.New()
	lines := bufio.NewScanner(packed)
	lines.Buffer(nil, loadLine)
	for ctx.Err() == nil && lines.Scan() {
		line, take := lines.Bytes(), l.turn
		if bytes.HasPrefix(line, []byte("[")) {
			take = l.row
		}
		if done, err := take(line); done || err != nil {
			return err
		}
		_, _ = l.sum.Write(append(line, '\n')) // never fails
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return fmt.Errorf("%w (%w)", ErrNoDump, cmp.Or(lines.Err(), io.ErrUnexpectedEOF))
}

var columnName = regexp.MustCompile(`^[a-z_]+$`)

// turn takes a line that is no row; done at the last one.
func (l *loading) turn(text []byte) (done bool, err error) {
	var line dumpLine
	if err := json.Unmarshal(text, &line); err != nil {
		return false, fmt.Errorf("%w (%w)", ErrNoDump, err)
	}
	if (line.Format == dumpFormat) != (l.schema == 0) {
		return false, ErrNoDump
	}
	switch {
	case line.Format != "":
		err = l.begin(line.Schema)
	case line.SHA256 != "":
		if len(l.tables) > 0 || line.Rows != l.rows || line.SHA256 != hex.EncodeToString(l.sum.Sum(nil)) {
			return true, fmt.Errorf("%w (its checksum differs)", ErrNoDump)
		}
		return true, l.flush()
	case len(l.tables) == 0 || l.tables[0].name != line.Table || slices.ContainsFunc(line.Columns, func(c string) bool { return !columnName.MatchString(c) }):
		return false, fmt.Errorf("%w (a table %q)", ErrNoDump, line.Table)
	default:
		if err := l.flush(); err != nil {
			return false, err
		}
		l.table, l.columns, l.tables = line.Table, line.Columns, l.tables[1:]
		if l.Tx != nil {
			err = l.Exec("delete from " + l.table) // what the migrations put there
		}
	}
	return false, err
}

// begin makes the tables of a schema.
func (l *loading) begin(schema int) error {
	if err := known(schema); err != nil {
		return err
	}
	l.schema, l.tables = schema, tablesOf(schema)
	if l.Tx == nil {
		return nil
	}
	return l.reach(scripts[:schema])
}

// finish does what is to be done once all rows are there.
func (l *loading) finish() error {
	for _, one := range tablesOf(l.schema) {
		if one.counts {
			if err := l.w.dialect.countOn(l.Tx, one.name, one.key); err != nil {
				return err
			}
		}
	}
	return cmp.Or(l.EndLeases(""), l.reach(scripts))
}

// row takes a row of the table under way.
func (l *loading) row(text []byte) (done bool, err error) {
	var values []json.RawMessage
	if err := json.Unmarshal(text, &values); err != nil || len(values) != len(l.columns) {
		return false, fmt.Errorf("%w (a row of table %s: %w)", ErrNoDump, l.table, err)
	}
	l.rows++
	row := make([]any, len(values))
	for i, v := range values {
		if row[i], err = loadValue(v); err != nil {
			return false, fmt.Errorf("%w (a value of %s.%s: %w)", ErrNoDump, l.table, l.columns[i], err)
		}
	}
	l.batch, l.size = append(l.batch, row), l.size+len(text)
	if len(l.batch) < loadRows && l.size < loadSize {
		return false, nil
	}
	return false, l.flush()
}

func loadValue(v json.RawMessage) (any, error) {
	switch v[0] {
	case 'n':
		return nil, nil
	case '"':
		var s string
		err := json.Unmarshal(v, &s)
		return s, err
	case '{':
		b := dumpBytes{Base64: []byte{}}
		err := json.Unmarshal(v, &b)
		return b.Base64, err
	}
	return strconv.ParseInt(string(v), 10, 64)
}

// flush stores the batch.
func (l *loading) flush() error {
	batch := l.batch
	l.batch, l.size = l.batch[:0], 0
	if l.Tx == nil || len(batch) == 0 {
		return nil
	}
	if err := l.Exec(l.insert(len(batch)), slices.Concat(batch...)...); err != nil {
		return fmt.Errorf("table %s: %w", l.table, err)
	}
	return nil
}

// insert is the statement that stores n rows.
func (l *loading) insert(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = "(" + Marks(i*len(l.columns)+1, len(l.columns)) + ")"
	}
	return "insert into " + l.table + " (" + strings.Join(l.columns, ", ") + ") values " + strings.Join(rows, ", ")
}
