package cite

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// docLinker settles the mentions of one bulletin against each other.
type docLinker struct {
	found []docMention
	rival rivals
	ctx   Context
	slugs map[string]string // of labels
}

func (l *docLinker) link() {
	l.dropEventDates()
	l.complete()
	l.joinPlenums()
	l.placeAll()
	l.date()
}

// docFresh is how near to the publication a date behind a comma is taken for
// the event's, not the document's.
const docFresh = 3 * 24 * time.Hour

// dropEventDates takes off dates that cannot be the document's.
func (l *docLinker) dropEventDates() {
	if l.ctx.Published.IsZero() {
		return
	}
	today := l.ctx.Published.In(bulletin.Zone).Format(time.DateOnly)
	fresh := l.ctx.Published.Add(-docFresh).In(bulletin.Zone).Format(time.DateOnly)
	for i := range l.found {
		m := &l.found[i]
		if m.date > today || m.plainEnd > 0 && m.date > fresh {
			m.date = ""
			if m.plainEnd > 0 {
				m.end = m.plainEnd
			}
		}
	}
}

// complete gives mentions without letters those of a full form in the same
// bulletin, the nearest before or else the first after, and drops the ones
// that stay without.
func (l *docLinker) complete() {
	full := map[string][]int{} // number and letters → mentions in order
	for i, m := range l.found {
		if !m.wanting && m.number != "" {
			for _, name := range [...]string{m.letter, m.kind} {
				full[m.number+" "+name] = append(full[m.number+" "+name], i)
			}
		}
	}
	kept := make([]docMention, 0, len(l.found))
	for i, m := range l.found {
		if m.wanting && !l.adopt(&m, full, i) && m.label == "" {
			if !l.shared(&m, i) && !l.centre(&m) {
				continue
			}
		}
		kept = append(kept, m)
	}
	l.found = kept
}

// adopt takes the letters of the full form that m, the i-th mention, means.
func (l *docLinker) adopt(m *docMention, full map[string][]int, i int) bool {
	for _, name := range [...]string{m.party, m.state, m.kind} {
		at := full[m.number+" "+name]
		if name == "" || len(at) == 0 {
			continue
		}
		n := sort.SearchInts(at, i)
		for _, n := range [...]int{n - 1, n} {
			if n < 0 || n >= len(at) {
				continue
			}
			if f := l.found[at[n]]; f.label != "" && m.agrees(f) {
				m.label, m.letter, m.issuer, m.local = f.label, f.letter, f.issuer, f.local
				if m.province == "" {
					m.province = f.province
				}
				if m.unit == "" {
					m.unit = f.unit
				}
				if len(f.kind) > 0 {
					m.kind = f.kind
				}
				return true
			}
		}
	}
	return false
}

// shared gives the i-th mention the issuer of its sentence: that named with
// the next number that has one, with the last before, or announced for several.
func (l *docLinker) shared(m *docMention, i int) bool {
	issuer := docIssuer{}
	if m.others {
		return false
	}
	for j := i + 1; j < len(l.found) && issuer.code == "" && l.together(m, j); j++ {
		issuer = l.found[j].named
	}
	if issuer.code == "" {
		issuer = m.common
	}
	for j := i - 1; j >= 0 && issuer.code == "" && l.together(m, j) && l.found[j].clause == m.clause; j-- {
		issuer = l.found[j].named
	}
	c, ok := compose(m.typ, issuer, &m.item)
	if !ok {
		return false
	}
	m.letter, m.issuer, m.label, m.by = c.Type, c.Issuer, labelOf(c, m.number), issuer.at
	m.local = !vi.IsCentralIssuer(c.Issuer)
	if m.local {
		m.province, m.unit = issuer.province, issuer.unit
	}
	return true
}

// together tells whether mention j is of the sentence of m.
func (l *docLinker) together(m *docMention, j int) bool {
	return l.found[j].field == m.field && l.found[j].sentence == m.sentence
}

// agrees tells whether a full form says nothing else than m does.
func (m docMention) agrees(full docMention) bool {
	if m.issuer != "" && !strings.HasPrefix(full.issuer, m.issuer) {
		return false
	}
	if m.bareYear != "" && !strings.Contains(full.label, "/"+m.bareYear+"/") {
		return false
	}
	if m.province != "" && full.province != "" && m.province != full.province {
		return false
	}
	if m.date != "" && full.date != "" && m.date != full.date {
		return false
	}
	return m.year == "" || full.date == "" || strings.HasPrefix(full.date, m.year)
}

