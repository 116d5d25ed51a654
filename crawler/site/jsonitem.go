package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxItem is the longest item of a JSON list that is kept with its text.
const MaxItem = 1 << 20

// leastText is how many letters the text of an item has that stands for a page.
const leastText = 200

var (
	textKey   = regexp.MustCompile(`(?i)^(content(_?(html|text|encoded|full))?|body(_?(html|text))?|noi_?dung\w*|(full_?)?text|html|detail|chi_?tiet|article_?body|bai_?viet)$`)
	idKey     = regexp.MustCompile(`(?i)^(_?id|guid|uuid|ma(_?(tin|bai|so))?|code|(news|article|post|item|tin|bai_?viet)_?id|id_?(tin|bai))$`)
	personKey = regexp.MustCompile(`(?i)^(author(_?name)?|tac_?gia|but_?danh|nguoi_?(viet|dang)|creator|created_?by|writer|byline)$`)
	leadKey   = regexp.MustCompile(`(?i)^(summary|tom_?tat|trich_?yeu|sapo|lead|excerpt|description|mo_?ta)$`)
	editKey   = regexp.MustCompile(`(?i)^(date_?)?(modified|updated?)(_?(at|on|date|time|gmt))?$|^(last_?mod\w*|ngay_?(cap_?nhat|sua))$`)
	markup    = regexp.MustCompile(`(?i)<(p|br|div|span|table|ul|h[1-6])\b`)
)

// whole tells whether an item has a title and a text, for lists whose items have
// no addresses.
func (p *Profile) whole(item map[string]any) bool {
	return p.jsonTitle(item) != "" && p.jsonText(item) != ""
}

// jsonText is the text of an item, in HTML or plain, empty when it has none
// that stands for a page.
func (p *Profile) jsonText(item map[string]any) string {
	if p.JSON.Text != "" {
		return textOf(at(item, p.JSON.Text))
	}
	best := ""
	for _, v := range valuesOf(item) {
		if textKey.MatchString(v.name()) && utf8.RuneCountInString(v.text) >= leastText && len(v.text) > len(best) {
			best = v.text
		}
	}
	return best
}

// TextPath is where the items of a JSON list have their texts, empty when they
// have none or the page is no such list.
func (p *Profile) TextPath(page []byte) string {
	var root any
	if json.Unmarshal(page, &root) != nil {
		return ""
	}
	items, _ := p.jsonItems(root)
	for _, item := range items {
		text := p.jsonText(item)
		for _, v := range valuesOf(item) {
			if text != "" && v.text == text {
				return strings.Join(v.path, ".")
			}
		}
	}
	return ""
}

// itemAddress is the address of an item without a page: that of its list, turned
// pages aside, with the item's number as the fragment, else the digest of its title.
func (p *Profile) itemAddress(pageURL *url.URL, item map[string]any, title string) (address, key string) {
	u, ok := p.Canonical(nil, pageURL.String())
	if !ok {
		return "", ""
	}
	q := u.Query()
	for name := range q {
		if queryPage.MatchString(name) || offsetName.MatchString(name) || cursorName.MatchString(name) || size(url.Values{name: {"1"}}) > 0 {
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
	key = p.Key(u)
	u.Fragment = under(item, idKey, func(id string) string {
		if len(id) > 100 {
			return ""
		}
		return id
	})
	if u.Fragment == "" {
		sum := sha256.Sum256([]byte(title))
		u.Fragment = hex.EncodeToString(sum[:8])
	}
	return u.String(), key + "#" + u.Fragment
}

// jsonModified is when an item says that it was last changed.
func jsonModified(item map[string]any) string { return under(item, editKey, readableDate) }

// under is the first text near the top of an item whose key an expression
// matches, as it is read; one of which nothing is read does not count.
func under(item map[string]any, keys *regexp.Regexp, read func(string) string) string {
	for _, v := range valuesOf(item) {
		if len(v.path) <= 2 && keys.MatchString(v.key()) {
			if s := read(v.text); s != "" {
				return s
			}
		}
	}
	return ""
}

// IsItem tells an item of a JSON list, as Item.Raw has it, from a page.
func IsItem(page []byte) bool {
	return len(page) > 1 && page[0] == '{' && page[len(page)-1] == '}' && json.Valid(page)
}

// ItemPage writes an item of a JSON list as the page that it has not, every
// part marked for machines.
func (p *Profile) ItemPage(raw []byte) []byte {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var item map[string]any
	if dec.Decode(&item) != nil {
		return nil
	}
	title := html.EscapeString(plainText(p.jsonTitle(item)))
	text := p.jsonText(item)
	var b strings.Builder
	b.WriteString("<html><head><title>" + title + "</title></head><body><article><h1 itemprop=headline>" + title + "</h1>")
	if date := p.jsonDate(item); date != "" {
		b.WriteString(`<meta itemprop=datePublished content="` + html.EscapeString(date) + `">`)
	}
	if lead := under(item, leadKey, plainText); lead != "" && !strings.Contains(plainText(text), lead) {
		text = "<p>" + html.EscapeString(lead) + "</p>" + asMarkup(text)
	}
	b.WriteString("<div itemprop=articleBody>" + asMarkup(text) + "</div>")
	if author := p.jsonAuthor(item); author != "" {
		b.WriteString("<p>Tác giả: <span itemprop=author>" + html.EscapeString(author) + "</span></p>")
	}
	b.WriteString("</article></body></html>")
	return []byte(b.String())
}

// asMarkup is a text as HTML, lines of a plain one as paragraphs.
func asMarkup(text string) string {
	if markup.MatchString(text) {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(html.UnescapeString(line)) + "</p>")
		}
	}
	return b.String()
}

// jsonAuthor is the name of an item's author.
func (p *Profile) jsonAuthor(item map[string]any) string {
	if p.JSON.Author != "" {
		return textOf(at(item, p.JSON.Author))
	}
	return personIn(item, 0)
}

// personIn is the first name under a key of authors.
func personIn(object map[string]any, depth int) string {
	var inner []map[string]any
	for _, key := range slices.Sorted(maps.Keys(object)) {
		switch v := object[key].(type) {
		case string:
			if personKey.MatchString(key) {
				return v
			}
		case map[string]any:
			if personKey.MatchString(key) {
				for _, name := range []string{"name", "display_name", "full_name", "ho_ten"} {
					if s, ok := v[name].(string); ok {
						return s
					}
				}
			} else if depth < 3 && !aside.MatchString(key) {
				inner = append(inner, v)
			}
		}
	}
	for _, v := range inner {
		if name := personIn(v, depth+1); name != "" {
			return name
		}
	}
	return ""
}
