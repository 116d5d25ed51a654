package dataset

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// table is one table of the package.
type table struct {
	name, about string
	row         any // of the type of its rows
	key         []string
	foreign     map[string]string // column to table.column
}

// column is one column of a table.
type column struct {
	name, kind, about string
	optional          bool
}

// columns reads the columns out of the type of the rows.
func (t table) columns() []column {
	var out []column
	for f := range reflect.TypeOf(t.row).Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		c := column{name: name, kind: f.Tag.Get("type"), about: f.Tag.Get("about"), optional: options == "optional"}
		switch {
		case c.kind != "":
		case f.Type.Kind() == reflect.Int64:
			c.kind = "integer"
		case f.Type.Kind() == reflect.Bool:
			c.kind = "boolean"
		default:
			c.kind = "string"
		}
		out = append(out, c)
	}
	return out
}

// rowsOfGroup is how many rows are kept in memory for one group of a Parquet
// file.
const rowsOfGroup = 5000

// file is one written file of the package.
type file struct {
	path   string // below the package
	bytes  int64
	sha256 string
	out    *os.File
	buffer *bufio.Writer
	sum    hash.Hash
}

func create(dir, path string) (*file, error) {
	out, err := os.Create(filepath.Join(dir, path))
	if err != nil {
		return nil, err
	}
	f := &file{path: path, out: out, sum: sha256.New()}
	f.buffer = bufio.NewWriterSize(io.MultiWriter(out, f.sum), 1<<16)
	return f, nil
}

func (f *file) Write(p []byte) (int, error) {
	n, err := f.buffer.Write(p)
	f.bytes += int64(n)
	return n, err
}

// close writes what is left and takes the checksum. It may be called again.
func (f *file) close() error {
	if f.sha256 != "" {
		return nil
	}
	err := errors.Join(f.buffer.Flush(), f.out.Sync(), f.out.Close())
	f.sha256 = hex.EncodeToString(f.sum.Sum(nil))
	return err
}

// sheet writes one table in both forms.
type sheet struct {
	table
	csv, parquet *file
	lines        *csv.Writer
	groups       *parquet.GenericWriter[any]
	rows         int
}

func newSheet(dir string, t table, version string) (*sheet, error) {
	s := &sheet{table: t}
	var err error
	if s.csv, err = create(dir, "data/"+t.name+".csv"); err != nil {
		return nil, err
	}
	if s.parquet, err = create(dir, "data/"+t.name+".parquet"); err != nil {
		return nil, errors.Join(err, s.csv.close())
	}
	s.lines = csv.NewWriter(s.csv)
	s.groups = parquet.NewGenericWriter[any](s.parquet, parquet.SchemaOf(t.row), parquet.Compression(&parquet.Zstd), parquet.CreatedBy("bantin", version, ""))
	var head []string
	for _, c := range t.columns() {
		head = append(head, c.name)
	}
	return s, s.lines.Write(head)
}

// add writes a row, a value of the table's type.
func (s *sheet) add(row any) error {
	v := reflect.ValueOf(row)
	cells := make([]string, v.NumField())
	for i, c := range s.columns() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int64:
			if !c.optional || f.Int() != 0 {
				cells[i] = strconv.FormatInt(f.Int(), 10)
			}
		case reflect.Bool:
			cells[i] = strconv.FormatBool(f.Bool())
		default:
			cells[i] = f.String()
		}
	}
	if err := s.lines.Write(cells); err != nil {
		return err
	}
	if _, err := s.groups.Write([]any{row}); err != nil {
		return fmt.Errorf("%s: %w", s.parquet.path, err)
	}
	if s.rows++; s.rows%rowsOfGroup == 0 {
		return s.groups.Flush()
	}
	return nil
}

func (s *sheet) close() error {
	s.lines.Flush()
	return errors.Join(s.lines.Error(), s.groups.Close(), s.csv.close(), s.parquet.close())
}
