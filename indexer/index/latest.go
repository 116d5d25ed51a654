package index

import (
	"errors"

	"bantin/bulletin"
)

// Latest returns the last change of each bulletin, in their order; every change
// needs an id.
func Latest(changes []bulletin.Change) ([]bulletin.Change, error) {
	last := map[string]int{}
	for i, c := range changes {
		if c.ID == "" {
			return nil, errors.New("a change needs the id of its bulletin")
		}
		last[c.ID] = i
	}
	out := make([]bulletin.Change, 0, len(last))
	for i, c := range changes {
		if last[c.ID] == i {
			out = append(out, c)
		}
	}
	return out, nil
}
