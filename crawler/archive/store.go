package archive

import (
	"context"
	"database/sql"
	"strings"
)

// store is the database that an archive lives in: what SQLite and PostgreSQL
// do differently. All other SQL is shared.
type store interface {
	// writing opens the pool of the one writing connection.
	writing(ctx context.Context) (*sql.DB, error)
	// reading opens the pool of the readers; a transaction of theirs sees one moment.
	reading() (*sql.DB, error)
	// begin starts a writing transaction.
	begin(ctx context.Context, t *tx) error
	// alone waits until no other transaction changes what is derived from pages.
	alone(t *tx) error
	// pick is the query for the best of the requests, which claims its host
	// against other transactions.
	pick(request string) string
	// clash tells that a transaction met another one and has to be done again, whole.
	clash(err error) bool
	// script is a migration in the words of the store.
	script(sqlite string) string
	// check reads enough to find the archive damaged.
	check(ctx context.Context, read *sql.DB) error
	// exclusive takes a right that ends with the process; ErrBusy while another has it.
	exclusive(ctx context.Context, name string) (*Sole, error)
	// crawl takes the right to crawl and gives the crawler's name, with which
	// its leases begin: a free name's leases are nobody's.
	crawl(ctx context.Context) (*Sole, string, error)
	// explain gives an error that a person can act on its sentence.
	explain(err error) error
}

// storeAt is the store that an address names.
func storeAt(address string) store {
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

// explain is for errors that may come of either store.
func explain(err error) error {
	return postgres{}.explain(sqliteFile{}.explain(err))
}

// number is a bool as it is stored.
func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
