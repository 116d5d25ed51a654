package opensearch

import (
	"fmt"

	"bantin/indexer/index"
)

// m is a JSON object.
type m = map[string]any

// The text fields t (title), b (body) and o (scanned) have three streams of tokens each, s
// (syllables), f (folded) and k (keys), and the lengths nw (words, of s and f),
// nb (bigrams) and nk (keys) as numbers: OpenSearch keeps lengths in one byte.
// A length of 0 is absent, so that statistics count the documents that have the
// field. Bigrams are found as phrases of s and f.
var (
	fieldNames  = map[index.TextField]string{index.Title: "t", index.Body: "b", index.Scanned: "o"}
	lengthNames = []string{"_nw", "_nb", "_nk"}
	streamNames = map[index.Stream]struct{ tokens, length string }{
		index.Syl: {"_s", "_nw"}, index.Fold: {"_f", "_nw"}, index.Bigrams: {"_s", "_nb"}, index.FoldBigrams: {"_f", "_nb"}, index.Keys: {"_k", "_nk"},
	}
)

// columns returns the fields of the tokens and of the length of a stream.
func columns(s index.Stream, where index.TextField) (tokens, length string) {
	f, of := fieldNames[where], streamNames[s]
	return f + of.tokens, f + of.length
}

// wordColumn is the field of words.
func wordColumn(accented bool, where index.TextField) string {
	if accented {
		return fieldNames[where] + "_s"
	}
	return fieldNames[where] + "_f"
}

// Fields of the mapping besides text, lengths and facets.
const (
	idField      = string(index.ID)
	groupField   = string(index.Group)
	clusterField = "cluster"    // index.Document.Cluster
	stemField    = "stem"       // index.Stems
	nameField    = "cited_name" // index.CitedNames: slug, key and label, parted by nameMark
	dateField    = "published"  // Unix seconds
	docField     = "doc"        // the document itself, stored only
	nameMark     = "\x01"
)

// longestValue is the longest keyword in letters: Lucene takes 32,766 bytes.
const longestValue = 8191

// layout names the format of an index: one of another layout is rebuilt.
func layout() string { return fmt.Sprintf("bantin-opensearch-7 %v", facetFields()) }

// facetFields are the fields of values: those that are counted and filtered by,
// and those that are filters only.
func facetFields() []index.Field { return append(index.Fields(), index.Marks()...) }

// definition is the body that makes an index. Refreshes are asked for batch by
// batch; deletions are remembered for an hour, so that a late writer cannot
// bring back what is gone.
func definition(shards, replicas, depth int) m {
	return m{
		"settings": m{"index": m{
			"number_of_shards": shards, "number_of_replicas": replicas,
			"refresh_interval": "-1", "gc_deletes": "1h",
			"codec": "best_compression", "max_result_window": depth + 1,
			"similarity": m{"tf": m{"type": "scripted", "script": m{"source": "return doc.freq;"}}},
			"analysis":   analysis,
		}},
		"mappings": mappings(),
	}
}

// analysis undoes what wired writes: tokens are parted by spaces, several at one
// position by |, and ~ is a position without a token.
var analysis = m{
	"tokenizer": m{"spaces": m{"type": "whitespace", "max_token_length": longestValue}},
	"filter": m{
		"stack": m{"type": "pattern_capture", "preserve_original": false, "patterns": []string{"([^|]+)"}},
		"hole":  m{"type": "stop", "stopwords": []string{hole}},
	},
	"analyzer": m{
		"plain": m{"type": "custom", "tokenizer": "spaces"},
		"wire":  m{"type": "custom", "tokenizer": "spaces", "filter": []string{"stack", "hole"}},
	},
}

func mappings() m {
	keyword := m{"type": "keyword", "ignore_above": longestValue}
	properties := m{
		idField: keyword, groupField: keyword, clusterField: keyword, stemField: keyword, nameField: keyword,
		docField: m{"type": "object", "enabled": false}, dateField: m{"type": "long"},
	}
	for _, f := range facetFields() {
		properties[string(f)] = keyword
	}
	for _, f := range fieldNames {
		properties[f+"_s"] = tokens("wire", "positions")
		properties[f+"_f"] = tokens("wire", "positions")
		properties[f+"_k"] = tokens("plain", "freqs")
		for _, l := range lengthNames {
			properties[f+l] = m{"type": "integer", "index": false}
		}
	}
	return m{
		"dynamic": "strict", "_meta": m{"layout": layout()},
		"_source": m{"includes": []string{docField}}, "properties": properties,
	}
}

// tokens is a field of tokens whose score is their frequency.
func tokens(analyzer, options string) m {
	return m{"type": "text", "analyzer": analyzer, "similarity": "tf", "norms": false, "index_options": options}
}
