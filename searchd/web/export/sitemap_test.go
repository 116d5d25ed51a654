package export

import (
	"errors"
	"strings"
	"testing"
)

// TestSitemapParts: the parts of a year hold each of its bulletins once, and
// none more than it has room for.
func TestSitemapParts(t *testing.T) {
	const room = 5
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	var got string
	for n := range 2 {
		var b strings.Builder
		add := part(n, room, func(path, _ string) error {
			b.WriteString("<loc>" + path + "</loc>")
			return nil
		})
		for _, id := range ids {
			if err := add("/bulletins/"+id, ""); errors.Is(err, errFull) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		listed := strings.Count(b.String(), "<loc>")
		if listed != min(room, len(ids)-n*room) {
			t.Error(n, listed)
		}
		got += b.String()
	}
	for _, id := range ids {
		if strings.Count(got, "<loc>/bulletins/"+id+"</loc>") != 1 {
			t.Errorf("%s is not there once: %s", id, got)
		}
	}
}
