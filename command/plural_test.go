package command

import "testing"

func TestQuantity(t *testing.T) {
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "bulletin", "0 bulletins"},
		{1, "bulletin", "1 bulletin"},
		{2, "bulletin", "2 bulletins"},
		{1, "query", "1 query"},
		{1190, "query", "1190 queries"},
	} {
		if got := quantity(c.n, c.noun); got != c.want {
			t.Errorf("%d %s: %s", c.n, c.noun, got)
		}
	}
}
