package site

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// modifier are parts of class words that say how something looks or behaves,
// or what it is filed under, and not what it is: has-sidebar, field-label-hidden,
// comments-closed, widget-mode-detail, tag-giao-ban.
var modifier = regexp.MustCompile(`^(tag|category|status|format|type|term|taxonomy|label|is|has|no|not|with|without|hide|show)-|(^|-)(has|no|not|is|with|without|hide|show|off|on|open|opened|closed|enabled|disabled|mode|layout|template|type|format|status|responsive)(-|$)|-(hidden|visible)$`)

// filed are words of the classes that WordPress gives every post; what begins
// with tag- beside them is a tag of the post's.
var filed = regexp.MustCompile(`(^|\s)(hentry|type-\w+|post-\d+|wp-block-post)(\s|$)`)

// ClassWords are the words of an element's class and its id that may tell what
// it is, in lower case with hyphens: share_box and shareBox are share-box.
// Words that only tell how it looks or what it is filed under are left out,
// unless they are one of the whole names that tags goes by.
func ClassWords(n *html.Node) []string {
	var out []string
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" || a.Val == "" {
			continue
		}
		post := a.Key == "class" && filed.MatchString(a.Val)
		for word := range strings.FieldsSeq(a.Val) {
			word = hyphened(word)
			if !modifier.MatchString(word) || !post && tagList.MatchString(word) {
				out = append(out, word)
			}
		}
	}
	return out
}

// tagList are names of lists of tags, which look like tags.
var tagList = regexp.MustCompile(`^tags?-(list|links?|cloud|box|wrap|wrapper|container|area|block|items?)$`)

// hyphened writes a class word in lower case with hyphens between its parts.
func hyphened(word string) string {
	var b strings.Builder
	small := false
	for _, r := range word {
		switch {
		case r == '_' || r == '-' || r == '.' || r == ':':
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
			small = false
			continue
		case unicode.IsUpper(r) && small:
			b.WriteByte('-')
		}
		small = unicode.IsLower(r) || unicode.IsDigit(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Trim(b.String(), "-")
}

// Named returns the first class word of an element that an expression matches,
// empty for none.
func Named(n *html.Node, re *regexp.Regexp) string {
	for _, word := range ClassWords(n) {
		if re.MatchString(word) {
			return word
		}
	}
	return ""
}
