package answer

import (
	"sync"
)

// Cache keeps values until the generation changes or there are too many
// of them. The zero value is ready.
type Cache[T any] struct {
	mu         sync.Mutex
	generation uint64
	values     map[string]T
}

func (r *Cache[T]) Get(key string, generation uint64) (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.values[key]
	return v, ok && r.generation == generation
}

func (r *Cache[T]) Put(key string, generation uint64, v T, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil || r.generation != generation || len(r.values) >= most {
		r.generation, r.values = generation, map[string]T{}
	}
	r.values[key] = v
}
