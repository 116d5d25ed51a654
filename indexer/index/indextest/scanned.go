package indextest

import (
	"strings"
	"testing"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// testScanned: what was read off pictures is found and shown as that, but
// ranks below what people wrote, and its misreadings are no spellings.
func testScanned(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	text := "Kết luận giao ban cụm thi đua về nghị quyết đại đoàn kết. "
	attached := func(id, flag, text string) bulletin.Change {
		c := one(id, "Thông báo", "Toàn văn trong tệp.")
		c.Bulletin.Attachments = []bulletin.Attachment{{URL: id + ".pdf", Text: text, Flag: flag}, {URL: id + "-2.pdf", Text: "Phụ lục."}}
		return c
	}
	apply(t, ix, 1,
		attached("scan", bulletin.MachineRead, strings.Repeat(text, 5)+"Nghj quyếl, số 12-NQ/TW"),
		attached("file", "", text+strings.Repeat("Những việc khác của các đơn vị trong kỳ. ", 20)),
		one("text", "Tin", text+strings.Repeat("Những việc khác của các đơn vị trong kỳ. ", 20)),
	)
	words := accented("giao ban cụm thi đua")
	for _, c := range []struct {
		name string
		root index.Node
		want string
	}{
		{"words", all(words), "file scan text"},
		{"a phrase", index.Phrase{Words: words}, "file scan text"},
		{"a phrase of pictures alone", index.Phrase{Words: words, Field: index.Scanned}, "scan"},
		{"a phrase across the fields", index.Phrase{Words: folded("trong tep ket luan")}, ""},
		{"the body alone", index.Word{Text: "giao", Field: index.Body}, "file text"},
		{"a document number", index.Key{Text: "12-nq/tw"}, "scan"},
		{"a prefix", index.Prefix{Text: "nghj"}, "scan"},
		{"the attachment behind it", index.Word{Text: "phu", Field: index.Body}, "file scan"},
	} {
		if got := found(t, ix, c.root); got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
	res, err := ix.Search(t.Context(), index.Query{Root: all(words), Size: 5, Snippets: true})
	if err != nil || len(res.Hits) != 3 {
		t.Fatalf("%d hits, %v", len(res.Hits), err)
	}
	last := res.Hits[2]
	if last.ID != "scan" || last.Score <= 0 || last.Score > res.Hits[1].Score/2 {
		t.Errorf("last is %s of score %g behind %g", last.ID, last.Score, res.Hits[1].Score)
	}
	for _, h := range res.Hits {
		if h.MachineRead != (h.ID == "scan") || !strings.Contains(h.SnippetHTML, "<mark>giao ban cụm thi đua</mark>") {
			t.Errorf("%s: read by machine %v: %s", h.ID, h.MachineRead, h.SnippetHTML)
		}
	}
	for _, word := range []string{"nghk", "quyêl"} {
		got, err := ix.Near(t.Context(), index.Word{Text: word, Accented: vi.Fold(word) != word}, 2, false, 1)
		if err != nil || strings.Contains(strings.Join(got, " "), "nghj") || strings.Contains(strings.Join(got, " "), "quyếl") {
			t.Errorf("%s is corrected to %q, %v", word, got, err)
		}
	}
}
