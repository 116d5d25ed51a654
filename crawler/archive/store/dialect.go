package store

import (
	"context"
	"database/sql"
	"strings"
)

// dialect is what SQLite and PostgreSQL do differently. All other SQL is shared.
type dialect interface {
	// writing opens the pool of the one writing connection.
	writing(ctx context.Context) (*sql.DB, error)
	// reading opens the pool of the readers; a transaction of theirs sees one moment.
	reading() (*sql.DB, error)
	// begin starts a writing transaction.
	begin(ctx context.Context, t *Tx) error
	// alone waits until no other transaction that asks for it goes on.
	alone(t *Tx) error
	// pick is the query for the best of the requests, which claims its host
	// against other transactions.
	pick(request string) string
	// clash tells that a transaction met another one and has to be done again, whole.
	clash(err error) bool
	// lost tells that a connection has ended.
	lost(conn *sql.Conn) bool
	// dropped tells that an error is of a connection that had ended, as those of
	// the readers have when the server was started again.
	dropped(err error) bool
	// insert stores one row and gives the number in its column, which is the
	// primary key of the table.
	insert(t *Tx, query, column string, args []any) (int64, error)
	// many is an insert of several rows of which some may be there when it fails:
	// its transaction does not go on then.
	many(insert string) string
	// values are the arguments of a statement as the database takes them.
	values(args []any) []any
	// script is a migration in the words of the dialect.
	script(sqlite string) string
	// countOn lets a column that numbers the rows of a table go on after the
	// greatest number there is.
	countOn(t *Tx, table, column string) error
	// check reads enough to find the archive damaged.
	check(ctx context.Context, read *sql.DB) error
	// size is what the archive takes on the disk, in bytes.
	size(ctx context.Context, read *sql.DB) (int64, error)
	// exclusive takes a right that ends with the process; ErrBusy while another has it.
	exclusive(ctx context.Context, name string) (*Sole, error)
	// crawl takes the right to crawl. A writer that has a crawler's name
	// afterwards keeps it when it connects anew.
	crawl(ctx context.Context, w *writer) (*Sole, error)
	// name takes a name that no living crawler has for a connection, wanted if
	// it is free: the leases that begin with it are nobody's.
	name(ctx context.Context, conn *sql.Conn, wanted string) (string, error)
	// lockSchema keeps two programs from making or migrating one schema at once.
	lockSchema(ctx context.Context, conn *sql.Conn) (unlock func() error, err error)
	// explain gives an error that a person can act on its sentence.
	explain(err error) error
}

// dialectOf is the dialect of the database that an address names.
func dialectOf(address string) dialect {
	if Remote(address) {
		return postgres{address}
	}
	return sqliteFile{address}
}

// Remote tells whether an address names a PostgreSQL database (postgres:// or
// postgresql://) and not a file.
func Remote(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// explain is for errors that may come of either.
func explain(err error) error {
	return postgres{}.explain(sqliteFile{}.explain(err))
}
