package analyzers_test

import (
	"fmt"

	"bantin/analyzers"

	"github.com/blevesearch/bleve/v2"
)

// A text goes into one field with its accents and one without; a query typed
// with accents asks the first, one typed without asks the second.
func Example() {
	accented := bleve.NewTextFieldMapping()
	accented.Analyzer = analyzers.Syllables
	folded := bleve.NewTextFieldMapping()
	folded.Name, folded.Analyzer = "plain", analyzers.Folded
	key := bleve.NewTextFieldMapping()
	key.Name, key.Analyzer = "key", analyzers.Keys

	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping.AddFieldMappingsAt("text", accented, folded, key)
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		panic(err)
	}
	defer index.Close()

	for id, text := range map[string]string{
		"front":    "Ủy ban Mặt trận Tổ quốc tỉnh họp giao ban quý III năm 2020",
		"work":     "Giải quyết việc mất trăn của hộ nuôi",
		"document": "Thực hiện Nghị quyết 54-NQ/T.Ư của Bộ Chính trị",
	} {
		if err := index.Index(id, map[string]string{"text": text}); err != nil {
			panic(err)
		}
	}

	for _, q := range []struct{ field, analyzer, text string }{
		{"text", analyzers.Syllables, "mặt trận"},
		{"plain", analyzers.Folded, "mat tran"},
		{"text", analyzers.Syllables, "uỷ ban"},
		{"key", analyzers.Keys, "54 nq tw"},
		{"key", analyzers.Keys, "Q3/2020"},
	} {
		query := bleve.NewMatchPhraseQuery(q.text)
		query.SetField(q.field)
		query.Analyzer = q.analyzer
		request := bleve.NewSearchRequest(query)
		request.SortBy([]string{"_id"})
		result, err := index.Search(request)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:", q.text)
		for _, hit := range result.Hits {
			fmt.Printf(" %s", hit.ID)
		}
		fmt.Println()
	}
	// Output:
	// mặt trận: front
	// mat tran: front work
	// uỷ ban: front
	// 54 nq tw: document
	// Q3/2020: front
}
