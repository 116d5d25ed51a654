package cite

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
)

// docLinker settles the mentions of one bulletin against each other.
type docLinker struct {
	found []docMention
	rival rivals
	ctx   Context
}

func (l *docLinker) link() {
	l.dropEventDates()
	l.completeAll()
	l.joinPlenums()
	l.placeAll()
	l.date()
}

// dropEventDates takes off dates that cannot be the document's.
func (l *docLinker) dropEventDates() {
	if l.ctx.Published.IsZero() {
		return
	}
	today := l.ctx.Published.In(bulletin.Zone).Format(time.DateOnly)
	days := l.ctx.Published.Add(-fresh).In(bulletin.Zone).Format(time.DateOnly)
	for i := range l.found {
		m := &l.found[i]
		if isDay(m.when) && (m.when > today || m.plain > 0 && m.when > days) {
			m.when = ""
			m.at.End = cmp.Or(m.plain, m.at.End)
		}
	}
}

// completeAll gives mentions without letters those of a full form in the same
// bulletin, the nearest before or else the first after, or of the issuer that
// their sentence tells, and drops the ones that stay without.
func (l *docLinker) completeAll() {
	full := map[string][]int{} // number and letters → mentions in order
	for i, m := range l.found {
		if !m.wanting && m.code.Number != "" {
			for _, name := range [...]string{m.code.Type, m.kind} {
				full[m.code.Number+" "+name] = append(full[m.code.Number+" "+name], i)
			}
		}
	}
	kept := make([]docMention, 0, len(l.found))
	for i, m := range l.found {
		if !m.wanting || l.adopt(&m, full, i) || m.label != "" || l.shared(&m, i) || l.centre(&m) {
			kept = append(kept, m)
		}
	}
	l.found = kept
}

// adopt takes the letters of the full form that m, the i-th mention, means.
func (l *docLinker) adopt(m *docMention, full map[string][]int, i int) bool {
	for _, name := range [...]string{m.typ.Party, m.typ.State, m.kind} {
		at := full[m.code.Number+" "+name]
		n := sort.SearchInts(at, i)
		for _, n := range [...]int{n - 1, n} {
			if name == "" || n < 0 || n >= len(at) || !m.agrees(l.found[at[n]]) {
				continue
			}
			f := l.found[at[n]]
			m.label, m.code, m.issuer, m.local = f.label, f.code, f.issuer, f.local
			m.province, m.unit, m.kind = cmp.Or(m.province, f.province), cmp.Or(m.unit, f.unit), cmp.Or(f.kind, m.kind)
			return true
		}
	}
	return false
}

// agrees tells whether a full form says nothing else than m does.
func (m docMention) agrees(full docMention) bool {
	return strings.HasPrefix(full.issuer, m.issuer) &&
		(m.code.Year == "" || strings.Contains(full.label, "/"+m.code.Year+"/")) &&
		(m.province == "" || full.province == "" || m.province == full.province) &&
		(!isDay(full.when) || strings.HasPrefix(full.when, m.when))
}

// shared gives the i-th mention the issuer of its sentence: that named with
// the next number that has one, announced for several, or with the last before.
func (l *docLinker) shared(m *docMention, i int) bool {
	if m.others {
		return false
	}
	var by docIssuer
	for j := i + 1; j < len(l.found) && by.code == "" && l.together(m, j); j++ {
		by = l.found[j].named
	}
	if by.code == "" {
		by = m.common
	}
	for j := i - 1; j >= 0 && by.code == "" && l.together(m, j) && l.found[j].clause == m.clause; j-- {
		by = l.found[j].named
	}
	return m.settleBy(by)
}

// together tells whether mention j is of the sentence of m.
func (l *docLinker) together(m *docMention, j int) bool {
	return l.found[j].field == m.field && l.found[j].sentence == m.sentence
}

// centre takes a decree without an issuer for the Government's, a conclusion or
// a dated directive that no issuer is named with for the Party centre's, and a
// dated project with a number for the provincial committee's (the state
// approves projects by decisions, without numbers of their own), unless the
// text names another body that issues such.
func (l *docLinker) centre(m *docMention) bool {
	by, rival := "TW", l.rival.conclusion
	switch m.typ.Party {
	case "NĐ":
		by, rival = "CP", false
	case "CT":
		rival = l.rival.directive
	case "ĐA":
		by = "TU"
	}
	return m.surely && !rival && m.settleBy(docIssuer{code: by})
}

// joinPlenums drops the name of a plenum near the number of one of its
// resolutions: both are one document, as 18-NQ/TW is of the sixth plenum of
// term XII. The number takes the term.
func (l *docLinker) joinPlenums() {
	kept := make([]docMention, 0, len(l.found))
	for i, m := range l.found {
		if m.plenum == 0 || !l.numberNear(m, i, 1) && !l.numberNear(m, i, -1) {
			kept = append(kept, l.found[i])
		}
	}
	l.found = kept
}

// numberNear looks from the i-th mention on in one direction for a number of
// the plenum m, up to the next plenum.
func (l *docLinker) numberNear(m docMention, i, step int) bool {
	for j := i + step; j >= 0 && j < len(l.found); j += step {
		o := &l.found[j]
		if o.field != m.field || o.at.Start-m.at.End > plenumNear || m.at.Start-o.at.End > plenumNear || o.plenum > 0 {
			return false
		}
		if o.issuer == "TW" && o.code.Type == "NQ" && m.passed(o.code.Number) &&
			(o.term == "" || o.term == m.plenumTerm) && (!isDay(o.when) || termAt("Đảng", o.when) == m.plenumTerm) {
			if o.when == "" {
				o.term = m.plenumTerm
			}
			return true
		}
	}
	return false
}

// passed tells whether the plenum m passed the resolution of a number.
func (m docMention) passed(number string) bool {
	name := strconv.Itoa(m.plenum) + " " + m.plenumTerm
	return slices.ContainsFunc(plenums, func(row []string) bool {
		return row[0] == name && slices.Contains(strings.Fields(row[1]), number)
	})
}

// date gives mentions that say less of a date the only one that the bulletin
// gives for the same stem.
func (l *docLinker) date() {
	marks := map[string][]string{}
	for _, m := range l.found {
		mark, stem := m.mark(), m.stem()
		if d := marks[stem]; mark != "" && len(d) < marksMax && !slices.Contains(d, mark) {
			marks[stem] = append(d, mark)
		}
	}
	for i := range l.found {
		m := &l.found[i]
		if said := m.mark(); !isDay(said) {
			m.known = onlyMark(marks[m.stem()], said)
		}
	}
}

// onlyMark returns the date, else the year or term, that alone fits what a
// mention says; without one it is what the mention says.
func onlyMark(marks []string, said string) string {
	var fit []string
	for _, mark := range marks {
		if isDay(mark) && fitsSaid(mark, said) {
			fit = append(fit, mark)
		}
	}
	if len(fit) == 0 && said == "" {
		fit = marks
	}
	if len(fit) == 1 {
		return fit[0]
	}
	return said
}
