package cache_test

import (
	"testing"

	"bantin/cache"
)

// holds tells which keys of a to d a cache holds in a generation.
func holds(c *cache.Of[string, int], generation uint64) (keys string) {
	for _, key := range []string{"a", "b", "c", "d"} {
		if _, ok := c.Get(key, generation); ok {
			keys += key
		}
	}
	return keys
}

func TestOf(t *testing.T) {
	var c cache.Of[string, int]
	for i, step := range []struct {
		do         func()
		generation uint64
		want       string
	}{
		{func() { c.Put("a", 1, 10, 2) }, 1, "a"},
		{func() {}, 2, ""},
		{func() { c.Put("b", 2, 20, 2) }, 2, "b"},
		{func() {}, 1, ""},
		{func() { c.Put("c", 2, 30, 2) }, 2, "bc"},
		{func() { c.Put("d", 2, 40, 2) }, 2, "d"}, // there was no room
	} {
		step.do()
		if got := holds(&c, step.generation); got != step.want {
			t.Errorf("step %d: it holds %q, want %q", i, got, step.want)
		}
	}
	if v, _ := c.Get("d", 2); v != 40 {
		t.Errorf("d is %d", v)
	}
}

func TestOr(t *testing.T) {
	var c cache.Of[string, *int]
	made := 0
	ask := func(key string) *int {
		return c.Or(key, 2, func() *int { made++; return new(int) })
	}
	if a := ask("a"); a != ask("a") || made != 1 {
		t.Errorf("made %d for one key", made)
	}
	for _, key := range []string{"b", "c", "a"} { // c finds no room, and a is gone then
		ask(key)
	}
	if made != 4 {
		t.Errorf("made %d, want 4", made)
	}
}

func TestForget(t *testing.T) {
	var c cache.Of[string, int]
	c.Put("a", 0, 1, 4)
	c.Put("b", 0, 2, 4)
	if c.Forget("a"); holds(&c, 0) != "b" {
		t.Errorf("it holds %q", holds(&c, 0))
	}
	if c.Clear(); holds(&c, 0) != "" {
		t.Errorf("cleared, it holds %q", holds(&c, 0))
	}
	if c.Put("c", 0, 3, 4); holds(&c, 0) != "c" {
		t.Errorf("it holds %q", holds(&c, 0))
	}
}
