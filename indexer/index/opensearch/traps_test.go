package opensearch

import (
	"testing"

	"bantin/testdata/traps"
)

// known are what an engine over OpenSearch falls into, and the tests that would
// notice. TestConformance compares with textbook scores and a count of everything.
var known = [][2]string{
	{"its BM25 keeps lengths in one byte and leaves out k1+1", "TestConformance TestSideBySide"},
	{"frequencies count what was deleted until a merge", "TestConformance TestMerges"},
	{"frequencies and average lengths are those of one shard", "TestConformance"},
	{"the frequency of a phrase counts once for each of its words", "TestBigramFrequency"},
	{"a float that is whole arrives as an integer, and Painless divides integers", "TestBigramFrequency"},
	{"several words at one place, gaps, and forms that no phrase may meet", "TestWire TestDocument"},
	{"a word longer than 32,766 bytes refuses the whole document", "TestOddDocuments"},
	{"the vocabulary is not listed: a prefix has no limit", "TestConformance"},
	{"clauses, nesting and values have limits of their own", "TestLargeQueries"},
	{"results that are collapsed cannot be paged by search_after", "TestConformance"},
	{"facets of several shards may be off and leave values out", "TestManyValues"},
	{"a request in other words is not answered from the cache", "TestCachedFacets"},
	{"a fuzzy query is rewritten to words that nothing living has", "TestConformance"},
	{"without being told otherwise it answers from a part of the index", "TestNeverInPart"},
	{"shards refresh one after another, so a batch is seen in parts", "TestConformance TestOthersWrite"},
	{"a point in time ends with a node, with its time, or with its index", "TestPointInTimeLost TestNodeLost"},
	{"a node keeps 300 of its shards' points in time open, no more", "TestManyBatches"},
	{"a search that took too long is answered with what was found", "TestTimedOut"},
	{"a node that goes fails searches under way once, with status 500", "TestRepeats TestNodeLost"},
	{"a node that is gone costs the time to connect each time", "TestFailover"},
	{"items of a bulk request fail one by one, with 429, 409 or 404", "TestBulkRefusals"},
	{"an older change that comes late overwrites a newer one", "TestVersions TestItems"},
	{"deletions are forgotten after a minute", "TestDefinition"},
	{"a late write makes an index that was removed again", "TestRemoved"},
	{"an index that is removed takes the searches in it along", "TestBuilds"},
	{"its security refuses what a role does not name", "TestRights"},
	{"a forced merge stops an index in use", "TestCompact"},
	{"a certificate of anybody, or a secret on the command line", "TestSecrets TestStranger"},
}

// TestTraps: the tests of the list are there.
func TestTraps(t *testing.T) { traps.Check(t, known, "*_test.go", "../../nodes/*_test.go") }
