package indextest

import (
	"errors"
	"fmt"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Trait is a part of the contract that an engine may be without.
type Trait string

// ExpansionLimit is that the engine keeps index.Limits.Expansion.
const ExpansionLimit Trait = "expansion limit"

// traits are their tests.
var traits = map[Trait]func(*testing.T, Open){ExpansionLimit: testExpansion}

func testExpansion(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{Expansion: 5})
	var changes []bulletin.Change
	for i := range 6 {
		changes = append(changes, one(fmt.Sprint(i), "giao ban", fmt.Sprintf("mặt trận x%c", 'a'+i)))
	}
	apply(t, ix, 1, changes...)
	_, err := ix.Search(t.Context(), index.Query{Root: index.Prefix{Text: "x"}})
	var limit *index.LimitError
	if !errors.As(err, &limit) || limit.Limit != "expansion" || err.Error() == "" {
		t.Error(err)
	}
}
