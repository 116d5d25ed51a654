package cite

import (
	_ "embed" // for the tables
	"strings"
	"sync"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// The tables: laws by the names that labels have, English names of types and issuers,
// the terms of the Party's committee (from the closing days of its congresses)
// and of the National Assembly, and the numbers of the resolutions of plenums
// that are cited by number.
var (
	//go:embed tables/phrases.tsv
	phrasesTSV string
	//go:embed tables/laws.tsv
	lawsTSV string
	//go:embed tables/english.tsv
	englishTSV string
	//go:embed tables/terms.tsv
	termsTSV string
	//go:embed tables/plenums.tsv
	plenumsTSV string
)

// vocabulary is the phrases that have no table of their own.
var vocabulary = phrase.NewVocabulary(phrasesTSV)

// Classes of phrases; the value of one of the first four is its row in the
// table named.
var (
	classType      = vocabulary.Class("type")      // a kind of document: Nghị quyết; vi.DocumentTypes
	classIssuer    = vocabulary.Class("issuer")    // a body that issues documents: Ban Bí thư; vi.Issuers
	classLaw       = vocabulary.Class("law")       // the name of a law without the word Luật: Đất đai; laws
	classPlace     = vocabulary.Class("place")     // a province; bulletin.Provinces
	classUnion     = vocabulary.Class("union")     // an organization beside the Party that holds congresses
	classLevel     = vocabulary.Class("level")     // a level of administration
	classQualifier = vocabulary.Class("qualifier") // what may stand between type and "số": Công điện khẩn số 07-CĐ/TU
	classCount     = vocabulary.Class("count")     // what makes a number before it a count: 5 điểm; few: below ten only
	classIssued    = vocabulary.Class("issued")    // what a body does with a document; one that approves may be another's
	classPart      = vocabulary.Class("part")      // parts of the name of a meeting
	classLawKind   = vocabulary.Class("law kind")
	classCode      = vocabulary.Class("code")      // laws that are called codes; "Luật Dân sự" is a field of study
	classLesson    = vocabulary.Class("lesson")    // words that make the law named behind them a subject taught
	classPredicate = vocabulary.Class("predicate") // words that no name of a law has: a sentence runs on
	classAmended   = vocabulary.Class("amended")
	classOffice    = vocabulary.Class("office")  // the letters that people type for the bodies that issue most
	classGeneral   = vocabulary.Class("general") // what documents are called in general
	classSeveral   = vocabulary.Class("several") // words that count more than one
	classJust      = vocabulary.Class("just")    // adverbs of time before a verb
)

var (
	lexicon      = sync.OnceValue(func() *phrase.Table { return newLexicon(nil).Seal() })
	typedLexicon = sync.OnceValue(newTypedLexicon)

	laws      = bulletin.ReadTable(lawsTSV, 2)
	terms     = bulletin.ReadTable(termsTSV, 3)   // body, term, first day
	plenums   = bulletin.ReadTable(plenumsTSV, 2) // number and term, numbers of the resolutions
	provinces = sync.OnceValue(bulletin.Provinces)
)

// newLexicon is every phrase that citations are read with, and further spellings
// by the names of types and the letters of issuers.
func newLexicon(further map[string]string) *phrase.Table {
	t := phrase.NewTable()
	for i, typ := range vi.DocumentTypes() {
		t.Add(classType, uint16(i), typ.Spellings)
		t.Add(classType, uint16(i), further[typ.Name])
	}
	for i, issuer := range vi.Issuers() {
		t.Add(classIssuer, uint16(i), issuer.Spellings)
		t.Add(classIssuer, uint16(i), further[issuer.Code])
	}
	for i, row := range laws {
		pattern := row[1]
		if pattern == "" {
			pattern = strings.ReplaceAll(strings.ToLower(row[0]), ",", " [,]")
		}
		t.Add(classLaw, uint16(i), pattern)
	}
	t.AddProvinces(classPlace)
	vocabulary.AddTo(t)
	return t
}

// newTypedLexicon has besides what people type alone: the first words of the
// names of laws, and English names.
func newTypedLexicon() *phrase.Table {
	english := map[string]string{}
	for _, row := range bulletin.ReadTable(englishTSV, 2) {
		english[row[0]] = row[1]
	}
	t := newLexicon(english)
	addShortLaws(t)
	return t.Seal()
}

// addShortLaws enters the first words of the names of laws, two at least, that
// begin one name only: luật mặt trận.
func addShortLaws(t *phrase.Table) {
	begun, law := map[string]int{}, map[string]int{}
	for i, row := range laws {
		words := strings.Fields(strings.ToLower(strings.ReplaceAll(row[0], ",", "")))
		for n := 2; n < len(words); n++ {
			short := strings.Join(words[:n], " ")
			law[short] = i
			begun[vi.Fold(short)]++
		}
	}
	for short, i := range law {
		if begun[vi.Fold(short)] == 1 {
			t.Add(classLaw, uint16(i), short)
		}
	}
}
