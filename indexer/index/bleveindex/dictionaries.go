package bleveindex

import (
	"slices"
	"sync"

	"bantin/indexer/index"
)

// dictionaries number the values of every facet for the life of the index, so
// that columns of different segments agree. Values are never forgotten: there
// are as many as distinct values were ever indexed since it was opened.
type dictionaries struct {
	mu     sync.Mutex
	fields map[index.Field]*dictionary
}

type dictionary struct {
	mu     sync.RWMutex
	ords   map[string]uint32
	values []string
}

func (d *dictionaries) of(f index.Field) *dictionary {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fields == nil {
		d.fields = map[index.Field]*dictionary{}
	}
	if d.fields[f] == nil {
		d.fields[f] = &dictionary{ords: map[string]uint32{}}
	}
	return d.fields[f]
}

func (d *dictionary) ord(value string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.ords[value]
	if !ok {
		o = uint32(len(d.values))
		d.ords[value] = o
		d.values = append(d.values, value)
	}
	return o
}

// all returns the values by number; later ones may come, these stay.
func (d *dictionary) all() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.Clip(d.values)
}
