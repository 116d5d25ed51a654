package facts

import (
	"time"

	"bantin/bulletin"
)

// The readers that ReadFacts calls, each of texts alone.

func readEventDateOf(text string, ref time.Time) (PrintedDate, bool) {
	return newScan(cutText(text, maxLead)).eventDate(ref)
}

func readHostOf(title, lead, province string) (OrganizationMention, bool) {
	m, _ := readHost(newScan(cutText(title, maxLead)), newScan(cutText(lead, maxLead)), homeOf(province, time.Time{}))
	return m, m.ID != ""
}

func readKindOf(title, lead string) kindReading {
	return readKind(newScan(title), newScan(cutText(lead, maxLead)))
}

func readPeriodOf(title, text string, c periodContext) (periodReading, bool) {
	return readPeriod(newScan(cutText(title, maxLead)), newScan(headOf(text)), c)
}

func readProvinceOf(title, lead, body, site string, t time.Time) (provinceReading, bool) {
	return readProvince(newScan(title), newScan(cutText(lead, maxLead)), newScan(body), site, t)
}

// findPlaces are the spans of the provinces named in a text and of their cues.
func findPlaces(text string) (out []struct{ Span, Cue bulletin.Span }) {
	s := newScan(text)
	for _, p := range s.places() {
		out = append(out, struct{ Span, Cue bulletin.Span }{s.span(int(p.first), int(p.last)), s.span(p.cue, int(p.first)-1+p.own)})
	}
	return out
}
