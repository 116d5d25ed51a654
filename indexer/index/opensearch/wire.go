package opensearch

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// hole is a position without a token. However wide the gap in the text is, one
// parts phrases as well as eight.
const hole = "~"

// partMark stands before a vi.Part, which phrases meet and single words do not.
const partMark = "+"

// wired writes tokens so that the analyzer "wire" gives back the same at the
// same places, gaps made one wide. Joined forms come last, each after a hole: they
// are found and counted, but no phrase meets them.
func wired(tokens []vi.Token) string {
	var b, joined strings.Builder
	pos := -1
	for _, t := range tokens {
		text := wiredToken(t.Text)
		if t.Kind == vi.Part {
			text = partMark + text
		}
		switch {
		case t.Kind == vi.Joined:
			joined.WriteString(" " + hole + " " + text)
			continue
		case t.Pos == pos:
			b.WriteString("|" + text)
			continue
		case pos >= 0 && t.Pos > pos+1:
			b.WriteString(" " + hole)
		}
		b.WriteString(" " + text)
		pos = t.Pos
	}
	return b.String() + joined.String()
}

// wiredToken is a token without spaces.
func wiredToken(text string) string { return strings.ReplaceAll(text, " ", "_") }

// listed writes tokens without their places.
func listed(tokens []vi.Token) string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = wiredToken(t.Text)
	}
	return strings.Join(out, " ")
}

func addText(doc m, where index.TextField, text string) {
	s := vi.AnalyzeOnly(text, vi.WantSyl|vi.WantFold|vi.WantKey|vi.WantBigrams)
	f := fieldNames[where]
	if len(s.Syl) > 0 {
		doc[f+"_s"], doc[f+"_f"], doc[f+"_nw"] = wired(s.Syl), wired(s.Fold), single(s.Syl)
	}
	if len(s.Bigrams) > 0 {
		doc[f+"_nb"] = len(s.Bigrams)
	}
	if len(s.Key) > 0 {
		doc[f+"_k"], doc[f+"_nk"] = listed(s.Key), len(s.Key)
	}
}

// single counts the tokens that single words meet.
func single(tokens []vi.Token) (n int) {
	for _, t := range tokens {
		if t.Kind != vi.Part {
			n++
		}
	}
	return n
}

// source is what is sent for a change with a bulletin.
func source(c bulletin.Change) m {
	d := index.DocumentOf(c)
	doc := m{idField: d.ID, groupField: d.Group, clusterField: d.Cluster(), docField: c}
	add := func(field string, values []string) {
		if len(values) > 0 {
			doc[field] = values
		}
	}
	for f := range fieldNames {
		addText(doc, f, d.Text(f))
	}
	for _, f := range facetFields() {
		add(string(f), d.Values(f))
	}
	add(stemField, index.Stems(d.Cites))
	var names []string
	for _, c := range d.Cites {
		for _, n := range index.CitedNames(c.Key, c.Label, c.Type) {
			names = append(names, n.Slug+nameMark+n.Key+nameMark+n.Label)
		}
	}
	add(nameField, names)
	if !d.Published.IsZero() {
		doc[dateField] = d.Published.Unix()
	}
	return doc
}
