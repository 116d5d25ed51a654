package extract

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"bantin/bulletin"
)

// maxAttachments bounds the files of one article.
const maxAttachments = 20

var mediaTypes = map[string]string{
	".pdf":  "application/pdf",
	".doc":  "application/msword",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

var fileInPath = regexp.MustCompile(`(?i)\.(pdf|docx?)(?:/|$|[?&;])`)

// attachments are the files that the article links to.
func (r *reader) attachments() []bulletin.Attachment {
	if r.scope == nil {
		return nil
	}
	found := goquery.NewDocumentFromNode(r.scope).Find("a[href]")
	for _, sel := range []string{r.p.Select.Attachment, r.family.Select.Attachment} {
		if sel != "" {
			found = found.AddSelection(r.doc.Find(sel))
		}
	}
	var out []bulletin.Attachment
	seen := map[string]bool{}
	for _, n := range found.Nodes {
		if len(out) == maxAttachments {
			break
		}
		u, kind := fileLink(r.url, attrOf(n, "href"))
		if u == "" || seen[u] {
			continue
		}
		seen[u] = true
		out = append(out, bulletin.Attachment{URL: u, Name: fileName(plain(n), u), MediaType: kind})
	}
	return out
}

// fileLink resolves a link to a PDF or Word file, empty for others.
func fileLink(base *url.URL, href string) (address, mediaType string) {
	m := fileInPath.FindStringSubmatch(href)
	if m == nil || len(href) > 4096 {
		return "", ""
	}
	u, err := base.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	u.Fragment = ""
	return u.String(), mediaTypes["."+strings.ToLower(m[1])]
}

func fileName(text, address string) string {
	if text != "" && len(text) <= 200 {
		return text
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return path.Base(u.Path)
}
