package facts

import (
	_ "embed" // for the table
	"strings"
	"sync"

	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

//go:embed tables/phrases.tsv
var phrasesTSV string

// vocabulary is the readers' phrases beside those of the bodies and places.
var vocabulary = phrase.NewVocabulary(phrasesTSV)

// Classes of phrases, by the reader that looks for them.
var (
	classOrganization = vocabulary.Class("organization")
	classProvince     = vocabulary.Class("province")
	classLevel        = vocabulary.Class("level")     // words that tell a body's level
	classPlaceCue     = vocabulary.Class("place cue") // words after which a province's name is the province
	classAsideCue     = vocabulary.Class("aside cue") // words after which a province is only met, not the place
	classKind         = vocabulary.Class("kind")
	classReview       = vocabulary.Class("review") // cues of the period
	classGovern       = vocabulary.Class("govern") // review verbs whose object may be a plan
	classPlan         = vocabulary.Class("plan")
	classPlanVerb     = vocabulary.Class("plan verb") // plan only with "nhiệm vụ" behind
	classTask         = vocabulary.Class("task")      // nhiệm vụ
	classSchedule     = vocabulary.Class("schedule")
	classLabel        = vocabulary.Class("label")   // labels of dates
	classWeekday      = vocabulary.Class("weekday") // with its number, Sunday 0
	classUnit         = vocabulary.Class("unit")    // units of a relative date
	classToday        = vocabulary.Class("today")   // with how many days ago it is
	classDayCue       = vocabulary.Class("day cue") // words before a day: of the day itself, or of a part of one
	classLunar        = vocabulary.Class("lunar")   // of the lunar calendar
	classPlaceNoun    = vocabulary.Class("place noun")
	classAgo          = vocabulary.Class("ago")
	classCount        = vocabulary.Class("count")    // English words for one
	classHappens      = vocabulary.Class("happens")  // words after which a date is the event's
	classDeadline     = vocabulary.Class("deadline") // words after which it is not
	classHolds        = vocabulary.Class("holds")    // verbs of the body that holds a meeting
	classWith         = vocabulary.Class("with")     // "phối hợp với"
	classOffice       = vocabulary.Class("office")   // a person's office
	classNotAuthor    = vocabulary.Class("not author")
	classOpening      = vocabulary.Class("opening")     // between a body and its verb
	classBlockMonth   = vocabulary.Class("block month") // month names that are events
	classYearBlock    = vocabulary.Class("year block")  // words before a year that is not the period's
	classTown         = vocabulary.Class("town")        // cities of a province or of one of central rank, until district level ended on 30 June 2025
	classPart         = vocabulary.Class("part")        // nouns for a part of a body
	classCongress     = vocabulary.Class("congress")    // congresses, which are not the committee that they elect
	classRule         = vocabulary.Class("rule")        // documents whose names hold the words for events
	classEarlier      = vocabulary.Class("earlier")     // words that open a sentence about an earlier event
	classDepartment   = vocabulary.Class("department")  // a department's name without its "sở"
	classOpener       = vocabulary.Class("opener")      // words that open a sentence whose event follows a comma
	classChairs       = vocabulary.Class("chairs")      // words for presiding
	classMeeting      = vocabulary.Class("meeting")     // nouns for a meeting
	classPresided     = vocabulary.Class("presided")    // words before who presided
	classForm         = vocabulary.Class("form")        // "đồng chí" and other words before a person's name
	classVenue        = vocabulary.Class("venue")       // rooms and houses of meetings, and forms without one
	classVisit        = vocabulary.Class("visit")       // what is done at a place where no meeting is held
	classAttends      = vocabulary.Class("attends")     // words behind a body that does not act, or is a guest
	classTerm         = vocabulary.Class("term")        // of a body: khóa XIX
	classDepartments  = vocabulary.Class("departments") // words before departments' names without "sở"
	classFront        = vocabulary.Class("front")       // the Front's name where another's begins with it
	classBefore       = vocabulary.Class("before")      // words before a name that make it another's than a province's
)

// Values of phrases, by their names in the table.
var (
	levelProvince = vocabulary.Value("province")
	levelDistrict = vocabulary.Value("district")
	levelCommune  = vocabulary.Value("commune")
	levelCentral  = vocabulary.Value("central")
	levelAll      = vocabulary.Value("all")
	levelCity     = vocabulary.Value("city") // of central rank or of a province

	kindGiaoBan = vocabulary.Value(string(bulletin.GiaoBan))
	kindSoKet   = vocabulary.Value(string(bulletin.SoKet))
	kindTongKet = vocabulary.Value(string(bulletin.TongKet))
	kindNone    = vocabulary.Value("none") // looks like one, is none

	labelPosted  = vocabulary.Value("posted")
	labelUpdated = vocabulary.Value("updated")
	labelBy      = vocabulary.Value("by")    // needs "on" before the date
	labelOther   = vocabulary.Value("other") // of another date than the publication's
	labelToday   = vocabulary.Value("today") // of the page's clock

	cueDay     = vocabulary.Value("day")
	cueSession = vocabulary.Value("session")

	chairsOf  = vocabulary.Value("of")    // before the person
	ruleLists = vocabulary.Value("lists") // documents whose names list what they rule
	venueForm = vocabulary.Value("form")  // says how a meeting is held, not where

	partAdjoining = vocabulary.Value("adjoining") // only right before the body

	beforeSmall  = vocabulary.Value("place")  // a kind of smaller place
	beforeFamily = vocabulary.Value("family") // a family name
)

// provinceList is every province, by the number that the grammar gives it.
var provinceList = sync.OnceValue(bulletin.Provinces)

// theGrammar is every phrase that the readers know.
var theGrammar = sync.OnceValue(compileGrammar)

func compileGrammar() *phrase.Table {
	t := phrase.NewTable()
	for i, row := range bulletin.OrganizationPatterns() {
		t.Add(classOrganization, uint16(i), row.Patterns)
		for pattern := range strings.SplitSeq(row.Patterns, " | ") {
			if name, ok := strings.CutPrefix(pattern, "sở "); ok { // in "các sở: Nội vụ, Y tế"
				t.Add(classDepartment, uint16(i), "^"+name)
			}
		}
	}
	t.AddProvinces(classProvince)
	vocabulary.AddTo(t)
	return t.Seal()
}
