package answer

import "sync"

// Cache keeps values for as long as a generation lasts and until there are too
// many: then all go, which costs little where asking again is cheap. What lasts
// for ever has one generation. The zero value is ready; its methods may run
// concurrently.
type Cache[K comparable, V any] struct {
	mu         sync.Mutex
	generation uint64
	values     map[K]V
}

// Get returns the value of a key if it is of that generation.
func (c *Cache[K, V]) Get(key K, generation uint64) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.values[key]
	return v, ok && c.generation == generation
}

// Put keeps a value, as one of at most so many.
func (c *Cache[K, V]) Put(key K, generation uint64, v V, most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil || c.generation != generation || len(c.values) >= most {
		c.generation, c.values = generation, map[K]V{}
	}
	c.values[key] = v
}
