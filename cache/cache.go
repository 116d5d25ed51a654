// Package cache keeps what was found out for as long as there is room. What is
// kept, and when it is out of date, is for its users to say.
package cache

import "sync"

// Of keeps values for as long as a generation lasts and until there are too
// many: then all go, which costs little where asking again is cheap. What lasts
// for ever has one generation. The zero value is ready; its methods may run
// concurrently.
type Of[K comparable, V any] struct {
	mu         sync.Mutex
	generation uint64
	values     map[K]V
}

// Get returns the value of a key if it is of that generation.
func (c *Of[K, V]) Get(key K, generation uint64) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.values[key]
	return v, ok && c.generation == generation
}

// Put keeps a value, as one of at most so many.
func (c *Of[K, V]) Put(key K, generation uint64, v V, most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, generation, v, most)
}

func (c *Of[K, V]) put(key K, generation uint64, v V, most int) {
	if c.values == nil || c.generation != generation || len(c.values) >= most {
		c.generation, c.values = generation, map[K]V{}
	}
	c.values[key] = v
}

// Or returns the value of a key, of the first generation; when there is none,
// the one that makes it, which then is kept as one of at most so many.
func (c *Of[K, V]) Or(key K, most int, makes func() V) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.values[key]
	if !ok {
		v = makes()
		c.put(key, 0, v, most)
	}
	return v
}

// Forget takes a value away.
func (c *Of[K, V]) Forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.values, key)
}

// Clear takes all values away.
func (c *Of[K, V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values = nil
}
