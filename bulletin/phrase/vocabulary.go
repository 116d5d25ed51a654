package phrase

import (
	"slices"
	"strconv"

	"bantin/bulletin"
)

// Vocabulary is the phrases of one package as a table, and what its classes and
// values are called there.
type Vocabulary struct {
	rows            [][]string
	classes, values []string // their numbers are their places
}

// NewVocabulary reads a table of tab-separated values: class, value and patterns
// as [Table.Add] has them. A value is a number, a name, or empty for 0.
func NewVocabulary(tsv string) *Vocabulary {
	v := &Vocabulary{rows: bulletin.ReadTable(tsv, 3), values: []string{""}}
	for _, row := range v.rows {
		if !slices.Contains(v.values, row[1]) {
			v.values = append(v.values, row[1])
		}
	}
	return v
}

// Class returns a class by its name, a new one at each call. Each is asked for
// once, before the first table is made.
func (v *Vocabulary) Class(name string) Class {
	v.classes = append(v.classes, name)
	return Class(len(v.classes) - 1)
}

// Value returns the value of a name, which a row must have.
func (v *Vocabulary) Value(name string) uint16 {
	i := slices.Index(v.values, name)
	if i < 0 {
		panic("phrase: no row has the value " + name)
	}
	return uint16(i)
}

// Name returns the name of a value, empty for 0.
func (v *Vocabulary) Name(value uint16) string { return v.values[value] }

// AddTo enters all rows. It comes after what else fills the table: a class that
// has no phrase then, or that a row has and no reader, is a misspelt one and
// panics.
func (v *Vocabulary) AddTo(t *Table) {
	for _, row := range v.rows {
		c := slices.Index(v.classes, row[0])
		if c < 0 {
			panic("phrase: no reader has the class " + row[0])
		}
		value, err := strconv.ParseUint(row[1], 10, 16)
		if err != nil {
			value = uint64(v.Value(row[1]))
		}
		t.Add(Class(c), uint16(value), row[2])
	}
	var filled uint64
	for _, h := range t.heads {
		filled |= h.classes
	}
	for c, name := range v.classes {
		if filled>>c&1 == 0 {
			panic("phrase: no phrase has the class " + name)
		}
	}
}
