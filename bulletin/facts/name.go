package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

var (
	// namesForm is one to six words, each with a capital, a point at most behind it.
	namesForm = regexp.MustCompile(`^\p{Lu}[^.\s]*\.?(?:\s+\p{Lu}[^.\s]*\.?){0,5}$`)
	// initialsForm is that of pen names such as H.A and N.T.H.
	initialsForm = regexp.MustCompile(`^\p{Lu}(?:\.\p{Lu}){1,3}\.?$`)
	// roleForm is what may stand around a name: who that is, what was done.
	roleForm = regexp.MustCompile(`^(?:CTV|PV|Phóng viên|Cộng tác viên) | (?:tổng hợp|thực hiện)$`)
	// betweenNames parts several authors: "A - B", "A, B", "A và B".
	betweenNames = regexp.MustCompile(` [–&] | và |, |-`)
)

// authorOf is the person's name, or names joined by marks, in what a byline
// prints; empty when it names none.
func authorOf(s string) string {
	const longest = 80
	s = withoutBody(strings.TrimSpace(s))
	if i := strings.IndexByte(s, '('); i > 0 && strings.IndexByte(s, ')') == len(s)-1 {
		s = s[:i]
	}
	s = roleForm.ReplaceAllString(strings.Trim(s, " \t().;,-–—"), "")
	if s == "" || len(s) > longest || strings.ContainsAny(s, "0123456789/@<>|:") {
		return ""
	}
	end := 0
	for _, part := range betweenNames.Split(s, -1) {
		part = strings.TrimSpace(part)
		if part != "" && !isName(part) {
			if rest := strings.TrimLeft(s[end:], " "); !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "–") {
				return ""
			}
			break // the body that the author belongs to
		}
		end += strings.Index(s[end:], part) + len(part)
	}
	return s[:end]
}

// isName reports whether s looks like a Vietnamese person's or pen name, none of
// whose words belongs to a body or source.
func isName(s string) bool {
	if initialsForm.MatchString(s) {
		return true
	}
	oneWord := !strings.ContainsAny(s, " \t")
	if !namesForm.MatchString(s) || oneWord && (utf8.RuneCountInString(s) == 1 || isAcronym(s)) {
		return false
	}
	sc := newScan(s)
	for _, h := range sc.longest(classNotAuthor) {
		if h.first == 0 || h.last > h.first { // Trang, Hội and Báo are given names too, at the end
			return false
		}
	}
	named := func(h hit) bool { return h.Rule&phrase.NeedsLevel == 0 }
	return sc.past(0, classProvince) != len(sc.Units) && !slices.ContainsFunc(sc.longest(classOrganization), named)
}

// isAcronym tells TTXVN from HOA: no vowel between, or too many letters.
func isAcronym(s string) bool {
	if strings.ToUpper(s) != s {
		return false
	}
	return !strings.ContainsAny(vi.Fold(s), "aeiouy") || utf8.RuneCountInString(s) < 3
}

// properCase turns words in capitals into ordinary ones: NGUYỄN → Nguyễn.
func properCase(s string) string {
	if strings.ToUpper(s) != s || initialsForm.MatchString(s) {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		words[i] = w[:size] + strings.ToLower(w[size:])
	}
	return strings.Join(words, " ")
}

// withoutBody cuts the short form of a body off the name before it: "Thu Cúc -
// TGTU", but not the second of two names in capitals.
func withoutBody(s string) string {
	i := strings.LastIndex(s, " - ")
	if i < 0 || strings.ToUpper(s[:i]) == s[:i] {
		return s
	}
	if last := strings.TrimSpace(s[i+len(" - "):]); strings.ToUpper(last) == last && !initialsForm.MatchString(last) && !strings.Contains(last, " ") {
		return s[:i]
	}
	return s
}
