package extract

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"bantin/bulletin"
	"bantin/crawler/site"
)

// maxAttachments bounds the files of one article.
const maxAttachments = 20

var mediaTypes = map[string]string{
	".pdf":  "application/pdf",
	".doc":  "application/msword",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

var fileInPath = regexp.MustCompile(`(?i)\.(pdf|docx?)(?:/|$|[?&;#])`)

// attachments are the files that the article links to or shows in a frame.
func (r *reader) attachments() []bulletin.Attachment {
	var found []*html.Node
	if scope := r.fileScope(); scope != nil {
		found = goquery.NewDocumentFromNode(scope).Find(fileHolder).Nodes
	}
	for _, sel := range []string{r.p.Select.Attachment, r.family.Select.Attachment} {
		if sel != "" {
			found = append(found, r.doc.Find(sel).Nodes...)
		}
	}
	var out []bulletin.Attachment
	seen := map[string]bool{}
	for _, n := range found {
		if len(out) == maxAttachments {
			break
		}
		u, kind := fileLink(r.url, fileAddress(n))
		if u == "" || seen[u] {
			continue
		}
		seen[u] = true
		name := ""
		if n.Data == "a" {
			name = plain(n)
		}
		out = append(out, bulletin.Attachment{URL: u, Name: fileName(name, u), MediaType: kind})
	}
	return out
}

// fileHolder are the elements that link a file or show it.
const fileHolder = "a[href], iframe[src], frame[src], object[data], embed[src], [data-src], [data-pdf], [data-file], [data-url]"

// fileAddress is what an element links to or shows.
func fileAddress(n *html.Node) string {
	for _, key := range []string{"href", "src", "data", "data-src", "data-pdf", "data-file", "data-url"} {
		if v := site.Attr(n, key); v != "" && v != "about:blank" {
			return v
		}
	}
	return ""
}

// fileScope is where the article's files are looked for: around title and
// text, and where there is no text around the title and what shows a file.
func (r *reader) fileScope() *html.Node {
	if r.scope != nil || r.titleNode == nil {
		return r.scope
	}
	for _, n := range r.doc.Find(fileHolder).Nodes {
		if u, _ := fileLink(r.url, fileAddress(n)); u != "" && n.Parent != nil && !r.left.around(n.Parent) && r.places[n].node > r.places[r.titleNode].node {
			return site.Around(r.titleNode, n)
		}
	}
	return nil
}

// fileLink resolves a link to a PDF or Word file, also by way of a viewer to
// which the file is a parameter; empty for others.
func fileLink(base *url.URL, href string) (address, mediaType string) {
	if len(href) > 4096 || !fileInPath.MatchString(href) && !strings.Contains(strings.ToLower(href), "%2e") {
		return "", ""
	}
	u, err := base.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	for _, given := range viewed(u) {
		if m := fileInPath.FindStringSubmatch(given); m != nil {
			if file, err := base.Parse(given); err == nil && (file.Scheme == "http" || file.Scheme == "https") {
				file.Fragment = ""
				return file.String(), mediaTypes["."+strings.ToLower(m[1])]
			}
		}
	}
	m := fileInPath.FindStringSubmatch(href)
	if m == nil {
		return "", ""
	}
	u.Fragment = ""
	return u.String(), mediaTypes["."+strings.ToLower(m[1])]
}

// viewer are the addresses of programs that show a file named by a parameter.
var viewer = regexp.MustCompile(`(?i)view|gview|embed|pdfjs|/web/|officeapps|flip|reader|show`)

// viewed are the files that a viewer's address names.
func viewed(u *url.URL) []string {
	if !viewer.MatchString(u.Host + u.Path) {
		return nil
	}
	var out []string
	values := u.Query()
	for _, key := range []string{"file", "url", "src", "pdf", "doc", "path", "f", "u", "filename", "document"} {
		out = append(out, values[key]...)
	}
	if at := strings.Index(u.Fragment, "file="); at >= 0 {
		out = append(out, u.Fragment[at+len("file="):])
	}
	return out
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
