package store

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A dump is a whole archive in a form that every store reads: lines of JSON,
// packed by zstd. The first line names the schema. Each table begins with its
// name and its columns, and its rows follow by their key, each an array of
// numbers, texts, nulls and {"base64": …}. The last line holds the number of
// rows and the SHA-256 of all lines before it, so that a dump that was cut
// short or changed is noticed.

// dumpFormat is the name in the first line of a dump.
const dumpFormat = "bantin archive 1"

// dumpLine is a line of a dump that is no row.
type dumpLine struct {
	Format string `json:"format,omitempty"`
	Schema int    `json:"schema,omitempty"`

	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"`

	Rows   int64  `json:"rows,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

// dumpBytes is a value of bytes.
type dumpBytes struct {
	Base64 []byte `json:"base64"`
}

// Dump writes one moment of the archive to w, while reading and writing go on.
// It keeps one row at a time in memory; w is not closed.
func (s *Store) Dump(ctx context.Context, w io.Writer) error {
	packed, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	sum := sha256.New()
	buffer := bufio.NewWriterSize(io.MultiWriter(packed, sum), 1<<16)
	d := dumper{lines: json.NewEncoder(buffer)}
	d.lines.SetEscapeHTML(false)
	err = s.View(ctx, func(v *View) error { return d.archive(ctx, v) })
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = d.lines.Encode(dumpLine{Rows: d.rows, SHA256: hex.EncodeToString(sum.Sum(nil))})
	}
	if err == nil {
		err = buffer.Flush()
	}
	if closed := packed.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("dump the archive: %w", err)
	}
	return nil
}

// dumper writes the lines of a dump.
type dumper struct {
	lines *json.Encoder
	rows  int64
}

func (d *dumper) archive(ctx context.Context, v *View) error {
	var schema int
	if err := v.Row(ctx, schemaQuery, nil, &schema); err != nil {
		return err
	}
	if err := d.lines.Encode(dumpLine{Format: dumpFormat, Schema: schema}); err != nil {
		return err
	}
	for _, one := range tablesOf(schema) {
		if err := d.table(ctx, v, one); err != nil {
			return fmt.Errorf("table %s: %w", one.name, err)
		}
	}
	return nil
}

func (d *dumper) table(ctx context.Context, v *View, one table) error {
	rs, err := v.tx.QueryContext(ctx, "select * from "+one.name+" order by "+one.key)
	if err != nil {
		return err
	}
	defer rs.Close()
	columns, err := rs.Columns()
	if err != nil {
		return err
	}
	if err := d.lines.Encode(dumpLine{Table: one.name, Columns: columns}); err != nil {
		return err
	}
	row := make([]any, len(columns))
	dest := make([]any, len(columns))
	for i := range row {
		dest[i] = &row[i]
	}
	var failed error
	err = scan(rs, func() {
		for i, value := range row {
			if b, ok := value.([]byte); ok {
				row[i] = dumpBytes{b}
			}
		}
		d.rows++
		failed = cmp.Or(failed, d.lines.Encode(row))
	}, dest...)
	return cmp.Or(failed, err)
}

// table is a table of the archive.
type table struct {
	name   string
	key    string // columns of the primary key
	counts bool   // the store numbers its rows
}

var (
	comments   = regexp.MustCompile(`--[^\n]*`)
	statements = regexp.MustCompile(`(?s)\b(create|drop) table (\w+)(.*?);`)
	primaryKey = regexp.MustCompile(`primary key \(([^)]+)\)|(\w+)\s+\w+ primary key`)
)

// tablesOf returns the tables of a schema in the order in which they were made.
func tablesOf(schema int) (all []table) {
	for _, script := range scripts[:min(schema, len(scripts))] {
		for _, m := range statements.FindAllStringSubmatch(comments.ReplaceAllString(script, ""), -1) {
			if m[1] == "drop" {
				all = slices.DeleteFunc(all, func(one table) bool { return one.name == m[2] })
				continue
			}
			key := primaryKey.FindStringSubmatch(m[3]) // every table has one
			all = append(all, table{m[2], key[1] + key[2], strings.Contains(m[3], "integer primary key,")})
		}
	}
	return all
}
