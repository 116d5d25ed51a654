package command

import (
	"strconv"
	"strings"
)

// quantity writes a number with what it counts: 1 page, 2 pages, 0 queries.
func quantity(n int, noun string) string {
	if n != 1 {
		if stem, ok := strings.CutSuffix(noun, "y"); ok {
			noun = stem + "ies"
		} else {
			noun += "s"
		}
	}
	return strconv.Itoa(n) + " " + noun
}
