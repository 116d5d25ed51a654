package archive

import (
	"testing"

	"bantin/testdata/traps"
)

// known are what an archive over PostgreSQL falls into that is at home in SQLite, and
// the tests that would notice. All tests run over both.
var known = [][2]string{
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
func TestTraps(t *testing.T) { traps.Check(t, known, "*_test.go", "store/*_test.go") }
