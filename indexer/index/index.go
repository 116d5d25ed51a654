// Package index says what an index of bulletins is: the documents it takes,
// the queries it answers and the results it gives, whichever engine keeps it.
// It owns the textbook scoring, the snippets and the conformance suite that
// every engine passes; it stores nothing itself.
package index

import (
	"context"
	"errors"
	"time"

	"bantin/bulletin"
)

// Errors that callers branch on.
var (
	// ErrNotFound is returned for a bulletin that the index does not hold.
	ErrNotFound = errors.New("no such bulletin in the index")
	// ErrCorrupt is returned by an engine whose index cannot be read.
	ErrCorrupt = errors.New("the index cannot be read: rebuild it from the archive")
	// ErrUnavailable is returned by an engine whose machines do not answer at the
	// moment.
	ErrUnavailable = errors.New("the index does not answer: try again in a while")
	// ErrLocked is returned by an engine whose index another process has open.
	ErrLocked = errors.New("the index is in use by another process: stop that one first")
)

// Index is one engine's index of bulletins. All methods but Close may run
// concurrently with each other; searches see all changes of an Apply or none.
type Index interface {
	// Apply writes the changes and then the feed position. After a crash the
	// position says whether all changes are there; applying them again does no
	// harm.
	Apply(ctx context.Context, changes []bulletin.Change, position int64) error
	// Position returns the feed position of the last applied batch, 0 when new.
	Position(ctx context.Context) (int64, error)
	// Compact makes searches quicker after many changes. It may take minutes, in
	// which searches go on and Apply waits.
	Compact(ctx context.Context) error
	// Generation changes whenever a search could answer differently.
	Generation() uint64

	// Search answers q as it stands; Run reads it more widely where that is better.
	Search(ctx context.Context, q Query) (Result, error)
	// Counts returns how many bulletins match each of the nodes, nil for all. They
	// may be many: rarities of words, pairs of words that stand together.
	Counts(ctx context.Context, nodes []Node) ([]int, error)
	// Get returns one document, or ErrNotFound.
	Get(ctx context.Context, id string) (Document, error)
	// Each calls f with every match of q in q.Sort order, reading in bounded
	// memory, and stops at the first error.
	Each(ctx context.Context, q Query, f func(Document) error) error
	// Cross counts the matches of q by each pair of values of two facets.
	Cross(ctx context.Context, q Query, row, column Field) (map[[2]string]int, error)
	// Similar returns up to n bulletins like the given one, its own group and
	// meeting left out.
	Similar(ctx context.Context, id string, n int) ([]Hit, error)
	// Suggest completes what was typed so far, accents optional.
	Suggest(ctx context.Context, typed string, n int) ([]Suggestion, error)
	// Near returns the words of the fields of Written within so many edits of a word, 1 or
	// 2: accented ones of an accented word, else folded ones. An exchange of
	// neighbours is one edit. Where first is set accented words begin with the same
	// letter. A word may be left in for which there is no bulletin, and left out that
	// fewer than least have.
	Near(ctx context.Context, word Word, edits int, first bool, least int) ([]string, error)
	// Frequent returns the words without some, not always all, that fewer than least
	// bulletins have.
	Frequent(ctx context.Context, words []Word, least int) ([]Word, error)

	Close() error
}

// Document is a bulletin as the index holds it.
type Document struct {
	bulletin.Bulletin
	Gone    time.Time // see bulletin.Change
	Group   string
	Meeting string
}

// Cluster is what a list shows once: the meeting of a document, else its group
// of near-duplicates.
func (d Document) Cluster() string {
	if d.Meeting != "" {
		return "meeting:" + d.Meeting
	}
	return d.Group
}

// Sort is the order of the hits.
type Sort string