// centre takes a conclusion or a dated directive that no issuer is named with
// for the Party centre's, and a dated project with a number for the provincial
// committee's (the state approves projects by decisions, without numbers of
// their own), unless the text names another body that issues such.
func (l *docLinker) centre(m *docMention) bool {
	if m.party == "NĐ" {
		return m.surely && l.decree(m)
	}
	if !m.surely || m.party != "CT" && l.rival.conclusion || m.party == "CT" && l.rival.directive {
		return false
	}
	c := vi.DocumentNumber{Number: m.number, Type: m.party, Issuer: "TW", Party: true}
	if m.party == "ĐA" {
		c.Issuer, m.local = "TU", true
	}
	m.letter, m.issuer, m.label = c.Type, c.Issuer, labelOf(c, m.number)
	return true
}

// decree takes a decree without an issuer for the Government's.
func (l *docLinker) decree(m *docMention) bool {
	c, ok := compose(m.typ, docIssuer{code: "CP"}, &m.item)
	m.letter, m.issuer, m.label = c.Type, c.Issuer, labelOf(c, m.number)
	return ok
}

// docPlenumNear is how far from the name of a plenum, in bytes, the number of
// its resolution may stand to be the same mention.
const docPlenumNear = 400

// joinPlenums drops the name of a plenum near the number of one of its
// resolutions: both are one document, as 18-NQ/TW is of the sixth plenum of
// term XII. The number takes the term.
func (l *docLinker) joinPlenums() {
	kept := make([]docMention, 0, len(l.found))
	for i := range l.found {
		m := l.found[i]
		if m.plenum > 0 && (l.numberNear(m, i, 1) || l.numberNear(m, i, -1)) {
			continue
		}
		kept = append(kept, m)
	}
	l.found = kept
}

// numberNear looks from the i-th mention on in one direction for a number of
// the plenum m, up to the next plenum.
func (l *docLinker) numberNear(m docMention, i, step int) bool {
	for j := i + step; j >= 0 && j < len(l.found); j += step {
		o := &l.found[j]
		if o.field != m.field || o.start-m.end > docPlenumNear || m.start-o.end > docPlenumNear || o.plenum > 0 {
			return false
		}
		if o.issuer == "TW" && o.letter == "NQ" && plenumPassed(m.plenum, m.plenumTerm, o.number) &&
			(o.term == "" || o.term == m.plenumTerm) && (o.date == "" || fitsSaid(o.date, "khoa-"+m.plenumTerm)) {
			if o.date == "" && o.year == "" {
				o.term = m.plenumTerm
			}
			return true
		}
	}
	return false
}

// plenumPassed tells whether the plenum of a term passed the resolution of a
// number: those of terms X to XIII that are cited by number.
func plenumPassed(plenum int, term, number string) bool {
	passed := map[string]string{
		"4 X": "09", "5 X": "14 15 16 17", "6 X": "20 21 22", "7 X": "25 26 27",
		"4 XI": "12", "5 XI": "15", "6 XI": "20", "7 XI": "24 25", "8 XI": "28 29", "9 XI": "33",
		"4 XII": "04", "5 XII": "10 11 12", "6 XII": "18 19 20 21", "7 XII": "26 27 28", "8 XII": "36",
		"5 XIII": "18 19 20 21", "6 XIII": "27 28 29", "8 XIII": "41 42 43",
	}[strconv.Itoa(plenum)+" "+term]
	return slices.Contains(strings.Fields(passed), number)
}

// docMarksMax bounds how many dates of one stem are compared.
const docMarksMax = 8

// date gives mentions that say less of a date the only one that the bulletin
// gives for the same stem.
func (l *docLinker) date() {
	marks := map[string][]string{}
	for _, m := range l.found {
		mark := m.mark()
		if mark == "" {
			continue
		}
		stem := l.stem(m)
		if d := marks[stem]; len(d) < docMarksMax && !slices.Contains(d, mark) {
			marks[stem] = append(d, mark)
		}
	}
	for i := range l.found {
		m := &l.found[i]
		if said := m.mark(); len(said) != len(time.DateOnly) {
			m.known = onlyMark(marks[l.stem(*m)], said)
		}
	}
}

// onlyMark returns the date, else the year or term, that alone fits what a
// mention says; without one it is what the mention says.
func onlyMark(marks []string, said string) string {
	for _, dated := range [...]bool{true, false} {
		var fitting []string
		for _, mark := range marks {
			if _, err := time.Parse(time.DateOnly, mark); (err == nil) == dated && (said == "" || dated && fitsSaid(mark, said)) {
				fitting = append(fitting, mark)
			}
		}
		if len(fitting) == 1 {
			return fitting[0]
		}
		if len(fitting) > 1 {
			break
		}
	}
	return said
}
