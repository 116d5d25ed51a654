package bulletin

import (
	"slices"
	"sort"
	"strings"
	"time"
)

// docLinker settles the mentions of one bulletin against each other.
type docLinker struct {
	found []docMention
	rival rivals
	ctx   CitationContext
	slugs map[string]string // of labels
}

func (l *docLinker) link() {
	l.dropEventDates()
	l.complete()
	l.placeAll()
	l.date()
}

// docFresh is how near to the publication a date behind a comma is taken for
// the event's, not the document's.
const docFresh = 10 * 24 * time.Hour

// dropEventDates takes off dates that cannot be the document's.
func (l *docLinker) dropEventDates() {
	if l.ctx.Published.IsZero() {
		return
	}
	today := l.ctx.Published.In(Zone).Format(time.DateOnly)
	fresh := l.ctx.Published.Add(-docFresh).In(Zone).Format(time.DateOnly)
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
			if !l.centre(&m) {
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
				if len(f.kind) > 0 {
					m.kind = f.kind
				}
				return true
			}
		}
	}
	return false
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
// for the Party centre's, unless the text names another body that issues such.
func (l *docLinker) centre(m *docMention) bool {
	if !m.surely || m.party == "KL" && l.rival.conclusion || m.party == "CT" && l.rival.directive {
		return false
	}
	c := docCode{letter: m.party, issuer: "TW", party: true}
	m.letter, m.issuer, m.label = c.letter, c.issuer, c.label(m.number)
	return true
}

// placeAll gives documents of provincial bodies their province: the one named
// with them, the one that the text names with the same label, the bulletin's.
func (l *docLinker) placeAll() {
	named := map[string]string{} // label → its province, "?" when there are two
	for i := range l.found {
		m := &l.found[i]
		if p, ok := ProvinceBySlug(m.province); ok && p.From != "" {
			m.province = ProvinceAsOf(m.province, l.ctx.Published)
		}
		if m.local && m.province != "" {
			if p, ok := named[m.label]; ok && p != m.province {
				named[m.label] = "?"
			} else {
				named[m.label] = m.province
			}
		}
	}
	for i := range l.found {
		m := &l.found[i]
		if m.local && m.province == "" {
			if m.province = l.ctx.Province; len(named[m.label]) > 1 {
				m.province = named[m.label]
			}
		}
		if strings.Contains(m.label, provinceHole) {
			m.label = fillProvince(m.label, m.province)
		}
	}
}

// fillProvince writes the name of the bulletin's province into a label.
func fillProvince(label, slug string) string {
	p, ok := ProvinceBySlug(slug)
	if !ok {
		return strings.Replace(label, provinceHole, "tỉnh", 1)
	}
	return strings.Replace(label, provinceHole, provinceType(p)+" "+p.Name, 1)
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
