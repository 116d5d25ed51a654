package api

import (
	"reflect"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/embed"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// Operation is one address for programs.
type Operation struct {
	Path    string // as a route
	Streams bool   // may take long: a whole result
	Fresh   bool   // asked anew each time
	Takes   any    // a value of the type that a POST takes, nil for a GET
	Follows bool   // there only where searches can be followed
	Feed    bool   // a person who opens it gets a page

	name    string
	summary string
	params  []string
	own     map[string]object // forms of its own for some of them
	raw     bool              // it reads them itself
	kind    string            // content type, JSON when empty
	fields  []string          // that its entries have
	plain   bool              // it takes text alone too
	as      as
}

// as is how an operation answers.
type as struct {
	serve func(*gin.Context, answer.Params) error // nil where the service answers before all else
	form  reflect.Type                            // of the JSON, nil for none
}

// answering answers with the JSON of a value.
func answering[T any](f func(*gin.Context, answer.Params) (T, error)) as {
	return writing[T](func(c *gin.Context, p answer.Params) error {
		v, err := f(c, p)
		if err != nil {
			return err
		}
		return answer.WriteJSON(c, v)
	})
}

// writing is f, which writes the JSON of a T itself.
func writing[T any](f func(*gin.Context, answer.Params) error) as { return as{f, reflect.TypeFor[T]()} }

// Serve answers a request; nil for an address that is described here alone.
func (op *Operation) Serve() func(*gin.Context) error {
	if op.as.serve == nil {
		return nil
	}
	return func(c *gin.Context) error {
		var p answer.Params
		var err error
		if !op.raw {
			p, err = answer.ReadParams(c.Request.URL.Query(), op.params, true)
		}
		if err == nil {
			err = checkFields(p.Fields, op.fields)
		}
		if err != nil {
			return err
		}
		return op.as.serve(c, p)
	}
}

type suggestJSON struct {
	Query       string             `json:"query"`
	Suggestions []index.Suggestion `json:"suggestions"`
}

// VersionsJSON is the answer of a bulletin's versions.
type VersionsJSON struct {
	Versions []bulletin.Version `json:"versions"`
}

// DocumentsJSON is a list of documents.
type DocumentsJSON struct {
	Total     int            `json:"total"`
	Documents []documentJSON `json:"documents"`
	Next      *string        `json:"next"`
}

type sitesJSON struct {
	Sites []bulletin.SiteStatus `json:"sites"`
}

type healthJSON struct {
	Status string `json:"status"`
}

type readyJSON struct {
	Status     string `json:"status"`
	Position   int64  `json:"position"`
	Generation uint64 `json:"generation"`

	Down []string `json:"down,omitempty"` // what is not well, and why
}

// questionParams are those of a question whose whole result is wanted.
var questionParams = answer.WithFacets("verbatim", "from", "to", "lang")

// severalQuestions is how questions that are compared are asked.
var severalQuestions = map[string]object{"q": {"type": "array", "items": object{"type": "string"}, "maxItems": answer.MaxQuestions}}

var langOnly = []string{"lang"}

// Operations are all addresses for programs; what each answers stands in its row.
func (s *API) Operations() []Operation {
	return []Operation{
		{Path: "/api/v1/search", name: "search", summary: "Search the bulletins, with facets", params: answer.ProgramParams, fields: names(reflect.TypeFor[hitJSON]()), as: answering(s.search)},
		{Path: "/api/v1/suggest", name: "suggest", summary: "Complete what was typed so far, accents optional", params: []string{"q", "size", "lang"}, as: answering(s.suggest)},
		{Path: embed.API, name: "embed", summary: "Suggestions and results for a search box on another page, in at most 3 kB for 8 results", params: embed.Params, own: map[string]object{"size": {"type": "integer", "minimum": 0, "maximum": embed.MaxSize, "default": embed.StandardSize}}, as: writing[embed.AnswerJSON](s.Box.ServeAnswer), raw: true, Fresh: true},
		{Path: "/api/v1/bulletins/:id", name: "bulletin", summary: "One bulletin with its text and facts", params: []string{"fields", "lang"}, fields: bulletinFields, as: writing[bulletinJSON](s.bulletin)},
		{Path: "/api/v1/bulletins/:id/versions", name: "versions", summary: "Every state of a bulletin's text, oldest first", params: langOnly, as: answering(s.versions)},
		{Path: "/api/v1/bulletins/:id/original", name: "original", summary: "The archived page, inert", params: langOnly, kind: "text/html", as: as{serve: s.Box.ServeOriginal}, Fresh: true},
		{Path: "/api/v1/documents", name: "documents", summary: "The documents that bulletins cite, most cited first", params: []string{"q", "size", "after", "fields", "lang"}, own: map[string]object{"after": {"type": "string", "pattern": `^\d{0,9}$`}}, fields: names(reflect.TypeFor[documentJSON]()), as: answering(s.documents)},
		{Path: "/api/v1/documents/:key", name: "document", summary: "One cited document, what it is about, its namesakes, what is cited together with it, and the bulletins and sentences that cite it, newest first", params: []string{"size", "after", "lang"}, as: answering(s.document)},
		{Path: "/api/v1/citations", name: "citations", summary: "The documents that a text cites, and what the archive knows of them; the text is not kept", params: langOnly, Takes: citingJSON{}, plain: true, as: answering(s.citations)},
		{Path: "/api/v1/follow", name: "follow", summary: "Be told by webhook of what is new for a search; the address is posted a challenge, {\"type\":\"bantin.challenge\",\"challenge\":\"…\"}, and must answer with it", params: questionParams, Takes: followingJSON{}, Follows: true, as: answering(s.follow)},
		{Path: "/api/v1/coverage", name: "coverage", summary: "The bulletins of a question by province and quarter, and what an absence means", params: answer.CoverageParams, as: answering(s.coverage)},
		{Path: "/api/v1/trends", name: "trends", summary: "Up to five questions over quarters, years or provinces, as counts and per thousand bulletins", params: answer.TrendParams, own: severalQuestions, as: answering(s.trends), raw: true},
		{Path: "/api/v1/concordance", name: "concordance", summary: "Every occurrence of what a question asks for, with the words around it", params: answer.ConcordanceParams, own: map[string]object{"after": {"type": "string", "pattern": `^(?:\d{0,4}|10000)$`}}, // answer.MaxOccurrences
			as: answering(s.concordance)},
		{Path: "/api/v1/meetings", name: "meetings", summary: "The meetings that bulletins of a question report, quarter by quarter, newest first; of one province with the quarters in which there was none, and why", params: answer.SeriesParams, as: answering(s.meetings)},
		{Path: "/api/v1/meetings/:meeting", name: "meeting", summary: "One meeting: who reports it in which words, what they cite, where they differ, and the meetings before and after", params: langOnly, as: writing[MeetingJSON](s.meeting)},
		{Path: "/api/v1/sites", name: "sites", summary: "The portals and their states", params: langOnly, as: answering(s.sites)},
		{Path: "/search.atom", name: "searchAtom", summary: "A whole result as an Atom feed, newest first", params: export.WholeParams, kind: "application/atom+xml", as: as{serve: s.Exports.Whole(export.Atom)}, Streams: true, Feed: true},
		{Path: "/search.json", name: "searchJSONFeed", summary: "A whole result as a JSON Feed, newest first", params: export.WholeParams, kind: "application/feed+json", as: as{serve: s.Exports.Whole(export.JSONFeed)}, Streams: true, Feed: true},
		{Path: "/search.csv", name: "searchCSV", summary: "A whole result as a table", params: export.WholeParams, kind: "text/csv", as: as{serve: s.Exports.Whole(export.CSV)}, Streams: true},
		{Path: "/search.jsonl", name: "searchJSONLines", summary: "A whole result, one bulletin a line", params: export.WholeParams, kind: "application/x-ndjson", as: as{serve: s.Exports.Whole(export.JSONLines)}, Streams: true},
		{Path: "/search.bib", name: "searchBibTeX", summary: "A whole result as a bibliography", params: export.WholeParams, kind: "application/x-bibtex", as: as{serve: s.Exports.Whole(export.BibTeX)}, Streams: true},
		{Path: "/search.ris", name: "searchRIS", summary: "A whole result as records for reference managers", params: export.WholeParams, kind: "application/x-research-info-systems", as: as{serve: s.Exports.Whole(export.RIS)}, Streams: true},
		{Path: "/trends.csv", name: "trendsCSV", summary: "The same comparison of questions as a table", params: answer.TrendParams, own: severalQuestions, kind: "text/csv", as: as{serve: s.Exports.Trends}, raw: true},
		{Path: "/concordance.csv", name: "concordanceCSV", summary: "Every occurrence, the newest bulletins first, as a table", params: questionParams, kind: "text/csv", as: as{serve: s.Exports.Concordance}, Streams: true},
		{Path: "/citations.csv", name: "citationsCSV", summary: "Every citation in what a question finds, with its sentence, as a table; of the documents filtered by where there are any", params: questionParams, kind: "text/csv", as: as{serve: s.Exports.Citations}, Streams: true},
		{Path: "/meetings.csv", name: "meetingsCSV", summary: "A whole series of meetings as a table, with the quarters of one province in which there was none", params: questionParams, kind: "text/csv", as: as{serve: s.Exports.Meetings}, Streams: true},
		{Path: "/meetings.atom", name: "meetingsAtom", summary: "A series of meetings as an Atom feed, newest first", params: questionParams, kind: "application/atom+xml", as: as{serve: s.Exports.MeetingsAtom}},
		{Path: "/meetings.ics", name: "meetingsICalendar", summary: "A series of meetings as a calendar: those whose day is known", params: questionParams, kind: "text/calendar", as: as{serve: s.Exports.MeetingsCalendar}, Streams: true},
		{Path: "/openapi.json", name: "openapi", summary: "This description", kind: "application/json", as: as{serve: s.description}},
		{Path: "/healthz", name: "healthz", summary: "Whether the process answers", as: as{form: reflect.TypeFor[healthJSON]()}},
		{Path: "/readyz", name: "readyz", summary: "Whether index and archive answer", as: as{form: reflect.TypeFor[readyJSON]()}},
	}
}
