package page

import (
	"testing"

	"bantin/searchd/web/answer"
)

// TestHelpExplainsItsQueries: every example has its explanation.
func TestHelpExplainsItsQueries(t *testing.T) {
	s, err := answer.New(answer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range helpQueries {
		if key := "help." + string(rune('a'+i)); !s.Catalogues["vi"].Has(key) {
			t.Errorf("%s is not explained", q)
		}
	}
}
