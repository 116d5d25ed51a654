package archive

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// traps are what an archive over PostgreSQL falls into that is at home in SQLite, and
// the tests that would notice. All tests run over both.
var traps = []struct{ trap, tests string }{
	{"the driver takes + in an address for itself, so a schema is lost in silence", "TestAddress"},
	{"a truth value is no number", "TestSiteStatus"},
	{"a parameter whose type is not said is taken for a small number", "TestWalkWithAFilter"},
	{"max of two numbers is no function", "TestPostpone"},
	{"a text holds no zero byte, and nothing but UTF-8", "TestTextThatIsNone"},
	{"numbers that are given by hand are given again", "TestDumpMovesAnArchive"},
	{"two programs make the tables at once", "TestOpenAtOnce"},
	{"writers wait for each other for ever, or see what another has changed since", "TestDeadlock TestSerialization"},
	{"errors that will not pass are tried again", "TestOtherErrorsAreNotTriedAgain"},
	{"a host is claimed twice", "TestCrawlers TestOneInFlightPerHost"},
	{"a request is claimed that was done between the look and the claim", "TestFinishedRequestIsNotClaimedAgain"},
	{"who begins to crawl ends everybody's leases", "TestLeasesOfOthers"},
	{"a crawler that is gone leaves its lease", "TestLeasesOfTheDead"},
	{"two look for a content, and both insert it", "TestSameContentAtOnce"},
	{"positions out of a sequence become visible out of order", "TestFeedUnderSeveralWriters"},
	{"readers see a moment each, not one", "TestAddress TestAsOf"},
	{"connections, their statements and locks end with the server", "TestServerStartsAgain TestServerGone"},
	{"what is acknowledged is lost", "TestKill"},
	{"a copy of files is no backup", "TestBackupNamesTheTool"},
}

// TestTraps: the tests of the list are there.
func TestTraps(t *testing.T) {
	own, err := filepath.Glob("*_test.go")
	below, err2 := filepath.Glob("store/*_test.go")
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range append(own, below...) {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, one := range traps {
		for name := range strings.FieldsSeq(one.tests) {
			if !strings.Contains(all.String(), "func "+name+"(t *testing.T)") {
				t.Errorf("%s: there is no %s", one.trap, name)
			}
		}
	}
}
