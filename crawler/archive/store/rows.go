package store

import (
	"database/sql"
	"strconv"
	"strings"
)

// Rows are the rows of a query, which runs when they are read.
type Rows func(each func(), dest ...any) error

// Each calls f for every row; dest is filled anew before each call.
func (rows Rows) Each(f func(), dest ...any) error { return rows(f, dest...) }

// List reads all rows, each into the places of a value.
func List[T any](rows Rows, places func(*T) []any) (all []T, err error) {
	var one T
	err = rows.Each(func() { all = append(all, one) }, places(&one)...)
	return all, err
}

// Column reads all rows of a query of one column.
func Column[T any](rows Rows) ([]T, error) {
	return List(rows, func(one *T) []any { return []any{one} })
}

// scan reads rows to their end and closes them.
func scan(rs *sql.Rows, each func(), dest ...any) error {
	defer rs.Close()
	for rs.Next() {
		if err := rs.Scan(dest...); err != nil {
			return err
		}
		each()
	}
	return rs.Err()
}

// Marks are the marks of n parameters in a list, numbered from the first on.
func Marks(first, n int) string {
	marks := make([]string, n)
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(first+i)
	}
	return strings.Join(marks, ", ")
}
