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

func readKindOf(title, lead string) bulletin.Kind {
	return readKind(newScan(title), newScan(cutText(lead, maxLead)))
}

func readPeriodOf(title, text string, kind bulletin.Kind, day time.Time) (bulletin.Period, bulletin.Span) {
	return readPeriod(newScan(cutText(title, maxLead)), newScan(headOf(text)), kind, day)
}

func readProvinceOf(title, lead, body, site string, t time.Time) string {
	return readProvince(newScan(title), newScan(cutText(lead, maxLead)), newScan(body), site, t)
}

// findPlaces are the spans of the provinces named in a text, with their cues.
func findPlaces(text string) (out []bulletin.Span) {
	s := newScan(text)
	for _, p := range s.places() {
		out = append(out, s.span(p.cue, int(p.last)))
	}
	return out
}

// findKind is the span of the words that tell the kind of event.
func findKind(text string) (span bulletin.Span, ok bool) {
	s := newScan(text)
	h, ok := s.kind()
	if ok {
		span = s.span(int(h.first), int(h.last))
	}
	return span, ok
}
