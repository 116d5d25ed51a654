package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// authorOf is the person's name, or names joined by marks, in what a byline
// prints; empty when it names none.
func authorOf(s string) string {
	const longest = 80
	s = withoutBody(s)
	if i := strings.IndexByte(s, '('); i > 0 && strings.IndexByte(s, ')') == len(s)-1 {
		s = strings.TrimSpace(s[:i])
	}
	s = strings.Trim(s, " \t().;,-–—")
	for _, role := range []string{"CTV ", "PV ", "Phóng viên ", "Cộng tác viên "} {
		s = strings.TrimPrefix(s, role)
	}
	for _, work := range []string{" tổng hợp", " thực hiện"} {
		s = strings.TrimSuffix(s, work)
	}
	if s == "" || len(s) > longest || strings.ContainsAny(s, "0123456789/@<>|:") {
		return ""
	}
	end := 0
	for _, part := range splitNames(s) {
		if !isName(part) {
			if rest := strings.TrimLeft(s[end:], " "); !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "–") {
				return ""
			}
			break // the body that the author belongs to
		}
		if at := strings.Index(s[end:], part); at >= 0 {
			end += at + len(part)
		}
	}
	return s[:end]
}

// splitNames parts several authors: "A - B", "A, B", "A và B".
func splitNames(s string) []string {
	for _, sep := range []string{" – ", " & ", " và ", ", ", "-"} {
		s = strings.ReplaceAll(s, sep, " - ")
	}
	var out []string
	for part := range strings.SplitSeq(s, " - ") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// isName reports whether s looks like a Vietnamese person's or pen name: up to
// six words, each with a capital, none of which belongs to a body or source.
func isName(s string) bool {
	const most = 6
	if isInitials(s) {
		return true
	}
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > most {
		return false
	}
	for _, w := range words {
		r, size := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) || size == len(w) && len(words) == 1 || strings.ContainsAny(strings.TrimSuffix(w, "."), ".") {
			return false
		}
	}
	if len(words) == 1 && isAcronym(s) {
		return false
	}
	sc := newScan(s)
	for _, h := range sc.longest(classNotAuthor) {
		if h.first == 0 || h.last > h.first { // Trang, Hội and Báo are given names too, at the end
			return false
		}
	}
	if p, place := sc.hitAt(0, classProvince); place && int(p.last) == len(sc.Units)-1 {
		return false
	}
	for _, h := range sc.longest(classOrganization) {
		if h.Rule&phrase.NeedsLevel == 0 {
			return false
		}
	}
	return true
}

// isInitials reads pen names such as H.A and N.T.H.
func isInitials(s string) bool {
	letters := strings.Split(strings.TrimSuffix(s, "."), ".")
	for _, l := range letters {
		r, size := utf8.DecodeRuneInString(l)
		if size != len(l) || !unicode.IsUpper(r) {
			return false
		}
	}
	return len(letters) > 1 && len(letters) < 5
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
	if strings.ToUpper(s) != s || isInitials(s) {
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
	if last := strings.TrimSpace(s[i+len(" - "):]); strings.ToUpper(last) == last && !isInitials(last) && !strings.Contains(last, " ") {
		return s[:i]
	}
	return s
}
