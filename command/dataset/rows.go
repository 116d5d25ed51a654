package dataset

// The rows of the tables. A field's parquet tag names its column in every form;
// optional ones are empty when nothing is known. Its about tag is its entry in
// the codebook, its type tag its type in the package where that is not the one
// of Go.

type bulletinRow struct {
	ID                 string `parquet:"id" about:"stable id of the bulletin"`
	URL                string `parquet:"url,optional" about:"its address at the portal"`
	Source             string `parquet:"source,optional" about:"id of the portal, see portals"`
	Version            int64  `parquet:"version" about:"number of the version of its text that this is, from 1"`
	Fetched            string `parquet:"fetched,optional" type:"datetime" about:"when the page of that version was fetched, or when it was imported"`
	Title              string `parquet:"title,optional" about:"title as printed"`
	Published          string `parquet:"published,optional" about:"time of publication as precise as it was printed, in +07:00: 2020, 2020-09, 2020-09-25 or 2020-09-25T13:35:49+07:00"`
	PublishedPrecision string `parquet:"published_precision,optional" about:"second, minute, day, month or year"`
	PublishedDate      string `parquet:"published_date,optional" type:"date" about:"day of publication, empty when less is known"`
	Author             string `parquet:"author,optional" about:"byline as printed"`
	EventDate          string `parquet:"event_date,optional" type:"date" about:"day of the event reported"`
	Province           string `parquet:"province,optional" about:"province as of the bulletin's day, of the 63 before 1 July 2025 or the 34 since"`
	ProvinceNow        string `parquet:"province_now,optional" about:"today's province of that land, of the 34"`
	PeriodYear         int64  `parquet:"period_year,optional" about:"year of the quarter that it reports on"`
	PeriodQuarter      int64  `parquet:"period_quarter,optional" about:"that quarter, 1 to 4"`
	PeriodBasis        string `parquet:"period_basis,optional" about:"how the quarter is known: stated (the text names it), derived (from a half-year, nine months or a month) or guessed (from the date)"`
	Kind               string `parquet:"kind,optional" about:"kind of event: giao-ban, so-ket, tong-ket, hop-bao, phien-hop, doi-thoai or khac"`
	Host               string `parquet:"host,optional" about:"body that held the meeting, when the text says so"`
	HostUnit           string `parquet:"host_unit,optional" about:"the same below the province, with its unit"`
	ChairName          string `parquet:"chair_name,optional" about:"who presided, as printed"`
	ChairRole          string `parquet:"chair_role,optional" about:"that person's office, as printed"`
	Organizations      string `parquet:"organizations,optional" about:"ids of the bodies named, in order, parted by semicolons"`
	Meeting            string `parquet:"meeting,optional" about:"id of the meeting that it reports, see meetings"`
	Citations          int64  `parquet:"citations" about:"how many rows of citations are of it"`
	Lead               string `parquet:"lead,optional" about:"first paragraph"`
	Body               string `parquet:"body,optional" about:"whole text, the lead included, paragraphs parted by an empty line"`
}

type meetingRow struct {
	ID            string `parquet:"id" about:"id made of province, host, kind and day, or of the quarter when no day is known"`
	Province      string `parquet:"province" about:"province as of the meeting's day"`
	Host          string `parquet:"host,optional" about:"body that held it, empty when no bulletin says"`
	Kind          string `parquet:"kind" about:"kind of meeting"`
	Day           string `parquet:"day,optional" type:"date" about:"its first day"`
	PeriodYear    int64  `parquet:"period_year,optional" about:"year of the quarter that it looks back on"`
	PeriodQuarter int64  `parquet:"period_quarter,optional" about:"that quarter, 1 to 4"`
	PeriodBasis   string `parquet:"period_basis,optional" about:"the surest basis that one of its bulletins has, see bulletins"`
	Bulletins     int64  `parquet:"bulletins" about:"how many bulletins report it"`
}