// Orders; ties are broken by bulletin id.
const (
	Relevance Sort = "relevance" // newest when nothing is asked for
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// Query is what an engine answers.
type Query struct {
	Root    Node // nil matches everything
	Filters map[Field][]string
	From    time.Time // published, inclusive; zero is open
	To      time.Time // published, exclusive; zero is open

	Sort     Sort
	Size     int    // hits wanted, 0 for none
	After    string // cursor from Result.Next
	Facets   []Field
	Values   int    // values of each facet wanted besides the filtered ones, 0 for all
	Expand   bool   // list every bulletin instead of one of each Document.Cluster
	Asked    []Node // what hits are looked through for: see Hit.Lacks
	Snippets bool
	Bare     bool // with Expand: hits may be bare, see Hit.Bare
}

// Node is one node of a parsed query: Word, Prefix, Phrase, Key, Term, And,
// Or or Not.
type Node interface{ node() }

// TextField narrows a node to one text field.
type TextField string

// The text fields; the zero value means any of them.
const (
	AnyField TextField = ""
	Title    TextField = "title"
	Body     TextField = "body"
	Scanned  TextField = "scan" // read off pictures by a program: found, of little weight
)

// TextFields are all text fields; Written those that people wrote, out of which
// spellings come.
var (
	TextFields = [...]TextField{Title, Body, Scanned}
	Written    = TextFields[:2]
)

// In tells whether a node that is narrowed to f looks into the field other.
func (f TextField) In(other TextField) bool { return f == AnyField || f == other }

// Word matches one syllable or token: Text is a key of stream syl when
// Accented, else of stream fold (see analyzers/vi).
type Word struct {
	Text     string
	Accented bool
	Field    TextField
}

// Prefix matches every token that begins with Text.
type Prefix struct {
	Text     string
	Accented bool
	Field    TextField
}

// Phrase matches its words next to each other in order, within one phrase
// break. Each word is accented or not for itself.
type Phrase struct {
	Words []Word
	Field TextField
}

// Key matches one token of stream key: a document number, a date, a quarter.
type Key struct {
	Text  string
	Field TextField
}

// Term matches one value of a facet and adds Score, 0 or more, to what it
// matches: what a fact is worth beside words.
type Term struct {
	Field Field
	Value string
	Score float64
}

// And matches what all of its children match.
type And []Node

// Or matches what at least Min (at least one) of its children match. When
// Best is set the score is the best child's (synonyms), else the sum.
type Or struct {
	Children []Node
	Min      int
	Best     bool
	Weights  []int // how much each child counts for Min, 1 to 15; nil for 1 each
}

// Not matches what its child does not.
type Not struct{ Child Node }

func (Word) node()   {}
func (Prefix) node() {}
func (Phrase) node() {}
func (Key) node()    {}
func (Term) node()   {}
func (And) node()    {}
func (Or) node()     {}
func (Not) node()    {}

// Children are the nodes right below a node.
func Children(n Node) []Node {
	switch n := n.(type) {
	case And:
		return n
	case Or:
		return n.Children
	case Not:
		return []Node{n.Child}
	}
	return nil
}

// Result answers a query. Total and Facets count bulletins, near-duplicates
// included, exactly.
type Result struct {
	Total   int
	Hits    []Hit
	Facets  map[Field][]Count // most frequent first, then by value
	Next    string            // cursor of the next page, empty at the end
	Relaxed string            // the step of Run that matched, empty for none
	Root    Node              // the reading that Run counted
	List    Node              // the reading that Run ranked
	Lacking bool              // the list goes beyond Total: hits may lack words
	Took    time.Duration
}

// Hit is one bulletin of a result.
type Hit struct {
	Document
	Score       float64
	Duplicates  int      // further matching bulletins of its group that the list leaves out
	Sources     int      // matching bulletins of its meeting, of which the list shows this one; 0 without a meeting or expanded
	Lacks       []int    // places of what it does not match in Query.Asked
	Missing     []string // the same in words, by Run
	TitleHTML   string   // escaped, matches in <mark>
	SnippetHTML string
	MachineRead bool // the snippet is of field Scanned
	Bare        bool // of the document there are ID, Title, Body and Province alone
}

// Count is one value of a facet. The counts of a group ignore the filter on
// the group itself.
type Count struct {
	Value string
	Count int
}

// Suggestion is one completion.
type Suggestion struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`            // title, org, province, document, or question from the service
	Value string `json:"value,omitempty"` // the bulletin's id, or the facet value
	Count int    `json:"count"`           // bulletins it leads to
}