type citationRow struct {
	Bulletin         string `parquet:"bulletin" about:"id of the bulletin that cites"`
	Number           int64  `parquet:"number" about:"place of the citation among those of the bulletin, from 1"`
	Key              string `parquet:"key" about:"the document meant, see documents"`
	KeyBasis         string `parquet:"key_basis" about:"stated (the mention says all of the key) or resolved (its date follows from other bulletins that date the same number)"`
	KeyPrinted       string `parquet:"key_printed" about:"the key of what the mention itself says"`
	Label            string `parquet:"label,optional" about:"number or name of the document in its usual form"`
	Type             string `parquet:"type,optional" about:"its type"`
	Issuer           string `parquet:"issuer,optional" about:"who issued it"`
	DocumentProvince string `parquet:"document_province,optional" about:"province of its issuer"`
	DocumentDate     string `parquet:"document_date,optional" type:"date" about:"date printed beside the mention"`
	Subject          string `parquet:"subject,optional" about:"what it is about, as printed beside the mention"`
	CiteText         string `parquet:"cite_text" about:"the mention as printed"`
	Sentence         string `parquet:"sentence" about:"the sentence around it, or the title; a very long sentence is cut"`
	Field            string `parquet:"field" about:"title or body"`
	Start            int64  `parquet:"start" about:"first byte of the mention in the UTF-8 of that field"`
	End              int64  `parquet:"end" about:"byte after its last"`
	EventDate        string `parquet:"event_date,optional" type:"date" about:"day of the event that the bulletin reports"`
	PublishedDate    string `parquet:"published_date,optional" type:"date" about:"day of the bulletin's publication"`
}

type documentRow struct {
	Key              string `parquet:"key" about:"label folded to a-z, 0-9 and hyphens, then @ and the province of a provincial issuer, then ~ and the date, year or term when known"`
	Label            string `parquet:"label,optional" about:"number or name as most mentions have it"`
	Type             string `parquet:"type,optional" about:"type as most mentions have it"`
	Issuer           string `parquet:"issuer,optional" about:"issuer as most mentions have it"`
	Province         string `parquet:"province,optional" about:"province of a provincial issuer"`
	Date             string `parquet:"date,optional" type:"date" about:"its day, from the key"`
	Subject          string `parquet:"subject,optional" about:"what it is about as most bulletins print it"`
	SubjectBulletins int64  `parquet:"subject_bulletins" about:"how many bulletins print it so"`
	Bulletins        int64  `parquet:"bulletins" about:"how many bulletins cite it"`
	Citations        int64  `parquet:"citations" about:"how many times they do"`
}

type portalRow struct {
	ID        string `parquet:"id" about:"id of the portal"`
	Name      string `parquet:"name,optional" about:"its name, as of the export"`
	URL       string `parquet:"url,optional" about:"its listing, as of the export"`
	Province  string `parquet:"province,optional" about:"its province, as of the export"`
	Family    string `parquet:"family,optional" about:"the system that it runs, as of the export"`
	Sample    bool   `parquet:"sample" about:"part of the demonstration: its bulletins are invented"`
	Bulletins int64  `parquet:"bulletins" about:"how many bulletins of it are in this package"`
	First     string `parquet:"first,optional" type:"date" about:"day of the oldest of them"`
	Last      string `parquet:"last,optional" type:"date" about:"day of the newest"`
}

// tables are the tables of the package in their order, with their keys.
var tables = []table{
	{row: bulletinRow{}, name: "bulletins", about: "news items with the facts read out of them, one row each", key: []string{"id"}, foreign: map[string]string{"source": "portals.id", "meeting": "meetings.id"}},
	{row: meetingRow{}, name: "meetings", about: "events that bulletins report, one row each however many report it", key: []string{"id"}},
	{row: citationRow{}, name: "citations", about: "mentions of documents, one row each, with the sentence", key: []string{"bulletin", "number"}, foreign: map[string]string{"bulletin": "bulletins.id", "key": "documents.key"}},
	{row: documentRow{}, name: "documents", about: "documents that are cited", key: []string{"key"}},
	{row: portalRow{}, name: "portals", about: "where the bulletins come from", key: []string{"id"}},
}
